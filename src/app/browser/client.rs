//! The worker, from the page's side: started, spoken to, listened to, ended.

use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker};
use yew::Callback;

use crate::app::action::Action;
use crate::app::protocol::ToWorker;

/// A running worker; dropped, it ends.
pub(super) struct Client {
    worker: Worker,
    _heard: Closure<dyn Fn(MessageEvent)>,
    _died: Closure<dyn Fn(ErrorEvent)>,
}

impl Client {
    /// Starts a worker from beside the page. `None` when the browser has no workers.
    pub(super) fn start(emit: &Callback<Action>) -> Option<Client> {
        let worker = Worker::new("./worker_loader.js").ok()?;
        let to = emit.clone();
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            to.emit(match serde_wasm_bindgen::from_value(event.data()) {
                Ok(message) => Action::Worker(message),
                Err(_) => Action::WorkerDied,
            });
        });
        let to = emit.clone();
        let died = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            to.emit(Action::WorkerDied);
        });
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(died.as_ref().unchecked_ref()));
        Some(Client {
            worker,
            _heard: heard,
            _died: died,
        })
    }

    /// False when the message could not be sent.
    pub(super) fn post(&self, message: &ToWorker) -> bool {
        serde_wasm_bindgen::to_value(message)
            .is_ok_and(|value| self.worker.post_message(&value).is_ok())
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
