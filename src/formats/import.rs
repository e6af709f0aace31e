//! Files of other programs, made into documents.
//!
//! Owns what readers have in common: files that belong together, offsets of a text that is normalised,
//! labels without more, and what became of an annotation since Galley wrote it. Whether the parts of a
//! document fit together, [`DocumentBuilder`] decides.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::archive;
use super::error::FormatError;
use super::galley_json::{
    AnnotationJson, DocumentBuilder, DocumentJson, EntityJson, PointRange, Salvaged, SpeakerJson,
    TimexJson, document_head_from_json, looks_like,
};
use super::json_text::{items, text};
use galley_engine::document::Label;
use galley_engine::text::{OffsetMap, SourceText};

/// A document that was found in a file, with what was left out of it; or why it could not be read.
pub type Import = Result<Salvaged, FormatError>;

/// Files that were opened together.
pub(super) struct ImportFiles {
    /// Names and bytes; an archive is unpacked.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// What the first file that is JSON says.
    pub(super) json: Option<Value>,
}

impl ImportFiles {
    pub(super) fn new(files: Vec<(String, Vec<u8>)>) -> Result<ImportFiles, FormatError> {
        let mut all = Vec::new();
        let mut json = None;
        for (name, bytes) in files {
            match archive::read(&bytes) {
                Some(files) if bytes.starts_with(b"PK") => all.extend(files),
                _ => {
                    let text = std::str::from_utf8(&bytes).unwrap_or_default();
                    let text = text.trim_start_matches('\u{feff}');
                    let is_json = text.trim_start().starts_with(['{', '[']);
                    if json.is_none() && is_json && !name.ends_with(".txt") {
                        let parsed = serde_json::from_str(text);
                        json =
                            Some(parsed.map_err(|why| {
                                FormatError(format!("the file is damaged: {why}"))
                            })?);
                    }
                    all.push((name, bytes));
                }
            }
        }
        Ok(ImportFiles { files: all, json })
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
pub fn is_importable(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let ends_with = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    bytes.starts_with(b"PK\x03\x04") && !ends_with(&[".docx", ".odt", ".xlsx", ".pptx", ".epub"])
        || ends_with(&[".ann", ".jsonld"])
        || ends_with(&[".json"]) && !looks_like(bytes)
}

/// A document that is being put together from another program's file. Annotations are known by their
/// place in the list.
pub(super) struct ImportedDocument {
    text: SourceText,
    offsets: OffsetMap,
    /// Characters of the file's text that the document's has not, in its code points and UTF-16 units.
    dropped: Vec<DroppedChar>,
    /// What Galley had written of the document: fields as Galley JSON has them.
    metadata: Map<String, Value>,
    generator: Value,
    entities: Vec<Value>,
    ids: HashSet<String>,
    /// Entities of annotations that are nothing but a label, by label and words.
    named: HashMap<String, usize>,
    annotations: Vec<ImportedAnnotation>,
}

struct ImportedAnnotation {
    id: String,
    range: PointRange,
    words: String,
    /// What else is known of it; a sentence that says why, where what Galley had written cannot be read.
    json: Result<AnnotationJson<'static>, String>,
}

struct DroppedChar {
    point: u32,
    utf16: u32,
}

impl ImportedDocument {
    /// `kept`: what Galley had written of the document, or null.
    pub(super) fn new(raw: &str, kept: &Value) -> ImportedDocument {
        // A text that is too long has nothing in it, so that every annotation is named.
        let source = SourceText::new(raw).unwrap_or_default();
        let mut dropped = Vec::new();
        let (mut point, mut utf16) = (0, 0);
        let mut chars = raw.chars().peekable();
        let mut has_begun = false;
        while let Some(c) = chars.next() {
            has_begun |= c != '\u{feff}';
            if !has_begun || c == '\r' && chars.peek() == Some(&'\n') {
                dropped.push(DroppedChar { point, utf16 });
            }
            point += 1;
            utf16 += c.len_utf16() as u32;
        }
        ImportedDocument {
            offsets: OffsetMap::new(&source),
            text: source,
            dropped,
            metadata: kept["document"].as_object().cloned().unwrap_or_default(),
            generator: kept["generator"].clone(),
            entities: items(&kept["entities"]).to_vec(),
            ids: HashSet::new(),
            named: HashMap::new(),
            annotations: Vec::new(),
        }
    }

    /// A code point of the file's text as one of the document's.
    pub(super) fn point(&self, point: u32) -> u32 {
        point - self.dropped.partition_point(|dropped| dropped.point < point) as u32
    }

    /// A UTF-16 unit of the file's text as a code point of the document's.
    pub(super) fn point_of_utf16(&self, unit: u32) -> u32 {
        let unit = unit - self.dropped.partition_point(|dropped| dropped.utf16 < unit) as u32;
        // One past the end stays that: it is no stretch of the text.
        let past = (unit as usize).saturating_sub(self.offsets.utf16_units());
        let byte = self.offsets.byte_of_utf16(unit as usize);
        (self.offsets.point_of_byte(byte) + past) as u32
    }

    /// Where an annotation stands: at its position, when its words stand there; else where they do.
    pub(super) fn locate(
        &self,
        position: Option<(u32, u32)>,
        exact: &str,
        prefix: &str,
    ) -> PointRange {
        let exact = exact.replace("\r\n", "\n").replace('\r', "\n");
        if let Some((start, end)) = position {
            let range = [self.point(start), self.point(end)];
            if exact.is_empty() || self.slice(range) == exact {
                return range;
            }
        }
        let text = self.text.as_str();
        let with_prefix = text.find(&format!("{prefix}{exact}")).map(|at| at + prefix.len());
        let found = with_prefix.or_else(|| text.find(&exact)).filter(|_| !exact.is_empty());
        // What is not there is at no stretch of the text, and is named as such.
        found.map_or([0, 0], |at| {
            [at, at + exact.len()].map(|byte| self.offsets.point_of_byte(byte) as u32)
        })
    }

    /// A region's range in code points of the document.
    fn region(&self, position: PointRange, by_units: bool) -> PointRange {
        position.map(|at| if by_units { self.point_of_utf16(at) } else { self.point(at) })
    }

    /// Do these words stand at a region's place, counted in UTF-16 units or in code points?
    pub(super) fn region_says(&self, position: PointRange, words: &str, by_units: bool) -> bool {
        let words = words.replace("\r\n", "\n").replace('\r', "\n");
        self.slice(self.region(position, by_units)) == words
    }

    /// Where a region stands: where its words are, in the file's unit or in the other one; else where its
    /// file's unit leads.
    pub(super) fn locate_region(
        &self,
        position: PointRange,
        words: &str,
        by_units: bool,
    ) -> PointRange {
        let usual = self.region(position, by_units);
        if words.is_empty() || self.region_says(position, words, by_units) {
            return usual;
        }
        if self.region_says(position, words, !by_units) {
            return self.region(position, !by_units);
        }
        // A region that was moved and kept its words, or words that were shortened: the place holds.
        usual
    }

    fn slice(&self, range: PointRange) -> &str {
        let [start, end] = range.map(|point| self.offsets.byte_of_point(point as usize));
        self.text.as_str().get(start..end).unwrap_or_default()
    }

    /// Adds an annotation: its id and label in the file, its range, and what Galley had written of it, or
    /// null. Label and range go before that. Gives its place in the list.
    pub(super) fn add_annotation(
        &mut self,
        id: &str,
        label: &str,
        range: PointRange,
        kept: &Value,
    ) -> usize {
        let words = self.slice(range).to_owned();
        let id = self.fresh_id(match text(&kept["id"]) {
            "" => id,
            kept => kept,
        });
        // brat has no other characters in the names of types.
        let plain = |label: &str| -> String {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            label.chars().map(|c| if is_plain(c) { c } else { '_' }).collect()
        };
        let is_kept = kept.is_object() && plain(label_in_json(kept)) == plain(label);
        let json = match is_kept {
            true => kept_annotation(kept, range),
            false => Ok(self.labelled_annotation(label, &words, range)),
        };
        self.annotations.push(ImportedAnnotation { id, range, words, json });
        self.annotations.len() - 1
    }

    /// This id, or another one when it is taken or empty.
    fn fresh_id(&mut self, id: &str) -> String {
        let mut id = id.to_owned();
        while id.is_empty() || !self.ids.insert(id.clone()) {
            id = format!("a{}", self.ids.len() + 1);
            if self.ids.contains(&id) {
                id.push('x');
            }
        }
        id
    }

    /// What is known of an annotation that has nothing but a label.
    fn labelled_annotation(
        &mut self,
        label: &str,
        words: &str,
        range: PointRange,
    ) -> AnnotationJson<'static> {
        let upper = label.trim().to_ascii_uppercase();
        let json = AnnotationJson {
            confidence: Some(1.0),
            status: Some("added".into()),
            ..AnnotationJson::default()
        };
        match upper.as_str() {
            kind @ ("DATE" | "TIME" | "DURATION" | "SET") => {
                let unknown = if kind == "DURATION" { "PXX" } else { "XXXX-XX-XX" };
                let timex = TimexJson {
                    kind: kind.to_owned().into(),
                    value: unknown.into(),
                    modifier: None,
                    anchor: None,
                };
                AnnotationJson { kind: Some("date".into()), timex: Some(timex), ..json }
            }
            kind @ ("QUOTE" | "QUOTATION" | "DIRECT" | "MIXED" | "INDIRECT") => {
                let kind = if kind.starts_with('Q') { "DIRECT" } else { kind };
                AnnotationJson {
                    kind: Some("quote".into()),
                    label: Some(kind.to_ascii_lowercase().into()),
                    parts: Some(vec![without_quotation_marks(words, range)]),
                    ..json
                }
            }
            name => {
                let name = match name {
                    "PER" | "PEOPLE" => "PERSON",
                    "ORGANIZATION" | "ORGANISATION" => "ORG",
                    "LOCATION" => "LOC",
                    known if Label::parse(known).is_some() => known,
                    _ => label.trim(),
                };
                let is_name = Label::parse(name).is_none_or(Label::is_name);
                AnnotationJson {
                    kind: Some("entity".into()),
                    label: Some(name.to_owned().into()),
                    entity: is_name.then(|| Some(self.entity_of_words(name, words).into())),
                    ..json
                }
            }
        }
    }

    /// The id of the entity with these words and this label: the same words with the same label are one.
    fn entity_of_words(&mut self, label: &str, words: &str) -> String {
        let count = self.named.len();
        let n = *self.named.entry(format!("{label} {words}")).or_insert(count);
        format!("n{n}")
    }

    fn json(&mut self, place: usize) -> Option<&mut AnnotationJson<'static>> {
        self.annotations.get_mut(place)?.json.as_mut().ok()
    }

    /// Makes the second annotation a mention of the entity of the first.
    pub(super) fn set_same_entity(&mut self, first: usize, second: usize) {
        let entity = self.json(first).and_then(|first| first.entity.clone().flatten());
        if let Some(entity) = entity
            && let Some(second) = self.json(second)
            && second.kind.as_deref() == Some("entity")
        {
            second.entity = Some(Some(entity));
        }
    }

    /// Makes the words of one annotation the speaker of a quote.
    pub(super) fn set_speaker(&mut self, quote: usize, speaker: usize) {
        let Some(by) = self.annotations.get(speaker) else {
            return;
        };
        let mention = by.range;
        let speaker = SpeakerJson {
            mention: vec![mention],
            entity: by.json.as_ref().ok().and_then(|json| json.entity.clone().flatten()),
            name: Some(by.words.clone().into()),
            confidence: None,
        };
        if let Some(quote) = self.json(quote)
            && quote.kind.as_deref() == Some("quote")
        {
            let now = quote.speaker.as_ref().and_then(Option::as_ref);
            if now.is_none_or(|now| now.mention.first() != Some(&mention)) {
                quote.speaker = Some(Some(speaker));
            }
        }
    }

    /// Gives a date the value that it has in the file.
    pub(super) fn set_date_value(&mut self, date: usize, value: &str) {
        if let Some(date) = self.json(date)
            && let Some(timex) = &mut date.timex
            && timex.value != value
            && !value.is_empty()
        {
            timex.value = value.to_owned().into();
            date.interval = None;
        }
    }

    /// Adds an entity as Galley had written it.
    pub(super) fn add_entity(&mut self, entity: Value) {
        self.entities.push(entity);
    }

    /// Says of the document what Galley had not written.
    pub(super) fn set_metadata(&mut self, name: &str, value: &str) {
        if !value.is_empty() && self.metadata.get(name).is_none_or(Value::is_null) {
            self.metadata.insert(name.to_owned(), value.into());
        }
    }

    /// The document.
    pub(super) fn finish(mut self) -> Import {
        self.set_metadata("language", "en");
        // The sum was that of the text in the document's own spelling; here the text is what there is.
        self.metadata.insert("text_sha256".to_owned(), Value::Null);
        self.metadata.insert("text".to_owned(), self.text.as_str().into());
        let damaged = |why: serde_json::Error| FormatError(format!("the file is damaged: {why}"));
        let head = DocumentJson::deserialize(Value::Object(self.metadata)).map_err(damaged)?;
        let generator = Deserialize::deserialize(self.generator).unwrap_or_default();
        let mut builder = DocumentBuilder::new(document_head_from_json(head, generator)?);
        for annotation in self.annotations {
            let [start, end] = annotation.range;
            let parsed = annotation.json.map(|json| AnnotationJson {
                id: Some(annotation.id.into()),
                start: Some(start),
                end: Some(end),
                text: Some(annotation.words.into()),
                ..json
            });
            builder.add_annotation("", parsed);
        }
        for entity in self.entities {
            let parsed = EntityJson::deserialize(entity).map_err(|why| why.to_string());
            builder.add_entity("", parsed);
        }
        builder.finish()
    }
}

/// What Galley had written of an annotation that now stands at `range`. Where that is another place, the
/// machine's reading is dropped and its parts are cut.
fn kept_annotation(kept: &Value, range: PointRange) -> Result<AnnotationJson<'static>, String> {
    let mut fields = kept.as_object().cloned().unwrap_or_default();
    let is_moved = ["start", "end"].iter().zip(range).any(|(name, point)| kept[*name] != point);
    // These are as the file has them now, whatever stood there.
    for name in ["id", "start", "end", "text"] {
        fields.remove(name);
    }
    if is_moved {
        fields.remove("machine");
        if fields.get("parts").is_some_and(|parts| Vec::<PointRange>::deserialize(parts).is_err()) {
            fields.remove("parts");
        }
    }
    let mut json =
        AnnotationJson::deserialize(Value::Object(fields)).map_err(|why| why.to_string())?;
    if let Some(parts) = json.parts.as_mut().filter(|_| is_moved) {
        let [start, end] = range;
        parts.retain(|[from, to]| *from.max(&start) < *to.min(&end));
        for [from, to] in parts {
            (*from, *to) = ((*from).max(start), (*to).min(end));
        }
    }
    Ok(json)
}

/// The label of an annotation in Galley JSON, for programs that know nothing but labels.
fn label_in_json(annotation: &Value) -> &str {
    match text(&annotation["kind"]) {
        "date" => text(&annotation["timex"]["type"]),
        "quote" => super::export::QUOTE_LABEL,
        _ => text(&annotation["label"]),
    }
}

/// The range of the words within quotation marks; all of it where there is nothing else.
fn without_quotation_marks(words: &str, [start, end]: PointRange) -> PointRange {
    const MARKS: [char; 9] = ['"', '“', '”', '„', '«', '»', '‘', '’', '\''];
    let inner = words.trim_start_matches(MARKS);
    let from = start + (words.chars().count() - inner.chars().count()) as u32;
    let to = from + inner.trim_end_matches(MARKS).chars().count() as u32;
    if from < to { [from, to] } else { [start, end] }
}
