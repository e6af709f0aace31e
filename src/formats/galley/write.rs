use super::dto::{
    AnnotationDto, DocumentDto, EntityDto, FileDto, GeneratorDto, IntervalDto, OffsetsDto, Range,
    ReadingDto, ReviewDto, SpeakerDto, TimexDto,
};
use super::{FORMAT, FormatError, VERSION, pretty};
use galley_engine::document::{
    Anchor, Annotation, Body, Confidence, DateBody, Document, Interval, Machine, PublishedSource,
    Speaker, Status, Timex,
};
use galley_engine::text::{OffsetMap, SourceText, Span};
use galley_engine::view::context::said_on;
use sha2::{Digest, Sha256};

/// One JSON object, on one line or (`pretty`) as people read it. The same document always gives
/// the same bytes.
///
/// # Errors
/// When the document breaks an invariant ([`Document::check`]): refused with the reason, never
/// written wrong.
pub fn write(document: &Document, pretty: bool) -> Result<String, FormatError> {
    let json =
        serde_json::to_string(&file_of(document)?).map_err(|e| FormatError(e.to_string()))?;
    Ok(if pretty { pretty::pretty(&json) } else { json })
}

/// The name of the field that [`write_for_formats`] adds.
pub const SAID: &str = "said";

/// What [`Sheet`](crate::Sheet) is made from: the file on one line, and with each quote the day on
/// which it was said.
///
/// # Errors
/// As [`write`].
pub fn write_for_formats(document: &Document) -> Result<String, FormatError> {
    let mut file = file_of(document)?;
    for (dto, a) in file.annotations.iter_mut().zip(&document.annotations) {
        if let Some(Body::Date(date)) = said_on(document, a).map(|date| &date.body) {
            dto.said = Some(date.timex.value.to_string().into());
        }
    }
    serde_json::to_string(&file).map_err(|e| FormatError(e.to_string()))
}

/// The file's shape of a sound document.
pub fn file_of(document: &Document) -> Result<FileDto<'_>, FormatError> {
    document.check().map_err(|v| FormatError(format!("the document was not written: {v}")))?;
    let text = &document.text;
    let points = Points::new(text);
    let mut review = ReviewDto::default();
    let annotations = document.annotations.iter().map(|a| {
        *match a.status {
            Status::Machine => &mut review.machine,
            Status::Accepted => &mut review.accepted,
            Status::Corrected => &mut review.corrected,
            Status::Added => &mut review.added,
            Status::Rejected => &mut review.rejected,
        } += 1;
        annotation(&points, text, a)
    });
    let annotations = annotations.collect();
    let entities = document.entities.iter().map(|e| EntityDto {
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
    Ok(FileDto {
        format: FORMAT.into(),
        version: VERSION,
        generator: GeneratorDto {
            name: document.generator.name.as_str().into(),
            version: document.generator.version.as_str().into(),
            model: document.generator.model.as_str().into(),
        },
        document: DocumentDto {
            id: document.id.as_deref().map(Into::into),
            title: document.title.as_deref().map(Into::into),
            language: document.language.as_str().into(),
            published: document.published.map(|p| p.to_string().into()),
            published_source: source,
            text: text.as_str().into(),
            text_sha256: Some(sha256(text.as_str()).into()),
        },
        offsets: OffsetsDto::default(),
        annotations,
        entities: entities.collect(),
        review,
    })
}

/// The SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal.
pub fn sha256(text: &str) -> String {
    let digit = |n: u8| char::from_digit(u32::from(n), 16).unwrap_or('0');
    let sum = Sha256::digest(text.as_bytes());
    sum.iter().flat_map(|&b| [digit(b >> 4), digit(b & 15)]).collect()
}

/// Bytes to code points of one text.
pub struct Points(OffsetMap);

impl Points {
    pub fn new(text: &SourceText) -> Points {
        Points(OffsetMap::new(text))
    }

    pub fn range(&self, span: Span) -> Range {
        [self.0.point_of_byte(span.start()) as u32, self.0.point_of_byte(span.end()) as u32]
    }

    pub fn ranges(&self, spans: &[Span]) -> Vec<Range> {
        spans.iter().map(|&s| self.range(s)).collect()
    }

    /// Where, what and whose; nothing about how sure.
    pub fn body<'a>(&self, text: &'a SourceText, span: Span, body: &'a Body) -> AnnotationDto<'a> {
        let [start, end] = self.range(span);
        let mut dto = AnnotationDto {
            start: Some(start),
            end: Some(end),
            text: Some(text.slice(span).into()),
            ..AnnotationDto::default()
        };
        match body {
            Body::Entity(e) => {
                dto.kind = Some("entity".into());
                dto.label = Some(e.label.name().into());
                dto.entity = Some(e.entity.as_ref().map(|id| id.0.as_str().into()));
            }
            Body::Date(d) => {
                dto.kind = Some("date".into());
                dto.timex = Some(timex(&d.timex));
                dto.interval = Some(d.interval.as_ref().map(interval));
                dto.alternatives = alternatives(d);
            }
            Body::Quote(q) => {
                dto.kind = Some("quote".into());
                dto.label = Some(q.kind.name().into());
                dto.parts = Some(self.ranges(&q.parts));
                dto.cue = Some(self.ranges(&q.cue));
                dto.speaker = Some(q.speaker.as_ref().map(|s| self.speaker(s)));
                dto.strength = Some(q.strength.name().into());
            }
        }
        dto
    }

    pub fn speaker<'a>(&self, speaker: &'a Speaker) -> SpeakerDto<'a> {
        SpeakerDto {
            mention: self.ranges(&speaker.mention),
            entity: speaker.entity.as_ref().map(|id| id.0.as_str().into()),
            name: speaker.name.as_deref().map(Into::into),
            confidence: Some(decimal(speaker.confidence)),
        }
    }
}

fn annotation<'a>(points: &Points, text: &'a SourceText, a: &'a Annotation) -> AnnotationDto<'a> {
    let mut dto = points.body(text, a.span, &a.body);
    dto.machine =
        a.machine.as_deref().map(|m| Box::new(difference(points, text, m, a.confidence, &dto)));
    dto.id = Some(a.id.0.as_str().into());
    dto.confidence = Some(decimal(a.confidence));
    dto.reason = a.reason.as_deref().map(Into::into);
    dto.status = Some(a.status.name().into());
    dto
}

/// The machine's reading, without what it has in common with the annotation as it now is.
fn difference<'a>(
    points: &Points,
    text: &'a SourceText,
    machine: &'a Machine,
    confidence: Confidence,
    now: &AnnotationDto<'a>,
) -> AnnotationDto<'a> {
    let mut dto = points.body(text, machine.span, &machine.body);
    if machine.confidence != confidence {
        dto.confidence = Some(decimal(machine.confidence));
    }
    if (dto.start, dto.end) == (now.start, now.end) {
        (dto.start, dto.end, dto.text) = (None, None, None);
    }
    if dto.kind == now.kind {
        dto.kind = None;
        if dto.alternatives.is_none() && now.alternatives.is_some() {
            dto.alternatives = Some(Vec::new());
        }
        drop_same(&mut dto.label, &now.label);
        drop_same(&mut dto.entity, &now.entity);
        drop_same(&mut dto.timex, &now.timex);
        drop_same(&mut dto.interval, &now.interval);
        drop_same(&mut dto.alternatives, &now.alternatives);
        drop_same(&mut dto.parts, &now.parts);
        drop_same(&mut dto.cue, &now.cue);
        drop_same(&mut dto.speaker, &now.speaker);
        drop_same(&mut dto.strength, &now.strength);
    }
    dto
}

fn drop_same<T: PartialEq>(field: &mut Option<T>, now: &Option<T>) {
    if field == now {
        *field = None;
    }
}

pub fn timex(timex: &Timex) -> TimexDto<'_> {
    TimexDto {
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

pub fn interval(interval: &Interval) -> IntervalDto<'_> {
    IntervalDto { from: interval.from.as_str().into(), to: interval.to.as_str().into() }
}

fn alternatives(date: &DateBody) -> Option<Vec<ReadingDto<'_>>> {
    let mut readings = Vec::with_capacity(date.alternatives.len());
    for reading in &date.alternatives {
        readings.push(ReadingDto {
            timex: timex(&reading.timex),
            interval: reading.interval.as_ref().map(interval),
        });
    }
    (!readings.is_empty()).then_some(readings)
}

/// Thousandths as the nearest binary fraction: printed shortest, that is at most three digits.
fn decimal(confidence: Confidence) -> f64 {
    f64::from(confidence.get()) / 1000.0
}
