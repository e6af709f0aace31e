//! The edits of a document as JSON, so that they can be kept beside the document they began with.
//!
//! Owns how edits are spelled: annotations as in Galley JSON, with code points of the text as it was then.
//! Must not know where they are kept. Checks every edit against the text it was done to.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::galley_json::{
    self, AnnotationJson, JsonReader, JsonWriter, interval_from_json, interval_to_json,
    timex_from_json, timex_to_json,
};
use galley_engine::Document;
use galley_engine::calendar::Stamp;
use galley_engine::document::{AnnotationId, EntityId, Label, QuoteKind, Suggestion};
use galley_engine::edits::{Edit, EditLog};
use galley_engine::text::{OffsetMap, SourceText};

#[derive(Default, Serialize, Deserialize)]
struct LogJson<'a> {
    /// How many of the edits before stay; those of this part follow them.
    #[serde(default, skip_serializing_if = "is_zero")]
    keep: usize,
    cursor: usize,
    edits: Vec<EditJson<'a>>,
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// One edit: what is done, on which annotation or entity, with what. Fields that it does not need are null
/// or empty.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct EditJson<'a> {
    #[serde(rename = "do")]
    action: Cow<'a, str>,
    /// The id of an annotation or of an entity.
    on: Cow<'a, str>,
    /// A name, another id, a date of publication, a text or a document in Galley JSON.
    to: Option<Cow<'a, str>>,
    /// What the annotation becomes, in the fields of Galley JSON.
    with: AnnotationJson<'a>,
    /// Those of a batch.
    edits: Vec<EditJson<'a>>,
}

/// The edits of a log with its cursor, as JSON.
pub fn write_edits(log: &EditLog) -> String {
    write_edits_after(log, 0)
}

/// The edits of a log after the first `keep`, with its cursor, as JSON: a part that [`read_edit_parts`] puts
/// behind what was written before.
pub fn write_edits_after(log: &EditLog, keep: usize) -> String {
    let keep = keep.min(log.edits().len());
    let (before, after) = log.edits().split_at(keep);
    let text = before.iter().rev().find_map(last_text).unwrap_or(&log.base().text);
    let mut writer = JsonWriter::new(text);
    let edits = after.iter().map(|edit| EditJson::of(edit, &mut writer)).collect();
    serde_json::to_string(&LogJson { keep, cursor: log.cursor(), edits }).unwrap_or_default()
}

/// The text that an edit leaves; `None`: the one that was there.
fn last_text(edit: &Edit) -> Option<&SourceText> {
    match edit {
        Edit::Revise(text) => Some(text),
        Edit::Batch(edits) => edits.iter().rev().find_map(last_text),
        _ => None,
    }
}

/// The log of a document and the edits that were kept of it, and how many of them no longer apply: these are
/// left out.
pub fn read_edits(base: Document, json: &str) -> (EditLog, usize) {
    read_edit_parts(base, &[json])
}

/// The log of a document and its edits that were kept in parts ([`write_edits_after`]), in their order, and how
/// many edits no longer apply. A part that is damaged, or that goes on from edits that are not there, is left
/// out and counts as one; so do those after it, as they build on it.
pub fn read_edit_parts(base: Document, parts: &[&str]) -> (EditLog, usize) {
    let mut kept = LogJson::default();
    let mut damaged = 0;
    for json in parts.iter().filter(|json| !json.is_empty()) {
        match serde_json::from_str::<LogJson<'_>>(json) {
            Ok(part) if damaged == 0 && part.keep <= kept.edits.len() => {
                kept.edits.truncate(part.keep);
                kept.edits.extend(part.edits);
                kept.cursor = part.cursor;
            }
            _ => damaged += 1,
        }
    }
    let kept_count = kept.edits.len();
    let mut edits = Vec::with_capacity(kept_count);
    let mut cursor = kept.cursor.min(kept_count);
    let mut texts = vec![base.text.clone()];
    kept.edits.iter().for_each(|edit| edit.collect_texts(&mut texts));
    let mut text = CurrentText::new(&texts);
    for (i, edit) in kept.edits.into_iter().enumerate() {
        let (index, mut own_texts) = (text.index, Vec::new());
        edit.collect_texts(&mut own_texts);
        let next = text.next + own_texts.len();
        match edit.into_edit(&mut text) {
            Some(edit) => edits.push(edit),
            None => {
                text.move_to(index);
                cursor -= usize::from(i < kept.cursor);
            }
        }
        text.next = next;
    }
    let unread = kept_count - edits.len();
    let (log, lost) = EditLog::replay(base, edits, cursor);
    (log, lost + unread + damaged)
}

/// The text that edits are read against, one after another.
struct CurrentText<'t> {
    /// The document's own, then that of each revision.
    texts: &'t [SourceText],
    index: usize,
    /// The text of the next revision.
    next: usize,
    offsets: OffsetMap,
}

static EMPTY: SourceText = SourceText::EMPTY;

impl<'t> CurrentText<'t> {
    fn new(texts: &'t [SourceText]) -> CurrentText<'t> {
        let offsets = OffsetMap::new(texts.first().unwrap_or(&EMPTY));
        CurrentText { texts, index: 0, next: 1, offsets }
    }

    fn text(&self) -> &'t SourceText {
        self.texts.get(self.index).unwrap_or(&EMPTY)
    }

    fn reader(&self) -> JsonReader<'_> {
        JsonReader::new(self.text(), &self.offsets)
    }

    fn move_to(&mut self, index: usize) {
        if index != self.index {
            self.index = index;
            self.offsets = OffsetMap::new(self.text());
        }
    }
}

impl<'a> EditJson<'a> {
    /// `writer` is for the text that the edit is done to; a revision leaves it at the new one.
    fn of(edit: &'a Edit, writer: &mut JsonWriter<'a>) -> EditJson<'a> {
        let mut json = EditJson::default();
        let with = &mut json.with;
        let (action, id) = match edit {
            Edit::Accept(id) => ("accept", id.0.as_str()),
            Edit::Reject(id) => ("reject", id.0.as_str()),
            Edit::Restore(id) => ("restore", id.0.as_str()),
            Edit::Relabel { id, label, whole_entity } => {
                with.label = Some(label.name().into());
                let action = if *whole_entity { "relabel_entity" } else { "relabel" };
                (action, id.0.as_str())
            }
            Edit::Resize { id, span } => {
                let [start, end] = writer.range(*span);
                (with.start, with.end) = (Some(start), Some(end));
                ("resize", id.0.as_str())
            }
            Edit::Add { id, span, body } => {
                *with = writer.body(*span, body);
                ("add", id.0.as_str())
            }
            Edit::Answer { id, suggestion, taken } => {
                let [start, end] = writer.range(suggestion.span);
                (with.start, with.end) = (Some(start), Some(end));
                with.label = Some(suggestion.label.name().into());
                with.confidence = Some(galley_json::decimal(suggestion.confidence));
                with.reason = Some(suggestion.reason.as_str().into());
                (if *taken { "take" } else { "refuse" }, id.0.as_str())
            }
            Edit::SetDate { id, timex, interval } => {
                with.timex = Some(timex_to_json(timex));
                with.interval = Some(interval.as_ref().map(interval_to_json));
                ("date", id.0.as_str())
            }
            Edit::SetSpeaker { id, speaker } => {
                with.speaker = Some(speaker.as_ref().map(|s| writer.speaker(s)));
                ("speaker", id.0.as_str())
            }
            Edit::SetQuoteKind { id, kind } => {
                with.label = Some(kind.name().into());
                ("quote", id.0.as_str())
            }
            Edit::SetCue { id, cue } => {
                with.cue = Some(writer.ranges(cue));
                ("cue", id.0.as_str())
            }
            Edit::Rename { entity, name } => {
                json.to = Some(name.into());
                ("rename", entity.0.as_str())
            }
            Edit::Merge { from, into } => {
                json.to = Some(into.0.as_str().into());
                ("merge", from.0.as_str())
            }
            Edit::Split { id, entity } => {
                json.to = Some(entity.0.as_str().into());
                ("split", id.0.as_str())
            }
            Edit::Reread(document) => {
                json.to = galley_json::write(document, false).ok().map(Into::into);
                ("reread", "")
            }
            Edit::Revise(text) => {
                json.to = Some(text.as_str().into());
                *writer = JsonWriter::new(text);
                ("revise", "")
            }
            Edit::SetPublished(stamp) => {
                json.to = stamp.map(|s| s.to_string().into());
                ("published", "")
            }
            Edit::SetTitle(title) => {
                json.to = title.as_deref().map(Into::into);
                ("title", "")
            }
            Edit::Batch(edits) => {
                let edits = edits.iter();
                json.edits = edits.map(|e| EditJson::of(e, writer)).collect();
                ("batch", "")
            }
        };
        json.action = action.into();
        json.on = id.into();
        json
    }

    /// The texts of the revisions in it, in order.
    fn collect_texts(&self, texts: &mut Vec<SourceText>) {
        if self.action == "revise" {
            let text = self.to.as_deref().unwrap_or_default();
            texts.push(SourceText::new(text).unwrap_or_default());
        }
        self.edits.iter().for_each(|edit| edit.collect_texts(texts));
    }

    /// `None` when it does not fit the text there is then.
    fn into_edit(self, current: &mut CurrentText<'_>) -> Option<Edit> {
        let reader = current.reader();
        let with = self.with;
        let id = AnnotationId(self.on.into());
        Some(match self.action.as_ref() {
            "accept" => Edit::Accept(id),
            "reject" => Edit::Reject(id),
            "restore" => Edit::Restore(id),
            action @ ("relabel" | "relabel_entity") => Edit::Relabel {
                id,
                label: Label::named(&with.label?)?,
                whole_entity: action != "relabel",
            },
            "resize" => Edit::Resize { id, span: reader.span([with.start?, with.end?]).ok()? },
            "add" => {
                let (span, body) = reader.span_and_body(with).ok()?;
                Edit::Add { id, span, body }
            }
            action @ ("take" | "refuse") => Edit::Answer {
                id,
                suggestion: Suggestion {
                    span: reader.span([with.start?, with.end?]).ok()?,
                    label: Label::named(&with.label?)?,
                    confidence: galley_json::parse_confidence(with.confidence?).ok()?,
                    reason: with.reason?.into(),
                },
                taken: action == "take",
            },
            "date" => Edit::SetDate {
                id,
                timex: timex_from_json(with.timex?).ok()?,
                interval: with.interval?.map(interval_from_json),
            },
            "speaker" => Edit::SetSpeaker {
                id,
                speaker: match with.speaker? {
                    Some(speaker) => Some(reader.speaker(speaker).ok()?),
                    None => None,
                },
            },
            "quote" => Edit::SetQuoteKind { id, kind: QuoteKind::parse(&with.label?)? },
            "cue" => Edit::SetCue { id, cue: reader.spans(with.cue?).ok()? },
            "rename" => Edit::Rename { entity: EntityId(id.0), name: self.to?.into() },
            "merge" => Edit::Merge { from: EntityId(id.0), into: EntityId(self.to?.into()) },
            "split" => Edit::Split { id, entity: EntityId(self.to?.into()) },
            "reread" => {
                let document = galley_json::read(&self.to?).ok()?;
                (document.text == *current.text()).then_some(())?;
                Edit::Reread(Box::new(document))
            }
            "revise" => {
                let text = current.texts.get(current.next)?.clone();
                current.move_to(current.next);
                current.next += 1;
                Edit::Revise(text)
            }
            "published" => Edit::SetPublished(match self.to {
                Some(stamp) => Some(Stamp::parse(&stamp)?),
                None => None,
            }),
            "title" => Edit::SetTitle(self.to.map(Into::into)),
            "batch" => {
                let edits = self.edits.into_iter();
                Edit::Batch(edits.map(|e| e.into_edit(current)).collect::<Option<_>>()?)
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = r#"{"format":"galley","version":1,"document":{"text":"Ann Ray said on Monday: “é no.”"},
        "annotations":[
         {"id":"a1","kind":"entity","label":"PERSON","start":0,"end":7,"text":"Ann Ray","entity":"e1","confidence":1,"status":"machine"},
         {"id":"a2","kind":"date","start":16,"end":22,"text":"Monday","timex":{"type":"DATE","value":"2021-07-19"},"confidence":1,"status":"machine"},
         {"id":"a3","kind":"quote","label":"direct","start":24,"end":31,"text":"“é no.”","parts":[[25,30]],"confidence":1,"status":"machine"}],
        "entities":[{"id":"e1","label":"PERSON","name":"Ann Ray","mentions":["a1"]}]}"#;

    const ACCEPT: &str = r#"{"do":"accept","on":"a1","to":null,"with":{},"edits":[]}"#;
    const REJECT: &str = r#"{"do":"reject","on":"a1","to":null,"with":{},"edits":[]}"#;
    const SPEAKER: &str = r#"{"do":"speaker","on":"a3","to":null,"with":{"speaker":{"mention":[[0,7]],"entity":"e1","name":"Ann Ray","confidence":0.5}},"edits":[]}"#;
    const REVISE: &str = r#"{"do":"revise","on":"","to":"Ann Ray said on Monday: “é no, no.”","with":{},"edits":[]}"#;

    /// As the browsers of readers have it: what is kept there must open for good.
    const KEPT: [&[&str]; 18] = [
        &[
            r#"{"do":"take","on":"a9","to":null,"with":{"label":"Weekday","start":16,"end":22,"confidence":0.7,"reason":"suggested: like Sunday"},"edits":[]}"#,
            r#"{"do":"refuse","on":"a8","to":null,"with":{"label":"Weekday","start":0,"end":7,"confidence":0.5,"reason":"suggested: like Sunday"},"edits":[]}"#,
        ],
        &[ACCEPT],
        &[REJECT],
        &[REJECT, r#"{"do":"restore","on":"a1","to":null,"with":{},"edits":[]}"#],
        &[r#"{"do":"relabel","on":"a1","to":null,"with":{"label":"ORG"},"edits":[]}"#],
        &[
            r#"{"do":"relabel_entity","on":"a1","to":null,"with":{"label":"Port of call"},"edits":[]}"#,
        ],
        &[r#"{"do":"resize","on":"a2","to":null,"with":{"start":13,"end":22},"edits":[]}"#],
        &[
            r#"{"do":"add","on":"b1","to":null,"with":{"kind":"entity","label":"PERSON","start":27,"end":29,"text":"no","entity":null},"edits":[]}"#,
        ],
        &[
            r#"{"do":"date","on":"a2","to":null,"with":{"timex":{"type":"DATE","value":"2021-07-12","mod":"APPROX","anchor":"published"},"interval":null},"edits":[]}"#,
        ],
        &[SPEAKER],
        &[SPEAKER, r#"{"do":"speaker","on":"a3","to":null,"with":{"speaker":null},"edits":[]}"#],
        &[r#"{"do":"quote","on":"a3","to":null,"with":{"label":"mixed"},"edits":[]}"#],
        &[r#"{"do":"cue","on":"a3","to":null,"with":{"cue":[[8,12]]},"edits":[]}"#],
        &[r#"{"do":"rename","on":"e1","to":"Dr Ray","with":{},"edits":[]}"#],
        &[
            r#"{"do":"add","on":"b1","to":null,"with":{"kind":"entity","label":"PERSON","start":27,"end":29,"text":"no","entity":"e1"},"edits":[]}"#,
            r#"{"do":"split","on":"b1","to":"e2","with":{},"edits":[]}"#,
            r#"{"do":"merge","on":"e2","to":"e1","with":{},"edits":[]}"#,
        ],
        &[r#"{"do":"published","on":"","to":"2021-07-23T19:27:00","with":{},"edits":[]}"#],
        &[
            r#"{"do":"batch","on":"","to":null,"with":{},"edits":[{"do":"accept","on":"a1","to":null,"with":{},"edits":[]}]}"#,
        ],
        &[REVISE],
    ];

    fn base() -> Document {
        galley_json::read(BASE).unwrap()
    }

    #[test]
    fn every_kind_of_edit_is_read_and_written_as_it_was() {
        for edits in KEPT {
            let json = format!(r#"{{"cursor":{},"edits":[{}]}}"#, edits.len(), edits.join(","));
            let (log, lost) = read_edits(base(), &json);
            assert_eq!((lost, log.edits().len()), (0, edits.len()), "{edits:?}");
            assert_eq!(write_edits(&log), json);
        }
        let mut reread = base();
        reread.annotations.remove(1);
        let reread = serde_json::to_string(&galley_json::write(&reread, false).unwrap()).unwrap();
        let json = format!(
            r#"{{"cursor":1,"edits":[{{"do":"reread","on":"","to":{reread},"with":{{}},"edits":[]}}]}}"#
        );
        let (log, lost) = read_edits(base(), &json);
        assert_eq!((lost, write_edits(&log)), (0, json));
    }

    #[test]
    fn parts_come_to_the_same_as_the_whole() {
        let mut log = EditLog::new(base());
        let mut parts = vec![write_edits(&log)];
        let _ = log.take_unchanged();
        let accept = |id: &str| Edit::Accept(AnnotationId(id.to_owned()));
        let revised = SourceText::new("Oh, Ann Ray said on Monday: “é no.”").unwrap();
        let steps: [&dyn Fn(&mut EditLog); 8] = [
            &|log| log.apply(accept("a1")).unwrap(),
            &|log| assert!(log.undo()),
            &|log| assert!(log.redo()),
            &|log| {
                log.apply(Edit::Batch(vec![accept("a2"), Edit::Revise(revised.clone())])).unwrap()
            },
            &|log| log.apply(Edit::Reject(AnnotationId("a3".to_owned()))).unwrap(),
            &|log| assert!(log.undo() && log.undo()),
            &|log| log.apply(accept("a3")).unwrap(),
            &|log| log.apply(Edit::Reject(AnnotationId("a2".to_owned()))).unwrap(),
        ];
        for step in steps {
            step(&mut log);
            let keep = log.take_unchanged();
            parts.push(write_edits_after(&log, keep));
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            let (back, lost) = read_edit_parts(base(), &parts);
            assert_eq!((lost, back.cursor()), (0, log.cursor()));
            assert_eq!(back.edits(), log.edits());
            assert_eq!(back.current(), log.current());
        }
        // The third part is lost: what was done before it opens.
        let mut torn: Vec<&str> = parts.iter().map(String::as_str).collect();
        torn[2] = "{";
        let (back, lost) = read_edit_parts(base(), &torn);
        assert_eq!((back.edits().len(), back.cursor(), lost), (1, 1, 7));
    }

    #[test]
    fn what_does_not_fit_is_left_out_and_counted() {
        let far = r#"{"do":"resize","on":"a2","with":{"start":13,"end":220}}"#;
        let unknown = r#"{"do":"dance","on":"a2"}"#;
        let json = format!(r#"{{"cursor":4,"edits":[{far},{ACCEPT},{unknown},{REVISE}]}}"#);
        let (log, lost) = read_edits(base(), &json);
        assert_eq!((lost, log.cursor(), log.edits().len()), (2, 2, 2));
        for damaged in ["{", r#"{"edits":[]}"#, "[1]"] {
            assert_eq!(read_edits(base(), damaged).1, 1, "{damaged}");
        }
        assert_eq!(read_edits(base(), "").1, 0);
    }
}
