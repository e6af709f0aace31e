//! A web worker from the page's side: starts it, posts messages, passes on its answers, ends it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions};

use super::leaving_view;
use super::shared::Emit;
use crate::action::{Action, FilesAction, QueueAction, ReadAction};
use crate::wire;

/// A running worker. Dropping it ends the worker.
pub(super) struct WorkerClient {
    worker: Worker,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(ErrorEvent)>,
}

impl WorkerClient {
    /// Starts the engine's worker. `None` if the browser has no workers.
    pub(super) fn start_engine(emit: &Emit) -> Option<WorkerClient> {
        let received = |message| ReadAction::Engine(message).into();
        WorkerClient::start("worker", emit, received, ReadAction::EngineDied.into())
    }

    /// Starts the files worker. `None` if the browser has no workers.
    pub(super) fn start_files(emit: &Emit) -> Option<WorkerClient> {
        let received = |message| {
            // This worker is the last part of the page that is loaded.
            leaving_view::note_ready();
            FilesAction::Worker(message).into()
        };
        WorkerClient::start("files", emit, received, FilesAction::Died.into())
    }

    /// Starts a worker of the queue: an engine's worker of its own. `None` if the browser has no workers.
    pub(super) fn start_in_pool(index: usize, emit: &Emit) -> Option<WorkerClient> {
        let received = move |message| QueueAction::Worker(index, message).into();
        WorkerClient::start("worker", emit, received, QueueAction::WorkerDied(index).into())
    }

    /// `died` is sent when the worker dies, or sends what is no message.
    fn start<M: DeserializeOwned + 'static>(
        name: &str,
        emit: &Emit,
        received: impl Fn(M) -> Action + 'static,
        died: Action,
    ) -> Option<WorkerClient> {
        let options = WorkerOptions::new();
        options.set_name(name);
        let worker = Worker::new_with_options("./worker_loader.js", &options).ok()?;
        let (to, no_message) = (emit.clone(), died.clone());
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            to.emit(wire::decode(event.data()).map_or_else(|| no_message.clone(), &received));
        });
        let to = emit.clone();
        let on_error = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            to.emit(died.clone());
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(WorkerClient { worker, _on_message: on_message, _on_error: on_error })
    }

    /// False if the message could not be sent.
    pub(super) fn post<T: Serialize>(&self, message: &T) -> bool {
        wire::encode(message).is_some_and(|value| self.worker.post_message(&value).is_ok())
    }
}

impl Drop for WorkerClient {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
