//! Text documents of Word (.docx) and LibreOffice (.odt, .fodt): paragraphs, the title by its style.
//!
//! Owns which elements hold text that is read: no comments, no deleted text, no notes, no hidden runs.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::article::Article;
use crate::{IntakeError, MAX_DEPTH, MAX_FILE_BYTES, encoding, zip};
use galley_engine::text::one_line;

const WORD: &str = "a Word document";
const LIBRE: &str = "a LibreOffice document";

/// A paragraph and the name of its style, in lowercase.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: String,
    is_cell: bool,
}

/// Reads a .docx.
///
/// # Errors
/// When it is damaged or deeper than is read.
pub(crate) fn read_docx(bytes: &[u8]) -> Result<Article, IntakeError> {
    let mut room = MAX_FILE_BYTES;
    let xml = zip::part(bytes, "word/document.xml", WORD, &mut room)?;
    let xml = encoding::decode(&xml, None).map_err(|_| IntakeError::Broken(WORD))?;
    Ok(article_of(read_word(&xml)?))
}

/// Reads an .odt.
///
/// # Errors
/// When it is protected, damaged or deeper than is read.
pub(crate) fn read_odt(bytes: &[u8]) -> Result<Article, IntakeError> {
    let mut room = MAX_FILE_BYTES;
    if let Ok(manifest) = zip::part(bytes, "META-INF/manifest.xml", LIBRE, &mut room)
        && String::from_utf8_lossy(&manifest).contains("encryption-data")
    {
        return Err(IntakeError::Protected(LIBRE));
    }
    let xml = zip::part(bytes, "content.xml", LIBRE, &mut room)?;
    read_flat_odt(&xml)
}

/// Reads a .fodt, or the content of an .odt.
///
/// # Errors
/// When it is damaged or deeper than is read.
pub(crate) fn read_flat_odt(xml: &[u8]) -> Result<Article, IntakeError> {
    let xml = encoding::decode(xml, None).map_err(|_| IntakeError::Broken(LIBRE))?;
    Ok(article_of(read_open_document(&xml)?))
}

/// The title is the first paragraph of that style, else a heading that stands first.
fn article_of(paragraphs: Vec<Paragraph>) -> Article {
    let mut paragraphs: Vec<Paragraph> =
        paragraphs.into_iter().filter(|p| !p.text.trim().is_empty()).collect();
    let is_title =
        |p: &Paragraph| matches!(p.style.as_str(), "title" | "headline" | "titel" | "titre");
    let title = paragraphs
        .iter()
        .take(12)
        .position(is_title)
        .or_else(|| paragraphs.first().filter(|p| p.style.starts_with("heading")).map(|_| 0));
    let title = title.map(|at| one_line(&paragraphs.remove(at).text));
    let is_byline = |p: &Paragraph| p.style.contains("byline") || p.style.contains("author");
    let byline = paragraphs.iter().take(12).position(is_byline);
    let byline = byline.map(|at| one_line(&paragraphs.remove(at).text));
    let byline = byline.map(|b| b.strip_prefix("By ").map_or(b.clone(), str::to_owned));
    let captions = paragraphs.iter().filter(|p| p.style.contains("caption"));
    let captions = captions.map(|p| one_line(&p.text)).collect();
    let mut blocks: Vec<String> = Vec::new();
    let mut in_table = false;
    for paragraph in paragraphs {
        let text = paragraph.text.trim_end().trim_matches('\n').to_owned();
        match blocks.last_mut() {
            // The rows of a table are lines of one block.
            Some(last) if paragraph.is_cell && in_table => {
                last.push('\n');
                last.push_str(&text);
            }
            _ => blocks.push(text),
        }
        in_table = paragraph.is_cell;
    }
    Article { captions, ..Article::from_blocks(title, byline, &blocks) }
}

/// What an element's name says of the text in it.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = tag.attributes();
    all.with_checks(false);
    let found = all.flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(
        found
            .normalized_value(XmlVersion::Implicit1_0)
            .map_or_else(|_| found.value.to_string(), |v| v.into_owned()),
    )
}

/// The events of a file, with their depth watched.
struct Events<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
    what: &'static str,
}

enum Piece<'x> {
    Start(BytesStart<'x>),
    Empty(BytesStart<'x>),
    End(String),
    Text(String),
}

impl<'x> Events<'x> {
    fn new(xml: &'x str, what: &'static str) -> Events<'x> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = false;
        Events { reader, depth: 0, what }
    }

    fn next_piece(&mut self) -> Result<Option<Piece<'x>>, IntakeError> {
        loop {
            let event = self.reader.read_event().map_err(|_| IntakeError::Broken(self.what))?;
            return Ok(Some(match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(IntakeError::TooDeep);
                    }
                    Piece::Start(tag)
                }
                Event::Empty(tag) => Piece::Empty(tag),
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    Piece::End(tag.local_name().as_ref().to_owned())
                }
                Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Piece::Text(text.into_inner().into_owned()),
                Event::GeneralRef(name) => Piece::Text(match name.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => match &*name {
                        "lt" => "<",
                        "gt" => ">",
                        "amp" => "&",
                        "quot" => "\"",
                        "apos" => "'",
                        _ => "",
                    }
                    .to_owned(),
                }),
                Event::Eof if self.depth > 0 => return Err(IntakeError::Broken(self.what)),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            }));
        }
    }

    /// Skips to the end of the element that has just begun.
    fn skip_element(&mut self) -> Result<(), IntakeError> {
        let outside = self.depth - 1;
        while self.depth > outside {
            if self.next_piece()?.is_none() {
                return Ok(());
            }
        }
        Ok(())
    }
}

fn read_word(xml: &str) -> Result<Vec<Paragraph>, IntakeError> {
    let mut events = Events::new(xml, WORD);
    let mut out = Vec::new();
    // Paragraphs lie in each other where a text box stands in one.
    let mut open: Vec<Paragraph> = Vec::new();
    let mut cells: Vec<Vec<String>> = Vec::new();
    let (mut is_text, mut is_hidden) = (false, false);
    while let Some(piece) = events.next_piece()? {
        match piece {
            Piece::Start(tag) | Piece::Empty(tag)
                if matches!(tag.local_name().as_ref(), "vanish") =>
            {
                is_hidden = attribute(&tag, "val").is_none_or(|v| v != "0" && v != "false");
            }
            Piece::Start(tag) => match tag.local_name().as_ref() {
                "p" => open.push(Paragraph::default()),
                "t" => is_text = true,
                "r" => is_hidden = false,
                "tr" => cells.push(Vec::new()),
                "del" | "moveFrom" | "instrText" | "delText" | "Fallback" | "footnoteReference"
                | "fldData" | "sectPr" => events.skip_element()?,
                "pStyle" => set_style(&mut open, &tag),
                _ => {}
            },
            Piece::Empty(tag) => {
                let sign = match tag.local_name().as_ref() {
                    "tab" if !is_hidden => "\t",
                    "br" | "cr" => "\n",
                    "noBreakHyphen" => "\u{2011}",
                    "p" => {
                        out.push(Paragraph::default());
                        ""
                    }
                    "pStyle" => {
                        set_style(&mut open, &tag);
                        ""
                    }
                    _ => "",
                };
                // A tab stop in a paragraph's properties stands before all text.
                if let Some(paragraph) = open.last_mut().filter(|p| !p.text.is_empty()) {
                    paragraph.text.push_str(sign);
                }
            }
            Piece::End(name) => match name.as_str() {
                "t" => is_text = false,
                "p" => {
                    let Some(paragraph) = open.pop() else { continue };
                    match cells.last_mut() {
                        Some(row) => row.push(one_line(&paragraph.text)),
                        None => out.push(paragraph),
                    }
                }
                "tr" => end_row(&mut cells, &mut out),
                _ => {}
            },
            Piece::Text(text) => {
                if is_text
                    && !is_hidden
                    && let Some(paragraph) = open.last_mut()
                {
                    paragraph.text.push_str(&text);
                }
            }
        }
    }
    Ok(out)
}

fn set_style(open: &mut [Paragraph], tag: &BytesStart<'_>) {
    if let (Some(paragraph), Some(style)) = (open.last_mut(), attribute(tag, "val")) {
        paragraph.style = style.to_lowercase();
    }
}

/// A row with one cell is text that was set in a frame.
fn end_row(cells: &mut Vec<Vec<String>>, out: &mut Vec<Paragraph>) {
    let Some(row) = cells.pop() else { return };
    let row: Vec<String> = row.into_iter().filter(|cell| !cell.is_empty()).collect();
    let is_cell = row.len() > 1;
    let text = row.join("\t");
    match cells.last_mut() {
        Some(outer) => outer.push(text),
        None => out.push(Paragraph { text, style: String::new(), is_cell }),
    }
}

fn read_open_document(xml: &str) -> Result<Vec<Paragraph>, IntakeError> {
    let mut events = Events::new(xml, LIBRE);
    let mut out = Vec::new();
    let mut open: Vec<Paragraph> = Vec::new();
    let mut cells: Vec<Vec<String>> = Vec::new();
    // Styles that a document makes for single paragraphs, with what they are made from.
    let mut parents: HashMap<String, String> = HashMap::new();
    let mut in_text = false;
    while let Some(piece) = events.next_piece()? {
        match piece {
            Piece::Start(tag) | Piece::Empty(tag) if tag.local_name().as_ref() == "style" => {
                if let (Some(name), Some(parent)) =
                    (attribute(&tag, "name"), attribute(&tag, "parent-style-name"))
                {
                    parents.insert(name, parent);
                }
            }
            Piece::Start(tag) => match tag.local_name().as_ref() {
                "text" => in_text = true,
                "tracked-changes" | "annotation" | "note" | "table-of-content"
                | "sequence-decls" | "forms" | "object" | "script" | "event-listeners" => {
                    events.skip_element()?
                }
                "p" | "h" if in_text => {
                    let style = attribute(&tag, "style-name").unwrap_or_default();
                    let style = parents.get(&style).cloned().unwrap_or(style).to_lowercase();
                    let is_heading = tag.local_name().as_ref() == "h" && !style.contains("title");
                    let style = if is_heading { "heading".to_owned() } else { style };
                    open.push(Paragraph { style, ..Paragraph::default() });
                }
                "table-row" => cells.push(Vec::new()),
                _ => {}
            },
            Piece::Empty(tag) => {
                let sign = match tag.local_name().as_ref() {
                    "s" => {
                        let n = attribute(&tag, "c").and_then(|c| c.parse().ok()).unwrap_or(1);
                        " ".repeat(n.clamp(1, 80))
                    }
                    "tab" => "\t".to_owned(),
                    "line-break" => "\n".to_owned(),
                    _ => String::new(),
                };
                if let Some(paragraph) = open.last_mut() {
                    paragraph.text.push_str(&sign);
                }
            }
            Piece::End(name) => match name.as_str() {
                "p" | "h" => {
                    let Some(mut paragraph) = open.pop() else { continue };
                    paragraph.text = paragraph.text.trim().to_owned();
                    match cells.last_mut() {
                        Some(row) => row.push(one_line(&paragraph.text)),
                        None => out.push(paragraph),
                    }
                }
                "table-row" => end_row(&mut cells, &mut out),
                _ => {}
            },
            Piece::Text(text) => {
                if let Some(paragraph) = open.last_mut() {
                    push_collapsed(&mut paragraph.text, &text);
                }
            }
        }
    }
    Ok(out)
}

/// White space in an OpenDocument is one space, wherever its lines break.
fn push_collapsed(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            ' ' | '\n' | '\r' | '\t' => {
                if !out.ends_with([' ', '\n', '\t']) {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
}
