//! CoNLL-2003 in IOB2: a token a line with its label in the fourth column, a blank line after a sentence.
//! The columns for part of speech and chunk are there and empty.
//!
//! Any number of columns is read, parted by blanks or tabs: the first is the token, the last its tag in IOB, IOB2 or
//! BIOES. The text is put together with a blank between tokens, a line for each sentence.

use serde_json::Value;

use super::export::{ExportDocument, content};
use super::format::Format;
use super::import::{CONLL_ENDS, Import, ImportFiles, stem_of};
use super::imported::ImportedDocument;

pub(super) const FORMAT: Format = Format {
    id: "conll",
    name: "CoNLL-2003 IOB2",
    description: "a token a line, names and dates side by side; opens here again",
    extension: ".conll",
    media_type: "text/plain",
    carries: CARRIES,
    write,
    read: Some(read),
};

const CARRIES: u16 = content::TEXT | content::NAMES | content::DATES;

fn write(export: &ExportDocument) -> Vec<u8> {
    let mut out = "-DOCSTART- -X- -X- O\n".to_owned();
    let labelled = export.without_overlaps(CARRIES);
    let mut labelled = labelled.into_iter().filter_map(|i| export.annotations.get(i)).peekable();
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

/// The line that a document begins with.
const DOCUMENT_START: &str = "-DOCSTART-";

fn read(files: &ImportFiles) -> Option<Vec<Import>> {
    let is_conll = |name: &str| {
        let name = name.to_ascii_lowercase();
        CONLL_ENDS.iter().any(|end| name.ends_with(end))
    };
    let files = files
        .files
        .iter()
        .filter(|(name, bytes)| is_conll(name) || bytes.starts_with(DOCUMENT_START.as_bytes()));
    let mut found = Vec::new();
    for (name, bytes) in files {
        let stem = stem_of(name);
        let text = String::from_utf8_lossy(bytes);
        let documents = split_documents(&text);
        let one = documents.len() == 1;
        for (number, lines) in (1..).zip(documents) {
            let mut document = read_document(&lines);
            let id = if one { stem.to_owned() } else { format!("{stem}-{number}") };
            document.set_metadata("id", &id);
            found.push(document.finish());
        }
    }
    Some(found)
}

/// The lines of each document that has tokens.
fn split_documents(text: &str) -> Vec<Vec<&str>> {
    let mut documents = vec![Vec::new()];
    for line in text.trim_start_matches('\u{feff}').lines() {
        match (line.starts_with(DOCUMENT_START), documents.last_mut()) {
            (false, Some(lines)) => lines.push(line),
            _ => documents.push(Vec::new()),
        }
    }
    documents.retain(|lines: &Vec<&str>| lines.iter().any(|line| !line.trim().is_empty()));
    documents
}

/// A mark that goes on.
struct OpenMark<'a> {
    label: &'a str,
    start: usize,
    end: usize,
}

fn read_document(lines: &[&str]) -> ImportedDocument {
    let mut text = String::new();
    // Code points of it.
    let mut points = 0;
    let mut marks: Vec<OpenMark<'_>> = Vec::new();
    let mut is_open = false;
    // A blank, a line end, or nothing stands before the next token.
    let mut gap = "";
    let mut before = "";
    for line in lines {
        // A token may be a space that is none of a column's: only tabs and blanks part columns.
        let mut columns = line.split(['\t', ' ']).filter(|column| !column.is_empty());
        let Some(token) = columns.next().filter(|_| !line.starts_with("# ")) else {
            is_open = false;
            if !text.is_empty() && columns.next().is_none() {
                gap = "\n";
            }
            continue;
        };
        let tag = columns.next_back().unwrap_or("O");
        if gap == " " && (stands_close(token) || opens(before)) {
            gap = "";
        }
        text.push_str(gap);
        let start = points + gap.chars().count();
        text.push_str(token);
        points = start + token.chars().count();
        (gap, before) = (" ", token);
        let (sign, label) = tag.split_once(['-', '_']).unwrap_or((tag, ""));
        // IOB begins with I- unless a mark of the same label stands right before.
        let goes_on = matches!(sign, "I" | "E" | "L" | "M") && is_open;
        match marks.last_mut() {
            Some(mark) if goes_on && mark.label == label => mark.end = points,
            _ if matches!(sign, "B" | "I" | "E" | "L" | "M" | "S" | "U") && !label.is_empty() => {
                marks.push(OpenMark { label, start, end: points });
            }
            _ => {
                is_open = false;
                continue;
            }
        }
        is_open = !matches!(sign, "E" | "L" | "S" | "U");
    }
    let mut document = ImportedDocument::new(&text, &Value::Null);
    for mark in marks {
        let range = [document.point(mark.start as u32), document.point(mark.end as u32)];
        document.add_annotation("", mark.label, range, &Value::Null);
    }
    document
}

/// Is there no blank before this token, in any text?
fn stands_close(token: &str) -> bool {
    const ENDINGS: [&str; 9] = ["n't", "n’t", "'s", "’s", "'re", "’re", "'ll", "'ve", "'d"];
    token.chars().all(|c| ",.;:!?)]}”’%…".contains(c)) || ENDINGS.contains(&token)
}

/// Is there no blank after this token, in any text?
fn opens(token: &str) -> bool {
    token.chars().all(|c| "([{“‘$£€".contains(c))
}
