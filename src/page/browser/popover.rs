//! The popover of an annotation, and the chips over selected text.

use yew::{Callback, Html, MouseEvent, html};

use super::apply_to_all;
use super::date_field::{DateField, Published};
use super::dialog::word_list_buttons;
use super::shared::{Emit, dispatch, icon, on_enter};
use crate::action::{Action, Edge, EditAction, PageAction, PopoverAction, Step, WalkAction};
use crate::lists;
use crate::state::{Card, Open};
use crate::words;
use galley_engine::document::{
    Anchor, Annotation, Body, DateBody, EntityBody, Label, QuoteBody, QuoteKind, Status,
};
use galley_engine::edits::boundaries::same_words_same_case;
use galley_engine::text::Span;
use galley_engine::user_words::UserLabel;

pub(super) fn annotation_popover(open: &Open, card: &Card, own: &[UserLabel], emit: &Emit) -> Html {
    let Some(a) = open.shown.annotation(&card.id) else {
        return Html::default();
    };
    let span = card.preview.unwrap_or(a.span);
    let text = words::quoted(open.shown.text.slice(span), 160);
    let kind = words::kind_slug(a.kind());
    let body = match &a.body {
        Body::Entity(e) => entity_fields(open, card, e, emit),
        Body::Date(d) => date_fields(open, d, emit),
        Body::Quote(q) => quote_fields(open, a, q, emit),
    };
    html! {
        <div
            id="popover" key="popover" role="dialog" tabindex="-1"
            aria-labelledby="popover-text" aria-describedby="popover-what"
            data-id={a.id.0.clone()} data-kind={kind}
        >
            <div class="body">
                <div class="head">
                    <span class="glyph" aria-hidden="true">{ words::kind_glyph(a.kind()) }</span>
                    <p id="popover-text">{ text }</p>
                    <button class="quiet" aria-label="Close" onclick={dispatch(emit, PageAction::Escape)}>
                        { icon("M5 5l10 10M15 5L5 15") }
                    </button>
                </div>
                <p id="popover-what">{ facts(a) }</p>
                if let Some(spread) = &card.occurrences {
                    { apply_to_all::occurrence_list(open, a, spread, emit) }
                } else {
                    { stack_buttons(open, card, emit) }
                    { entity_labels(a, own, emit) }
                    { boundary_steppers(open, card, span, emit) }
                    { body }
                }
                if let Some(error) = &card.error {
                    <p class="error" role="alert">{ error }</p>
                }
            </div>
            if card.occurrences.is_none() {
                { popover_footer(open, a, emit) }
            }
        </div>
    }
}

fn popover_footer(open: &Open, a: &Annotation, emit: &Emit) -> Html {
    let others = match a.body {
        Body::Quote(_) => 0,
        _ => same_words_same_case(&open.shown, &a.id).len(),
    };
    html! {
        <div class="foot">
            if a.status == Status::Machine {
                <button class="main" data-do="accept" onclick={dispatch(emit, EditAction::Accept)}>
                    { icon("M4 10.5l4 4 8-9") }{ "Accept" }<kbd aria-hidden="true">{ "A" }</kbd>
                </button>
            } else if a.status != Status::Added {
                <button data-do="restore" onclick={dispatch(emit, EditAction::Restore(a.id.clone()))}>{ "Back to the automatic result" }</button>
            }
            <button class="danger" data-do="reject" onclick={dispatch(emit, EditAction::Reject)}>
                { "Not an annotation" }<kbd aria-hidden="true">{ "X" }</kbd>
            </button>
            if others > 0 {
                <button data-do="all" onclick={dispatch(emit, PopoverAction::ToggleOccurrences)}>
                    { if others > 1 { "Apply to all " } else { "Apply to " } }{ others }{ " identical…" }
                    <kbd aria-hidden="true">{ "G" }</kbd>
                </button>
            }
        </div>
    }
}

/// What it is, how sure and why.
fn facts(a: &Annotation) -> Html {
    let mut facts = Vec::new();
    if a.status == Status::Machine {
        facts.push(words::confidence_in_words(a.confidence));
    } else {
        facts.push(words::status_title(a.status).to_owned());
    }
    if let Body::Quote(q) = &a.body {
        facts.extend(words::strength_title(q.strength).map(str::to_owned));
    }
    facts.extend(a.reason.clone());
    html! { <><b>{ words::label_title(a) }</b>{ " · " }{ facts.join(" · ") }</> }
}

/// The annotations around and inside this one.
fn stack_buttons(open: &Open, card: &Card, emit: &Emit) -> Html {
    if card.stack.len() < 2 {
        return Html::default();
    }
    let others = card.stack.iter().filter_map(|id| open.shown.annotation(id)).map(|a| {
        let here = a.id == card.id;
        let text = words::quoted(open.shown.text.slice(a.span), 28);
        html! {
            <button key={a.id.0.clone()} class="step" aria-current={here.then_some("true")} data-kind={words::kind_slug(a.kind())}
                onclick={dispatch(emit, WalkAction::Go(a.id.clone(), true))}>
                <span class="glyph" aria-hidden="true">{ words::kind_glyph(a.kind()) }</span>
                { format!("{} {text}", words::label_title(a)) }
            </button>
        }
    });
    html! { <div class="stack" role="group" aria-label="Annotations here, innermost first">{ for others }</div> }
}

fn entity_labels(a: &Annotation, own: &[UserLabel], emit: &Emit) -> Html {
    let Body::Entity(e) = &a.body else {
        return Html::default();
    };
    label_chips(Some(e.label), own, Html::default(), emit)
}

/// Labels with a digit first, the others behind "More labels" unless one of them is the present.
fn label_chips(now: Option<Label>, own: &[UserLabel], also: Html, emit: &Emit) -> Html {
    let mut chips = label_buttons(now, own, emit);
    // The reader's own come last of all rows, and are shown with the first.
    let mine = chips.split_off(Label::ALL.len());
    let rest = chips.split_off(LABELS_WITH_DIGIT);
    let hidden = &Label::ALL[LABELS_WITH_DIGIT..];
    let open = now.is_some_and(|label| hidden.iter().any(|row| row.0 == label));
    html! {
        <div class="labels">
            <div class="chips" role="group" aria-label="Label">{ for chips }{ for mine }{ also }</div>
            <details class="more" {open}>
                <summary>{ "More labels" }</summary>
                <div class="chips" role="group" aria-label="More labels">{ for rest }</div>
            </details>
        </div>
    }
}

/// Labels that a digit gives.
const LABELS_WITH_DIGIT: usize = 9;

fn label_buttons(now: Option<Label>, own: &[UserLabel], emit: &Emit) -> Vec<Html> {
    let all = Label::ALL.iter().enumerate();
    let all = all.map(|(i, row)| (row.0, char::from_digit(i as u32 + 1, 10)));
    // A label that is on no list (of a file, or taken off it) is still shown where it is.
    let known = |l: &Label| Label::parse(l.name()).is_some() || own.iter().any(|o| o.label == *l);
    let foreign = now.filter(|l| !known(l)).map(|l| (l, None));
    let own = own.iter().map(|own| (own.label, own.key));
    let all = all.chain(own).chain(foreign);
    all.map(|(label, key)| {
        let (name, title, kind) = (label.name(), label.title(), label.kind());
        let on = now == Some(label);
        html! {
            <button key={name} data-label={name} data-kind={words::kind_slug(kind)}
                aria-pressed={now.map(|_| on.to_string())}
                onclick={dispatch(emit, EditAction::SetLabel(label))}>
                <span class="glyph" aria-hidden="true">{ words::kind_glyph(kind) }</span>
                { title }
                if let Some(key) = key {
                    <kbd aria-hidden="true">{ key.to_ascii_uppercase() }</kbd>
                }
            </button>
        }
    })
    .collect()
}

/// Steppers for both ends; between them the words, which also switch between words and characters.
fn boundary_steppers(open: &Open, card: &Card, span: Span, emit: &Emit) -> Html {
    let characters = card.characters;
    let button = |name: &'static str, what: &'static str, edge, forward, path| {
        let emit = emit.clone();
        let onclick = Callback::from(move |event: MouseEvent| {
            let character = event.alt_key() != characters;
            emit.emit(Action::Edit(EditAction::MoveBoundary(edge, Step { forward, character })));
        });
        html! { <button class="tool" data-do={what} aria-label={name} title={name} {onclick}>{ icon(path) }</button> }
    };
    const LEFT: &str = "M12 5l-5 5 5 5";
    const RIGHT: &str = "M8 5l5 5-5 5";
    let (unit, other) = match characters {
        false => ("by words", "Alt: characters"),
        true => ("by characters", "Alt: words"),
    };
    html! {
        <div class="bounds" role="group" aria-label="Boundaries">
            { button("Start earlier", "start-out", Edge::Start, false, LEFT) }
            { button("Start later", "start-in", Edge::Start, true, RIGHT) }
            <button class="quiet" data-do="unit" title={other} onclick={dispatch(emit, PopoverAction::ToggleUnit)}>
                <span class="text">{ words::quoted(open.shown.text.slice(span), 22) }</span><span class="note">{ unit }</span>
            </button>
            { button("End earlier", "end-in", Edge::End, false, LEFT) }
            { button("End later", "end-out", Edge::End, true, RIGHT) }
        </div>
    }
}

/// Names in the list of "Same as".
const MERGE_CANDIDATES: usize = 40;

fn entity_fields(open: &Open, card: &Card, body: &EntityBody, emit: &Emit) -> Html {
    let Some(entity) = body.entity.as_ref().and_then(|id| open.shown.entity(id)) else {
        return Html::default();
    };
    let mentions = entity.mentions.len();
    html! {
        <div class="fields">
            <label for="name">{ "Name" }</label>
            <input id="name" key={entity.name.clone()} type="text" autocomplete="off" spellcheck="false"
                value={entity.name.clone()} onkeydown={on_enter(emit, EditAction::Rename)} />
            <div class="row">
                <button data-do="merge" aria-expanded={card.merge_list_open.to_string()} onclick={dispatch(emit, PopoverAction::ToggleMergeList)}>
                    { "Same as…" }<kbd aria-hidden="true">{ "M" }</kbd>
                </button>
                if mentions > 1 {
                    <button data-do="split" onclick={dispatch(emit, EditAction::Split)}>{ "Not the same" }</button>
                    <span class="note">{ format!("{mentions} mentions") }</span>
                }
            </div>
            if card.merge_list_open {
                <ul id="merge-list" tabindex="-1" aria-label="Same as">
                    for e in lists::same_as(&open.shown, &entity.id).into_iter().take(MERGE_CANDIDATES) {
                        <li key={e.id.0.clone()}>
                            <button data-kind={words::kind_slug(e.label.kind())} onclick={dispatch(emit, EditAction::Merge(e.id.clone()))}>
                                <span class="glyph" aria-hidden="true">{ words::kind_glyph(e.label.kind()) }</span>{ &e.name }
                            </button>
                        </li>
                    }
                </ul>
            }
            { word_list_buttons(emit) }
        </div>
    }
}

fn date_fields(open: &Open, body: &DateBody, emit: &Emit) -> Html {
    let anchor = match &body.timex.anchor {
        Anchor::None => None,
        Anchor::Published => Some(match open.shown.published {
            Some(stamp) => format!("relative to the publication date, {}", stamp.day),
            None => "relative to the publication date".to_owned(),
        }),
        Anchor::Annotation(id) => open
            .shown
            .annotation(id)
            .map(|a| format!("relative to {}", words::quoted(open.shown.text.slice(a.span), 40))),
    };
    let others = body.alternatives.iter().enumerate().map(|(i, other)| {
        html! {
            <button key={i} data-alternative={other.timex.value.to_string()} onclick={dispatch(emit, EditAction::PickAlternative(i))}>{ words::date_in_words(&other.timex) }</button>
        }
    });
    html! {
        <div class="fields">
            <p class="readout">
                <b>{ words::date_in_words(&body.timex) }</b>
                if let Some(anchor) = anchor {
                    <span class="note">{ format!(" {anchor}") }</span>
                }
            </p>
            if !body.alternatives.is_empty() {
                <div class="row" role="group" aria-label="Other readings">
                    <span class="note">{ "or:" }</span>
                    { for others }
                </div>
            }
            <DateField
                key={body.timex.value.to_string()}
                value={body.timex.value.to_string()}
                published={Published(open.shown.published)}
                emit={emit.clone()}
            />
        </div>
    }
}

fn quote_fields(open: &Open, a: &Annotation, body: &QuoteBody, emit: &Emit) -> Html {
    let speaker = body.speaker.as_ref();
    let words_of = |spans: &[Span]| {
        let words: Vec<&str> = spans.iter().map(|&s| open.shown.text.slice(s)).collect();
        words.join(" … ")
    };
    let name = speaker.map(|s| s.name.clone().unwrap_or_else(|| words_of(&s.mention)));
    let now = speaker.and_then(|s| s.entity.as_ref());
    let names = lists::speakers(&open.shown, &a.id);
    let ranked = names.iter().take(6).map(|e| {
        let on = now == Some(&e.id);
        html! {
            <button key={e.id.0.clone()} data-speaker={e.name.clone()} data-kind={words::kind_slug(e.label.kind())}
                aria-pressed={on.to_string()} onclick={dispatch(emit, EditAction::SetSpeaker(Some(e.id.clone())))}>
                <span class="glyph" aria-hidden="true">{ words::kind_glyph(e.label.kind()) }</span>{ &e.name }
            </button>
        }
    });
    let kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect].map(|kind| {
        html! {
            <button key={kind.name()} data-quote={kind.name()} aria-pressed={(kind == body.kind).to_string()}
                onclick={dispatch(emit, EditAction::SetQuoteKind(kind))}>{ kind.name() }</button>
        }
    });
    let said = speaker.filter(|s| !s.mention.is_empty()).map(|s| words_of(&s.mention));
    let said = said.filter(|words| Some(words) != name.as_ref());
    let cue = (!body.cue.is_empty()).then(|| words_of(&body.cue));
    html! {
        <div class="fields">
            <label for="speaker">{ "Speaker" }</label>
            <input id="speaker" key={name.clone().unwrap_or_default()} type="text" list="speakers" autocomplete="off" spellcheck="false"
                placeholder="No speaker" value={name.clone().unwrap_or_default()} onkeydown={on_enter(emit, EditAction::NameSpeaker)} />
            <datalist id="speakers">
                for e in &names {
                    <option key={e.id.0.clone()} value={e.name.clone()} />
                }
            </datalist>
            if let Some(said) = said {
                <p class="note">{ format!("in the text: “{said}”") }</p>
            }
            <div class="row">
                <button data-do="pick" onclick={dispatch(emit, PopoverAction::PickSpeaker)}>
                    { "Click the name in the text…" }<kbd aria-hidden="true">{ "P" }</kbd>
                </button>
            </div>
            <div class="chips" role="group" aria-label="Speakers, most likely first">
                { for ranked }
                if speaker.is_some() {
                    <button data-speaker="" onclick={dispatch(emit, EditAction::SetSpeaker(None))}>{ "No speaker" }</button>
                }
            </div>
            <div class="row kinds" role="group" aria-label="Kind of quote">{ for kinds }</div>
            if let Some(cue) = cue {
                <p class="note">{ format!("cue: “{cue}”") }</p>
            }
        </div>
    }
}

/// Chips for selected text. They take no focus, so that the selection stays and can be copied.
pub(super) fn selection_chips(open: &Open, span: Span, own: &[UserLabel], emit: &Emit) -> Html {
    let text = words::quoted(open.shown.text.slice(span), 60);
    let hold = Callback::from(|event: MouseEvent| event.prevent_default());
    let also = html! {
        <>
            <button data-do="date" data-kind="date" onclick={dispatch(emit, EditAction::AddDate)}>
                <span class="glyph" aria-hidden="true">{ "◆" }</span>{ "Date" }<kbd aria-hidden="true">{ "D" }</kbd>
            </button>
            <button data-do="quote" data-kind="quote" onclick={dispatch(emit, EditAction::AddQuote)}>
                <span class="glyph" aria-hidden="true">{ "❝" }</span>{ "Quote" }<kbd aria-hidden="true">{ "Q" }</kbd>
            </button>
        </>
    };
    html! {
        <div id="chips" key="chips" role="dialog" aria-label={format!("Mark {text}")} onmousedown={hold}>
            <p class="note">{ format!("Mark {text} as") }</p>
            { label_chips(None, own, also, emit) }
        </div>
    }
}
