//! A document that is put together from another program's file: where its annotations stand, and what is known of
//! them. What a person changed there since Galley wrote it, [`reconcile`](super::reconcile) finds out.
//!
//! Owns offsets of a text that is normalised, and labels without more.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::error::FormatError;
use super::found::{FoundAnnotation, FoundDocument, Kept, Meaning, is_same_label, meaning_of};
use super::galley_json::{DocumentJson, EntityJson, PointRange, document_head_from_json};
use super::import::Import;
use super::json_text::{items, text};
use super::reconcile;
use galley_engine::calendar::Stamp;
use galley_engine::text::{OffsetMap, SourceText, with_line_feeds};

/// A document that is being put together. Annotations are known by their place in the list.
pub(super) struct ImportedDocument {
    text: SourceText,
    offsets: OffsetMap,
    /// Characters of the file's text that the document's has not, in its code points and UTF-16 units.
    dropped: Vec<DroppedChar>,
    /// What Galley had written of the document: fields as Galley JSON has them.
    metadata: Map<String, Value>,
    generator: Value,
    entities: Vec<Value>,
    /// What Galley had written of the annotations.
    kept: Vec<Kept>,
    kept_places: HashMap<String, usize>,
    /// True when `kept` has all that were written: what the file no longer has was taken out of it.
    is_kept_complete: bool,
    /// Every relation that a document has stands in such a file.
    has_all_relations: bool,
    annotations: Vec<FoundAnnotation>,
    same_entity: Vec<(usize, usize)>,
    speakers: Vec<(usize, usize)>,
    undecided: Vec<usize>,
    left_out: Vec<String>,
}

/// How an annotation is found again that has no id.
#[derive(Clone, Copy, PartialEq)]
enum Fit {
    PlaceAndLabel,
    Place,
    /// And it stands over the old place.
    Label,
}

/// Annotations before and after a place among which one that was moved is looked for.
const MAX_NEIGHBOURS: usize = 32;

struct DroppedChar {
    point: u32,
    utf16: u32,
}

impl ImportedDocument {
    /// `kept`: what Galley had written of the document, or null; its `annotations`, where it has them, are all that
    /// were written.
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
        let mut document = ImportedDocument {
            offsets: OffsetMap::new(&source),
            text: source,
            dropped,
            metadata: kept["document"].as_object().cloned().unwrap_or_default(),
            generator: kept["generator"].clone(),
            entities: items(&kept["entities"]).to_vec(),
            kept: Vec::new(),
            kept_places: HashMap::new(),
            is_kept_complete: false,
            has_all_relations: false,
            annotations: Vec::new(),
            same_entity: Vec::new(),
            speakers: Vec::new(),
            undecided: Vec::new(),
            left_out: Vec::new(),
        };
        if let Some(annotations) = kept["annotations"].as_array() {
            document.is_kept_complete = true;
            for annotation in annotations {
                document.keep(annotation);
            }
        }
        document
    }

    /// Takes note of what Galley had written of an annotation; gives its place. Of two with one id the first holds.
    fn keep(&mut self, annotation: &Value) -> Option<usize> {
        let id = text(&annotation["id"]);
        if let Some(place) = self.kept_places.get(id) {
            return Some(*place);
        }
        if !annotation.is_object() || id.is_empty() {
            return None;
        }
        self.kept_places.insert(id.to_owned(), self.kept.len());
        self.kept.push(Kept::new(annotation, &self.text, &self.offsets));
        Some(self.kept.len() - 1)
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
        let exact = &*with_line_feeds(exact);
        if let Some((start, end)) = position {
            let range = [self.point(start), self.point(end)];
            if exact.is_empty() || self.slice(range) == exact {
                return range;
            }
        }
        let text = self.text.as_str();
        let with_prefix = text.find(&format!("{prefix}{exact}")).map(|at| at + prefix.len());
        let found = with_prefix.or_else(|| text.find(exact)).filter(|_| !exact.is_empty());
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
        self.slice(self.region(position, by_units)) == with_line_feeds(words)
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
    /// null. Gives its place in the list.
    pub(super) fn add_annotation(
        &mut self,
        id: &str,
        label: &str,
        range: PointRange,
        kept: &Value,
    ) -> usize {
        let known = self.kept_places.get(id).copied();
        let kept = if kept.is_object() { self.keep(kept) } else { known };
        self.annotations.push(FoundAnnotation {
            id: id.to_owned(),
            label: label.to_owned(),
            range,
            value: None,
            name: None,
            kept,
        });
        self.annotations.len() - 1
    }

    /// Finds out by place and label what Galley had written of annotations whose files have no ids for them.
    pub(super) fn match_by_place(&mut self) {
        let mut free: Vec<bool> = vec![true; self.kept.len()];
        self.annotations.iter().filter_map(|a| a.kept).for_each(|i| free[i] = false);
        let mut by_range: HashMap<PointRange, Vec<usize>> = HashMap::new();
        for (i, kept) in self.kept.iter().enumerate() {
            if let Some(range) = kept.range {
                by_range.entry(self.without_blanks(range)).or_default().push(i);
            }
        }
        // By their beginnings, for those that were moved.
        let mut by_start: Vec<(u32, usize)> = Vec::new();
        by_start
            .extend(self.kept.iter().zip(0..).filter_map(|(kept, i)| Some((kept.range?[0], i))));
        by_start.sort_unstable();
        // Nothing but blanks: in no such file, and so not missing in one.
        for (i, is_free) in free.iter_mut().enumerate() {
            if let Some(range) = self.kept[i].range
                && *is_free
                && self.slice(range).trim().is_empty()
            {
                *is_free = false;
                self.undecided.push(self.annotations.len());
                self.annotations.push(FoundAnnotation {
                    id: String::new(),
                    label: self.kept[i].label.clone(),
                    range,
                    value: None,
                    name: None,
                    kept: Some(i),
                });
            }
        }
        for round in [Fit::PlaceAndLabel, Fit::Place, Fit::Label] {
            for place in 0..self.annotations.len() {
                let found = &self.annotations[place];
                if found.kept.is_some() {
                    continue;
                }
                let has_label = |i: &usize| is_same_label(&found.label, &self.kept[*i].label);
                let there = by_range.get(&self.without_blanks(found.range));
                let mut there = there.into_iter().flatten().copied().filter(|&i| free[i]);
                let fit = match round {
                    Fit::PlaceAndLabel => there.find(has_label),
                    Fit::Place => there.next(),
                    Fit::Label => {
                        let [start, end] = found.range;
                        let near = by_start.partition_point(|(from, _)| *from < start);
                        let from = near.saturating_sub(MAX_NEIGHBOURS);
                        let to = (near + MAX_NEIGHBOURS).min(by_start.len());
                        let mut near = by_start.get(from..to).unwrap_or_default().iter();
                        let is_over = |i: usize| {
                            self.kept[i].range.is_some_and(|[from, to]| from < end && start < to)
                        };
                        let near = near.find(|(_, i)| free[*i] && has_label(i) && is_over(*i));
                        near.map(|(_, i)| *i)
                    }
                };
                let Some(i) = fit else { continue };
                free[i] = false;
                let range = self.kept[i].range.filter(|_| round != Fit::Label);
                let found = &mut self.annotations[place];
                found.kept = Some(i);
                found.range = range.unwrap_or(found.range);
            }
        }
    }

    /// A range without white space at its ends, which no file has that knows tokens alone.
    fn without_blanks(&self, [start, end]: PointRange) -> PointRange {
        let words = self.slice([start, end]);
        let before = words.chars().take_while(|c| c.is_whitespace()).count() as u32;
        [start + before, start + before + words.trim().chars().count() as u32]
    }

    /// Makes the second annotation a mention of the entity of the first.
    pub(super) fn set_same_entity(&mut self, first: usize, second: usize) {
        self.same_entity.push((first, second));
    }

    /// Makes the words of one annotation the speaker of a quote.
    pub(super) fn set_speaker(&mut self, quote: usize, speaker: usize) {
        self.speakers.push((quote, speaker));
    }

    /// Whoever spoke a quote before still does: the file does not tell.
    pub(super) fn leave_speaker(&mut self, quote: usize) {
        self.undecided.push(quote);
    }

    /// A speaker without a relation in this file was taken out of it.
    pub(super) fn has_all_relations(&mut self) {
        self.has_all_relations = true;
    }

    /// Gives a date the value that it has in the file.
    pub(super) fn set_date_value(&mut self, date: usize, value: &str) {
        if let Some(date) = self.annotations.get_mut(date).filter(|_| !value.is_empty()) {
            date.value = Some(value.to_owned());
        }
    }

    /// Says of a date its value, of a name its entity's name, of a quote who speaks.
    pub(super) fn describe(&mut self, place: usize, words: &str) {
        if let Some(found) = self.annotations.get_mut(place).filter(|_| !words.is_empty()) {
            match meaning_of(&found.label) {
                Meaning::Date(_) => found.value = Some(words.to_owned()),
                Meaning::Quote(_) | Meaning::Entity(_) => found.name = Some(words.to_owned()),
            }
        }
    }

    /// Adds an entity as Galley had written it.
    pub(super) fn add_entity(&mut self, entity: Value) {
        self.entities.push(entity);
    }

    /// Says of the document what Galley had not written.
    pub(super) fn set_metadata(&mut self, name: &str, value: &str) {
        // What other programs keep under the name of a date need not be one.
        let fits = !value.is_empty() && (name != "published" || Stamp::parse(value).is_some());
        if fits && self.metadata.get(name).is_none_or(Value::is_null) {
            self.metadata.insert(name.to_owned(), value.into());
        }
    }

    /// Names what of the file has no place in a document.
    pub(super) fn leave_out(&mut self, what: String) {
        self.left_out.push(what);
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
        let entities = self.entities.into_iter();
        reconcile::finish(FoundDocument {
            head: document_head_from_json(head, generator)?,
            offsets: self.offsets,
            entities: entities
                .map(|entity| EntityJson::deserialize(entity).map_err(|why| why.to_string()))
                .collect(),
            kept: self.kept,
            is_kept_complete: self.is_kept_complete,
            has_all_relations: self.has_all_relations,
            annotations: self.annotations,
            same_entity: self.same_entity,
            speakers: self.speakers,
            undecided: self.undecided,
            left_out: self.left_out,
        })
    }
}
