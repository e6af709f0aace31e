//! CoNLL-2003 in IOB2: a token a line with its label in the fourth column, a blank line after a sentence.
//! The columns for part of speech and chunk are there and empty.

use super::export::{ExportDocument, content};
use super::format::Format;

pub(super) const FORMAT: Format = Format {
    id: "conll",
    name: "CoNLL-2003 IOB2",
    description: "a token a line, names and dates side by side",
    extension: ".conll",
    media_type: "text/plain",
    carries: CARRIES,
    write,
    read: None,
};

const CARRIES: u16 = content::TEXT | content::NAMES | content::DATES;

fn write(export: &ExportDocument) -> Vec<u8> {
    let mut out = "-DOCSTART- -X- -X- O\n".to_owned();
    let labelled = export.without_overlaps(CARRIES);
    let mut labelled = labelled.into_iter().map(|i| &export.annotations[i]).peekable();
    let mut is_inside = false;
    for token in export.tokens() {
        while labelled.next_if(|a| export.trimmed(a).1 <= token.start).is_some() {
            is_inside = false;
        }
        if token.is_space {
            continue;
        }
        if token.starts_sentence {
            out.push('\n');
        }
        out.push_str(export.slice(token.start, token.end));
        out.push_str(" -X- -X- ");
        match labelled.peek() {
            Some(annotation) if export.trimmed(annotation).0 <= token.start => {
                // An annotation that goes on in the next sentence begins there anew.
                out.push_str(if is_inside && !token.starts_sentence { "I-" } else { "B-" });
                is_inside = true;
                out.push_str(&annotation.label.replace(char::is_whitespace, "_"));
            }
            _ => out.push('O'),
        }
        out.push('\n');
    }
    out.push('\n');
    out.into_bytes()
}
