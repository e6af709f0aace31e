//! The engine's worker: loads the models, says hello, answers every text with a document.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Response};

use super::intake::without_extension;
use super::library::Digest;
use super::protocol::{
    BUILD, FromEngine, KeptDocument, LearnedArticle, LearnedReport, PROTOCOL, ToEngine,
    first_screenful,
};
use super::saved::{self, Stored};
use super::state::document_title;
use super::worker_labels::LabelKnowledge;
use super::{requests, sample, wire};
use galley_engine::asset::AssetError;
use galley_engine::calendar::Stamp;
use galley_engine::document::{Document, Label};
use galley_engine::entities::LearnedWeights;
use galley_engine::learning::{self, Learner, Share};
use galley_engine::patterns::Pattern;
use galley_engine::text::{SourceText, TokenizedText};
use galley_engine::user_words::{self, WordList, WordListFile};
use galley_engine::{Models, Options, analyze, entities, quotes};
use galley_formats::galley_json;

/// How often the engine reads the sample after its hello: browsers compile code that has run for a while a
/// second time, to faster code. A text that arrives meanwhile waits for one reading at most.
const WARM_UP_READINGS: u32 = 40;

/// Starts the worker.
pub fn start() {
    requests::begin_counting();
    spawn_local(async {
        let (models, trouble) = load_models().await;
        // Runs all of the engine once, so that its code is compiled and its tables are built before the first
        // text comes; the page is still being drawn meanwhile.
        let sample =
            analyze_to_json(sample::TEXT, &Options::default(), &models).unwrap_or_default();
        let models = Rc::new(models);
        let used = Rc::clone(&models);
        let reader = RefCell::new(ReaderKnowledge::default());
        let scope = worker_scope();
        let busy = Rc::new(Cell::new(false));
        let asked = Rc::clone(&busy);
        let answer = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(message) = wire::decode(event.data()) {
                if matches!(message, ToEngine::AnalyzeForList { .. }) {
                    asked.set(true);
                }
                handle_message(message, &used, &mut reader.borrow_mut());
            }
        });
        scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
        answer.forget();
        post_to_page(&FromEngine::Hello {
            protocol: PROTOCOL,
            build: BUILD.to_owned(),
            trouble,
            sample,
        });
        for _ in 0..WARM_UP_READINGS {
            handle_waiting_messages().await;
            // A worker of the queue warms up on what it reads.
            if busy.get() {
                break;
            }
            let _ = analyze_to_json(sample::TEXT, &Options::default(), &models);
        }
    });
}

/// Lets messages that wait be handled first.
async fn handle_waiting_messages() {
    let later = Promise::new(&mut |resolve, _| {
        let _ = worker_scope().set_timeout_with_callback(&resolve);
    });
    let _ = JsFuture::from(later).await;
}

fn worker_scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn post_to_page(message: &FromEngine) {
    if let Some(value) = wire::encode(message) {
        // A page that is gone needs no answer.
        let _ = worker_scope().post_message(&value);
    }
}

/// Loads the models. One that fails is replaced by none, with a sentence that says so.
async fn load_models() -> (Models, Option<String>) {
    // Both requests are sent before the first is awaited.
    let [entities_file, quotes_file] =
        ["model/entities.bin", "model/quotes.bin"].map(|path| (path, fetched(path)));
    let entities = load_model(entities_file, entities::Model::from_bytes).await;
    let quotes = load_model(quotes_file, quotes::Model::from_bytes).await;
    let mut trouble = None;
    let mut report = |why| trouble = Some(why);
    let models = Models {
        entities: entities.unwrap_or_else(|why| {
            report(why);
            entities::Model::default()
        }),
        quotes: quotes.unwrap_or_else(|why| {
            report(why);
            quotes::Model::default()
        }),
    };
    (models, trouble)
}

/// What the worker's first script has begun to fetch while this program was still on its way; what it has not is
/// fetched now.
fn fetched(path: &str) -> Promise {
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).ok();
    let begun = get(&worker_scope(), "fetched").and_then(|all| get(&all, path));
    let begun = begun.and_then(|promise| promise.dyn_into::<Promise>().ok());
    begun.unwrap_or_else(|| worker_scope().fetch_with_str(path))
}

async fn load_model<M: Default>(
    (path, fetched): (&str, Promise),
    read: impl Fn(&[u8]) -> Result<M, AssetError>,
) -> Result<M, String> {
    match fetch_bytes(path, fetched).await? {
        Some(bytes) => read(&bytes).map_err(|why| model_trouble(&why.to_string())),
        None => Ok(M::default()),
    }
}

fn model_trouble(why: &str) -> String {
    format!(
        "A model file could not be used ({why}). Texts are read without it: reload the page to try again."
    )
}

/// The body of a response; `None`: there is no such file.
async fn fetch_bytes(path: &str, fetched: Promise) -> Result<Option<Vec<u8>>, String> {
    let failed = |_| model_trouble(path);
    let response = JsFuture::from(fetched).await.map_err(failed)?;
    let response: Response = response.dyn_into().map_err(failed)?;
    if response.status() == 404 {
        return Ok(None);
    }
    if !response.ok() {
        return Err(model_trouble(path));
    }
    let buffer = JsFuture::from(response.array_buffer().map_err(failed)?).await.map_err(failed)?;
    let buffer: ArrayBuffer = buffer.dyn_into().map_err(failed)?;
    Ok(Some(Uint8Array::new(&buffer).to_vec()))
}

/// What is known of the reader, from one text to the next.
#[derive(Default)]
struct ReaderKnowledge {
    /// What corrections taught.
    learned: LearnedWeights,
    /// The word list that came last, as it was sent and ready to be found: its patterns take long to make.
    words: (String, WordList),
    /// Labels of the reader's own.
    labels: LabelKnowledge,
}

impl ReaderKnowledge {
    fn word_list(&mut self, sent: &str) -> WordList {
        if self.words.0 != sent {
            let list = WordList::of_file(user_words::parse_word_list(sent).0).0;
            self.words = (sent.to_owned(), list);
        }
        self.words.1.clone()
    }
}

fn handle_message(message: ToEngine, models: &Models, reader: &mut ReaderKnowledge) {
    match message {
        ToEngine::Analyze { job, text, id, published, first, words, learned: use_learned } => {
            let learned = if use_learned { reader.learned.clone() } else { Default::default() };
            let options = Options {
                id,
                published: published.as_deref().and_then(Stamp::parse),
                words: reader.word_list(&words),
                learned,
                ..Options::default()
            };
            if let Some(beginning) = first_screenful(&text, first as usize) {
                post_analysis(job, true, beginning, &options, models);
            }
            post_analysis(job, false, &text, &options, models);
        }
        ToEngine::CountRequests => post_to_page(&FromEngine::Requests(requests::report())),
        ToEngine::Learn { documents, words } => {
            let (weights, report) = learn(&documents, &words, models, &mut reader.labels);
            reader.learned = weights;
            post_to_page(&FromEngine::Learned(report));
        }
        ToEngine::Suggest { key, json } => {
            let read = galley_json::read(&json).unwrap_or_default();
            let (suggestions, labels) = reader.labels.suggest(&key, &read, &models.entities);
            post_to_page(&FromEngine::Suggested { key, suggestions, labels });
        }
        ToEngine::SuggestEverywhere { documents } => {
            let opened = open_kept(&documents);
            let rows = reader.labels.suggest_everywhere(&opened, &models.entities);
            post_to_page(&FromEngine::SuggestedEverywhere(rows));
        }
        ToEngine::TryPattern { job, pattern, any_case, text } => {
            let (hits, trouble) = match try_pattern(&pattern, any_case, &text) {
                Ok(hits) => (hits, None),
                Err(why) => (Vec::new(), Some(why)),
            };
            post_to_page(&FromEngine::PatternHits { job, hits, trouble });
        }
        ToEngine::AnalyzeForList { job, text, name, published, words } => {
            let options = Options {
                id: Some(without_extension(&name).to_owned()),
                published: published.as_deref().and_then(Stamp::parse),
                words: reader.word_list(&words),
                learned: reader.learned.clone(),
                ..Options::default()
            };
            post_to_page(&match analyze_for_list(job, &text, &name, &options, models) {
                Ok(answer) => answer,
                Err(message) => FromEngine::Failed { job, message },
            });
        }
    }
}

/// Matches of a tried pattern that are told.
const MAX_HITS: usize = 2000;

/// Where a pattern matches, in bytes; or why it cannot be used.
fn try_pattern(pattern: &str, any_case: bool, text: &str) -> Result<Vec<(u32, u32)>, String> {
    let pattern = Pattern::new(pattern, any_case).map_err(|why| why.to_string())?;
    let source = SourceText::new(text).map_err(|why| why.to_string())?;
    let found = pattern.find(&TokenizedText::new(&source), MAX_HITS).into_iter();
    Ok(found.map(|span| (span.start() as u32, span.end() as u32)).collect())
}

/// Kept documents as they are now; what cannot be read is left out.
fn open_kept(documents: &[KeptDocument]) -> Vec<(&KeptDocument, Document)> {
    let open = |kept: &KeptDocument| {
        let stored = Stored {
            base: kept.base.clone(),
            edits: kept.edits.clone(),
            parts: kept.parts.clone(),
            ..Stored::default()
        };
        let (log, _) = saved::open(&stored).ok()?;
        Some(log.current().clone())
    };
    documents.iter().filter_map(|kept| Some((kept, open(kept)?))).collect()
}

/// Changes of readings that are told.
const MAX_CHANGES: usize = 60;

/// What the documents teach: the weights to read with, and the report for the page.
fn learn(
    documents: &[KeptDocument],
    words: &str,
    models: &Models,
    labels: &mut LabelKnowledge,
) -> (LearnedWeights, LearnedReport) {
    let (list, _) = user_words::parse_word_list(words);
    let share =
        list.learned.as_ref().and_then(|line| Some((learning::read_line(line)?, line.articles)));
    let (start, their_share, colleagues) = match share {
        Some(((weights, share), articles)) => (weights, share, articles),
        None => Default::default(),
    };
    let mut opened = open_kept(documents);
    opened.retain(|(_, document)| learning::was_worked_on(document));
    labels.take(&opened, &models.entities);
    let (titles, corrected): (Vec<String>, Vec<Document>) =
        opened.into_iter().map(|(kept, document)| (kept.title.clone(), document)).unzip();
    let mut learner = Learner::new(&models.entities, &start);
    for document in &corrected {
        learner.add_document(document, learning::is_reviewed(document), &[]);
    }
    let learned = learner.learned();
    // Before there are articles of the reader's own to judge by, a colleague's word counts.
    let in_force = match corrected.len() {
        0 | 1 if colleagues > 0 => learning::weights_in_force(&start, their_share),
        _ => learned.in_force(),
    };
    let label = |label: Option<Label>| label.map_or("no name", Label::title).to_owned();
    let changes = learner.changes(&learned.weights).into_iter().take(MAX_CHANGES);
    let line = |list: &WordListFile| user_words::format_word_list(list).trim_end().to_owned();
    let doubtful =
        learning::find_contradictions(&list.entries, &corrected).into_iter().map(|doubt| {
            let entry = WordListFile { entries: vec![doubt.entry], ..WordListFile::default() };
            (line(&entry), doubt.agreed, doubt.contradicted)
        });
    let (without, saved) = learned.saved();
    // What is not sure to help is not handed on.
    let sure = learned.to_line().filter(|_| learned.share != Share::Off);
    let share = sure.map(|mut own| {
        own.articles += colleagues;
        line(&WordListFile { learned: Some(own), ..WordListFile::default() })
    });
    let articles = titles.into_iter().zip(&learned.articles);
    let report = LearnedReport {
        articles: articles
            .map(|(title, a)| LearnedArticle { title, without: a.without, with: a.full })
            .collect(),
        colleagues,
        without,
        saved: saved as i32,
        on: !in_force.is_empty(),
        changes: changes.map(|c| (c.words, label(c.before), label(c.now), c.places)).collect(),
        doubtful: doubtful.collect(),
        labels: labels.reports(),
        line: share,
    };
    (in_force, report)
}

/// The text's document with all that the list needs: made here, beside the page.
fn analyze_for_list(
    job: u32,
    text: &str,
    name: &str,
    options: &Options,
    models: &Models,
) -> Result<FromEngine, String> {
    let document = analyze(text, options, models).map_err(|e| e.to_string())?;
    let json = galley_json::write(&document, false).map_err(|e| e.to_string())?;
    let title = document_title(&document, Some(name));
    let number = |n| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(FromEngine::ForList {
        job,
        json,
        words: number(text.split_whitespace().count()),
        marks: number(document.annotations.len()),
        digest: Digest::of(&document, &title).to_json(),
        title,
    })
}

fn post_analysis(job: u32, partial: bool, text: &str, options: &Options, models: &Models) {
    let begun = current_millis();
    post_to_page(&match analyze_to_json(text, options, models) {
        Ok(json) => {
            FromEngine::Document { job, partial, json, millis: (current_millis() - begun) as u32 }
        }
        Err(message) => FromEngine::Failed { job, message },
    });
}

/// The text's document in Galley JSON, or why there is none.
fn analyze_to_json(text: &str, options: &Options, models: &Models) -> Result<Vec<u8>, String> {
    let document = analyze(text, options, models).map_err(|e| e.to_string())?;
    let json = galley_json::write(&document, false).map_err(|e| e.to_string())?;
    Ok(json.into_bytes())
}

fn current_millis() -> f64 {
    worker_scope().performance().map_or(0.0, |p| p.now())
}
