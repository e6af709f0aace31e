//! Markdown with highlights, as Obsidian and others have them: names and dates between `==`, properties at the head,
//! quotes and dates listed at the end.

use std::fmt::Write;

use super::export::{ExportDocument, content};
use super::format::Format;
use galley_engine::document::{Kind, Label};
use galley_engine::text::one_line;

pub(super) const FORMAT: Format = Format {
    id: "markdown",
    name: "Markdown with highlights",
    description: "for Obsidian and other notebooks: ==names==, properties, quotes by speaker",
    extension: ".marked.md",
    media_type: "text/markdown",
    carries: content::TEXT
        | content::NAMES
        | content::DATES
        | content::QUOTES
        | content::DATE_VALUES
        | content::SPEAKERS
        | content::METADATA,
    write,
    read: None,
};

fn write(export: &ExportDocument) -> Vec<u8> {
    let mut out = String::new();
    // Writing to a string does not fail.
    write_properties(&mut out, export);
    if let Some(title) = export.title() {
        let _ = writeln!(out, "# {}\n", escape(&one_line(title)));
    }
    write_article(&mut out, export);
    write_quotes(&mut out, export);
    write_dates(&mut out, export);
    out.truncate(out.trim_end().len());
    out.push('\n');
    out.into_bytes()
}

/// YAML, in which every text is spelled as JSON is.
fn write_properties(out: &mut String, export: &ExportDocument) {
    let quoted = |text: &str| serde_json::to_string(&one_line(text)).unwrap_or_default();
    let mut lines = Vec::new();
    lines.extend(export.title().map(|title| format!("title: {}", quoted(title))));
    lines.extend(export.published().map(|day| format!("published: {}", quoted(day))));
    let kinds =
        [("people", Kind::Person), ("organisations", Kind::Organisation), ("places", Kind::Place)];
    for (name, kind) in kinds {
        let entities = export.document.entities.iter().filter(|e| Label::kind(e.label) == kind);
        let names: Vec<String> = entities.map(|entity| quoted(&entity.name)).collect();
        if !names.is_empty() {
            lines.push(format!("{name}: [{}]", names.join(", ")));
        }
    }
    if !lines.is_empty() {
        let _ = writeln!(out, "---\n{}\n---\n", lines.join("\n"));
    }
}

/// A paragraph for each line; no highlight goes over the end of one.
fn write_article(out: &mut String, export: &ExportDocument) {
    let marks = export.without_overlaps(content::NAMES | content::DATES);
    let marks = marks.into_iter().filter_map(|i| export.annotations.get(i));
    let mut marks = marks.map(|a| export.trimmed(a)).peekable();
    let mut at = 0;
    for line in export.text().split('\n') {
        let (start, end) = (at, at + line.len());
        at = end + 1;
        let mut from = start;
        let mut paragraph = String::new();
        while let Some((mark_start, mark_end)) = marks.peek().copied().filter(|m| m.0 < end) {
            let (mark_from, mark_to) = (mark_start.max(from), mark_end.min(end));
            paragraph.push_str(&escape(export.slice(from, mark_from)));
            let words = export.slice(mark_from, mark_to);
            if words.trim().is_empty() {
                paragraph.push_str(words);
            } else {
                let _ = write!(paragraph, "=={}==", escape(words));
            }
            from = mark_to;
            if mark_end > end {
                break;
            }
            marks.next();
        }
        paragraph.push_str(&escape(export.slice(from, end)));
        let paragraph = paragraph.trim();
        if !paragraph.is_empty() {
            let _ = writeln!(out, "{}\n", escape_start(paragraph));
        }
    }
}

fn write_quotes(out: &mut String, export: &ExportDocument) {
    let quotes: Vec<_> = export.annotations.iter().filter(|a| a.kind == Kind::Quote).collect();
    if quotes.is_empty() {
        return;
    }
    out.push_str("## Quotes\n\n");
    for quote in quotes {
        let words = escape(&one_line(&export.quoted_words(quote)));
        let speaker = export.speaker_name(quote);
        let speaker = if speaker.is_empty() { "nobody named" } else { &speaker };
        let when = quote.find_quote_date().map_or(String::new(), |day| format!(", {day}"));
        let _ = writeln!(
            out,
            "> {}\n>\n> — {}{when}\n",
            escape_start(&words),
            escape(&one_line(speaker))
        );
    }
}

fn write_dates(out: &mut String, export: &ExportDocument) {
    let dates: Vec<_> = export.annotations.iter().filter(|a| a.kind == Kind::Date).collect();
    if dates.is_empty() {
        return;
    }
    out.push_str("## Dates\n\n| in the text | value |\n|---|---|\n");
    for date in dates {
        let words = escape(&one_line(export.words(date)));
        let value = date.date_value().unwrap_or_default().replace('|', "\\|");
        let _ = writeln!(out, "| {words} | {value} |");
    }
}

/// Text whose signs mean nothing in Markdown.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>&|~=#$^%{}".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What at the beginning of a paragraph would make a list of it.
fn escape_start(paragraph: &str) -> String {
    let digits = paragraph.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = paragraph.split_at(digits);
    match rest.chars().next() {
        Some('-' | '+') if digits == 0 => format!("\\{paragraph}"),
        Some('.' | ')') if digits > 0 => format!("{number}\\{rest}"),
        _ => paragraph.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_mean_nothing() {
        assert_eq!(escape("a*b_c [x](y) <b> 1=2"), "a\\*b\\_c \\[x\\](y) \\<b\\> 1\\=2");
        assert_eq!(escape_start("1. May"), "1\\. May");
        assert_eq!(escape_start("- dash"), "\\- dash");
        assert_eq!(escape_start("2021 was"), "2021 was");
    }

    #[test]
    fn names_and_dates_are_highlighted_and_listed() {
        let text = "Rain *again*\n\nIt rained on 3 May 2021 and\non 4 May 2021.";
        let document =
            galley_engine::analyze(text, &Default::default(), &Default::default()).unwrap();
        let markdown = write(&ExportDocument::new(&document).unwrap());
        let markdown = String::from_utf8(markdown).unwrap();
        assert!(
            markdown.contains("It rained on ==3 May 2021== and\n\non ==4 May 2021==."),
            "{markdown}"
        );
        assert!(markdown.contains("| 3 May 2021 | 2021-05-03 |"), "{markdown}");
    }
}
