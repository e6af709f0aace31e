use super::pretty;
use super::schema::{
    AnnotationJson, DateReadingJson, DocumentJson, EntityJson, FileJson, GeneratorJson,
    IntervalJson, OffsetsJson, PointRange, ReviewJson, SpeakerJson, TimexJson, ZoneJson,
};
use super::schema::{FORMAT_NAME, VERSION};
use crate::error::FormatError;
use galley_engine::document::{
    Anchor, Annotation, Body, Confidence, DateBody, Document, Interval, MachineReading,
    PublishedSource, Speaker, Status, Timex,
};
use galley_engine::text::{OffsetMap, SourceText, Span};
use sha2::{Digest, Sha256};

/// One JSON object, on one line or (`pretty`) as people read it. The same document always gives
/// the same bytes.
///
/// # Errors
/// When the document breaks an invariant ([`Document::check`]): refused with the reason, never
/// written wrong.
pub fn write(document: &Document, pretty: bool) -> Result<String, FormatError> {
    let json =
        serde_json::to_string(&file_to_json(document)?).map_err(|e| FormatError(e.to_string()))?;
    Ok(if pretty { pretty::pretty(&json) } else { json })
}

/// A document as a file holds it; refused when it is not sound.
pub(crate) fn file_to_json(document: &Document) -> Result<FileJson<'_>, FormatError> {
    document.check().map_err(|v| FormatError(format!("the document was not written: {v}")))?;
    let text = &document.text;
    let writer = JsonWriter::new(text);
    let mut review = ReviewJson::default();
    let annotations = document.annotations.iter().map(|a| {
        *match a.status {
            Status::Machine => &mut review.machine,
            Status::Accepted => &mut review.accepted,
            Status::Corrected => &mut review.corrected,
            Status::Added => &mut review.added,
            Status::Rejected => &mut review.rejected,
        } += 1;
        writer.annotation(a)
    });
    let annotations = annotations.collect();
    let entities = document.entities.iter().map(|e| EntityJson {
        id: e.id.0.as_str().into(),
        label: e.label.name().into(),
        name: e.name.as_str().into(),
        aliases: e.aliases.iter().map(|a| a.as_str().into()).collect(),
        mentions: e.mentions.iter().map(|m| m.0.as_str().into()).collect(),
        status: (e.status != Status::Machine).then(|| e.status.name().into()),
    });
    let source = match document.published_source {
        PublishedSource::Unknown => None,
        known => Some(known.name().into()),
    };
    Ok(FileJson {
        format: FORMAT_NAME.into(),
        version: VERSION,
        generator: GeneratorJson {
            name: document.generator.name.as_str().into(),
            version: document.generator.version.as_str().into(),
            model: document.generator.model.as_str().into(),
        },
        document: DocumentJson {
            id: document.id.as_deref().map(Into::into),
            title: document.title.as_deref().map(Into::into),
            language: document.language.as_str().into(),
            published: document.published.map(|p| p.to_string().into()),
            published_source: source,
            text: text.as_str().into(),
            text_sha256: Some(sha256(text.as_str()).into()),
            zones: document
                .parts
                .iter()
                .map(|part| {
                    let [start, end] = writer.range(part.span);
                    ZoneJson { zone: part.zone.name().into(), start, end }
                })
                .collect(),
        },
        offsets: OffsetsJson::default(),
        annotations,
        entities: entities.collect(),
        review,
    })
}

/// The SHA-256 of a text's UTF-8 bytes, in lowercase hexadecimal.
pub(super) fn sha256(text: &str) -> String {
    let digit = |n: u8| char::from_digit(u32::from(n), 16).unwrap_or('0');
    let sum = Sha256::digest(text.as_bytes());
    sum.iter().flat_map(|&b| [digit(b >> 4), digit(b & 15)]).collect()
}

/// Spells stretches of one text in JSON: bytes become code points.
pub(crate) struct JsonWriter<'d> {
    text: &'d SourceText,
    offsets: OffsetMap,
}

impl<'d> JsonWriter<'d> {
    pub(crate) fn new(text: &'d SourceText) -> JsonWriter<'d> {
        JsonWriter { text, offsets: OffsetMap::new(text) }
    }

    pub(crate) fn range(&self, span: Span) -> PointRange {
        [span.start(), span.end()].map(|byte| self.offsets.point_of_byte(byte) as u32)
    }

    pub(crate) fn ranges(&self, spans: &[Span]) -> Vec<PointRange> {
        spans.iter().map(|&s| self.range(s)).collect()
    }

    /// Where an annotation stands and what it is; nothing about confidence and review.
    pub(crate) fn body(&self, span: Span, body: &'d Body) -> AnnotationJson<'d> {
        let [start, end] = self.range(span);
        let mut json = AnnotationJson {
            start: Some(start),
            end: Some(end),
            text: Some(self.text.slice(span).into()),
            ..AnnotationJson::default()
        };
        match body {
            Body::Entity(e) => {
                json.kind = Some("entity".into());
                json.label = Some(e.label.name().into());
                json.entity = Some(e.entity.as_ref().map(|id| id.0.as_str().into()));
            }
            Body::Date(d) => {
                json.kind = Some("date".into());
                json.timex = Some(timex_to_json(&d.timex));
                json.interval = Some(d.interval.as_ref().map(interval_to_json));
                json.alternatives = alternatives_to_json(d);
            }
            Body::Quote(q) => {
                json.kind = Some("quote".into());
                json.label = Some(q.kind.name().into());
                json.parts = Some(self.ranges(&q.parts));
                json.cue = Some(self.ranges(&q.cue));
                json.speaker = Some(q.speaker.as_ref().map(|s| self.speaker(s)));
                json.strength = Some(q.strength.name().into());
            }
        }
        json
    }

    pub(crate) fn speaker(&self, speaker: &'d Speaker) -> SpeakerJson<'d> {
        SpeakerJson {
            mention: self.ranges(&speaker.mention),
            entity: speaker.entity.as_ref().map(|id| id.0.as_str().into()),
            name: speaker.name.as_deref().map(Into::into),
            confidence: Some(decimal(speaker.confidence)),
        }
    }

    pub(crate) fn annotation(&self, annotation: &'d Annotation) -> AnnotationJson<'d> {
        let mut json = self.body(annotation.span, &annotation.body);
        let machine = annotation.machine.as_deref();
        json.machine =
            machine.map(|m| Box::new(self.machine_reading(m, annotation.confidence, &json)));
        json.id = Some(annotation.id.0.as_str().into());
        json.confidence = Some(decimal(annotation.confidence));
        json.reason = annotation.reason.as_deref().map(Into::into);
        json.status = Some(annotation.status.name().into());
        json
    }

    /// The machine's reading, without what it has in common with the annotation as it now is.
    fn machine_reading(
        &self,
        machine: &'d MachineReading,
        confidence: Confidence,
        now: &AnnotationJson<'d>,
    ) -> AnnotationJson<'d> {
        let mut json = self.body(machine.span, &machine.body);
        if machine.confidence != confidence {
            json.confidence = Some(decimal(machine.confidence));
        }
        if (json.start, json.end) == (now.start, now.end) {
            (json.start, json.end, json.text) = (None, None, None);
        }
        if json.kind == now.kind {
            json.kind = None;
            if json.alternatives.is_none() && now.alternatives.is_some() {
                json.alternatives = Some(Vec::new());
            }
            omit_if_same(&mut json.label, &now.label);
            omit_if_same(&mut json.entity, &now.entity);
            omit_if_same(&mut json.timex, &now.timex);
            omit_if_same(&mut json.interval, &now.interval);
            omit_if_same(&mut json.alternatives, &now.alternatives);
            omit_if_same(&mut json.parts, &now.parts);
            omit_if_same(&mut json.cue, &now.cue);
            omit_if_same(&mut json.speaker, &now.speaker);
            omit_if_same(&mut json.strength, &now.strength);
        }
        json
    }
}

fn omit_if_same<T: PartialEq>(field: &mut Option<T>, now: &Option<T>) {
    if field == now {
        *field = None;
    }
}

pub(crate) fn timex_to_json(timex: &Timex) -> TimexJson<'_> {
    TimexJson {
        kind: timex.kind.name().into(),
        value: timex.value.to_string().into(),
        modifier: timex.modifier.as_ref().map(|m| m.as_str().into()),
        anchor: match &timex.anchor {
            Anchor::None => None,
            Anchor::Published => Some("published".into()),
            Anchor::Annotation(id) => Some(id.0.as_str().into()),
        },
    }
}

pub(crate) fn interval_to_json(interval: &Interval) -> IntervalJson<'_> {
    IntervalJson { from: interval.from.as_str().into(), to: interval.to.as_str().into() }
}

fn alternatives_to_json(date: &DateBody) -> Option<Vec<DateReadingJson<'_>>> {
    let mut readings = Vec::with_capacity(date.alternatives.len());
    for reading in &date.alternatives {
        readings.push(DateReadingJson {
            timex: timex_to_json(&reading.timex),
            interval: reading.interval.as_ref().map(interval_to_json),
        });
    }
    (!readings.is_empty()).then_some(readings)
}

/// Thousandths as the nearest binary fraction: printed shortest, that is at most three digits.
pub(crate) fn decimal(confidence: Confidence) -> f64 {
    f64::from(confidence.permille()) / 1000.0
}
