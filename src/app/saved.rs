//! What the browser keeps of a document: the reading it began with, the edits, a line for the
//! list. Edits are kept in bytes of their text and checked against it when they come back.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::calendar::Stamp;
use crate::document::{
    Anchor, AnnotationId, Body, Confidence, DateBody, EntityBody, EntityId, Interval, Label,
    QuoteBody, QuoteKind, Reading, Speaker, Strength, Timex, TimexType,
};
use crate::edits::{Edit, EditLog};
use crate::formats::galley;
use crate::text::{SourceText, Span};

/// A line of the list of documents.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entry {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// When it was last saved, in milliseconds since 1970 (the storage layer fills it in).
    pub updated: u64,
    /// Counts every save, to notice another tab's.
    pub revision: u32,
    /// Words of the text.
    pub words: u32,
    /// Edits in force.
    pub edits: u32,
}

/// Everything that is kept of one document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stored {
    /// Its line in the list.
    pub entry: Entry,
    /// The document before every edit, as Galley JSON.
    pub base: String,
    /// The edits ([`write_edits`]).
    pub edits: String,
}

/// Opens what was kept. Says how many edits no longer applied.
///
/// # Errors
/// In plain words, when the reading itself is damaged; damaged edits are left out and counted.
pub fn open(stored: &Stored) -> Result<(EditLog, usize), String> {
    let base = galley::read(&stored.base).map_err(|e| e.to_string())?;
    let Ok(kept) = serde_json::from_str::<Kept>(&stored.edits) else {
        return Ok((EditLog::new(base), usize::from(!stored.edits.is_empty())));
    };
    let asked = kept.edits.len();
    let mut edits = Vec::with_capacity(asked);
    let mut cursor = kept.cursor;
    let mut text = Rc::new(base.text.clone());
    for (i, edit) in kept.edits.into_iter().enumerate() {
        let before = text.clone();
        match edit.back(&mut text) {
            Some(edit) => edits.push(edit),
            None => {
                text = before;
                cursor -= usize::from(i < kept.cursor);
            }
        }
    }
    let unread = asked - edits.len();
    let (log, lost) = EditLog::replay(base, edits, cursor);
    Ok((log, lost + unread))
}

/// The edits of a log with its cursor, as JSON.
pub fn write_edits(log: &EditLog) -> String {
    let kept = Kept {
        cursor: log.cursor(),
        edits: log.edits().iter().map(KeptEdit::of).collect(),
    };
    serde_json::to_string(&kept).unwrap_or_default()
}

#[derive(Serialize, Deserialize)]
struct Kept {
    cursor: usize,
    edits: Vec<KeptEdit>,
}

type Range = (usize, usize);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum KeptEdit {
    Accept {
        id: String,
    },
    Reject {
        id: String,
    },
    Restore {
        id: String,
    },
    Relabel {
        id: String,
        label: String,
        whole: bool,
    },
    Resize {
        id: String,
        span: Range,
    },
    Add {
        id: String,
        span: Range,
        body: KeptBody,
    },
    SetDate {
        id: String,
        timex: KeptTimex,
        interval: Option<(String, String)>,
    },
    SetSpeaker {
        id: String,
        speaker: Option<KeptSpeaker>,
    },
    SetQuoteKind {
        id: String,
        kind: u8,
    },
    SetCue {
        id: String,
        cue: Vec<Range>,
    },
    Rename {
        entity: String,
        name: String,
    },
    Merge {
        from: String,
        into: String,
    },
    Split {
        id: String,
        entity: String,
    },
    Reread {
        document: String,
    },
    Revise {
        text: String,
    },
    SetPublished {
        stamp: Option<String>,
    },
    Batch {
        edits: Vec<KeptEdit>,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum KeptBody {
    Entity {
        label: String,
        entity: Option<String>,
    },
    Date {
        timex: KeptTimex,
        interval: Option<(String, String)>,
        others: Vec<(KeptTimex, Option<(String, String)>)>,
    },
    Quote {
        kind: u8,
        parts: Vec<Range>,
        cue: Vec<Range>,
        speaker: Option<KeptSpeaker>,
        strength: u8,
    },
}

#[derive(Serialize, Deserialize)]
struct KeptTimex {
    kind: u8,
    value: String,
    modifier: Option<String>,
    /// `None`: nothing; empty: the publication date; else an annotation.
    anchor: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct KeptSpeaker {
    mention: Vec<Range>,
    entity: Option<String>,
    name: Option<String>,
    confidence: u16,
}

const TIMEX: [TimexType; 4] = [
    TimexType::Date,
    TimexType::Time,
    TimexType::Duration,
    TimexType::Set,
];
const QUOTES: [QuoteKind; 3] = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect];
const STRENGTHS: [Strength; 3] = [Strength::Speech, Strength::Document, Strength::Attitude];

fn number<T: PartialEq>(all: &[T], one: &T) -> u8 {
    all.iter().position(|x| x == one).unwrap_or(0) as u8
}

fn range(span: Span) -> Range {
    (span.start(), span.end())
}

fn ranges(spans: &[Span]) -> Vec<Range> {
    spans.iter().map(|&s| range(s)).collect()
}

fn spans(text: &SourceText, ranges: &[Range]) -> Option<Vec<Span>> {
    ranges.iter().map(|&(a, b)| text.span(a, b)).collect()
}

fn pair(interval: &Option<Interval>) -> Option<(String, String)> {
    interval.as_ref().map(|i| (i.from.clone(), i.to.clone()))
}

fn interval(pair: Option<(String, String)>) -> Option<Interval> {
    pair.map(|(from, to)| Interval { from, to })
}

impl KeptTimex {
    fn of(timex: &Timex) -> KeptTimex {
        KeptTimex {
            kind: number(&TIMEX, &timex.kind),
            value: timex.value.clone(),
            modifier: timex.modifier.clone(),
            anchor: match &timex.anchor {
                Anchor::None => None,
                Anchor::Published => Some(String::new()),
                Anchor::Annotation(id) => Some(id.0.clone()),
            },
        }
    }

    fn back(self) -> Option<Timex> {
        Some(Timex {
            kind: *TIMEX.get(usize::from(self.kind))?,
            value: self.value,
            modifier: self.modifier,
            anchor: match self.anchor {
                None => Anchor::None,
                Some(id) if id.is_empty() => Anchor::Published,
                Some(id) => Anchor::Annotation(AnnotationId(id)),
            },
        })
    }
}

impl KeptSpeaker {
    fn of(speaker: &Speaker) -> KeptSpeaker {
        KeptSpeaker {
            mention: ranges(&speaker.mention),
            entity: speaker.entity.as_ref().map(|e| e.0.clone()),
            name: speaker.name.clone(),
            confidence: speaker.confidence.get(),
        }
    }

    fn back(self, text: &SourceText) -> Option<Speaker> {
        Some(Speaker {
            mention: spans(text, &self.mention)?,
            entity: self.entity.map(EntityId),
            name: self.name,
            confidence: Confidence::per_mille(self.confidence),
        })
    }
}

impl KeptBody {
    fn of(body: &Body) -> KeptBody {
        match body {
            Body::Entity(e) => KeptBody::Entity {
                label: e.label.name().to_owned(),
                entity: e.entity.as_ref().map(|e| e.0.clone()),
            },
            Body::Date(d) => KeptBody::Date {
                timex: KeptTimex::of(&d.timex),
                interval: pair(&d.interval),
                others: d
                    .alternatives
                    .iter()
                    .map(|r| (KeptTimex::of(&r.timex), pair(&r.interval)))
                    .collect(),
            },
            Body::Quote(q) => KeptBody::Quote {
                kind: number(&QUOTES, &q.kind),
                parts: ranges(&q.parts),
                cue: ranges(&q.cue),
                speaker: q.speaker.as_ref().map(KeptSpeaker::of),
                strength: number(&STRENGTHS, &q.strength),
            },
        }
    }

    fn back(self, text: &SourceText) -> Option<Body> {
        Some(match self {
            KeptBody::Entity { label, entity } => Body::Entity(EntityBody {
                label: Label::named(&label)?,
                entity: entity.map(EntityId),
            }),
            KeptBody::Date {
                timex,
                interval: within,
                others,
            } => Body::Date(DateBody {
                timex: timex.back()?,
                interval: interval(within),
                alternatives: others
                    .into_iter()
                    .map(|(timex, within)| {
                        Some(Reading {
                            timex: timex.back()?,
                            interval: interval(within),
                        })
                    })
                    .collect::<Option<_>>()?,
            }),
            KeptBody::Quote {
                kind,
                parts,
                cue,
                speaker,
                strength,
            } => Body::Quote(QuoteBody {
                kind: *QUOTES.get(usize::from(kind))?,
                parts: spans(text, &parts)?,
                cue: spans(text, &cue)?,
                speaker: match speaker {
                    Some(speaker) => Some(speaker.back(text)?),
                    None => None,
                },
                strength: *STRENGTHS.get(usize::from(strength))?,
            }),
        })
    }
}

impl KeptEdit {
    fn of(edit: &Edit) -> KeptEdit {
        let id = |id: &AnnotationId| id.0.clone();
        match edit {
            Edit::Accept(a) => KeptEdit::Accept { id: id(a) },
            Edit::Reject(a) => KeptEdit::Reject { id: id(a) },
            Edit::Restore(a) => KeptEdit::Restore { id: id(a) },
            Edit::Relabel {
                id: a,
                label,
                whole_entity,
            } => KeptEdit::Relabel {
                id: id(a),
                label: label.name().to_owned(),
                whole: *whole_entity,
            },
            Edit::Resize { id: a, span } => KeptEdit::Resize {
                id: id(a),
                span: range(*span),
            },
            Edit::Add { id: a, span, body } => KeptEdit::Add {
                id: id(a),
                span: range(*span),
                body: KeptBody::of(body),
            },
            Edit::SetDate {
                id: a,
                timex,
                interval,
            } => KeptEdit::SetDate {
                id: id(a),
                timex: KeptTimex::of(timex),
                interval: pair(interval),
            },
            Edit::SetSpeaker { id: a, speaker } => KeptEdit::SetSpeaker {
                id: id(a),
                speaker: speaker.as_ref().map(KeptSpeaker::of),
            },
            Edit::SetQuoteKind { id: a, kind } => KeptEdit::SetQuoteKind {
                id: id(a),
                kind: number(&QUOTES, kind),
            },
            Edit::SetCue { id: a, cue } => KeptEdit::SetCue {
                id: id(a),
                cue: ranges(cue),
            },
            Edit::Rename { entity, name } => KeptEdit::Rename {
                entity: entity.0.clone(),
                name: name.clone(),
            },
            Edit::Merge { from, into } => KeptEdit::Merge {
                from: from.0.clone(),
                into: into.0.clone(),
            },
            Edit::Split { id: a, entity } => KeptEdit::Split {
                id: id(a),
                entity: entity.0.clone(),
            },
            Edit::Reread(document) => KeptEdit::Reread {
                document: galley::write(document, false).unwrap_or_default(),
            },
            Edit::Revise(text) => KeptEdit::Revise {
                text: text.as_str().to_owned(),
            },
            Edit::SetPublished(stamp) => KeptEdit::SetPublished {
                stamp: stamp.map(|s| s.to_string()),
            },
            Edit::Batch(edits) => KeptEdit::Batch {
                edits: edits.iter().map(KeptEdit::of).collect(),
            },
        }
    }

    /// `None` when it does not fit this text.
    fn back(self, text: &mut Rc<SourceText>) -> Option<Edit> {
        let id = AnnotationId;
        Some(match self {
            KeptEdit::Accept { id: a } => Edit::Accept(id(a)),
            KeptEdit::Reject { id: a } => Edit::Reject(id(a)),
            KeptEdit::Restore { id: a } => Edit::Restore(id(a)),
            KeptEdit::Relabel {
                id: a,
                label,
                whole,
            } => Edit::Relabel {
                id: id(a),
                label: Label::named(&label)?,
                whole_entity: whole,
            },
            KeptEdit::Resize { id: a, span } => Edit::Resize {
                id: id(a),
                span: text.span(span.0, span.1)?,
            },
            KeptEdit::Add { id: a, span, body } => Edit::Add {
                id: id(a),
                span: text.span(span.0, span.1)?,
                body: body.back(text)?,
            },
            KeptEdit::SetDate {
                id: a,
                timex,
                interval: within,
            } => Edit::SetDate {
                id: id(a),
                timex: timex.back()?,
                interval: interval(within),
            },
            KeptEdit::SetSpeaker { id: a, speaker } => Edit::SetSpeaker {
                id: id(a),
                speaker: match speaker {
                    Some(speaker) => Some(speaker.back(text)?),
                    None => None,
                },
            },
            KeptEdit::SetQuoteKind { id: a, kind } => Edit::SetQuoteKind {
                id: id(a),
                kind: *QUOTES.get(usize::from(kind))?,
            },
            KeptEdit::SetCue { id: a, cue } => Edit::SetCue {
                id: id(a),
                cue: spans(text, &cue)?,
            },
            KeptEdit::Rename { entity, name } => Edit::Rename {
                entity: EntityId(entity),
                name,
            },
            KeptEdit::Merge { from, into } => Edit::Merge {
                from: EntityId(from),
                into: EntityId(into),
            },
            KeptEdit::Split { id: a, entity } => Edit::Split {
                id: id(a),
                entity: EntityId(entity),
            },
            KeptEdit::Reread { document } => {
                let document = galley::read(&document).ok()?;
                (document.text == **text).then_some(())?;
                Edit::Reread(Box::new(document))
            }
            KeptEdit::Revise { text: raw } => {
                // What comes after it is about the new text.
                *text = Rc::new(SourceText::new(&raw).ok()?);
                Edit::Revise((**text).clone())
            }
            KeptEdit::SetPublished { stamp } => Edit::SetPublished(match stamp {
                Some(stamp) => Some(Stamp::parse(&stamp)?),
                None => None,
            }),
            KeptEdit::Batch { edits } => Edit::Batch(
                edits
                    .into_iter()
                    .map(|e| e.back(text))
                    .collect::<Option<_>>()?,
            ),
        })
    }
}
