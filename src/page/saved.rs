//! What the browser keeps of a document: the reading it began with, the edits, a line for the
//! list. Edits are spelled as the file spells annotations and checked against the text when they
//! come back.

use std::borrow::Cow;

use serde::Serialize;

use galley_engine::calendar::Stamp;
use galley_engine::document::{AnnotationId, EntityId, Label, QuoteKind};
use galley_engine::edits::{Edit, EditLog};
use galley_engine::text::SourceText;
use galley_formats::galley;
use galley_formats::galley::dto::AnnotationDto;
use galley_formats::galley::object::object;
use galley_formats::galley::read::{self, Units};
use galley_formats::galley::write::{self, Points};

/// A line of the list of documents.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
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

object!(Entry {
    key: "key", title: "title", updated: "updated", revision: "revision", words: "words",
    edits: "edits"
} needs "key", "title", "updated", "revision", "words", "edits");

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
    let Ok(kept) = serde_json::from_str::<Kept<'_>>(&stored.edits) else {
        return Ok((EditLog::new(base), usize::from(!stored.edits.is_empty())));
    };
    let asked = kept.edits.len();
    let mut edits = Vec::with_capacity(asked);
    let mut cursor = kept.cursor;
    let mut texts = vec![base.text.clone()];
    kept.edits.iter().for_each(|edit| edit.texts(&mut texts));
    let mut at = At::new(&texts);
    for (i, edit) in kept.edits.into_iter().enumerate() {
        let (now, mut own) = (at.now, Vec::new());
        edit.texts(&mut own);
        let next = at.next + own.len();
        match edit.back(&mut at) {
            Some(edit) => edits.push(edit),
            None => {
                at.turn(now);
                cursor -= usize::from(i < kept.cursor);
            }
        }
        at.next = next;
    }
    let unread = asked - edits.len();
    let (log, lost) = EditLog::replay(base, edits, cursor);
    Ok((log, lost + unread))
}

/// The edits of a log with its cursor, as JSON.
pub fn write_edits(log: &EditLog) -> String {
    let text = &log.base().text;
    let mut on = (text, Points::new(text));
    let edits = log.edits().iter();
    let kept =
        Kept { cursor: log.cursor(), edits: edits.map(|e| KeptEdit::of(e, &mut on)).collect() };
    serde_json::to_string(&kept).unwrap_or_default()
}

/// The text that edits are read against, one after another.
struct At<'t> {
    /// The document's own, then that of each revision.
    texts: &'t [SourceText],
    now: usize,
    /// The text of the next revision.
    next: usize,
    units: Units<'t>,
}

impl<'t> At<'t> {
    fn new(texts: &'t [SourceText]) -> At<'t> {
        let units = Units::new(texts.first().unwrap_or(&EMPTY));
        At { texts, now: 0, next: 1, units }
    }

    fn turn(&mut self, to: usize) {
        if to != self.now {
            self.units = Units::new(self.texts.get(to).unwrap_or(&EMPTY));
            self.now = to;
        }
    }
}

static EMPTY: SourceText = SourceText::EMPTY;

#[derive(Default, Serialize)]
struct Kept<'a> {
    cursor: usize,
    edits: Vec<KeptEdit<'a>>,
}

/// One edit: what is done, on which annotation or entity, with what. Only what it needs is there.
#[derive(Default, Serialize)]
struct KeptEdit<'a> {
    #[serde(rename = "do")]
    what: Cow<'a, str>,
    /// The id of an annotation or of an entity.
    on: Cow<'a, str>,
    /// A name, another id, a date of publication, a document in Galley JSON.
    to: Option<Cow<'a, str>>,
    /// What the annotation becomes, in the fields of the file and its code points.
    with: AnnotationDto<'a>,
    /// Those of a batch.
    edits: Vec<KeptEdit<'a>>,
}

object!(Kept<'a> { cursor: "cursor", edits: "edits" } needs "cursor", "edits");
object!(KeptEdit<'a> { what: "do", on: "on", to: "to", with: "with", edits: "edits" });

impl<'a> KeptEdit<'a> {
    /// `on` is the text that the edit is done to; a revision leaves it at the new one.
    fn of(edit: &'a Edit, on: &mut (&'a SourceText, Points)) -> KeptEdit<'a> {
        let (text, points) = (on.0, &on.1);
        let mut kept = KeptEdit::default();
        let with = &mut kept.with;
        let (what, id) = match edit {
            Edit::Accept(id) => ("accept", id.0.as_str()),
            Edit::Reject(id) => ("reject", id.0.as_str()),
            Edit::Restore(id) => ("restore", id.0.as_str()),
            Edit::Relabel { id, label, whole_entity } => {
                with.label = Some(label.name().into());
                let what = ["relabel", "relabel_entity"][usize::from(*whole_entity)];
                (what, id.0.as_str())
            }
            Edit::Resize { id, span } => {
                let [start, end] = points.range(*span);
                (with.start, with.end) = (Some(start), Some(end));
                ("resize", id.0.as_str())
            }
            Edit::Add { id, span, body } => {
                *with = points.body(text, *span, body);
                ("add", id.0.as_str())
            }
            Edit::SetDate { id, timex, interval } => {
                with.timex = Some(write::timex(timex));
                with.interval = Some(interval.as_ref().map(write::interval));
                ("date", id.0.as_str())
            }
            Edit::SetSpeaker { id, speaker } => {
                with.speaker = Some(speaker.as_ref().map(|s| points.speaker(s)));
                ("speaker", id.0.as_str())
            }
            Edit::SetQuoteKind { id, kind } => {
                with.label = Some(kind.name().into());
                ("quote", id.0.as_str())
            }
            Edit::SetCue { id, cue } => {
                with.cue = Some(points.ranges(cue));
                ("cue", id.0.as_str())
            }
            Edit::Rename { entity, name } => {
                kept.to = Some(name.into());
                ("rename", entity.0.as_str())
            }
            Edit::Merge { from, into } => {
                kept.to = Some(into.0.as_str().into());
                ("merge", from.0.as_str())
            }
            Edit::Split { id, entity } => {
                kept.to = Some(entity.0.as_str().into());
                ("split", id.0.as_str())
            }
            Edit::Reread(document) => {
                kept.to = galley::write(document, false).ok().map(Into::into);
                ("reread", "")
            }
            Edit::Revise(text) => {
                kept.to = Some(text.as_str().into());
                *on = (text, Points::new(text));
                ("revise", "")
            }
            Edit::SetPublished(stamp) => {
                kept.to = stamp.map(|s| s.to_string().into());
                ("published", "")
            }
            Edit::Batch(edits) => {
                let edits = edits.iter();
                kept.edits = edits.map(|e| KeptEdit::of(e, on)).collect();
                ("batch", "")
            }
        };
        kept.what = what.into();
        kept.on = id.into();
        kept
    }

    /// The texts of the revisions in it, in order.
    fn texts(&self, texts: &mut Vec<SourceText>) {
        if self.what == "revise" {
            let text = self.to.as_deref().unwrap_or_default();
            texts.push(SourceText::new(text).unwrap_or_default());
        }
        self.edits.iter().for_each(|edit| edit.texts(texts));
    }

    /// `None` when it does not fit the text there is then.
    fn back(self, at: &mut At<'_>) -> Option<Edit> {
        let units = &at.units;
        let with = self.with;
        let id = AnnotationId(self.on.into());
        Some(match self.what.as_ref() {
            "accept" => Edit::Accept(id),
            "reject" => Edit::Reject(id),
            "restore" => Edit::Restore(id),
            what @ ("relabel" | "relabel_entity") => Edit::Relabel {
                id,
                label: Label::named(&with.label?)?,
                whole_entity: what != "relabel",
            },
            "resize" => Edit::Resize { id, span: units.span([with.start?, with.end?]).ok()? },
            "add" => {
                let (span, body) = units.reading(with).ok()?;
                Edit::Add { id, span, body }
            }
            "date" => Edit::SetDate {
                id,
                timex: read::timex(with.timex?).ok()?,
                interval: with.interval?.map(read::interval),
            },
            "speaker" => Edit::SetSpeaker {
                id,
                speaker: match with.speaker? {
                    Some(speaker) => Some(units.speaker(speaker).ok()?),
                    None => None,
                },
            },
            "quote" => Edit::SetQuoteKind { id, kind: QuoteKind::parse(&with.label?)? },
            "cue" => Edit::SetCue { id, cue: units.spans(with.cue?).ok()? },
            "rename" => Edit::Rename { entity: EntityId(id.0), name: self.to?.into() },
            "merge" => Edit::Merge { from: EntityId(id.0), into: EntityId(self.to?.into()) },
            "split" => Edit::Split { id, entity: EntityId(self.to?.into()) },
            "reread" => {
                let document = galley::read(&self.to?).ok()?;
                (Some(&document.text) == at.texts.get(at.now)).then_some(())?;
                Edit::Reread(Box::new(document))
            }
            "revise" => {
                let text = at.texts.get(at.next)?.clone();
                at.turn(at.next);
                at.next += 1;
                Edit::Revise(text)
            }
            "published" => Edit::SetPublished(match self.to {
                Some(stamp) => Some(Stamp::parse(&stamp)?),
                None => None,
            }),
            "batch" => {
                let edits = self.edits.into_iter();
                Edit::Batch(edits.map(|e| e.back(at)).collect::<Option<_>>()?)
            }
            _ => return None,
        })
    }
}
