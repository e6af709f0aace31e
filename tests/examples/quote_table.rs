//! Galley JSON to a table: who said what, and how sure the engine is.
//!
//! `cargo run --example quote_table < article.galley.json`

use std::error::Error;
use std::fmt::Write;
use std::io::Read;

use galley_engine::document::{Body, Status};
use galley_formats::galley_json;

fn main() -> Result<(), Box<dyn Error>> {
    let mut json = String::new();
    std::io::stdin().read_to_string(&mut json)?;
    print!("{}", quote_table(&json)?);
    Ok(())
}

/// Quotes that nobody rejected, as rows: kind, speaker, words, confidence.
pub(crate) fn quote_table(json: &str) -> Result<String, Box<dyn Error>> {
    let document = galley_json::read(json)?;
    let mut out = format!("{:<9}| {:<12}| {:<40}| sure\n", "kind", "speaker", "words");
    for annotation in &document.annotations {
        let Body::Quote(quote) = &annotation.body else {
            continue;
        };
        if annotation.status == Status::Rejected {
            continue;
        }
        let speaker = quote.speaker.as_ref().and_then(|s| s.name.as_deref()).unwrap_or("-");
        let parts: Vec<&str> = quote.parts.iter().map(|&p| document.text.slice(p)).collect();
        let (kind, words) = (quote.kind.name(), parts.join(" … "));
        let percent = annotation.confidence.permille() / 10;
        // Writing into a string cannot fail.
        let _ = writeln!(out, "{kind:<9}| {speaker:<12}| {words:<40}| {percent:>3}%");
    }
    Ok(out)
}
