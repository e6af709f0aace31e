//! Annotates a string: who and what is named, which dates are meant, who said what.
//!
//! `cargo run --example annotate`

use std::error::Error;
use std::fmt::Write;

use galley_engine::calendar::Stamp;
use galley_engine::document::{Body, Document};
use galley_engine::{Models, Options, analyze};

const TEXT: &str = "\
Bridge in Doha to open again

The bridge will open on Monday, Mayor Ann Lee said. “It took us two years,” she told reporters.";

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", annotate(TEXT)?);
    Ok(())
}

/// One line for each annotation of a text.
pub(crate) fn annotate(text: &str) -> Result<String, Box<dyn Error>> {
    let models = Models::from_bytes(
        include_bytes!("../../www/model/entities.bin"),
        include_bytes!("../../www/model/quotes.bin"),
    )?;
    let options = Options { published: Stamp::parse("2021-07-23"), ..Options::default() };
    Ok(describe(&analyze(text, &options, &models)?))
}

fn describe(document: &Document) -> String {
    let mut out = String::new();
    for annotation in &document.annotations {
        let words = document.text.slice(annotation.span);
        let what = match &annotation.body {
            Body::Entity(entity) => {
                let linked = entity.entity.as_ref().and_then(|id| document.entity(id));
                let name = linked.map_or(words, |e| &e.name);
                format!("{} {name}", entity.label.name())
            }
            Body::Date(date) => format!("{} {}", date.timex.kind.name(), date.timex.value),
            Body::Quote(quote) => {
                let speaker = quote.speaker.as_ref().and_then(|s| s.name.as_deref());
                format!("{} quote by {}", quote.kind.name(), speaker.unwrap_or("nobody named"))
            }
        };
        // Writing into a string cannot fail.
        let _ = writeln!(out, "{words:?} is {what}");
    }
    out
}
