//! The worker, from the page's side: started, spoken to, listened to, ended.

use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions};
use yew::Callback;

use crate::action::Action;
use crate::protocol::FromFiles;

/// A running worker; dropped, it ends.
pub(super) struct Client {
    worker: Worker,
    _heard: Closure<dyn Fn(MessageEvent)>,
    _died: Closure<dyn Fn(ErrorEvent)>,
}

impl Client {
    /// Starts the engine's worker from beside the page. `None` when the browser has no workers.
    pub(super) fn start(emit: &Callback<Action>) -> Option<Client> {
        let read = |data| serde_wasm_bindgen::from_value(data).ok().map(Action::Worker);
        Client::of("worker", emit, read, Action::WorkerDied)
    }

    /// Starts the worker of files.
    pub(super) fn files(emit: &Callback<Action>) -> Option<Client> {
        let read = |data| FromFiles::read(&data).map(Action::Files);
        Client::of("files", emit, read, Action::FilesDied)
    }

    /// `dead`: what is sent when it dies, or says what cannot be understood.
    fn of(
        name: &str,
        emit: &Callback<Action>,
        read: fn(JsValue) -> Option<Action>,
        dead: Action,
    ) -> Option<Client> {
        let options = WorkerOptions::new();
        options.set_name(name);
        let worker = Worker::new_with_options("./worker_loader.js", &options).ok()?;
        let (to, odd) = (emit.clone(), dead.clone());
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            to.emit(read(event.data()).unwrap_or_else(|| odd.clone()));
        });
        let to = emit.clone();
        let died = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            to.emit(dead.clone());
        });
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(died.as_ref().unchecked_ref()));
        Some(Client { worker, _heard: heard, _died: died })
    }

    /// False when the message could not be sent.
    pub(super) fn post(&self, message: &JsValue) -> bool {
        self.worker.post_message(message).is_ok()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
