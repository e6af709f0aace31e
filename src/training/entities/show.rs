//! What a model finds, for people to read.

use super::corpus::Doc;
use super::predict::predict;
use galley_engine::document::Label;
use galley_engine::entities::Model;
use galley_engine::text::{SourceText, Span};

/// The text with each name as "[name|LABEL margin]".
pub(super) fn mark_names(text: &str, model: &Model) -> Result<String, String> {
    let text = SourceText::new(text).map_err(|e| e.to_string())?;
    let (mut out, mut at) = (String::new(), 0);
    for (span, label, margin) in predict(&text, model) {
        out += &text.as_str()[at..span.start()];
        out += &format!("[{}|{} {margin}]", text.slice(span), label.name());
        at = span.end();
    }
    Ok(out + &text.as_str()[at..])
}

/// Prints what is wrong in a text of a development set.
pub(super) fn print_errors(
    doc: &Doc,
    found: &[(Span, Label)],
    right: &[Option<bool>],
    most: usize,
) -> usize {
    let around = |s: Span| {
        let text = doc.text.as_str();
        let a = text[..s.start()].char_indices().rev().nth(40).map_or(0, |c| c.0);
        let z = text[s.end()..].char_indices().nth(30).map_or(text.len(), |c| s.end() + c.0);
        text[a..z].replace('\n', " ")
    };
    let mut lines: Vec<(usize, String)> = Vec::new();
    for ((s, l), r) in found.iter().zip(right) {
        if *r == Some(false) {
            lines.push((
                s.start(),
                format!("  + {:<7} {:?} | {}", l.name(), doc.text.slice(*s), around(*s)),
            ));
        }
    }
    for (s, l) in &doc.names {
        if doc.known.contains(l)
            && !found
                .iter()
                .any(|f| f.0.overlaps(*s) && f.1 == *l && f.0.len().abs_diff(s.len()) < 5)
        {
            lines.push((
                s.start(),
                format!("  - {:<7} {:?} | {}", l.name(), doc.text.slice(*s), around(*s)),
            ));
        }
    }
    lines.sort();
    lines.truncate(most);
    for (_, l) in &lines {
        println!("{l}");
    }
    lines.len()
}
