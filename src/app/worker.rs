//! The worker's shell: loads the models, says hello, answers every text with a document.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Response};

use super::protocol::{BUILD, FromWorker, PROTOCOL, ToWorker, first_screenful};
use super::sample;
use crate::asset::AssetError;
use crate::calendar::Stamp;
use crate::formats::galley;
use crate::wordlist::{self, WordList};
use crate::{Models, Options, analyze, entities, quotes};

/// Starts the worker.
pub fn start() {
    spawn_local(async {
        let (models, trouble) = models().await;
        // Once through the whole engine, so that the first text finds it compiled and its tables
        // laid out; the page is still being drawn meanwhile.
        let _ = analyze(sample::TEXT, &Options::default(), &models);
        let scope = scope();
        let answer = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Ok(message) = serde_wasm_bindgen::from_value::<ToWorker>(event.data()) {
                read(message, &models);
            }
        });
        scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
        answer.forget();
        post(&FromWorker::Hello {
            protocol: PROTOCOL,
            build: BUILD.to_owned(),
            trouble,
        });
    });
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn post(message: &FromWorker) {
    if let Ok(value) = serde_wasm_bindgen::to_value(message) {
        // Nothing can be done about a page that is gone.
        let _ = scope().post_message(&value);
    }
}

/// The models, from beside this worker. One that fails is done without, and said.
async fn models() -> (Models, Option<String>) {
    let entities = open("model/entities.bin", entities::Model::from_bytes).await;
    let quotes = open("model/quotes.bin", quotes::Model::from_bytes).await;
    let mut trouble = None;
    let mut used = |why| trouble = Some(why);
    let models = Models {
        entities: entities.unwrap_or_else(|why| {
            used(why);
            entities::Model::default()
        }),
        quotes: quotes.unwrap_or_else(|why| {
            used(why);
            quotes::Model::default()
        }),
    };
    (models, trouble)
}

async fn open<M: Default>(
    path: &str,
    read: impl Fn(&[u8]) -> Result<M, AssetError>,
) -> Result<M, String> {
    match fetch(path).await? {
        Some(bytes) => read(&bytes).map_err(|why| trouble(&why.to_string())),
        None => Ok(M::default()),
    }
}

fn trouble(why: &str) -> String {
    format!(
        "A model file could not be used ({why}). Texts are read without it: reload the page to try again."
    )
}

/// `None`: there is no such file.
async fn fetch(path: &str) -> Result<Option<Vec<u8>>, String> {
    let failed = |_| trouble(path);
    let response = JsFuture::from(scope().fetch_with_str(path))
        .await
        .map_err(failed)?;
    let response: Response = response.dyn_into().map_err(failed)?;
    if response.status() == 404 {
        return Ok(None);
    }
    if !response.ok() {
        return Err(trouble(path));
    }
    let buffer = JsFuture::from(response.array_buffer().map_err(failed)?)
        .await
        .map_err(failed)?;
    let buffer: ArrayBuffer = buffer.dyn_into().map_err(failed)?;
    Ok(Some(Uint8Array::new(&buffer).to_vec()))
}

fn read(message: ToWorker, models: &Models) {
    let ToWorker::Analyze {
        job,
        text,
        id,
        published,
        first,
        words,
    } = message;
    let options = Options {
        id,
        published: published.as_deref().and_then(Stamp::parse),
        words: WordList::new(wordlist::read(&words).0.entries),
        ..Options::default()
    };
    if let Some(beginning) = first_screenful(&text, first as usize) {
        answer(job, true, beginning, &options, models);
    }
    answer(job, false, &text, &options, models);
}

fn answer(job: u32, partial: bool, text: &str, options: &Options, models: &Models) {
    let begun = now();
    let read = analyze(text, options, models).map_err(|e| e.to_string());
    let json = read.and_then(|d| galley::write(&d, false).map_err(|e| e.to_string()));
    post(&match json {
        Ok(json) => FromWorker::Document {
            job,
            partial,
            json: json.into_bytes(),
            millis: (now() - begun) as u32,
        },
        Err(message) => FromWorker::Failed { job, message },
    });
}

fn now() -> f64 {
    scope().performance().map_or(0.0, |p| p.now())
}
