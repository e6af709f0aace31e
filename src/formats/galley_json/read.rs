use super::schema::{
    AnnotationJson, DateReadingJson, DocumentJson, EntityJson, FileJson, GeneratorJson, HeadJson,
    IntervalJson, PointRange, SpeakerJson, TimexJson,
};
use super::schema::{FORMAT_NAME, UNIT, VERSION};
use super::write;
use crate::error::{FormatError, Result};
use galley_engine::calendar::Stamp;
use galley_engine::document::{
    Anchor, Annotation, AnnotationId, Body, Confidence, DateBody, DateReading, Document, Entity,
    EntityBody, EntityId, Generator, Interval, Label, MachineReading, Modifier, PagePart,
    PublishedSource, QuoteBody, QuoteKind, Speaker, Status, Strength, Timex, TimexType, TimexValue,
    Zone,
};
use galley_engine::text::{OffsetMap, SourceText, Span};

fn fail<T>(why: impl Into<String>) -> Result<T> {
    Err(FormatError(why.into()))
}

/// Reads what [`write`](super::write()) writes; unknown fields are ignored, annotations are put in
/// order. Total: whatever the bytes, a document that keeps every invariant or an error.
///
/// # Errors
/// In words, what is wrong and where: not JSON (line and column), not Galley's, another
/// version, another text than was summed, an annotation that does not cut its text.
pub fn read(json: &str) -> Result<Document> {
    let json = json.trim_start_matches('\u{feff}');
    let head: HeadJson<'_> = parse(json)?;
    if head.format != FORMAT_NAME {
        return fail("this is JSON, but not a Galley document: its \"format\" is not \"galley\"");
    }
    match head.version {
        Some(v) if v == f64::from(VERSION) => {}
        Some(v) => {
            return fail(format!(
                "the file has version {v} of the Galley format and this program reads version \
                 {VERSION}: open it with the program that wrote it"
            ));
        }
        None => return fail("the file does not say which version of the Galley format it has"),
    }
    document_from_json(parse(json)?)
}

fn parse<'de, T: serde::Deserialize<'de>>(json: &'de str) -> Result<T> {
    serde_json::from_str(json).map_err(|e| FormatError(format!("the file is damaged: {e}")))
}

/// The document that a file holds, when it is sound.
pub(super) fn document_from_json(file: FileJson<'_>) -> Result<Document> {
    if file.format != FORMAT_NAME || file.version != VERSION {
        return fail("this is not version 1 of the Galley format");
    }
    if file.offsets.unit != UNIT || file.offsets.end != "exclusive" {
        return fail(format!(
            "the file counts its offsets in \"{}\", ends {}: only {UNIT}, ends exclusive, is read",
            file.offsets.unit, file.offsets.end
        ));
    }
    let mut document = document_head_from_json(file.document, file.generator)?;
    let offsets = OffsetMap::new(&document.text);
    let reader = JsonReader::new(&document.text, &offsets);
    let mut annotations = Vec::with_capacity(file.annotations.len());
    for json in file.annotations {
        let id = json.id.clone().unwrap_or_default().into_owned();
        let read = reader.annotation(json);
        annotations.push(read.map_err(|e| FormatError(format!("annotation {id}: {e}")))?);
    }
    document.annotations = annotations;
    let entities: Result<Vec<Entity>> = file.entities.into_iter().map(entity_from_json).collect();
    document.entities = entities?;
    document.sort_annotations();
    document.check().map_err(|v| FormatError(format!("the file contradicts itself: {v}")))?;
    Ok(document)
}

/// A document with its text and what is known of it as a whole, without annotations.
pub(crate) fn document_head_from_json(
    json: DocumentJson<'_>,
    generator: GeneratorJson<'_>,
) -> Result<Document> {
    if let Some(sum) = &json.text_sha256
        && !sum.eq_ignore_ascii_case(&write::sha256(&json.text))
    {
        return fail("the text of the file was changed after it was written (its sum differs)");
    }
    let text = SourceText::new(&json.text).map_err(|e| FormatError(e.to_string()))?;
    if text.as_str() != json.text {
        return fail("the text of the file has other line ends than LF, or a byte order mark");
    }
    let published = match &json.published {
        Some(p) => match Stamp::parse(p) {
            Some(stamp) => Some(stamp),
            None => return fail(format!("\"{p}\" is no publication date")),
        },
        None => None,
    };
    let published_source = match &json.published_source {
        Some(s) => parse_word(PublishedSource::parse, s, "published_source")?,
        None => PublishedSource::Unknown,
    };
    let zones = json.zones;
    let mut document = Document {
        id: json.id.map(Into::into),
        title: json.title.map(Into::into),
        language: json.language.into(),
        published,
        published_source,
        generator: Generator {
            name: generator.name.into(),
            version: generator.version.into(),
            model: generator.model.into(),
        },
        text,
        ..Document::default()
    };
    if !zones.is_empty() {
        let offsets = OffsetMap::new(&document.text);
        let byte = |point: u32| offsets.byte_of_point(point as usize);
        let parts: Vec<PagePart> = zones
            .into_iter()
            .filter(|zone| zone.start < zone.end && zone.end as usize <= offsets.points())
            .filter_map(|json| {
                let zone = Zone::from_name(&json.zone)?;
                Some(PagePart { zone, span: Span::new(byte(json.start), byte(json.end)) })
            })
            .collect();
        document.set_parts(parts);
    }
    Ok(document)
}

pub(crate) fn entity_from_json(json: EntityJson<'_>) -> Result<Entity> {
    let id = |id: String| AnnotationId(id);
    Ok(Entity {
        label: parse_word(Label::named, &json.label, "label")
            .map_err(|e| FormatError(format!("entity {}: {e}", json.id)))?,
        id: EntityId(json.id.into()),
        name: json.name.into(),
        aliases: json.aliases.into_iter().map(Into::into).collect(),
        mentions: json.mentions.into_iter().map(|m| id(m.into())).collect(),
        status: match &json.status {
            Some(s) => parse_word(Status::parse, s, "status")?,
            None => Status::Machine,
        },
    })
}

fn parse_word<T>(parse: impl Fn(&str) -> Option<T>, word: &str, field: &str) -> Result<T> {
    parse(word).ok_or_else(|| FormatError(format!("\"{word}\" is no {field}")))
}

fn required<T>(field: Option<T>, name: &str) -> Result<T> {
    field.ok_or_else(|| FormatError(format!("its \"{name}\" is missing")))
}

/// Reads what stands in JSON about stretches of one text: code points become bytes.
pub(crate) struct JsonReader<'t> {
    text: &'t SourceText,
    offsets: &'t OffsetMap,
}

impl<'t> JsonReader<'t> {
    /// `offsets` are those of `text`.
    pub(crate) fn new(text: &'t SourceText, offsets: &'t OffsetMap) -> JsonReader<'t> {
        JsonReader { text, offsets }
    }

    pub(crate) fn span(&self, [start, end]: PointRange) -> Result<Span> {
        let (start, end) = (start as usize, end as usize);
        let bytes = (start < end && end <= self.offsets.points())
            .then(|| (self.offsets.byte_of_point(start), self.offsets.byte_of_point(end)))
            .and_then(|(start, end)| self.text.span(start, end));
        match bytes {
            Some(span) => Ok(span),
            None => fail(format!("{start} to {end} is no stretch of the text")),
        }
    }

    pub(crate) fn spans(&self, ranges: Vec<PointRange>) -> Result<Vec<Span>> {
        ranges.into_iter().map(|r| self.span(r)).collect()
    }

    pub(crate) fn annotation(&self, mut json: AnnotationJson<'_>) -> Result<Annotation> {
        let id = AnnotationId(required(json.id.take(), "id")?.into());
        let machine = json.machine.take();
        let confidence = required(json.confidence, "confidence").and_then(parse_confidence)?;
        let status = parse_word(Status::parse, &required(json.status.take(), "status")?, "status")?;
        let reason = json.reason.take().map(Into::into);
        let machine = match machine {
            Some(machine) => Some(Box::new(self.machine_reading(*machine, &json, confidence)?)),
            None => None,
        };
        required(json.text.as_ref(), "text")?;
        let (span, body) = self.span_and_body(json)?;
        Ok(Annotation { id, span, body, confidence, status, reason, machine })
    }

    /// What the record does not tell is as the annotation now has it.
    fn machine_reading(
        &self,
        mut json: AnnotationJson<'_>,
        now: &AnnotationJson<'_>,
        sure: Confidence,
    ) -> Result<MachineReading> {
        if json.start.is_none() && json.end.is_none() {
            (json.start, json.end) = (now.start, now.end);
        }
        let confidence = json.confidence.map_or(Ok(sure), parse_confidence)?;
        let (span, body) = if json.kind.is_some() {
            self.span_and_body(json)?
        } else {
            (self.checked_span(&json)?, self.inherited_body(json, now)?)
        };
        Ok(MachineReading { span, body, confidence })
    }

    fn inherited_body(&self, json: AnnotationJson<'_>, now: &AnnotationJson<'_>) -> Result<Body> {
        self.body(AnnotationJson {
            kind: now.kind.clone(),
            label: json.label.or_else(|| now.label.clone()),
            parts: json.parts.or_else(|| now.parts.clone()),
            cue: json.cue.or_else(|| now.cue.clone()),
            strength: json.strength.or_else(|| now.strength.clone()),
            entity: json.entity.or_else(|| now.entity.clone()),
            timex: json.timex.or_else(|| now.timex.clone()),
            interval: json.interval.or_else(|| now.interval.clone()),
            alternatives: json.alternatives.or_else(|| now.alternatives.clone()),
            speaker: json.speaker.or_else(|| now.speaker.clone()),
            ..AnnotationJson::default()
        })
    }

    /// Its span, when its text stands there.
    fn checked_span(&self, json: &AnnotationJson<'_>) -> Result<Span> {
        let span = self.span([required(json.start, "start")?, required(json.end, "end")?])?;
        let text = json.text.as_deref();
        if text.is_some_and(|t| t != self.text.slice(span)) {
            return fail(format!(
                "its \"text\" is not what stands at {} to {}",
                json.start.unwrap_or_default(),
                json.end.unwrap_or_default()
            ));
        }
        Ok(span)
    }

    /// Where and what: the inverse of `JsonWriter::body`.
    pub(crate) fn span_and_body(&self, json: AnnotationJson<'_>) -> Result<(Span, Body)> {
        Ok((self.checked_span(&json)?, self.body(json)?))
    }

    fn body(&self, json: AnnotationJson<'_>) -> Result<Body> {
        let kind = required(json.kind, "kind")?;
        Ok(match kind.as_ref() {
            "entity" => Body::Entity(EntityBody {
                label: parse_word(Label::named, &required(json.label, "label")?, "label")?,
                entity: json.entity.flatten().map(|id| EntityId(id.into())),
            }),
            "date" => {
                let alternatives = json.alternatives.unwrap_or_default();
                Body::Date(DateBody {
                    timex: timex_from_json(required(json.timex, "timex")?)?,
                    interval: json.interval.flatten().map(interval_from_json),
                    alternatives: alternatives
                        .into_iter()
                        .map(date_reading_from_json)
                        .collect::<Result<_>>()?,
                })
            }
            "quote" => Body::Quote(QuoteBody {
                kind: parse_word(QuoteKind::parse, &required(json.label, "label")?, "label")?,
                parts: self.spans(json.parts.unwrap_or_default())?,
                cue: self.spans(json.cue.unwrap_or_default())?,
                speaker: match json.speaker.flatten() {
                    Some(speaker) => Some(self.speaker(speaker)?),
                    None => None,
                },
                strength: match json.strength {
                    Some(s) => parse_word(Strength::parse, &s, "strength")?,
                    None => Strength::Speech,
                },
            }),
            other => return fail(format!("\"{other}\" is no kind of annotation")),
        })
    }

    pub(crate) fn speaker(&self, json: SpeakerJson<'_>) -> Result<Speaker> {
        Ok(Speaker {
            mention: self.spans(json.mention)?,
            entity: json.entity.map(|id| EntityId(id.into())),
            name: json.name.map(Into::into),
            confidence: json.confidence.map_or(Ok(Confidence::CERTAIN), parse_confidence)?,
        })
    }
}

pub(crate) fn timex_from_json(json: TimexJson<'_>) -> Result<Timex> {
    Ok(Timex {
        kind: parse_word(TimexType::parse, &json.kind, "type of TIMEX3")?,
        value: TimexValue::parse(&json.value),
        modifier: json.modifier.as_deref().map(Modifier::parse),
        anchor: match json.anchor {
            None => Anchor::None,
            Some(a) if a == "published" => Anchor::Published,
            Some(id) => Anchor::Annotation(AnnotationId(id.into())),
        },
    })
}

pub(crate) fn interval_from_json(json: IntervalJson<'_>) -> Interval {
    Interval { from: json.from.into(), to: json.to.into() }
}

fn date_reading_from_json(json: DateReadingJson<'_>) -> Result<DateReading> {
    Ok(DateReading {
        timex: timex_from_json(json.timex)?,
        interval: json.interval.map(interval_from_json),
    })
}

pub(crate) fn parse_confidence(decimal: f64) -> Result<Confidence> {
    if !(0.0..=1.0).contains(&decimal) {
        return fail(format!("{decimal} is no confidence: it must lie between 0 and 1"));
    }
    Ok(Confidence::from_permille((decimal * 1000.0 + 0.5) as u16))
}
