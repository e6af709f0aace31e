//! The files worker: writes documents in other programs' formats, opens theirs, and repairs damaged ones.
//!
//! A program of its own beside the engine's worker: this one is compiled for size, that one for speed, and this
//! one answers while a long text is being read.

use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::protocol::{BUILD, File, FormatRow, FoundArticle, FromFiles, Offer, PROTOCOL, ToFiles};
use super::{requests, wire};
use galley_formats::{
    self, BYTE_ORDER_MARK, Backup, BackupDocument, BackupWriter, ExportDocument, FORMATS, Format,
    FormatError, Import, PackWriter, galley_json,
};
use galley_intake::FileKind;
use std::cell::RefCell;

/// Starts the worker.
pub fn start() {
    requests::begin_counting();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let answer = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(answer) = wire::decode(event.data()).and_then(answer_message) {
            post_to_page(&answer);
        }
    });
    scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
    answer.forget();
    post_to_page(&FromFiles::Hello { protocol: PROTOCOL, build: BUILD.to_owned() });
}

thread_local! {
    /// The download that is being put together.
    static PACK: RefCell<Option<PackWriter>> = const { RefCell::new(None) };
    /// The backup that is being written.
    static BACKUP: RefCell<Option<BackupWriter>> = const { RefCell::new(None) };
    /// Documents of the backup that is being read, the next one last.
    static RESTORING: RefCell<Vec<BackupDocument>> = const { RefCell::new(Vec::new()) };
}

fn post_to_page(message: &FromFiles) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    if let Some(value) = wire::encode(message) {
        // A page that is gone needs no answer.
        let _ = scope.post_message(&value);
    }
}

fn answer_message(message: ToFiles) -> Option<FromFiles> {
    Some(match message {
        ToFiles::Offer { job, json } => {
            let document = galley_json::read(&json).ok()?;
            let export = ExportDocument::new(&document).ok()?;
            let offers = offered_formats().iter().map(|format| Offer {
                name: format.name.to_owned(),
                about: format.description.to_owned(),
                lost: format.losses(&export),
            });
            FromFiles::Offers { job, offers: offers.collect() }
        }
        ToFiles::Write { json, format } => {
            let document = galley_json::read(&json).ok()?;
            let export = ExportDocument::new(&document).ok()?;
            let format = offered_formats().get(format as usize)?;
            let mut bytes = format.write(&export);
            if format.is_table() {
                bytes.splice(0..0, BYTE_ORDER_MARK);
            }
            FromFiles::File {
                file: File { name: format.extension.to_owned(), bytes },
                media_type: format.media_type.to_owned(),
            }
        }
        ToFiles::CountRequests => FromFiles::Requests(requests::report()),
        ToFiles::ListFormats => FromFiles::Formats(
            FORMATS
                .iter()
                .map(|format| FormatRow {
                    name: format.name.to_owned(),
                    one_file: PackWriter::can_be_one_file(format),
                })
                .collect(),
        ),
        ToFiles::BeginPack { format, zip } => {
            PACK.set(FORMATS.get(format as usize).map(|format| PackWriter::new(format, zip)));
            return None;
        }
        ToFiles::AddToPack { json, name } => {
            let document = galley_json::read(&json).ok()?;
            let export = ExportDocument::new(&document).ok()?;
            PACK.with_borrow_mut(|pack| pack.iter_mut().for_each(|p| p.add(&name, &export)));
            return None;
        }
        ToFiles::WriteTable { rows } => FromFiles::Table(File {
            name: ".csv".to_owned(),
            bytes: galley_formats::write_table(&rows),
        }),
        ToFiles::BeginBackup { titles } => {
            BACKUP.set(Some(BackupWriter::new(titles)));
            return None;
        }
        ToFiles::AddToBackup(document) => {
            BACKUP.with_borrow_mut(|b| b.iter_mut().for_each(|b| b.add(document.as_ref())));
            return None;
        }
        ToFiles::EndBackup { words, joined } => {
            let bytes = BACKUP.take()?.finish(&words, &joined);
            FromFiles::BackedUp(File { name: ".zip".to_owned(), bytes })
        }
        ToFiles::OpenBackup(bytes) => match galley_formats::read_backup(&bytes) {
            Some(Backup { mut documents, words, joined, damaged }) => {
                let count = u32::try_from(documents.len()).unwrap_or(u32::MAX);
                documents.reverse();
                RESTORING.set(documents);
                FromFiles::BackupOpened { documents: count, words, joined, damaged }
            }
            None => FromFiles::NoBackup,
        },
        ToFiles::NextOfBackup => FromFiles::OfBackup(RESTORING.with_borrow_mut(Vec::pop)),
        ToFiles::EndPack => {
            let (name, bytes, media_type) = PACK.take()?.finish();
            let file = File { name, bytes };
            FromFiles::Packed { file, media_type: media_type.to_owned() }
        }
        ToFiles::Open { job, files } => {
            let articles = read_articles(job, &files);
            let opened = articles.unwrap_or_else(|| open_files(job, files));
            opened.unwrap_or_else(|why| FromFiles::Failed { job, message: why.0 })
        }
    })
}

/// The articles of a file that holds no annotations; `None` for files that may hold some: they are opened.
fn read_articles(job: u32, files: &[File]) -> Option<Result<FromFiles, FormatError>> {
    let [file] = files else { return None };
    let is_annotated = match galley_intake::kind_of(&file.name, &file.bytes) {
        FileKind::Json => {
            galley_formats::is_importable(&file.name, &file.bytes)
                || galley_json::looks_like(&file.bytes)
        }
        // One with annotations in it is opened.
        FileKind::Zip => {
            galley_formats::import(vec![(file.name.clone(), file.bytes.clone())]).is_ok()
        }
        FileKind::Text => {
            galley_formats::is_importable(&file.name, &file.bytes)
                || galley_json::looks_like(&file.bytes)
        }
        _ => false,
    };
    if is_annotated {
        return None;
    }
    let failed = |why| FormatError(format!("“{}” {why}", file.name));
    Some(galley_intake::read_all(&file.name, &file.bytes).map_err(failed).map(|reading| {
        let left_out = reading.left_out.iter().map(|(what, why)| format!("{what} {why}"));
        let left_out = left_out.collect();
        let articles = reading.articles.into_iter().map(|article| FoundArticle {
            name: article.id.unwrap_or_default(),
            text: article.text,
            published: article.published,
        });
        let articles = articles.collect();
        FromFiles::Articles { job, articles, left_out }
    }))
}

/// All formats but Galley JSON, the first one, which the page writes itself.
fn offered_formats() -> &'static [Format] {
    FORMATS.get(1..).unwrap_or_default()
}

fn open_files(job: u32, files: Vec<File>) -> Result<FromFiles, FormatError> {
    let (mut documents, mut left_out) = (Vec::new(), Vec::new());
    for document in read_documents(files)? {
        match document {
            Ok((document, lines)) => {
                documents.push(galley_json::write(&document, false)?);
                left_out.extend(lines);
            }
            Err(why) => left_out.push(why.0),
        }
    }
    match documents.is_empty() {
        false => Ok(FromFiles::Opened { job, documents, left_out }),
        true => Err(FormatError(left_out.join("; "))),
    }
}

/// The documents of files in Galley JSON, and what other programs' files are made into.
fn read_documents(files: Vec<File>) -> Result<Vec<Import>, FormatError> {
    let (own, others): (Vec<File>, Vec<File>) =
        files.into_iter().partition(|file| galley_json::looks_like(&file.bytes));
    let own = own.iter().map(|file| galley_json::salvage(&String::from_utf8_lossy(&file.bytes)));
    let mut documents: Vec<Import> = own.collect();
    if !others.is_empty() || documents.is_empty() {
        let others = others.into_iter().map(|file| (file.name, file.bytes));
        documents.extend(galley_formats::import(others.collect())?);
    }
    Ok(documents)
}
