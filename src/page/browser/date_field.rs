//! The field for a date's value, which shows in words what is typed, with a date picker beside it.

use web_sys::HtmlInputElement;
use yew::{
    Callback, Event, Html, InputEvent, Properties, TargetCast, classes, component, html, use_state,
};

use super::shared::{Emit, on_enter};
use crate::action::{Action, EditAction};
use crate::words;
use galley_engine::calendar::{Day, Stamp};

/// The publication date as a property.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Published(pub(super) Option<Stamp>);

#[derive(Properties, PartialEq)]
pub(super) struct DateFieldProps {
    pub(super) value: String,
    pub(super) published: Published,
    pub(super) emit: Emit,
}

/// Draws the field and the picker.
#[component]
pub(super) fn DateField(props: &DateFieldProps) -> Html {
    let typed = use_state(|| props.value.clone());
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| {
            let field = event.target_unchecked_into::<HtmlInputElement>();
            typed.set(field.value());
        })
    };
    let pick = {
        let emit = props.emit.clone();
        Callback::from(move |event: Event| {
            let field = event.target_unchecked_into::<HtmlInputElement>();
            if !field.value().is_empty() {
                emit.emit(Action::Edit(EditAction::SetDate(field.value())));
            }
        })
    };
    let changed = *typed != props.value;
    let (bad, hint) = match words::typed_date(&typed, props.published.0) {
        Ok(words) if changed => (false, format!("{words} – press Enter to set it")),
        Err(why) if changed => (true, why),
        _ => (false, "2021-07-22, 2021-07, P3M or “early May 2021”, then Enter".to_owned()),
    };
    let day = Day::parse(&props.value).map(|d| d.to_string()).unwrap_or_default();
    html! {
        <>
            <label for="date-value">{ "Value" }</label>
            <div class="pair">
                <input id="date-value" type="text" autocomplete="off" spellcheck="false" value={(*typed).clone()}
                    aria-describedby="date-hint" aria-invalid={bad.then_some("true")}
                    {oninput} onkeydown={on_enter(&props.emit, EditAction::SetDate)} />
                <input id="date-pick" type="date" aria-label="Pick a day" value={day} onchange={pick} />
            </div>
            <p id="date-hint" class={classes!("note", bad.then_some("bad"))}>{ hint }</p>
        </>
    }
}
