use super::dto::{
    AnnotationDto, EntityDto, FileDto, HeadDto, IntervalDto, Range, ReadingDto, SpeakerDto,
    TimexDto,
};
use super::{FORMAT, FormatError, UNIT, VERSION, write};
use galley_engine::calendar::Stamp;
use galley_engine::document::{
    Anchor, Annotation, AnnotationId, Body, Confidence, DateBody, DateReading, Document, Entity,
    EntityBody, EntityId, Generator, Interval, Label, Machine, Modifier, PublishedSource,
    QuoteBody, QuoteKind, Speaker, Status, Strength, Timex, TimexType, TimexValue,
};
use galley_engine::text::{OffsetMap, SourceText, Span};

type Result<T> = std::result::Result<T, FormatError>;

fn fail<T>(why: impl Into<String>) -> Result<T> {
    Err(FormatError(why.into()))
}

/// Reads what [`write`](super::write) writes; unknown fields are ignored, annotations are put in
/// order. Total: whatever the bytes, a document that keeps every invariant or an error.
///
/// # Errors
/// A clear word on what is wrong and where: not JSON (line and column), not Galley's, another
/// version, another text than was summed, an annotation that does not cut its text.
pub fn read(json: &str) -> Result<Document> {
    let json = json.trim_start_matches('\u{feff}');
    let head: HeadDto<'_> = parse(json)?;
    if head.format != FORMAT {
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
    document_of(parse(json)?)
}

fn parse<'de, T: serde::Deserialize<'de>>(json: &'de str) -> Result<T> {
    serde_json::from_str(json).map_err(|e| FormatError(format!("the file is damaged: {e}")))
}

/// The sound document of a file's shape.
pub fn document_of(file: FileDto<'_>) -> Result<Document> {
    if file.format != FORMAT || file.version != VERSION {
        return fail("this is not version 1 of the Galley format");
    }
    if file.offsets.unit != UNIT || file.offsets.end != "exclusive" {
        return fail(format!(
            "the file counts its offsets in \"{}\", ends {}: only {UNIT}, ends exclusive, is read",
            file.offsets.unit, file.offsets.end
        ));
    }
    let about = file.document;
    if let Some(sum) = &about.text_sha256
        && !sum.eq_ignore_ascii_case(&write::sha256(&about.text))
    {
        return fail("the text of the file was changed after it was written (its sum differs)");
    }
    let text = SourceText::new(&about.text).map_err(|e| FormatError(e.to_string()))?;
    if text.as_str() != about.text {
        return fail("the text of the file has other line ends than LF, or a byte order mark");
    }
    let published = match &about.published {
        Some(p) => match Stamp::parse(p) {
            Some(stamp) => Some(stamp),
            None => return fail(format!("\"{p}\" is no publication date")),
        },
        None => None,
    };
    let published_source = match &about.published_source {
        Some(s) => word(PublishedSource::parse, s, "published_source")?,
        None => PublishedSource::Unknown,
    };
    let units = Units::new(&text);
    let mut annotations = Vec::with_capacity(file.annotations.len());
    for dto in file.annotations {
        let id = dto.id.clone().unwrap_or_default().into_owned();
        let read = units.annotation(dto);
        annotations.push(read.map_err(|e| FormatError(format!("annotation {id}: {e}")))?);
    }
    let entities: Result<Vec<Entity>> = file.entities.into_iter().map(entity).collect();
    let mut document = Document {
        id: about.id.map(Into::into),
        title: about.title.map(Into::into),
        language: about.language.into(),
        published,
        published_source,
        generator: Generator {
            name: file.generator.name.into(),
            version: file.generator.version.into(),
            model: file.generator.model.into(),
        },
        text,
        annotations,
        entities: entities?,
    };
    document.sort();
    document.check().map_err(|v| FormatError(format!("the file contradicts itself: {v}")))?;
    Ok(document)
}

pub fn entity(dto: EntityDto<'_>) -> Result<Entity> {
    let id = |id: String| AnnotationId(id);
    Ok(Entity {
        label: word(Label::named, &dto.label, "label")
            .map_err(|e| FormatError(format!("entity {}: {e}", dto.id)))?,
        id: EntityId(dto.id.into()),
        name: dto.name.into(),
        aliases: dto.aliases.into_iter().map(Into::into).collect(),
        mentions: dto.mentions.into_iter().map(|m| id(m.into())).collect(),
        status: match &dto.status {
            Some(s) => word(Status::parse, s, "status")?,
            None => Status::Machine,
        },
    })
}

fn word<T>(parse: impl Fn(&str) -> Option<T>, word: &str, field: &str) -> Result<T> {
    parse(word).ok_or_else(|| FormatError(format!("\"{word}\" is no {field}")))
}

fn told<T>(field: Option<T>, name: &str) -> Result<T> {
    field.ok_or_else(|| FormatError(format!("its \"{name}\" is missing")))
}

/// Code points to bytes of one text.
pub struct Units<'t> {
    map: OffsetMap,
    text: &'t SourceText,
}

impl<'t> Units<'t> {
    pub fn new(text: &'t SourceText) -> Units<'t> {
        Units { map: OffsetMap::new(text), text }
    }

    pub fn span(&self, [start, end]: Range) -> Result<Span> {
        let (start, end) = (start as usize, end as usize);
        let bytes = (start < end && end <= self.map.points())
            .then(|| (self.map.byte_of_point(start), self.map.byte_of_point(end)))
            .and_then(|(start, end)| self.text.span(start, end));
        match bytes {
            Some(span) => Ok(span),
            None => fail(format!("{start} to {end} is no stretch of the text")),
        }
    }

    pub fn spans(&self, ranges: Vec<Range>) -> Result<Vec<Span>> {
        ranges.into_iter().map(|r| self.span(r)).collect()
    }

    pub fn annotation(&self, mut dto: AnnotationDto<'_>) -> Result<Annotation> {
        let id = AnnotationId(told(dto.id.take(), "id")?.into());
        let machine = dto.machine.take();
        let confidence = told(dto.confidence, "confidence").and_then(confidence)?;
        let status = word(Status::parse, &told(dto.status.take(), "status")?, "status")?;
        let reason = dto.reason.take().map(Into::into);
        let machine = match machine {
            Some(machine) => Some(Box::new(self.machine(*machine, &dto, confidence)?)),
            None => None,
        };
        told(dto.text.as_ref(), "text")?;
        let (span, body) = self.reading(dto)?;
        Ok(Annotation { id, span, body, confidence, status, reason, machine })
    }

    /// What the record does not tell is as the annotation now has it.
    fn machine(
        &self,
        mut dto: AnnotationDto<'_>,
        now: &AnnotationDto<'_>,
        sure: Confidence,
    ) -> Result<Machine> {
        if dto.start.is_none() && dto.end.is_none() {
            (dto.start, dto.end) = (now.start, now.end);
        }
        let confidence = dto.confidence.map_or(Ok(sure), confidence)?;
        let (span, body) = if dto.kind.is_some() {
            self.reading(dto)?
        } else {
            (self.hull(&dto)?, self.inherited(dto, now)?)
        };
        Ok(Machine { span, body, confidence })
    }

    fn inherited(&self, dto: AnnotationDto<'_>, now: &AnnotationDto<'_>) -> Result<Body> {
        self.body(AnnotationDto {
            kind: now.kind.clone(),
            label: dto.label.or_else(|| now.label.clone()),
            parts: dto.parts.or_else(|| now.parts.clone()),
            cue: dto.cue.or_else(|| now.cue.clone()),
            strength: dto.strength.or_else(|| now.strength.clone()),
            entity: dto.entity.or_else(|| now.entity.clone()),
            timex: dto.timex.or_else(|| now.timex.clone()),
            interval: dto.interval.or_else(|| now.interval.clone()),
            alternatives: dto.alternatives.or_else(|| now.alternatives.clone()),
            speaker: dto.speaker.or_else(|| now.speaker.clone()),
            ..AnnotationDto::default()
        })
    }

    fn hull(&self, dto: &AnnotationDto<'_>) -> Result<Span> {
        let span = self.span([told(dto.start, "start")?, told(dto.end, "end")?])?;
        let text = dto.text.as_deref();
        if text.is_some_and(|t| t != self.text.slice(span)) {
            return fail(format!(
                "its \"text\" is not what stands at {} to {}",
                dto.start.unwrap_or_default(),
                dto.end.unwrap_or_default()
            ));
        }
        Ok(span)
    }

    /// Where and what, the inverse of `Points::body`.
    pub fn reading(&self, dto: AnnotationDto<'_>) -> Result<(Span, Body)> {
        Ok((self.hull(&dto)?, self.body(dto)?))
    }

    fn body(&self, dto: AnnotationDto<'_>) -> Result<Body> {
        let kind = told(dto.kind, "kind")?;
        Ok(match kind.as_ref() {
            "entity" => Body::Entity(EntityBody {
                label: word(Label::named, &told(dto.label, "label")?, "label")?,
                entity: dto.entity.flatten().map(|id| EntityId(id.into())),
            }),
            "date" => {
                let alternatives = dto.alternatives.unwrap_or_default();
                Body::Date(DateBody {
                    timex: timex(told(dto.timex, "timex")?)?,
                    interval: dto.interval.flatten().map(interval),
                    alternatives: alternatives.into_iter().map(reading).collect::<Result<_>>()?,
                })
            }
            "quote" => Body::Quote(QuoteBody {
                kind: word(QuoteKind::parse, &told(dto.label, "label")?, "label")?,
                parts: self.spans(dto.parts.unwrap_or_default())?,
                cue: self.spans(dto.cue.unwrap_or_default())?,
                speaker: match dto.speaker.flatten() {
                    Some(speaker) => Some(self.speaker(speaker)?),
                    None => None,
                },
                strength: match dto.strength {
                    Some(s) => word(Strength::parse, &s, "strength")?,
                    None => Strength::Speech,
                },
            }),
            other => return fail(format!("\"{other}\" is no kind of annotation")),
        })
    }

    pub fn speaker(&self, dto: SpeakerDto<'_>) -> Result<Speaker> {
        Ok(Speaker {
            mention: self.spans(dto.mention)?,
            entity: dto.entity.map(|id| EntityId(id.into())),
            name: dto.name.map(Into::into),
            confidence: dto.confidence.map_or(Ok(Confidence::CERTAIN), confidence)?,
        })
    }
}

pub fn timex(dto: TimexDto<'_>) -> Result<Timex> {
    Ok(Timex {
        kind: word(TimexType::parse, &dto.kind, "type of TIMEX3")?,
        value: TimexValue::parse(&dto.value),
        modifier: dto.modifier.as_deref().map(Modifier::parse),
        anchor: match dto.anchor {
            None => Anchor::None,
            Some(a) if a == "published" => Anchor::Published,
            Some(id) => Anchor::Annotation(AnnotationId(id.into())),
        },
    })
}

pub fn interval(dto: IntervalDto<'_>) -> Interval {
    Interval { from: dto.from.into(), to: dto.to.into() }
}

fn reading(dto: ReadingDto<'_>) -> Result<DateReading> {
    Ok(DateReading { timex: timex(dto.timex)?, interval: dto.interval.map(interval) })
}

fn confidence(decimal: f64) -> Result<Confidence> {
    if !(0.0..=1.0).contains(&decimal) {
        return fail(format!("{decimal} is no confidence: it must lie between 0 and 1"));
    }
    Ok(Confidence::per_mille((decimal * 1000.0 + 0.5) as u16))
}
