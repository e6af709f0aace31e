//! An open document: its article, the popovers and handles over it, and the panel beside it.

use yew::{AttrValue, Html, html};

use super::article::Article;
use super::panel::Panel;
use super::shared::{Emit, Shared, dispatch};
use super::{grips, hover, popover, suggestions};
use crate::action::{PageAction, PopoverAction};
use crate::state::{Open, Popover, State};
use crate::words;

/// Draws an open document.
pub(super) fn document_view(state: &State, open: &Open, emit: &Emit) -> Html {
    let sections: Vec<_> = open.sections.all().iter().cloned().map(Shared).collect();
    let title = open.shown.title.clone().map(AttrValue::from);
    let over = match &open.popover {
        Some(Popover::Card(card)) => {
            popover::annotation_popover(open, card, &state.words.list.labels, emit)
        }
        Some(Popover::New(span)) => {
            popover::selection_chips(open, *span, &state.words.list.labels, emit)
        }
        None => Html::default(),
    };
    let active = open.active.as_ref().and_then(|id| open.shown.annotation(id));
    let near = active.map_or(0..0, |a| open.sections.sections_of(a.span));
    let edge = open.card().is_some_and(|c| c.edge.is_some());
    html! {
        <div class="desk" data-review={open.reviewing.then_some("")}>
            <main
                data-view="document"
                data-partial={open.partial.then_some("")}
                data-reading={state.job.is_some().then_some("")}
                data-millis={open.reading_millis.map(|ms| ms.to_string())}
                data-picking={open.picking_speaker.is_some().then_some("")}
                data-own-keys={state.keys.is_changed().then_some("")}
                data-dragging={open.card().is_some_and(|c| c.preview.is_some() && c.edge.is_none()).then_some("")}
                data-edge={edge.then_some("")}
            >
                if !state.hints_seen && !open.partial {
                    { hints(emit) }
                }
                <Article
                    key={open.key.clone()}
                    {sections}
                    text={Shared(open.text.clone())}
                    {title}
                    active={open.active.clone()}
                    active_sections={(near.start, near.end)}
                    busy={open.partial}
                    {edge}
                    suggests={!open.suggestions.is_empty()}
                    offsets={Shared(open.offsets.clone())}
                    emit={emit.clone()}
                />
                { grips::boundary_grips(open, emit) }
                { over }
                { hover::hover_card(open) }
                if open.caret {
                    <span id="caret" aria-hidden="true"></span>
                }
            </main>
            { speaker_picking_bar(open, emit) }
            { kept_label_bar(open, emit) }
            { suggestions::suggestion_bar(state, open, emit) }
            <Panel
                document={Shared(open.shown.clone())}
                tab={open.tab}
                sheet={open.bottom_sheet_open}
                filter={open.filter.clone()}
                found={open.search.as_ref().and_then(|f| f.found.clone()).map(Shared)}
                pick={open.name_list.clone()}
                time={open.time_range}
                sure={open.sure_from}
                reviewing={open.reviewing}
                active={open.active.clone()}
                busy={state.job.is_some()}
                emit={emit.clone()}
            />
        </div>
    }
}

/// Says that a click in the text now picks the speaker, and can end that.
fn speaker_picking_bar(open: &Open, emit: &Emit) -> Html {
    let Some(quote) = open.picking_speaker.as_ref().and_then(|id| open.shown.annotation(id)) else {
        return Html::default();
    };
    html! {
        <div id="picking" role="region" aria-label="Picking a speaker">
            <p>{ "Who says " }{ words::quoted(open.shown.text.slice(quote.span), 40) }{ "? Click the name." }</p>
            <button onclick={dispatch(emit, PopoverAction::PickSpeaker)}>{ "Stop" }<kbd aria-hidden="true">{ "Esc" }</kbd></button>
        </div>
    }
}

/// Says that a double click marks, and can end that.
fn kept_label_bar(open: &Open, emit: &Emit) -> Html {
    let Some(label) = open.last_label.filter(|_| open.keeps_label) else {
        return Html::default();
    };
    html! {
        <div id="keeping" role="region" aria-label="A label is kept" data-kind={words::kind_slug(label.kind())}>
            <p>{ "A double click marks: " }<b>{ label.title() }</b></p>
            <button onclick={dispatch(emit, PopoverAction::ToggleKeep)}>{ "Stop" }</button>
        </div>
    }
}

/// What a newcomer cannot know, until it is closed.
fn hints(emit: &Emit) -> Html {
    html! {
        <aside id="hints" aria-label="How to correct">
            <p><b>{ "Click a mark" }</b>{ " to correct it, " }<b>{ "select words" }</b>{ " to mark them. " }
                <kbd>{ "A" }</kbd>{ " accepts and goes on, " }<kbd>{ "R" }</kbd>{ " takes the least certain first, " }<kbd>{ "?" }</kbd>{ " lists all keys." }</p>
            <button id="close-hints" class="quiet" onclick={dispatch(emit, PageAction::CloseHints)}>{ "Got it" }</button>
        </aside>
    }
}
