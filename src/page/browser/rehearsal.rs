//! The first text shown without an audience: a browser compiles what it runs for the first time, and
//! a person's first text would wait for that.

use std::rc::Rc;

use yew::{Callback, Html, Properties, component, html};

use super::shared::Shared;
use super::{desk, dom, top};
use crate::action::Action;
use crate::protocol::{BUILD, FromWorker, PROTOCOL};
use crate::state::State;
use crate::update::update;

/// Takes the worker's reading of the sample through a state of its own, and draws it outside of the page.
pub(super) fn run(json: Vec<u8>) {
    let mut state = State::default();
    for action in [
        Action::Worker(FromWorker::Hello {
            protocol: PROTOCOL,
            build: BUILD.to_owned(),
            trouble: None,
            sample: Vec::new(),
        }),
        Action::Sample(String::new()),
        Action::Worker(FromWorker::Document { job: 1, partial: false, json, millis: 0 }),
    ] {
        // Nothing that it asks for is done.
        let _ = update(&mut state, action);
    }
    let Some(root) = dom::document().and_then(|d| d.create_element("div").ok()) else {
        return;
    };
    let state = Shared(Rc::new(state));
    let drawn = yew::Renderer::<Stage>::with_root_and_props(root, Scene { state }).render();
    dom::next_frame(move || drawn.destroy());
}

#[derive(Properties, PartialEq)]
struct Scene {
    state: Shared<State>,
}

#[component]
fn Stage(scene: &Scene) -> Html {
    let state = &*scene.state;
    let emit = Callback::noop();
    html! {
        <>
            { top::view(state, &emit) }
            if let Some(open) = &state.open {
                { desk::view(state, open, &emit) }
            }
        </>
    }
}
