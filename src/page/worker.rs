//! The worker's shell: loads the models, says hello, answers every text with a document.

use std::rc::Rc;

use js_sys::{ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Response};

use super::protocol::{BUILD, FromWorker, PROTOCOL, ToWorker, first_screenful};
use super::sample;
use galley_engine::asset::AssetError;
use galley_engine::calendar::Stamp;
use galley_engine::user_words::{self, WordList};
use galley_engine::{Models, Options, analyze, entities, quotes};
use galley_formats::galley_json;

/// How often the engine reads the sample after its greeting: browsers compile a second time, and
/// better, what has run a while. A text that arrives meanwhile waits for one reading at most.
const REHEARSALS: u32 = 40;

/// Starts the worker.
pub fn start() {
    spawn_local(async {
        let (models, trouble) = models().await;
        // Once through the whole engine, so that the first text finds it compiled and its tables
        // laid out; the page is still being drawn meanwhile.
        let sample = json(sample::TEXT, &Options::default(), &models).unwrap_or_default();
        let models = Rc::new(models);
        let used = Rc::clone(&models);
        let scope = scope();
        let answer = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Ok(message) = serde_wasm_bindgen::from_value::<ToWorker>(event.data()) {
                read(message, &used);
            }
        });
        scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
        answer.forget();
        post(&FromWorker::Hello { protocol: PROTOCOL, build: BUILD.to_owned(), trouble, sample });
        for _ in 0..REHEARSALS {
            pause().await;
            let _ = json(sample::TEXT, &Options::default(), &models);
        }
    });
}

/// Lets what waits be heard first.
async fn pause() {
    let later = Promise::new(&mut |resolve, _| {
        let _ = scope().set_timeout_with_callback(&resolve);
    });
    let _ = JsFuture::from(later).await;
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
    // Both on their way before the first is waited for.
    let [one, two] =
        ["model/entities.bin", "model/quotes.bin"].map(|path| (path, scope().fetch_with_str(path)));
    let entities = open(one, entities::Model::from_bytes).await;
    let quotes = open(two, quotes::Model::from_bytes).await;
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
    (path, fetched): (&str, Promise),
    read: impl Fn(&[u8]) -> Result<M, AssetError>,
) -> Result<M, String> {
    match bytes(path, fetched).await? {
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
async fn bytes(path: &str, fetched: Promise) -> Result<Option<Vec<u8>>, String> {
    let failed = |_| trouble(path);
    let response = JsFuture::from(fetched).await.map_err(failed)?;
    let response: Response = response.dyn_into().map_err(failed)?;
    if response.status() == 404 {
        return Ok(None);
    }
    if !response.ok() {
        return Err(trouble(path));
    }
    let buffer = JsFuture::from(response.array_buffer().map_err(failed)?).await.map_err(failed)?;
    let buffer: ArrayBuffer = buffer.dyn_into().map_err(failed)?;
    Ok(Some(Uint8Array::new(&buffer).to_vec()))
}

fn read(message: ToWorker, models: &Models) {
    let ToWorker::Analyze { job, text, id, published, first, words } = message;
    let options = Options {
        id,
        published: published.as_deref().and_then(Stamp::parse),
        words: WordList::new(user_words::parse_word_list(&words).0.entries),
        ..Options::default()
    };
    if let Some(beginning) = first_screenful(&text, first as usize) {
        answer(job, true, beginning, &options, models);
    }
    answer(job, false, &text, &options, models);
}

fn answer(job: u32, partial: bool, text: &str, options: &Options, models: &Models) {
    let begun = now();
    post(&match json(text, options, models) {
        Ok(json) => FromWorker::Document { job, partial, json, millis: (now() - begun) as u32 },
        Err(message) => FromWorker::Failed { job, message },
    });
}

/// The text's document in Galley JSON, or why there is none.
fn json(text: &str, options: &Options, models: &Models) -> Result<Vec<u8>, String> {
    let document = analyze(text, options, models).map_err(|e| e.to_string())?;
    let json = galley_json::write(&document, false).map_err(|e| e.to_string())?;
    Ok(json.into_bytes())
}

fn now() -> f64 {
    scope().performance().map_or(0.0, |p| p.now())
}
