//! Chips: labels for an annotation, and for selected text.

use yew::{Callback, Html, MouseEvent, html};

use crate::action::{EditAction, PopoverAction};
use crate::browser::shared::{Emit, dispatch};
use crate::state::Open;
use crate::words;
use galley_engine::document::{Kind, Label};
use galley_engine::text::Span;
use galley_engine::user_words::UserLabel;

/// Labels that a digit gives.
const LABELS_WITH_DIGIT: usize = 9;

/// Labels with a digit and the reader's own first, then what else the words can be; the other labels are behind "More" unless one of
/// them is the present. `more` stands there too.
pub(super) fn label_chips(
    now: Option<Label>,
    own: &[UserLabel],
    also: Html,
    more: Html,
    emit: &Emit,
) -> Html {
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
                { more }
            </details>
        </div>
    }
}

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
            <button key={name} data-label={name} data-kind={words::kind_slug(kind)} {title}
                aria-pressed={now.map(|_| on.to_string())}
                onclick={dispatch(emit, EditAction::SetLabel(label))}>
                <span class="glyph" aria-hidden="true">{ words::label_glyph(label) }</span>
                { words::short_label(label) }
                if let Some(key) = key {
                    <kbd aria-hidden="true">{ key.to_ascii_uppercase() }</kbd>
                }
            </button>
        }
    })
    .collect()
}

/// A chip that makes a date of the words.
pub(super) fn date_chip(emit: &Emit) -> Html {
    html! {
        <button data-do="date" data-kind="date" onclick={dispatch(emit, EditAction::AddDate)}>
            <span class="glyph" aria-hidden="true">{ words::kind_glyph(Kind::Date) }</span>{ "Date" }<kbd aria-hidden="true">{ "D" }</kbd>
        </button>
    }
}

/// A chip that makes a quote of the words.
pub(super) fn quote_chip(emit: &Emit) -> Html {
    html! {
        <button data-do="quote" data-kind="quote" onclick={dispatch(emit, EditAction::AddQuote)}>
            <span class="glyph" aria-hidden="true">{ words::kind_glyph(Kind::Quote) }</span>{ "Quote" }<kbd aria-hidden="true">{ "Q" }</kbd>
        </button>
    }
}

/// Chips for selected text. They take no focus, so that the selection stays and can be copied.
pub(in crate::browser) fn selection_chips(
    open: &Open,
    span: Span,
    own: &[UserLabel],
    emit: &Emit,
) -> Html {
    let text = words::quoted(open.shown.text.slice(span), 60);
    let hold = Callback::from(|event: MouseEvent| event.prevent_default());
    let also = html! { <>{ date_chip(emit) }{ quote_chip(emit) }</> };
    let keep = html! {
        <button class="switch" data-do="keep" aria-pressed={open.keeps_label.to_string()}
            onclick={dispatch(emit, PopoverAction::ToggleKeep)}>{ "A double click gives the last label" }</button>
    };
    html! {
        <div id="chips" key="chips" role="dialog" aria-label={format!("Mark {text}")} onmousedown={hold}>
            <p class="note">{ format!("Mark {text} as") }</p>
            { label_chips(None, own, also, Html::default(), emit) }
            <p class="keep">{ keep }</p>
        </div>
    }
}
