//! "Apply to all": the other occurrences of the same words, and the edits that apply to them.

use galley_engine::document::{
    Annotation, AnnotationId, Body, DateBody, Document, EntityBody, EntityId, Status,
};
use galley_engine::edits::{Edit, boundaries};
use galley_engine::text::Span;

use super::words;

/// The occurrences, for a person to tick before anything is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrences {
    /// First those with the same upper and lower case, then the others, each in text order.
    pub hits: Vec<Occurrence>,
}

/// One occurrence of the same words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// Where.
    pub span: Span,
    /// The name or date that covers exactly these words now; a rejected one too.
    pub on: Option<AnnotationId>,
    /// What is there now, in words.
    pub now: String,
    /// It is to be done here.
    pub ticked: bool,
}

impl Occurrences {
    /// The occurrences for an annotation. Not ticked: those in other upper and lower case, words inside a
    /// longer name, and what a person has decided otherwise. `None` for quotes. Linear in the text.
    pub fn of(document: &Document, id: &AnnotationId) -> Option<Occurrences> {
        let source = document.annotation(id)?;
        if matches!(source.body, Body::Quote(_)) {
            return None;
        }
        let words = document.text.slice(source.span);
        let hits = boundaries::same_words(document, id).into_iter();
        let hits = hits.map(|span| {
            let (on, now, free) = current_state(document, source, span);
            let same = document.text.slice(span) == words;
            Occurrence {
                span,
                on: on.map(|a| a.id.clone()),
                now: match same {
                    true => now,
                    false => format!("different upper or lower case, {now}"),
                },
                ticked: same && free,
            }
        });
        Some(Occurrences { hits: hits.collect() })
    }

    /// How many are ticked.
    pub fn ticked(&self) -> usize {
        self.hits.iter().filter(|h| h.ticked).count()
    }

    /// Makes every ticked place what the annotation is, as one edit; the annotation itself is
    /// accepted. `fresh`: ids for new annotations, as many as there are ticks.
    pub fn apply(&self, document: &Document, id: &AnnotationId, fresh: Vec<AnnotationId>) -> Edit {
        let mut edits = vec![Edit::Accept(id.clone())];
        let Some(source) = document.annotation(id) else {
            return Edit::Batch(Vec::new());
        };
        let mut fresh = fresh.into_iter();
        for hit in self.hits.iter().filter(|h| h.ticked) {
            match hit.on.as_ref().and_then(|on| document.annotation(on)) {
                Some(there) => edits.extend(edits_to_match(source, there)),
                None => edits.extend(fresh.next().map(|id| Edit::Add {
                    id,
                    span: hit.span,
                    body: body_for_copy(source),
                })),
            }
        }
        Edit::Batch(edits)
    }

    /// Rejects the annotation and what stands at the ticked places, as one edit.
    pub fn reject(&self, id: &AnnotationId) -> Edit {
        let there = self.hits.iter().filter(|h| h.ticked);
        let there = there.filter_map(|h| h.on.clone());
        let all = std::iter::once(id.clone()).chain(there);
        Edit::Batch(all.map(Edit::Reject).collect())
    }
}

/// What a new annotation is that is to be like this one.
fn body_for_copy(source: &Annotation) -> Body {
    match &source.body {
        Body::Date(d) => Body::Date(DateBody { alternatives: Vec::new(), ..d.clone() }),
        other => other.clone(),
    }
}

/// The edits that make `there` what `source` is.
fn edits_to_match(source: &Annotation, there: &Annotation) -> Vec<Edit> {
    let id = there.id.clone();
    if same_reading(source, there) {
        return vec![Edit::Accept(id)];
    }
    match &source.body {
        Body::Entity(EntityBody { label, entity }) => {
            let relabel = Edit::Relabel { id: id.clone(), label: *label, whole_entity: false };
            let join = |entity: &EntityId| Edit::Split { id: id.clone(), entity: entity.clone() };
            let mut edits = vec![relabel];
            edits.extend(entity.as_ref().map(join));
            edits.push(Edit::Accept(id));
            edits
        }
        Body::Date(d) => vec![
            Edit::SetDate { id: id.clone(), timex: d.timex.clone(), interval: d.interval.clone() },
            Edit::Accept(id),
        ],
        Body::Quote(_) => Vec::new(),
    }
}

/// Do they say the same of their words?
fn same_reading(a: &Annotation, b: &Annotation) -> bool {
    match (&a.body, &b.body) {
        (Body::Entity(a), Body::Entity(b)) => a == b,
        (Body::Date(a), Body::Date(b)) => a.timex == b.timex && a.interval == b.interval,
        _ => false,
    }
}

/// The name or date on exactly these words, what there is in words, and whether nothing speaks
/// against a change.
fn current_state<'d>(
    document: &'d Document,
    source: &Annotation,
    span: Span,
) -> (Option<&'d Annotation>, String, bool) {
    let all = &document.annotations;
    let end = all.partition_point(|a| a.span.start() < span.end());
    let near = all.get(end.saturating_sub(MAX_NEARBY_ANNOTATIONS)..end).unwrap_or(&[]);
    let mut near = near.iter().rev();
    let found =
        near.find(|a| a.kind() != galley_engine::document::Kind::Quote && a.span.overlaps(span));
    let Some(a) = found else {
        return (None, "not marked".to_owned(), true);
    };
    let inside = a.span != span;
    let decided = a.status != Status::Machine;
    let now = match (inside, a.status) {
        (true, Status::Rejected) => return (None, "not marked".to_owned(), true),
        (true, _) => format!("inside {}", words::quoted(document.text.slice(a.span), 40)),
        (false, Status::Rejected) => "rejected".to_owned(),
        (false, _) if same_reading(source, a) => match decided {
            true => "already the same, checked".to_owned(),
            false => "already the same".to_owned(),
        },
        (false, _) => format!("{} now", words::label_title(a)),
    };
    let free = !inside && (!decided || same_reading(source, a));
    ((!inside).then_some(a), now, free)
}

/// Annotations before the end of an occurrence that are looked at; one word never has more over it.
const MAX_NEARBY_ANNOTATIONS: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::unannotated_document;
    use galley_engine::document::{Confidence, Entity, Label};
    use galley_engine::edits::EditLog;

    const TEXT: &str = "May came. may be. May left. May Day was fun. May sat, May ran.";

    fn add_entity(log: &mut EditLog, start: usize, words: &str, label: Label) -> AnnotationId {
        let id = log.fresh_id();
        let span = Span::new(start, start + words.len());
        let body = Body::Entity(EntityBody { label, entity: None });
        let edit = Edit::Add { id: id.clone(), span, body };
        log.apply(edit).unwrap();
        id
    }

    fn offsets_of(words: &str) -> Vec<usize> {
        TEXT.match_indices(words).map(|(i, _)| i).collect()
    }

    /// May marked as a person at the start, as an organisation and a whole holiday further on.
    fn log_with_names() -> (EditLog, AnnotationId) {
        let mut log = EditLog::new(unannotated_document(TEXT));
        let may = offsets_of("May");
        let first = add_entity(&mut log, may[0], "May", Label::Person);
        add_entity(&mut log, may[2], "May Day", Label::Event);
        let other = add_entity(&mut log, may[3], "May", Label::Org);
        log.apply(Edit::Reject(other)).unwrap();
        let org = add_entity(&mut log, may[4], "May", Label::Org);
        // As if the machine had found them.
        let mut base = log.current().clone();
        for a in &mut base.annotations {
            a.status = Status::Machine;
        }
        let mut log = EditLog::new(base);
        log.apply(Edit::Accept(org)).unwrap();
        (log, first)
    }

    #[test]
    fn what_is_ticked_at_first() {
        let (log, first) = log_with_names();
        let occurrences = Occurrences::of(log.current(), &first).unwrap();
        let rows = occurrences.hits.iter();
        let rows: Vec<_> = rows.map(|h| (h.span.start(), h.now.as_str(), h.ticked)).collect();
        let may = offsets_of("May");
        assert_eq!(
            rows,
            [
                (may[1], "not marked", true),
                (may[2], "inside “May Day”", false),
                (may[3], "not marked", true),
                (may[4], "Organisation now", false),
                (offsets_of("may")[0], "different upper or lower case, not marked", false),
            ]
        );
    }

    #[test]
    fn applied_as_one_step_and_taken_back() {
        let (mut log, first) = log_with_names();
        let mut occurrences = Occurrences::of(log.current(), &first).unwrap();
        for hit in &mut occurrences.hits {
            hit.ticked = !hit.now.starts_with("inside");
        }
        let before = log.current().clone();
        let fresh = log.fresh_ids(occurrences.ticked());
        log.apply(occurrences.apply(&before, &first, fresh)).unwrap();
        let entity: Vec<&Entity> = log.current().entities.iter().collect();
        let person = entity.iter().find(|e| e.label == Label::Person).unwrap();
        assert_eq!(person.mentions.len(), 5, "{entity:#?}");
        assert_eq!(person.aliases, ["may"]);
        assert!(!entity.iter().any(|e| e.label == Label::Org));
        log.current().check().unwrap();
        assert!(log.undo());
        assert_eq!(log.current(), &before);
    }

    #[test]
    fn rejected_as_one_step() {
        let (mut log, first) = log_with_names();
        let mut occurrences = Occurrences::of(log.current(), &first).unwrap();
        for hit in &mut occurrences.hits {
            hit.ticked = true;
        }
        log.apply(occurrences.reject(&first)).unwrap();
        let left = log.current().annotations.iter();
        let left: Vec<_> = left.filter(|a| a.status != Status::Rejected).collect();
        assert_eq!(left.len(), 1, "the holiday stays");
        assert_eq!(log.cursor(), 2);
    }

    #[test]
    fn the_rejected_stay_unticked_and_dates_take_the_value() {
        let mut document = unannotated_document("On Friday and Friday.");
        for (i, start) in [3, 14].into_iter().enumerate() {
            let value =
                galley_engine::dates::parse_value(["2021-07-23", "2021-07-30"][i], None).unwrap();
            document.annotations.push(Annotation {
                id: AnnotationId(format!("a{i}")),
                span: Span::new(start, start + 6),
                body: Body::Date(DateBody {
                    interval: value.value.interval(),
                    timex: galley_engine::document::Timex {
                        kind: value.kind,
                        value: value.value,
                        modifier: None,
                        anchor: galley_engine::document::Anchor::None,
                    },
                    alternatives: Vec::new(),
                }),
                confidence: Confidence::CERTAIN,
                status: Status::Machine,
                reason: None,
                machine: None,
            });
        }
        let mut log = EditLog::new(document);
        let (one, two) = (AnnotationId("a0".to_owned()), AnnotationId("a1".to_owned()));
        let occurrences = Occurrences::of(log.current(), &one).unwrap();
        assert!(occurrences.hits[0].ticked);
        let edit = occurrences.apply(log.current(), &one, Vec::new());
        log.apply(edit).unwrap();
        let value = |log: &EditLog| match &log.current().annotation(&two).unwrap().body {
            Body::Date(d) => d.timex.value.to_string(),
            _ => String::new(),
        };
        assert_eq!(value(&log), "2021-07-23");
        log.undo();
        log.apply(Edit::Reject(two.clone())).unwrap();
        let occurrences = Occurrences::of(log.current(), &one).unwrap();
        assert_eq!(
            (occurrences.hits[0].now.as_str(), occurrences.hits[0].ticked),
            ("rejected", false)
        );
    }
}
