//! Adds a format: quotes as Markdown, written from what every format is written from.
//!
//! `cargo run --example add_format < article.galley.json`
//!
//! One of Galley's own formats is such a function in a file of `src/formats` with a row in `FORMATS`: the
//! page and the command line then offer it.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{Read, Write};

use galley_engine::document::Body;
use galley_engine::view::context::find_quote_date;
use galley_formats::{ExportDocument, galley_json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut json = String::new();
    std::io::stdin().read_to_string(&mut json)?;
    let document = galley_json::read(&json)?;
    let export = ExportDocument::new(&document)?;
    std::io::stdout().write_all(&write_markdown(&export))?;
    Ok(())
}

/// The title, then each quote with its speaker and when it was said.
pub(crate) fn write_markdown(export: &ExportDocument<'_>) -> Vec<u8> {
    let document = export.document();
    let mut out = format!("# {}\n", document.title.as_deref().unwrap_or("Without a title"));
    // Rejected annotations are left out already.
    for exported in export.annotations() {
        let Body::Quote(quote) = &exported.annotation.body else {
            continue;
        };
        let parts: Vec<&str> = quote.parts.iter().map(|&p| document.text.slice(p)).collect();
        let speaker =
            quote.speaker.as_ref().and_then(|s| s.name.as_deref()).unwrap_or("nobody named");
        // Writing into a string cannot fail.
        let _ = write!(out, "\n> {}\n>\n> — **{speaker}**", parts.join(" … "));
        if let Some(date) = find_quote_date(document, exported.annotation) {
            let _ = write!(out, ", {}", document.text.slice(date.span));
        }
        out.push('\n');
    }
    out.into_bytes()
}
