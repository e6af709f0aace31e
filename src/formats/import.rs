//! Files of other programs, made into Galley JSON.
//!
//! Owns what readers have in common: files that belong together, offsets of a text that is normalised,
//! labels without more, and what became of an annotation since Galley wrote it. What is wrong with an
//! annotation is said by [`galley::salvage`](super::galley::salvage), which reads what is made here.

use std::collections::{HashMap, HashSet};

use super::json::{self, Value, Writer};
use super::sheet::label_of;
use super::{FORMATS, FormatError, zip};
use galley_engine::document::Label;
use galley_engine::text::{OffsetMap, SourceText};

/// Files that were opened together.
pub struct Given {
    /// Names and bytes; an archive is unpacked.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// What stands in the first one, when that is JSON.
    pub(super) tree: Option<Value>,
}

/// A document that was found in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Galley JSON on one line, for [`galley::salvage`](super::galley::salvage).
    pub json: String,
}

impl Given {
    fn new(files: Vec<(String, Vec<u8>)>) -> Result<Given, FormatError> {
        let mut all = Vec::new();
        let mut tree = None;
        for (name, bytes) in files {
            match zip::read(&bytes) {
                Some(files) if bytes.starts_with(b"PK") => all.extend(files),
                _ => {
                    let text = std::str::from_utf8(&bytes).unwrap_or_default();
                    let text = text.trim_start_matches('\u{feff}').trim_start();
                    if tree.is_none() && text.starts_with(['{', '[']) && !name.ends_with(".txt") {
                        tree = Some(json::parse(text)?);
                    }
                    all.push((name, bytes));
                }
            }
        }
        Ok(Given { files: all, tree })
    }

    /// The text of the file with this name, `.txt` after it; of any text file for no name.
    pub(super) fn text_beside(&self, stem: &str) -> Option<&str> {
        let found = self.files.iter().find(|(name, _)| {
            name.strip_suffix(".txt").is_some_and(|name| stem.is_empty() || name == stem)
        });
        std::str::from_utf8(&found?.1).ok()
    }
}

/// True for a file that is read here: an archive, brat's annotations, JSON that is not Galley's.
pub fn is_foreign(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    bytes.starts_with(b"PK\x03\x04") && !ends(&[".docx", ".odt", ".xlsx", ".pptx", ".epub"])
        || ends(&[".ann", ".jsonld"])
        || ends(&[".json"]) && !super::galley::looks_like(bytes)
}

/// Reads files that belong together: the documents in them.
///
/// # Errors
/// In words: no format that is known, or nothing in it that can be opened.
pub fn read(files: Vec<(String, Vec<u8>)>) -> Result<Vec<Found>, FormatError> {
    let given = Given::new(files)?;
    let known = FORMATS.iter().filter_map(|format| format.read);
    for read in known {
        match read(&given) {
            Some(found) if !found.is_empty() => return Ok(found),
            _ => {}
        }
    }
    Err(FormatError(
        "no text with annotations was found in it: W3C Web Annotation with its text, Label Studio JSON and \
         brat (a zip, or the .ann with its .txt) are opened"
            .to_owned(),
    ))
}

/// A document that is being put together.
pub(super) struct Draft {
    text: SourceText,
    units: OffsetMap,
    /// Characters that are not in the text any more, in code points and in UTF-16 of the file's text.
    dropped: Vec<[u32; 2]>,
    head: Value,
    ids: HashSet<String>,
    names: HashMap<String, usize>,
    all: Vec<Value>,
}

impl Draft {
    /// `head`: what Galley had written of the document, or null.
    pub(super) fn new(raw: &str, head: &Value) -> Draft {
        let text = SourceText::new(raw).unwrap_or_default();
        let mut dropped = Vec::new();
        let (mut point, mut unit) = (0, 0);
        let mut chars = raw.chars().peekable();
        let mut begun = false;
        while let Some(c) = chars.next() {
            begun |= c != '\u{feff}';
            if !begun || c == '\r' && chars.peek() == Some(&'\n') {
                dropped.push([point, unit]);
            }
            point += 1;
            unit += c.len_utf16() as u32;
        }
        Draft {
            units: OffsetMap::new(&text),
            text,
            dropped,
            head: head.clone(),
            ids: HashSet::new(),
            names: HashMap::new(),
            all: Vec::new(),
        }
    }

    /// A code point of the file's text as one of the document's.
    pub(super) fn point(&self, point: u32) -> u32 {
        point - self.dropped.partition_point(|d| d[0] < point) as u32
    }

    /// A UTF-16 unit of the file's text as a code point of the document's.
    pub(super) fn unit(&self, unit: u32) -> u32 {
        let unit = unit - self.dropped.partition_point(|d| d[1] < unit) as u32;
        // One past the end stays that: it is no stretch of the text.
        let past = (unit as usize).saturating_sub(self.units.utf16_units());
        let byte = self.units.byte_of_utf16(unit as usize);
        (self.units.point_of_byte(byte) + past) as u32
    }

    /// Where an annotation stands: at its place, when its words stand there; else where they do.
    pub(super) fn place(&self, place: Option<(u32, u32)>, exact: &str, prefix: &str) -> [u32; 2] {
        let exact = exact.replace("\r\n", "\n").replace('\r', "\n");
        if let Some((start, end)) = place {
            let range = [self.point(start), self.point(end)];
            if exact.is_empty() || self.slice(range) == exact {
                return range;
            }
        }
        let text = self.text.as_str();
        let before = text.find(&format!("{prefix}{exact}")).map(|at| at + prefix.len());
        let found = before.or_else(|| text.find(&exact));
        let found = found.filter(|_| !exact.is_empty());
        found.map_or([0, 0], |at| {
            [at, at + exact.len()].map(|byte| self.units.point_of_byte(byte) as u32)
        })
    }

    fn slice(&self, range: [u32; 2]) -> &str {
        let [start, end] = range.map(|point| self.units.byte_of_point(point as usize));
        self.text.as_str().get(start..end).unwrap_or_default()
    }

    /// Adds an annotation: its name and label there, its place in code points, and what Galley had written
    /// of it, or null. Label and place go before that. Gives its place in the list.
    pub(super) fn add(&mut self, id: &str, label: &str, range: [u32; 2], kept: &Value) -> usize {
        let text = self.slice(range).to_owned();
        let [start, end] = range.map(Value::from);
        let blank = |label: &str| label.replace(char::is_whitespace, "_");
        let mut fields = kept.clone();
        let new = kept.is_null() || blank(label_of(kept)) != blank(label);
        if new {
            fields = fresh(label, &text, range);
        } else if kept.get("start") != &start || kept.get("end") != &end {
            clip(&mut fields, range);
        }
        for (name, value) in [("start", start), ("end", end), ("text", Value::Text(text))] {
            fields.set(name, value);
        }
        let kept = kept.get("id").text();
        let mut id = if kept.is_empty() { id } else { kept }.to_owned();
        while id.is_empty() || !self.ids.insert(id.clone()) {
            id = format!("a{}", self.ids.len() + 1);
            if self.ids.contains(&id) {
                id.push('x');
            }
        }
        fields.set("id", Value::Text(id));
        let named = Label::parse(fields.get("label").text()).is_none_or(Label::is_name);
        if new && fields.get("kind").text() == "entity" && named {
            // The same words with the same label are one.
            let key = format!("{} {}", fields.get("label").text(), fields.get("text").text());
            let count = self.names.len();
            let n = *self.names.entry(key).or_insert(count);
            fields.set("entity", Value::Text(format!("n{n}")));
        }
        self.all.push(fields);
        self.all.len() - 1
    }

    /// Both annotations, by their places, are of one entity.
    pub(super) fn same(&mut self, one: usize, other: usize) {
        let entity = self.all.get(one).map(|a| a.get("entity").clone());
        if let (Some(entity), Some(other)) = (entity, self.all.get_mut(other))
            && !entity.is_null()
            && other.get("kind").text() == "entity"
        {
            other.set("entity", entity);
        }
    }

    /// The quote at one place is spoken by who is named at the other.
    pub(super) fn speaker(&mut self, quote: usize, by: usize) {
        let by = self.all.get(by).cloned().unwrap_or_default();
        let Some(quote) = self.all.get_mut(quote) else {
            return;
        };
        let mention = Value::List(vec![by.get("start").clone(), by.get("end").clone()]);
        let known = quote.get("speaker").get("mention").items().first() == Some(&mention);
        if known || quote.get("kind").text() != "quote" {
            return;
        }
        let mut speaker = Value::Null;
        speaker.set("mention", Value::List(vec![mention]));
        speaker.set("entity", by.get("entity").clone());
        speaker.set("name", by.get("text").clone());
        quote.set("speaker", speaker);
    }

    /// The value of a date as it now is there.
    pub(super) fn value(&mut self, at: usize, value: &str) {
        if let Some(date) = self.all.get_mut(at)
            && date.get("kind").text() == "date"
            && date.get("timex").get("value").text() != value
            && !value.is_empty()
        {
            let mut timex = date.get("timex").clone();
            timex.set("value", value.into());
            date.set("timex", timex);
            date.drop("interval");
        }
    }

    /// An entity as Galley had written it.
    pub(super) fn entity(&mut self, entity: Value) {
        let mut all = self.head.get("entities").items().to_vec();
        all.push(entity);
        self.head.set("entities", Value::List(all));
    }

    /// Says of the document what nothing else says.
    pub(super) fn about(&mut self, name: &str, value: &str) {
        let mut document = self.head.get("document").clone();
        if document.get(name).is_null() && !value.is_empty() {
            document.set(name, value.into());
            self.head.set("document", document);
        }
    }

    /// The document.
    pub(super) fn done(self) -> Found {
        let mut document = self.head.get("document").clone();
        document.set("text", self.text.as_str().into());
        document.drop("text_sha256");
        if document.get("language").is_null() {
            document.set("language", "en".into());
        }
        let mut out = Writer::default();
        out.open("", '{');
        out.text("format", "galley");
        out.number("version", 1);
        if !self.head.get("generator").is_null() {
            out.value("generator", self.head.get("generator"));
        }
        out.value("document", &document);
        out.open("annotations", '[');
        self.all.iter().for_each(|a| out.value("", a));
        out.close(']');
        out.open("entities", '[');
        let entities = self.head.get("entities").items();
        entities.iter().for_each(|e| out.value("", e));
        out.close(']');
        out.close('}');
        Found { json: out.0 }
    }
}

/// What is known of an annotation that has nothing but a label.
fn fresh(label: &str, text: &str, [start, end]: [u32; 2]) -> Value {
    let mut fields = Value::Null;
    let upper = label.trim().to_ascii_uppercase();
    match upper.as_str() {
        kind @ ("DATE" | "TIME" | "DURATION" | "SET") => {
            let mut timex = Value::Null;
            timex.set("type", kind.into());
            let unknown = if kind == "DURATION" { "PXX" } else { "XXXX-XX-XX" };
            timex.set("value", unknown.into());
            fields.set("kind", "date".into());
            fields.set("timex", timex);
        }
        kind @ ("QUOTE" | "QUOTATION" | "DIRECT" | "MIXED" | "INDIRECT") => {
            const MARKS: [char; 9] = ['"', '“', '”', '„', '«', '»', '‘', '’', '\''];
            let kind = if kind.starts_with('Q') { "DIRECT" } else { kind };
            let inner = text.trim_start_matches(MARKS);
            let from = start + (text.chars().count() - inner.chars().count()) as u32;
            let to = from + inner.trim_end_matches(MARKS).chars().count() as u32;
            let part = if from < to { [from, to] } else { [start, end] };
            let part = Value::List(part.map(Value::from).to_vec());
            fields.set("kind", "quote".into());
            fields.set("label", kind.to_ascii_lowercase().as_str().into());
            fields.set("parts", Value::List(vec![part]));
        }
        name => {
            let name = match name {
                "PER" | "PEOPLE" => "PERSON",
                "ORGANIZATION" | "ORGANISATION" => "ORG",
                "LOCATION" => "LOC",
                known if Label::parse(known).is_some() => known,
                _ => label.trim(),
            };
            fields.set("kind", "entity".into());
            fields.set("label", name.into());
        }
    }
    fields.set("confidence", 1.into());
    fields.set("status", "added".into());
    fields
}

/// What an annotation that was moved keeps: the parts within it.
fn clip(fields: &mut Value, [start, end]: [u32; 2]) {
    fields.drop("machine");
    if fields.get("parts").is_null() {
        return;
    }
    let mut parts = Vec::new();
    for part in fields.get("parts").items() {
        if let [from, to] = part.items()
            && let (Some(from), Some(to)) = (from.number(), to.number())
            && from.max(start) < to.min(end)
        {
            let part = [from.max(start), to.min(end)].map(Value::from);
            parts.push(Value::List(part.to_vec()));
        }
    }
    fields.set("parts", Value::List(parts));
}
