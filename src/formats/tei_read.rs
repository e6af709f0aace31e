//! TEI is read: the text of the body, a line for each paragraph, with names, dates and speech as annotations.
//!
//! Of files of Galley's own the white space between paragraphs holds; in others it is layout.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Value, json};

use super::import::{Import, ImportFiles, is_tei, stem_of};
use super::imported::ImportedDocument;
use galley_engine::text::{OffsetMap, SourceText};
use galley_engine::timex::TimexValue;

/// What `application` is called in the files that Galley writes.
pub(super) const APPLICATION: &str = "galley";

/// Elements that begin a line of the text.
const BLOCKS: [&str; 8] = ["p", "head", "ab", "l", "item", "quote", "label", "byline"];

pub(super) fn read(files: &ImportFiles) -> Option<Vec<Import>> {
    let files = files.files.iter().filter(|(_, bytes)| is_tei(bytes));
    let found = files.map(|(name, bytes)| {
        let xml = String::from_utf8_lossy(bytes);
        let mut tei = TeiReader::default();
        let whole = tei.read(&xml);
        tei.into_document(stem_of(name), whole)
    });
    Some(found.collect())
}

/// An element of the text that is an annotation, or a part of one.
struct Mark {
    id: String,
    /// The part before.
    previous: String,
    start: usize,
    end: usize,
    what: What,
}

enum What {
    Name { label: String, entity: String },
    Date { kind: &'static str, value: String },
    Quote { kind: &'static str, who: String, by: String },
}

#[derive(Default)]
struct TeiReader {
    /// The elements that are open, the outermost first, with the marks that they are.
    open: Vec<(String, Option<usize>)>,
    text: String,
    points: usize,
    marks: Vec<Mark>,
    title: String,
    published: String,
    /// Names of those in `standOff`, by id.
    named: Vec<(String, String, Vec<String>)>,
    is_own: bool,
    in_text: bool,
    /// A line end belongs before what comes next.
    is_line_due: bool,
}

impl TeiReader {
    /// Reads it; an error in words where the XML ends too early.
    fn read(&mut self, xml: &str) -> Result<(), String> {
        let mut reader = Reader::from_str(xml);
        loop {
            let event = reader.read_event().map_err(|why| format!("the XML is damaged: {why}"))?;
            match event {
                Event::Eof if self.open.is_empty() => return Ok(()),
                Event::Eof => return Err("the XML ends before its end".to_owned()),
                Event::Start(tag) => self.start(&tag),
                Event::Empty(tag) => {
                    self.start(&tag);
                    self.end();
                }
                Event::End(_) => self.end(),
                Event::Text(text) => self.add_text(&text),
                Event::CData(text) => self.add_text(&text),
                Event::GeneralRef(name) => self.add_text(&entity_text(&name)),
                Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => {}
            }
        }
    }

    fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|(open, _)| open == name)
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name().into_inner().to_owned();
        let get = |wanted: &str| -> String {
            let mut attributes = tag.attributes().flatten();
            let found = attributes.find(|attribute| attribute.key.as_ref() == wanted);
            let value = found
                .and_then(|found| found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok());
            value.map_or(String::new(), |value| value.into_owned())
        };
        let mut mark = None;
        match name.as_str() {
            "application" => self.is_own |= get("ident") == APPLICATION,
            "body" if self.open.last().is_some_and(|(open, _)| open == "text") => {
                self.in_text = true;
            }
            "date" if !self.in_text && self.is_in("sourceDesc") => self.published = get("when"),
            "person" | "org" | "place" | "nym" if !self.in_text => {
                self.named.push((name.clone(), get("xml:id"), Vec::new()));
            }
            block if self.in_text && BLOCKS.contains(&block) && !self.is_own => {
                self.is_line_due |= !self.text.is_empty();
            }
            "lb" if self.in_text && !self.is_own => self.is_line_due |= !self.text.is_empty(),
            _ => {}
        }
        if self.in_text
            && let Some(what) = what_is(&name, &get)
        {
            mark = Some(self.marks.len());
            let start = self.points + usize::from(self.is_line_due);
            self.marks.push(Mark {
                id: get("xml:id"),
                previous: get("prev").trim_start_matches('#').to_owned(),
                start,
                end: start,
                what,
            });
        }
        self.open.push((name, mark));
    }

    fn end(&mut self) {
        let Some((name, mark)) = self.open.pop() else { return };
        if let Some(mark) = mark.and_then(|mark| self.marks.get_mut(mark)) {
            mark.end = self.points;
        }
        match name.as_str() {
            "body" => self.in_text = false,
            block if self.in_text && BLOCKS.contains(&block) && !self.is_own => {
                self.is_line_due |= !self.text.is_empty();
            }
            _ => {}
        }
    }

    fn add_text(&mut self, text: &str) {
        if self.in_text {
            let is_layout = !self.is_in_block() && text.trim().is_empty();
            if self.is_own {
                self.push(text);
            } else if !is_layout {
                if std::mem::take(&mut self.is_line_due) {
                    self.push("\n");
                }
                self.push(text);
            }
            return;
        }
        let Some((innermost, _)) = self.open.last() else { return };
        let entry = |name: &str| matches!(name, "persName" | "orgName" | "placeName" | "form");
        if innermost == "title" && self.is_in("titleStmt") {
            self.title.push_str(text);
        } else if entry(innermost)
            && let Some((_, _, names)) = self.named.last_mut()
        {
            names.push(text.to_owned());
        }
    }

    fn is_in_block(&self) -> bool {
        self.open.iter().any(|(open, _)| BLOCKS.contains(&open.as_str()))
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.points += text.chars().count();
    }

    fn into_document(mut self, stem: &str, whole: Result<(), String>) -> Import {
        if self.is_own {
            // The line end after `<body>` is the file's.
            let text = self.text.strip_prefix('\n').unwrap_or(&self.text);
            let cut = usize::from(text.len() < self.text.len());
            self.text = text.to_owned();
            for mark in &mut self.marks {
                (mark.start, mark.end) =
                    (mark.start.saturating_sub(cut), mark.end.saturating_sub(cut));
            }
        }
        let text = SourceText::new(&self.text).unwrap_or_default();
        let extension = json!({ "entities": self.entities() });
        let marks = join_parts(std::mem::take(&mut self.marks));
        let mut document = ImportedDocument::new(text.as_str(), &extension);
        let known = Known {
            text: &text,
            offsets: OffsetMap::new(&text),
            named: self.named.iter().map(|named| (named.1.as_str(), &named.2)).collect(),
            marks: marks.iter().map(|mark| (mark.id.as_str(), mark)).collect(),
        };
        for mark in &marks {
            let kept = known.annotation(mark);
            let label = match &mark.what {
                What::Name { label, .. } => label,
                What::Date { kind, .. } => *kind,
                What::Quote { .. } => super::export::QUOTE_LABEL,
            };
            document.add_annotation(&mark.id, label, [mark.start as u32, mark.end as u32], &kept);
        }
        document.set_metadata("id", stem);
        document.set_metadata("title", self.title.trim());
        document.set_metadata("published", &self.published);
        if let Err(why) = whole {
            document.leave_out(why);
        }
        document.finish()
    }

    /// The entities of `standOff`, in the fields of Galley JSON; mentions follow from the annotations.
    fn entities(&self) -> Vec<Value> {
        let mut labels: HashMap<&str, &str> = HashMap::new();
        for mark in &self.marks {
            if let What::Name { label, entity } = &mark.what {
                labels.entry(entity).or_insert(label);
            }
        }
        let entity = |(element, id, names): &(String, String, Vec<String>)| {
            let label = match element.as_str() {
                "person" => "PERSON",
                "org" => "ORG",
                "place" => "GPE",
                _ => "MISC",
            };
            // The label of the first mention is closer.
            let mention = labels.get(id.as_str()).copied();
            let (name, aliases) = names.split_first()?;
            // A speaker that no annotation names has no entity.
            (!id.starts_with('s')).then(|| {
                json!({ "id": id, "label": mention.unwrap_or(label), "name": name, "aliases": aliases })
            })
        };
        self.named.iter().filter_map(entity).collect()
    }
}

/// What annotations point to.
struct Known<'t> {
    text: &'t SourceText,
    offsets: OffsetMap,
    /// Names by the id of their entry.
    named: HashMap<&'t str, &'t Vec<String>>,
    marks: HashMap<&'t str, &'t Mark>,
}

impl Known<'_> {
    /// An annotation in the fields of Galley JSON.
    fn annotation(&self, mark: &Mark) -> Value {
        let words = |mark: &Mark| {
            let [start, end] = [mark.start, mark.end].map(|at| self.offsets.byte_of_point(at));
            self.text.as_str().get(start..end).unwrap_or_default().to_owned()
        };
        let mut json = json!({
            "id": mark.id, "start": mark.start, "end": mark.end, "text": words(mark),
            "confidence": 1, "status": "added",
        });
        let fields = match &mark.what {
            What::Name { label, entity } => {
                let entity = self.named.contains_key(entity.as_str()).then_some(entity);
                json!({ "kind": "entity", "label": label, "entity": entity })
            }
            What::Date { kind, value } => {
                let interval = TimexValue::parse(value).interval();
                let interval = interval.map(|i| json!({ "from": i.from, "to": i.to }));
                json!({ "kind": "date", "timex": { "type": kind, "value": value, "mod": null, "anchor": null }, "interval": interval })
            }
            What::Quote { kind, who, by } => {
                let known = self.named.get(who.as_str());
                let mention = self.marks.get(by.as_str()).filter(|_| !by.is_empty());
                let speaker = (known.is_some() || mention.is_some()).then(|| {
                    json!({
                        "mention": mention.map(|by| [by.start, by.end]).into_iter().collect::<Vec<_>>(),
                        "entity": known.filter(|_| !who.starts_with('s')).map(|_| who),
                        "name": known.and_then(|names| names.first()),
                        "confidence": 1,
                    })
                });
                let range = super::found::without_quotation_marks(
                    &words(mark),
                    [mark.start as u32, mark.end as u32],
                );
                json!({ "kind": "quote", "label": kind, "parts": [range], "cue": [], "speaker": speaker, "strength": "speech" })
            }
        };
        if let (Some(json), Value::Object(fields)) = (json.as_object_mut(), fields) {
            json.extend(fields);
        }
        json
    }
}

/// What an element is of the text.
fn what_is(element: &str, get: &dyn Fn(&str) -> String) -> Option<What> {
    let pointer = |name: &str| get(name).trim_start_matches('#').to_owned();
    let label = |usual: &str| {
        let given = [get("n"), get("type")];
        let given = given.into_iter().find(|label| !label.is_empty());
        given.unwrap_or_else(|| usual.to_owned())
    };
    let name = |label: String| Some(What::Name { label, entity: pointer("ref") });
    match element {
        "persName" => name("PERSON".to_owned()),
        "orgName" => name("ORG".to_owned()),
        // Types of places that are no labels are kinds of them.
        "placeName" => name(match get("type").as_str() {
            kind @ ("LOC" | "FAC") => kind.to_owned(),
            _ => "GPE".to_owned(),
        }),
        "geogName" => name("LOC".to_owned()),
        "name" | "rs" => name(label("MISC")),
        "measure" => name(label("QUANTITY")),
        "num" => name(label("CARDINAL")),
        "date" | "time" => {
            let kind = match get("type").as_str() {
                "DURATION" => "DURATION",
                "SET" => "SET",
                _ if element == "time" => "TIME",
                _ if !get("dur").is_empty() => "DURATION",
                _ => "DATE",
            };
            let given = ["n", "when", "when-iso", "dur", "dur-iso"].map(get);
            let range = || [get("from"), get("to")].join("/");
            let value = given.into_iter().find(|value| !value.is_empty());
            let value = value.or(Some(range()).filter(|range| range.len() > 1));
            let value = value.unwrap_or_else(|| super::found::unknown_value(kind).to_owned());
            Some(What::Date { kind, value })
        }
        "said" | "q" => {
            let kind = match get("n").as_str() {
                "mixed" => "mixed",
                _ if get("direct") == "false" => "indirect",
                _ => "direct",
            };
            Some(What::Quote { kind, who: pointer("who"), by: pointer("corresp") })
        }
        _ => None,
    }
}

/// Parts that follow each other become one annotation.
fn join_parts(marks: Vec<Mark>) -> Vec<Mark> {
    let mut joined: Vec<Mark> = Vec::new();
    // The place of the annotation that each part belongs to.
    let mut places: HashMap<String, usize> = HashMap::new();
    for mark in marks {
        let place = places.get(&mark.previous).copied();
        if let Some((place, whole)) = place.and_then(|at| Some((at, joined.get_mut(at)?))) {
            whole.end = whole.end.max(mark.end);
            places.insert(mark.id, place);
        } else if mark.start < mark.end {
            if !mark.id.is_empty() {
                places.insert(mark.id.clone(), joined.len());
            }
            joined.push(mark);
        }
    }
    joined
}

/// The character that a reference stands for.
fn entity_text(name: &str) -> String {
    match name {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        code => {
            let number = code.strip_prefix('#').and_then(|code| match code.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => code.parse().ok(),
            });
            number.and_then(char::from_u32).map_or(String::new(), String::from)
        }
    }
}
