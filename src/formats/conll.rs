//! CoNLL-2003 in IOB2: a token a line with its label in the fourth column, a blank line after a sentence.
//! The columns for part of speech and chunk are there and empty.

use super::Format;
use super::sheet::{Sheet, has};

pub(super) const ROW: Format = Format {
    word: "conll",
    name: "CoNLL-2003 IOB2",
    about: "a token a line, names and dates side by side",
    extension: ".conll",
    media_type: "text/plain",
    carries: CARRIES,
    write,
    read: None,
};

const CARRIES: u16 = has::NAMES | has::DATES;

fn write(sheet: &Sheet) -> Vec<u8> {
    let mut out = "-DOCSTART- -X- -X- O\n".to_owned();
    let mut marks = sheet.flat(CARRIES).into_iter().map(|i| &sheet.marks[i]).peekable();
    let mut begun = false;
    for token in sheet.tokens() {
        while marks.next_if(|m| sheet.trimmed(m).1 <= token.start).is_some() {
            begun = false;
        }
        if !token.solid {
            continue;
        }
        if token.first {
            out.push('\n');
        }
        out.push_str(sheet.slice(token.start, token.end));
        out.push_str(" -X- -X- ");
        match marks.peek() {
            Some(mark) if sheet.trimmed(mark).0 <= token.start => {
                // What goes on in the next sentence begins there anew.
                out.push_str(if begun && !token.first { "I-" } else { "B-" });
                begun = true;
                let label = mark.label.chars();
                out.extend(label.map(|c| if c.is_whitespace() { '_' } else { c }));
            }
            _ => out.push('O'),
        }
        out.push('\n');
    }
    out.push('\n');
    out.into_bytes()
}
