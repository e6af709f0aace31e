//! Another version of the text under the same annotations.
//!
//! Every span is carried to where its words now stand ([`crate::revision`]). What stands nowhere
//! any more goes, with all that hung on it; what was changed a little stays, and is told.

use std::collections::{HashMap, HashSet};

use super::EditError;
use super::quotes;
use super::reread::{body_class, clear_dangling_references};
use crate::document::{
    Annotation, AnnotationId, Body, Document, Entity, EntityId, MachineReading, PagePart,
    QuoteBody, Status,
};
use crate::revision::{Alignment, Carried};
use crate::text::{SourceText, Span, one_line};

/// A document with another text, and what became of its annotations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// With the new text.
    pub document: Document,
    /// How many stand with their words where they were.
    pub same: usize,
    /// The others that are still there: their words elsewhere, or other words in their place; with
    /// the words that they had.
    pub changed: Vec<(AnnotationId, String)>,
    /// Those that are gone, as they were in the old text; without those that a person had rejected.
    pub lost: Vec<Annotation>,
}

/// Puts `text` in the place of the document's own. What a person decided stays decided; the
/// machine's dates and speakers are as they were read in the old text. O(n log n).
///
/// # Errors
/// [`EditError::Unsound`] when the document given breaks an invariant.
pub fn revise(document: &Document, text: &SourceText) -> Result<Revision, EditError> {
    let mut out = Revision {
        document: Document {
            text: text.clone(),
            annotations: Vec::with_capacity(document.annotations.len()),
            ..document.clone()
        },
        same: 0,
        changed: Vec::new(),
        lost: Vec::new(),
    };
    if document.text == *text {
        out.document = document.clone();
        out.same = document.annotations.len();
        return Ok(out);
    }
    let carrier = SpanCarrier { alignment: Alignment::new(&document.text, text), text };
    // Two annotations of one kind do not come to stand on the same words, unless they did before.
    let all = document.annotations.iter();
    let carried = all.map(|a| (body_class(&a.body), carrier.alignment.carry(a.span)));
    let carried: Vec<(u8, Carried)> = carried.collect();
    let places: Vec<_> = carried.iter().map(|(k, c)| (*k, c.span())).collect();
    let mut taken = HashSet::with_capacity(places.len());
    for ((a, (_, carried)), place) in document.annotations.iter().zip(carried).zip(places) {
        let same = matches!(carried, Carried::Same(_));
        let is_first = taken.insert(place);
        let Some(span) = carried.span().filter(|_| same || is_first) else {
            record_loss(&mut out, a);
            continue;
        };
        if same {
            out.same += 1;
        } else {
            let words = document.text.slice(a.span).to_owned();
            out.changed.push((a.id.clone(), words));
        }
        out.document.annotations.push(carrier.annotation(a, span));
    }
    let parts = document.parts.iter().filter_map(|part| match carrier.alignment.carry(part.span) {
        Carried::Same(span) => Some(PagePart { span, ..*part }),
        _ => None,
    });
    out.document.set_parts(parts);
    out.document.sort_annotations();
    respell_names(document, &mut out);
    relist_mentions(document, &mut out.document);
    clear_dangling_references(&mut out.document);
    match out.document.check() {
        Ok(()) => Ok(out),
        Err(_) => Err(EditError::Unsound),
    }
}

fn record_loss(out: &mut Revision, a: &Annotation) {
    if a.status != Status::Rejected {
        out.lost.push(a.clone());
    }
}

struct SpanCarrier<'t> {
    alignment: Alignment<'t>,
    text: &'t SourceText,
}

impl SpanCarrier<'_> {
    fn annotation(&self, a: &Annotation, span: Span) -> Annotation {
        let machine = a.machine.as_deref().and_then(|m| {
            let span = self.alignment.carry(m.span).span()?;
            Some(Box::new(MachineReading {
                span,
                body: self.body(&m.body, span),
                confidence: m.confidence,
            }))
        });
        Annotation { span, body: self.body(&a.body, span), machine, ..a.clone() }
    }

    fn body(&self, body: &Body, hull: Span) -> Body {
        let Body::Quote(q) = body else {
            return body.clone();
        };
        let spans = |old: &[Span]| -> Vec<Span> {
            let carried = old.iter().map(|&s| self.alignment.carry(s));
            carried.filter_map(Carried::span).collect()
        };
        let mut parts: Vec<Span> = Vec::new();
        for part in spans(&q.parts) {
            let after = parts.last().is_none_or(|last| last.end() <= part.start());
            if after && hull.contains(part) {
                parts.push(part);
            }
        }
        // A quote without parts is one of a file: it stays so.
        if parts.is_empty() && !q.parts.is_empty() {
            parts.push(quotes::quoted_words(self.text, hull, q.kind));
        }
        let mut speaker = q.speaker.clone();
        if let Some(speaker) = &mut speaker {
            speaker.mention = spans(&speaker.mention);
        }
        Body::Quote(QuoteBody { parts, cue: spans(&q.cue), speaker, ..q.clone() })
    }
}

/// A name that was spelled in a mention whose spelling changed is spelled so now, when no mention
/// has the old spelling any more.
fn respell_names(old: &Document, out: &mut Revision) {
    if out.changed.is_empty() {
        return;
    }
    let new = &mut out.document;
    let changed: HashMap<&AnnotationId, &String> =
        out.changed.iter().map(|(id, words)| (id, words)).collect();
    // By entity and old spelling, how it is spelled now: the old spelling itself where a mention
    // still has it, else that of the first mention.
    let mut spellings: HashMap<(EntityId, String), String> = HashMap::new();
    for a in new.annotations.iter().filter(|a| a.status != Status::Rejected) {
        let Some(entity) = a.entity() else { continue };
        let now = one_line(new.text.slice(a.span));
        let before = changed.get(&a.id).map_or_else(|| now.clone(), |words| one_line(words));
        let unchanged = now == before;
        let spelling = spellings.entry((entity.clone(), before)).or_insert_with(|| now.clone());
        if unchanged {
            *spelling = now;
        }
    }
    for entity in &mut new.entities {
        let mut known = Vec::new();
        let mut respell = |name: &mut String| {
            if let Some(now) = spellings.get(&(entity.id.clone(), name.clone())) {
                name.clone_from(now);
            }
            let is_new = !known.contains(name);
            known.push(name.clone());
            is_new
        };
        respell(&mut entity.name);
        entity.aliases.retain_mut(respell);
    }
    let (names, before) = (names_by_id(&new.entities), names_by_id(&old.entities));
    for a in &mut new.annotations {
        if let Body::Quote(q) = &mut a.body
            && let Some(s) = &mut q.speaker
            && let Some(id) = &s.entity
            && s.name.as_ref() == before.get(id).copied()
            && let Some(&name) = names.get(id)
        {
            s.name = Some(name.clone());
        }
    }
}

fn names_by_id(entities: &[Entity]) -> HashMap<&EntityId, &String> {
    entities.iter().map(|e| (&e.id, &e.name)).collect()
}

/// Entities list the mentions that are left, in the order of the new text, and go with their last.
fn relist_mentions(old: &Document, new: &mut Document) {
    let listed: HashSet<&AnnotationId> = old.entities.iter().flat_map(|e| &e.mentions).collect();
    let mut left: HashMap<EntityId, Vec<AnnotationId>> = HashMap::new();
    for a in new.annotations.iter().filter(|a| listed.contains(&a.id)) {
        if let Some(entity) = a.entity() {
            left.entry(entity.clone()).or_default().push(a.id.clone());
        }
    }
    new.entities.retain_mut(|e| {
        let had_mentions = !e.mentions.is_empty();
        e.mentions = left.remove(&e.id).unwrap_or_default();
        !had_mentions || !e.mentions.is_empty()
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edits::tests::{TEXT, after, aid, article, entities, speaker, words};
    use crate::edits::{Edit, EditLog};

    fn to(text: &str) -> Edit {
        Edit::Revise(SourceText::new(text).unwrap())
    }

    fn revised(text: &str) -> Revision {
        revise(&article(), &SourceText::new(text).unwrap()).unwrap()
    }

    #[test]
    fn an_unchanged_text_keeps_everything() {
        let revision = revised(TEXT);
        assert_eq!(revision.document, article());
        assert_eq!((revision.same, revision.lost.len()), (10, 0));
    }

    #[test]
    fn a_typo_is_fixed_and_its_name_follows() {
        let base = article();
        let typo = TEXT.replace("Ann Ray", "Ane Ray");
        let wrong = after(&base, to(&typo));
        assert_eq!(words(&wrong, "a1"), "Ane Ray");
        assert_eq!(entities(&wrong)[0], "e1 PERSON Ane Ray [Ray] a1 a5 a9");
        assert_eq!(speaker(&wrong), Some((Some("e1"), Some("Ane Ray"))));
        assert_eq!(after(&wrong, to(TEXT)), base);
        let revision = revised(&typo);
        assert_eq!(revision.changed, [(aid("a1"), "Ann Ray".to_owned())]);
        assert_eq!((revision.same, revision.lost.len()), (9, 0));
    }

    #[test]
    fn what_is_gone_is_told_with_all_that_hung_on_it() {
        let shorter = TEXT.replace("“We will open soon,” Ray said on Friday. ", "");
        let shorter = shorter.replace("Ann Ray met", "They met").replace("Ray left", "she left");
        let revision = revised(&shorter);
        let lost: Vec<_> = revision.lost.iter().map(|a| a.id.0.as_str()).collect();
        assert_eq!(lost, ["a1", "a4", "a5", "a6", "a9"]);
        assert_eq!(
            entities(&revision.document),
            ["e2 PERSON May Lee [May] a2 a7", "e3 GPE Paris [] a3 a8"]
        );
        let kept = revised(&TEXT.replace("Ann Ray met", "They met"));
        assert_eq!(entities(&kept.document)[0], "e1 PERSON Ann Ray [Ray] a5 a9");
    }

    #[test]
    fn the_quotes_own_stretches_follow() {
        let base = article();
        let longer =
            after(&base, to(&TEXT.replace("We will open soon", "We will not open very soon")));
        let Body::Quote(q) = &longer.annotation(&aid("a4")).unwrap().body else {
            panic!("a quote");
        };
        assert_eq!(longer.text.slice(q.parts[0]), "We will not open very soon");
        assert_eq!(words(&longer, "a4"), "“We will not open very soon,”");
        assert_eq!(longer.text.slice(q.cue[0]), "said");
    }

    #[test]
    fn decisions_and_tombstones_are_carried_and_undone_in_one_step() {
        let mut log = EditLog::new(article());
        log.apply(Edit::Reject(aid("a3"))).unwrap();
        log.apply(Edit::Accept(aid("a6"))).unwrap();
        let before = log.current().clone();
        let text = format!("An update.\n\n{TEXT}");
        let mut read = article();
        read.text = SourceText::new("Other").unwrap();
        // A revision with a reading of another text is not done at all.
        let odd = Edit::Batch(vec![to(&text), Edit::Reread(Box::new(read))]);
        log.apply(odd).unwrap_err();
        assert_eq!(log.current(), &before);
        let reread = revise(&article(), &SourceText::new(&text).unwrap()).unwrap();
        let both = vec![to(&text), Edit::Reread(Box::new(reread.document))];
        log.apply(Edit::Batch(both)).unwrap();
        let now = log.current();
        assert_eq!(now.text.as_str(), text);
        let status = |id: &str| now.annotation(&aid(id)).unwrap().status;
        assert_eq!((status("a3"), status("a6")), (Status::Rejected, Status::Accepted));
        assert!(log.undo());
        assert_eq!(log.current(), &before);
    }
}
