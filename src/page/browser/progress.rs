//! The progress bar while the worker reads.

use yew::{Html, Properties, component, html, use_effect_with, use_state};

use super::dom;
use super::shared::{Emit, dispatch};
use crate::action::Action;
use crate::state::{Engine, State};

/// The region of the progress bar.
pub(super) fn reading(state: &State, emit: &Emit) -> Html {
    let Some(job) = state.job.as_ref().filter(|job| job.late) else {
        return Html::default();
    };
    let long = job.len() > 40_000;
    let words = match (&state.engine, long) {
        (Engine::Ready, true) => "Reading… the beginning is shown first.",
        (Engine::Ready, false) => "Reading…",
        _ => "Starting the reader…",
    };
    html! {
        <div id="reading" role="region" aria-label="Reading" data-long={long.then_some("")}>
            <Bar key={job.number} estimate={job.estimate} />
            <span>{ words }</span>
            <button id="cancel" class="quiet" onclick={dispatch(emit, Action::Cancel)}>{ "Cancel" }</button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct BarProps {
    estimate: Option<u32>,
}

/// The progress bar: goes by the clock once the first screenful told how long the whole takes,
/// and waits short of its end.
#[component]
fn Bar(props: &BarProps) -> Html {
    const TICK: u32 = 100;
    let gone = use_state(|| 0u32);
    let ticks = gone.clone();
    use_effect_with((props.estimate, *gone), move |&(estimate, now)| {
        if estimate.is_some() {
            dom::after_ms(TICK as i32, move || ticks.set(now + TICK));
        }
    });
    match props.estimate {
        Some(all) => {
            let done = (u64::from(*gone) * 100 / u64::from(all.max(1))).min(95);
            html! { <progress aria-label="Reading the text" max="100" value={done.to_string()}></progress> }
        }
        None => html! { <progress aria-label="Reading the text"></progress> },
    }
}
