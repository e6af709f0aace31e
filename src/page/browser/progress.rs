//! The progress bar while the worker reads.

use yew::{Html, Properties, component, html, use_effect_with, use_state};

use super::dom;
use super::shared::{Emit, dispatch};
use crate::action::ReadAction;
use crate::state::{State, WorkerState};

/// The progress bar with its text and the button that cancels.
pub(super) fn reading_progress(state: &State, emit: &Emit) -> Html {
    let Some(job) = state.job.as_ref().filter(|job| job.is_slow) else {
        return Html::default();
    };
    let long = job.text.len() > 40_000;
    let words = match (&state.engine, long) {
        (WorkerState::Ready { .. }, true) => "Reading… the beginning is shown first.",
        (WorkerState::Ready { .. }, false) => "Reading…",
        _ => "Starting the reader…",
    };
    html! {
        <div id="reading" role="region" aria-label="Reading" data-long={long.then_some("")}>
            <ProgressBar key={job.number} estimate={job.estimate} />
            <span>{ words }</span>
            <button id="cancel" class="quiet" onclick={dispatch(emit, ReadAction::Cancel)}>{ "Cancel" }</button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ProgressBarProps {
    estimate: Option<u32>,
}

/// The progress bar: moves with the time once the first screenful has shown how long the whole takes, and
/// stops short of the end until the worker is done.
#[component]
fn ProgressBar(props: &ProgressBarProps) -> Html {
    const TICK_MS: u32 = 100;
    let elapsed_ms = use_state(|| 0u32);
    let ticks = elapsed_ms.clone();
    use_effect_with((props.estimate, *elapsed_ms), move |&(estimate, now)| {
        if estimate.is_some() {
            dom::run_after_ms(TICK_MS as i32, move || ticks.set(now + TICK_MS));
        }
    });
    match props.estimate {
        Some(all) => {
            let done = (u64::from(*elapsed_ms) * 100 / u64::from(all.max(1))).min(95);
            html! { <progress aria-label="Reading the text" max="100" value={done.to_string()}></progress> }
        }
        None => html! { <progress aria-label="Reading the text"></progress> },
    }
}
