//! Draws a sample document off screen at the start: a browser compiles code when it first runs it, and the
//! first real document would have to wait for that.

use std::rc::Rc;

use yew::{Callback, Html, Properties, component, html};

use super::shared::Shared;
use super::{document_view, dom, top_bar};
use crate::action::{Action, ReadAction};
use crate::protocol::{BUILD, FromEngine, PROTOCOL};
use crate::state::State;
use crate::update::update;

/// Draws the worker's annotations of the sample from a state of its own, in an element outside the page.
pub(super) fn draw_off_screen(json: Vec<u8>) {
    let mut state = State::default();
    for action in [
        Action::Read(ReadAction::Engine(FromEngine::Hello {
            protocol: PROTOCOL,
            build: BUILD.to_owned(),
            trouble: None,
            sample: Vec::new(),
        })),
        Action::Read(ReadAction::TakeSample(String::new())),
        Action::Read(ReadAction::Engine(FromEngine::Document {
            job: 1,
            partial: false,
            json,
            millis: 0,
        })),
    ] {
        // Its effects are dropped: nothing is stored or sent.
        let _ = update(&mut state, action);
    }
    let Some(root) = dom::document().and_then(|d| d.create_element("div").ok()) else {
        return;
    };
    let state = Shared(Rc::new(state));
    let drawn = yew::Renderer::<OffScreenPage>::with_root_and_props(root, OffScreenProps { state })
        .render();
    dom::run_next_frame(move || drawn.destroy());
}

#[derive(Properties, PartialEq)]
struct OffScreenProps {
    state: Shared<State>,
}

#[component]
fn OffScreenPage(props: &OffScreenProps) -> Html {
    let state = &*props.state;
    let emit = Callback::noop();
    html! {
        <>
            { top_bar::top_bar(state, &emit) }
            if let Some(open) = &state.open {
                { document_view::document_view(state, open, &emit) }
            }
        </>
    }
}
