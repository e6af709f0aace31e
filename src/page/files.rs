//! The worker of files: writes documents in other programs' formats, and opens theirs and damaged ones.
//!
//! A program of its own beside the engine's worker: it is made small where that one is made quick, and it
//! answers while a long text is being read.

use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::protocol::{BUILD, File, FromFiles, Offer, PROTOCOL, ToFiles};
use galley_formats::{self, FORMATS, Format, FormatError, Sheet, galley};

/// Starts the worker.
pub fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let answer = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(answer) = ToFiles::read(&event.data()).and_then(answer) {
            post(answer);
        }
    });
    scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
    answer.forget();
    post(FromFiles::Hello { protocol: PROTOCOL, build: BUILD.to_owned() });
}

fn post(message: FromFiles) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    // Nothing can be done about a page that is gone.
    let _ = scope.post_message(&message.into());
}

fn answer(message: ToFiles) -> Option<FromFiles> {
    Some(match message {
        ToFiles::Offer { job, json } => {
            let sheet = Sheet::new(&json).ok()?;
            let offers = offered().iter().map(|format| Offer {
                name: format.name.to_owned(),
                about: format.about.to_owned(),
                lost: format.lost(&sheet),
            });
            FromFiles::Offers { job, offers: offers.collect() }
        }
        ToFiles::Write { json, format } => {
            let sheet = Sheet::new(&json).ok()?;
            let format = offered().get(format as usize)?;
            let mut bytes = format.write(&sheet);
            if format.media_type == "text/csv" {
                // Spreadsheets that open a table by a click take it for UTF-8 only with this.
                bytes.splice(0..0, *b"\xef\xbb\xbf");
            }
            FromFiles::File {
                file: File { name: format.extension.to_owned(), bytes },
                kind: format.media_type.to_owned(),
            }
        }
        ToFiles::Open { job, files } => {
            open(job, files).unwrap_or_else(|why| FromFiles::Failed { job, message: why.0 })
        }
    })
}

/// All formats but the first one, which the page writes by itself.
fn offered() -> &'static [Format] {
    FORMATS.get(1..).unwrap_or_default()
}

fn open(job: u32, files: Vec<File>) -> Result<FromFiles, FormatError> {
    let (mut documents, mut left) = (Vec::new(), Vec::new());
    for json in sources(files)? {
        match galley::salvage(&json) {
            Ok((document, lines)) => {
                documents.push(galley::write(&document, false)?);
                left.extend(lines);
            }
            Err(why) => left.push(why.0),
        }
    }
    match documents.is_empty() {
        false => Ok(FromFiles::Opened { job, documents, left }),
        true => Err(FormatError(left.join("; "))),
    }
}

/// Galley JSON: the files' own, or what other programs' files are made into.
fn sources(files: Vec<File>) -> Result<Vec<String>, FormatError> {
    let (own, others): (Vec<File>, Vec<File>) =
        files.into_iter().partition(|file| galley::looks_like(&file.bytes));
    let own = own.into_iter();
    let mut out: Vec<String> =
        own.map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect();
    if !others.is_empty() || out.is_empty() {
        let files = others.into_iter().map(|file| (file.name, file.bytes));
        let found = galley_formats::read(files.collect())?;
        out.extend(found.into_iter().map(|found| found.json));
    }
    Ok(out)
}
