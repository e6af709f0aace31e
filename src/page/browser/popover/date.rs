//! The popover's fields of a date: its value, which is shown in words while it is typed, and other readings.

use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, TargetCast, classes, html};

use super::chips::{label_chips, quote_chip};
use super::fields::draft_callbacks;
use crate::action::DraftField;
use crate::action::{Action, EditAction};
use crate::browser::shared::{Emit, dispatch};
use crate::state::{Card, Open};
use crate::words;
use galley_engine::calendar::Day;
use galley_engine::document::{Anchor, DateBody};
use galley_engine::user_words::UserLabel;

pub(super) fn date_fields(
    open: &Open,
    card: &Card,
    body: &DateBody,
    own: &[UserLabel],
    emit: &Emit,
) -> Html {
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
    let others = body.alternatives.iter().enumerate();
    let others = others.filter(|(_, other)| other.timex.value != body.timex.value).map(|(i, other)| {
        html! {
            <button key={i} data-alternative={other.timex.value.to_string()} onclick={dispatch(emit, EditAction::PickAlternative(i))}>{ words::date_in_words(&other.timex) }</button>
        }
    });
    let others: Vec<Html> = others.collect();
    html! {
        <>
            <div class="fields">
                <p class="readout">
                    <b>{ words::date_in_words(&body.timex) }</b>
                    if let Some(anchor) = anchor {
                        <span class="note">{ format!(" {anchor}") }</span>
                    }
                </p>
                { value_field(open, card, body, emit) }
                if !others.is_empty() {
                    <div class="row" role="group" aria-label="Other readings">
                        <span class="note">{ "or:" }</span>
                        { for others }
                    </div>
                }
            </div>
            <details class="more">
                <summary>{ "Not a date" }</summary>
                { label_chips(None, own, quote_chip(emit), Html::default(), emit) }
            </details>
        </>
    }
}

/// The field for the value, with what is typed in words, and a picker of days.
fn value_field(open: &Open, card: &Card, body: &DateBody, emit: &Emit) -> Html {
    let now = body.timex.value.to_string();
    let typed = card.typed(DraftField::Date);
    let (bad, hint) = match typed.map(|t| words::typed_date(t, open.shown.published)) {
        Some(Ok(words)) => (false, words),
        Some(Err(why)) => (true, why),
        None => (false, "2021-07-22, 2021-07, P3M or “early May 2021”".to_owned()),
    };
    let pick = {
        let emit = emit.clone();
        Callback::from(move |event: Event| {
            let field = event.target_unchecked_into::<HtmlInputElement>();
            if !field.value().is_empty() {
                emit.emit(Action::Edit(EditAction::SetDate(field.value())));
            }
        })
    };
    let day = Day::parse(&now).map(|d| d.to_string()).unwrap_or_default();
    let calls = draft_callbacks(DraftField::Date, EditAction::SetDate, emit);
    html! {
        <>
            <div class="named">
                <label for="date-value">{ "Value" }</label>
                <input id="date-value" type="text" autocomplete="off" spellcheck="false" value={typed.map_or(now, str::to_owned)}
                    aria-describedby="date-hint" aria-invalid={bad.then_some("true")}
                    oninput={calls.oninput} onblur={calls.onblur} onkeydown={calls.onkeydown} />
                <input id="date-pick" type="date" aria-label="Pick a day" value={day} onchange={pick} />
            </div>
            <p id="date-hint" class={classes!("note", bad.then_some("bad"))}>{ hint }</p>
        </>
    }
}
