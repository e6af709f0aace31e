//! TEI P5: the article with its annotations as elements, people, organisations and places in `standOff`.
//!
//! An annotation that crosses another one, or the end of a paragraph, goes on in a second element that
//! points back with `prev`.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::export::{ExportAnnotation, ExportDocument, Sweep, content};
use super::format::Format;
use super::markup;
use super::tei_read;
use galley_engine::document::{Body, Entity, EntityId, Interval, Label, QuoteKind, TimexType};

pub(super) const FORMAT: Format = Format {
    id: "tei",
    name: "TEI XML",
    description: "TEI P5: names, dates and speech as elements; opens here again",
    extension: ".tei.xml",
    media_type: "application/tei+xml",
    carries: content::ANNOTATIONS
        | content::WHOLE_TEXT
        | content::DATE_VALUES
        | content::SPEAKERS
        | content::ENTITIES
        | content::METADATA,
    write,
    read: Some(tei_read::read),
};

fn write(export: &ExportDocument) -> Vec<u8> {
    let mut tei = TeiWriter { export, xml: Writer::new(Vec::new()) };
    // Writing to memory does not fail.
    let _ = tei.write_file();
    tei.xml.into_inner()
}

/// The lists of `standOff`: the element of a list, of an entry, and of a name in it.
const ENTITY_LISTS: [(&str, &str, &str); 4] = [
    ("listPerson", "person", "persName"),
    ("listOrg", "org", "orgName"),
    ("listPlace", "place", "placeName"),
    ("listNym", "nym", "form"),
];

struct TeiWriter<'e> {
    export: &'e ExportDocument<'e>,
    xml: Writer<Vec<u8>>,
}

impl TeiWriter<'_> {
    fn write_file(&mut self) -> io::Result<()> {
        self.xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        self.new_line()?;
        let root =
            BytesStart::new("TEI").with_attributes([("xmlns", "http://www.tei-c.org/ns/1.0")]);
        self.start(root)?;
        self.new_line()?;
        self.write_header()?;
        self.write_entities()?;
        self.start_named("text")?;
        self.start_named("body")?;
        self.new_line()?;
        self.write_paragraphs()?;
        self.end("body")?;
        self.end("text")?;
        self.new_line()?;
        self.end("TEI")?;
        self.new_line()
    }

    fn start(&mut self, tag: BytesStart<'_>) -> io::Result<()> {
        self.xml.write_event(Event::Start(tag))
    }

    fn start_named(&mut self, name: &str) -> io::Result<()> {
        self.start(BytesStart::new(name))
    }

    fn end(&mut self, name: &str) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new(name)))
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.xml.write_event(Event::Text(BytesText::from_escaped(markup::text(text))))
    }

    fn new_line(&mut self) -> io::Result<()> {
        self.text("\n")
    }

    fn element(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.start_named(name)?;
        self.text(text)?;
        self.end(name)
    }

    fn write_header(&mut self) -> io::Result<()> {
        let title = self.export.title().unwrap_or_default();
        for name in ["teiHeader", "fileDesc", "titleStmt"] {
            self.start_named(name)?;
        }
        self.element("title", title)?;
        self.end("titleStmt")?;
        self.start_named("publicationStmt")?;
        self.element("p", "Marked up with Galley.")?;
        self.end("publicationStmt")?;
        self.start_named("sourceDesc")?;
        self.start_named("bibl")?;
        self.element("title", title)?;
        if let Some(day) = self.export.published().and_then(xml_stamp) {
            let date = BytesStart::new("date").with_attributes([("when", day)]);
            self.xml.write_event(Event::Empty(date))?;
        }
        for name in ["bibl", "sourceDesc", "fileDesc"] {
            self.end(name)?;
        }
        self.start_named("encodingDesc")?;
        self.start_named("appInfo")?;
        let version = env!("CARGO_PKG_VERSION");
        let application = [("ident", tei_read::APPLICATION), ("version", version)];
        self.start(BytesStart::new("application").with_attributes(application))?;
        self.element("label", "Galley")?;
        for name in ["application", "appInfo", "encodingDesc", "teiHeader"] {
            self.end(name)?;
        }
        self.new_line()
    }

    /// Everyone and everything that is named, and speakers that no annotation names.
    fn write_entities(&mut self) -> io::Result<()> {
        let export = self.export;
        // Without anything in it `standOff` is not valid.
        let mut is_open = false;
        for (list, entry, name_element) in ENTITY_LISTS {
            let entities = export.document.entities.iter().enumerate();
            let entities = entities.filter(|(_, entity)| list_of(entity.label) == list);
            let mut entries: Vec<(String, Vec<String>)> = entities
                .map(|(i, entity)| (format!("e{i}"), names_of(entity).map(str::to_owned).collect()))
                .collect();
            if entry == "person" {
                let quotes = export.annotations.iter().enumerate();
                let unnamed = quotes.filter(|(_, quote)| {
                    let speaker = quote.quote().and_then(|quote| quote.speaker.as_ref());
                    speaker.is_some_and(|s| entity_pointer(export, s.entity.as_ref()).is_none())
                });
                let unnamed =
                    unnamed.map(|(i, quote)| (format!("s{i}"), vec![export.speaker_name(quote)]));
                entries.extend(unnamed);
            }
            if entries.is_empty() {
                continue;
            }
            if !std::mem::replace(&mut is_open, true) {
                self.start_named("standOff")?;
                self.new_line()?;
            }
            self.start_named(list)?;
            self.new_line()?;
            for (id, names) in entries {
                self.start(BytesStart::new(entry).with_attributes([("xml:id", id.as_str())]))?;
                for name in names {
                    self.element(name_element, &name)?;
                }
                self.end(entry)?;
                self.new_line()?;
            }
            self.end(list)?;
            self.new_line()?;
        }
        if is_open {
            self.end("standOff")?;
            self.new_line()?;
        }
        Ok(())
    }

    fn write_paragraphs(&mut self) -> io::Result<()> {
        let export = self.export;
        let mut sweep = Sweep::default();
        // Elements that each annotation has had so far.
        let mut parts = vec![0; export.annotations.len()];
        let mut at = 0;
        for line in export.text().split('\n') {
            if at > 0 {
                self.new_line()?;
            }
            // Between paragraphs no other white space may stand; what of the text does is read again.
            if line.trim_matches([' ', '\t']).is_empty() {
                self.text(line)?;
            } else {
                self.start_named("p")?;
                self.write_paragraph(&mut sweep, &mut parts, (at, at + line.len()))?;
                self.end("p")?;
            }
            at += line.len() + 1;
        }
        Ok(())
    }

    /// One paragraph: elements are closed and opened where the stack of annotations changes.
    fn write_paragraph(
        &mut self,
        sweep: &mut Sweep,
        parts: &mut [usize],
        (start, end): (usize, usize),
    ) -> io::Result<()> {
        let export = self.export;
        let mut open: Vec<usize> = Vec::new();
        for mut segment in export.segments(sweep, start, end) {
            // `said` may hold names and dates, these may not hold it: it is the outermost, whatever began first.
            segment
                .stack
                .sort_by_key(|&i| export.annotations.get(i).and_then(|a| a.quote()).is_none());
            let common = open.iter().zip(&segment.stack).take_while(|(a, b)| a == b).count();
            self.close_elements(&mut open, common)?;
            for &i in segment.stack.get(common..).unwrap_or_default() {
                let (Some(annotation), Some(part)) = (export.annotations.get(i), parts.get_mut(i))
                else {
                    continue;
                };
                self.start(start_tag(export, (i, annotation), *part))?;
                *part += 1;
                open.push(i);
            }
            self.text(export.slice(segment.start, segment.end))?;
        }
        self.close_elements(&mut open, 0)
    }

    /// Closes elements, the innermost first, until as many are open as shall stay.
    fn close_elements(&mut self, open: &mut Vec<usize>, stay: usize) -> io::Result<()> {
        while open.len() > stay
            && let Some(i) = open.pop()
        {
            let Some(annotation) = self.export.annotations.get(i) else { continue };
            self.end(element_of(annotation).0)?;
        }
        Ok(())
    }
}

/// The start tag of the element number `part`, from zero, of an annotation.
fn start_tag(
    export: &ExportDocument<'_>,
    (i, annotation): (usize, &ExportAnnotation<'_>),
    part: usize,
) -> BytesStart<'static> {
    let (name, label) = element_of(annotation);
    let mut tag = BytesStart::new(name);
    let mut attribute = |name: &str, value: &str| {
        if !value.is_empty() {
            tag.push_attribute((name, &*markup::printable(value)));
        }
    };
    let id = |part: usize| match part {
        0 => format!("a{i}"),
        part => format!("a{i}.{part}"),
    };
    attribute("xml:id", &id(part));
    if let Some(before) = part.checked_sub(1) {
        attribute("prev", &format!("#{}", id(before)));
    }
    // A type is one name, without spaces.
    attribute("type", &label.replace(|c: char| !c.is_alphanumeric() && c != '-', "_"));
    match &annotation.annotation.body {
        Body::Quote(quote) => {
            let is_direct = quote.kind != QuoteKind::Indirect;
            attribute("n", if quote.kind == QuoteKind::Mixed { "mixed" } else { "" });
            attribute("direct", if is_direct { "true" } else { "false" });
            if let Some(speaker) = &quote.speaker {
                let entity = entity_pointer(export, speaker.entity.as_ref());
                attribute("who", &entity.unwrap_or_else(|| format!("#s{i}")));
                // The words that name the speaker.
                let words = export.speaker_annotation(annotation);
                attribute("corresp", &words.map_or(String::new(), |words| format!("#a{words}")));
            }
        }
        Body::Date(date) => {
            let value = annotation.date_value().unwrap_or_default();
            let attributes = date_attributes(value, date.interval.as_ref());
            attributes.into_iter().for_each(|(name, value)| attribute(name, value));
            attribute("n", value);
        }
        Body::Entity(mention) => {
            let entity = entity_pointer(export, mention.entity.as_ref());
            attribute("ref", &entity.unwrap_or_default());
            let is_type = label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
            attribute("n", if is_type { "" } else { label });
        }
    }
    tag
}

/// An element's name, and the label that its name does not say.
fn element_of<'d>(annotation: &ExportAnnotation<'d>) -> (&'static str, &'d str) {
    let label = annotation.label;
    match &annotation.annotation.body {
        Body::Quote(_) => ("said", ""),
        Body::Date(date) => match date.timex.kind {
            TimexType::Time => ("time", ""),
            TimexType::Date => ("date", ""),
            TimexType::Duration | TimexType::Set => ("date", label),
        },
        Body::Entity(mention) => match mention.label {
            Label::Person => ("persName", ""),
            Label::Org => ("orgName", ""),
            Label::Gpe => ("placeName", ""),
            Label::Loc | Label::Fac => ("placeName", label),
            Label::Money | Label::Percent | Label::Quantity => ("measure", label),
            Label::Cardinal | Label::Ordinal => ("num", label),
            _ => ("name", label),
        },
    }
}

fn list_of(label: Label) -> &'static str {
    match label {
        Label::Person => "listPerson",
        Label::Org => "listOrg",
        Label::Gpe | Label::Loc | Label::Fac => "listPlace",
        _ => "listNym",
    }
}

fn names_of(entity: &Entity) -> impl Iterator<Item = &str> {
    std::iter::once(&entity.name).chain(&entity.aliases).map(String::as_str)
}

/// A pointer to the entity with this id.
fn entity_pointer(export: &ExportDocument<'_>, id: Option<&EntityId>) -> Option<String> {
    let id = id?;
    let place = export.document.entities.iter().position(|entity| entity.id == *id)?;
    Some(format!("#e{place}"))
}

/// A date's value in the attributes that XML Schema has for it; none for what it has none for.
fn date_attributes<'a>(
    value: &'a str,
    interval: Option<&'a Interval>,
) -> Vec<(&'static str, &'a str)> {
    if is_xml_duration(value) {
        return vec![("dur", value)];
    }
    let days =
        interval.and_then(|interval| Some((xml_day(&interval.from)?, xml_day(&interval.to)?)));
    match days {
        Some((from, to)) if from == to => vec![("when", from)],
        Some((from, to)) => vec![("from", from), ("to", to)],
        None => Vec::new(),
    }
}

/// A publication date as XML Schema has it: a day, or an instant without a zone.
fn xml_stamp(value: &str) -> Option<&str> {
    let day = xml_day(value)?;
    Some(if value.len() == 19 { value } else { day })
}

/// The day of a date or an instant, as XML Schema has it.
fn xml_day(value: &str) -> Option<&str> {
    let day = value.get(..10)?;
    let fits = |(i, b): (usize, u8)| match i {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    };
    (day.bytes().enumerate().all(fits) && !day.starts_with("0000")).then_some(day)
}

/// A length of time that XML Schema knows: no weeks, no unknown numbers.
fn is_xml_duration(value: &str) -> bool {
    let known = |b: u8| b.is_ascii_digit() || b"PTYMDHS.".contains(&b);
    value.starts_with('P')
        && value.contains(|c: char| c.is_ascii_digit())
        && value.bytes().all(known)
}
