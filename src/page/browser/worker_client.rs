//! A web worker from the page's side: starts it, posts messages, passes on its answers, ends it.

use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions};
use yew::Callback;

use crate::action::Action;
use crate::protocol::FromFiles;

/// A running worker. Dropping it ends the worker.
pub(super) struct WorkerClient {
    worker: Worker,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(ErrorEvent)>,
}

impl WorkerClient {
    /// Starts the engine's worker from beside the page. `None` when the browser has no workers.
    pub(super) fn start_engine(emit: &Callback<Action>) -> Option<WorkerClient> {
        let read = |data| serde_wasm_bindgen::from_value(data).ok().map(Action::Worker);
        WorkerClient::start("worker", emit, read, Action::WorkerDied)
    }

    /// Starts the worker of files.
    pub(super) fn start_files(emit: &Callback<Action>) -> Option<WorkerClient> {
        let read = |data| FromFiles::read(&data).map(Action::Files);
        WorkerClient::start("files", emit, read, Action::FilesDied)
    }

    /// `dead` is the action for a worker that died or sent an unreadable message.
    fn start(
        name: &str,
        emit: &Callback<Action>,
        read: fn(JsValue) -> Option<Action>,
        dead: Action,
    ) -> Option<WorkerClient> {
        let options = WorkerOptions::new();
        options.set_name(name);
        let worker = Worker::new_with_options("./worker_loader.js", &options).ok()?;
        let (to, unreadable) = (emit.clone(), dead.clone());
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            to.emit(read(event.data()).unwrap_or_else(|| unreadable.clone()));
        });
        let to = emit.clone();
        let on_error = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            to.emit(dead.clone());
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(WorkerClient { worker, _on_message: on_message, _on_error: on_error })
    }

    /// False when the message could not be sent.
    pub(super) fn post(&self, message: &JsValue) -> bool {
        self.worker.post_message(message).is_ok()
    }
}

impl Drop for WorkerClient {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
