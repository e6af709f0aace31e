//! What the panels list, in order. Each list is made of the annotations that the filter lets through,
//! in the order of the text.

use std::collections::HashMap;

use super::filter::Filter;
use galley_engine::document::{
    Annotation, AnnotationId, Body, Document, Entity, EntityId, Label, QuoteBody, Speaker, Status,
    Strength, TimexType,
};
use galley_engine::text::lowercase;
use galley_engine::view::axis::{self, Stretch, Zoom};

/// Annotations that are still there, in the order of the text.
fn alive(document: &Document) -> impl Iterator<Item = &Annotation> {
    document.annotations.iter().filter(|a| a.status != Status::Rejected)
}

/// What the filter lets through, in the order of the text; of these what a search found, where there
/// is one: `found` by the place in the document.
pub fn live<'d>(
    document: &'d Document,
    filter: &Filter,
    found: Option<&[bool]>,
) -> Vec<&'d Annotation> {
    let all = document.annotations.iter().enumerate();
    let hit = |i: usize| found.is_none_or(|f| f.get(i).copied().unwrap_or(true));
    all.filter(|&(i, a)| hit(i) && filter.lets(document, a)).map(|(_, a)| a).collect()
}

/// How many a person has checked, and how many there are to check (rejected ones count as checked;
/// reports that are not shown do not count).
pub fn progress(document: &Document, filter: &Filter) -> (usize, usize) {
    let all = document.annotations.iter();
    let counted = all.filter(|a| a.status == Status::Rejected || filter.in_scope(a));
    counted.fold((0, 0), |(checked, all), a| {
        (checked + usize::from(a.status != Status::Machine), all + 1)
    })
}

/// What nobody has checked: speech without a speaker first, then the least certain.
pub fn review<'d>(live: &[&'d Annotation]) -> Vec<&'d Annotation> {
    let mut list = live.to_vec();
    list.retain(|a| a.status == Status::Machine);
    list.sort_by_key(|a| (!is_unattributed(a), a.confidence));
    list
}

/// A quote of a document or an attitude, not of speech.
pub fn is_report(a: &Annotation) -> bool {
    matches!(&a.body, Body::Quote(q) if q.strength != Strength::Speech)
}

/// Speech that names nobody.
pub fn is_unattributed(a: &Annotation) -> bool {
    matches!(&a.body, Body::Quote(q) if q.speaker.is_none() && q.strength == Strength::Speech)
}

/// Rejected ones, in the order of the text.
pub fn rejected(document: &Document) -> Vec<&Annotation> {
    let all = document.annotations.iter();
    all.filter(|a| a.status == Status::Rejected).collect()
}

/// Entities with the annotations that mention them, most mentioned first, then in text order.
pub fn entities<'d>(
    document: &'d Document,
    live: &[&'d Annotation],
) -> Vec<(&'d Entity, Vec<&'d Annotation>)> {
    let entities = document.entities.iter();
    let mut list: Vec<(&Entity, Vec<&Annotation>)> = entities.map(|e| (e, Vec::new())).collect();
    let places = places(document);
    for &a in live {
        let place = a.entity().and_then(|id| places.get(id));
        if let Some((_, mentions)) = place.and_then(|&i| list.get_mut(i)) {
            mentions.push(a);
        }
    }
    list.retain(|(_, mentions)| !mentions.is_empty());
    list.sort_by_key(|(_, mentions)| std::cmp::Reverse(mentions.len()));
    list
}

/// Where each entity stands among the document's.
pub(super) fn places(document: &Document) -> HashMap<&EntityId, usize> {
    let entities = document.entities.iter().enumerate();
    entities.map(|(i, e)| (&e.id, i)).collect()
}

/// A speaker's name (`None`: nobody is named) with the quotes.
pub type Speeches<'d> = (Option<String>, Vec<(&'d Annotation, &'d QuoteBody)>);

/// A quote's speaker by name, else by the words of the text; `Some(None)`: nobody is named;
/// `None`: it is no quote.
pub fn speaker(document: &Document, a: &Annotation) -> Option<Option<String>> {
    let Body::Quote(quote) = &a.body else {
        return None;
    };
    let words = |s: &Speaker| {
        let words: Vec<&str> = s.mention.iter().map(|&m| document.text.slice(m)).collect();
        words.join(" ")
    };
    let named = quote.speaker.as_ref();
    Some(named.map(|s| s.name.clone().unwrap_or_else(|| words(s))))
}

/// Quotes by speaker, in the order of each speaker's first; `None`: nobody is named.
pub fn quotes<'d>(document: &Document, live: &[&'d Annotation]) -> Vec<Speeches<'d>> {
    let mut groups: Vec<Speeches<'d>> = Vec::new();
    for &a in live {
        let (Body::Quote(quote), Some(name)) = (&a.body, speaker(document, a)) else {
            continue;
        };
        match groups.iter_mut().find(|group| group.0 == name) {
            Some(group) => group.1.push((a, quote)),
            None => groups.push((name, vec![(a, quote)])),
        }
    }
    groups
}

/// The dates of a timeline.
#[derive(Debug, Default)]
pub struct Timeline<'d> {
    /// With a place in the calendar, in its order.
    pub placed: Vec<(Stretch, &'d Annotation)>,
    /// Lengths of time without a place, in minutes, shortest first.
    pub lengths: Vec<(i64, &'d Annotation)>,
    /// The others ("recently", "every Monday"), in the order of the text.
    pub vague: Vec<&'d Annotation>,
}

/// Dates by where they stand in the calendar.
pub fn timeline<'d>(live: &[&'d Annotation]) -> Timeline<'d> {
    let mut out = Timeline::default();
    for &a in live {
        let Body::Date(d) = &a.body else { continue };
        if let Some(stretch) = d.interval.as_ref().and_then(Stretch::of) {
            out.placed.push((stretch, a));
        } else if let Some(n) =
            axis::minutes(&d.timex.value).filter(|_| d.timex.kind == TimexType::Duration)
        {
            out.lengths.push((n, a));
        } else {
            out.vague.push(a);
        }
    }
    out.placed.sort_by_key(|(stretch, _)| *stretch);
    out.lengths.sort_by_key(|(n, _)| *n);
    out
}

impl Timeline<'_> {
    /// When each of the placed ones is.
    pub fn stretches(&self) -> Vec<Stretch> {
        self.placed.iter().map(|(stretch, _)| *stretch).collect()
    }

    /// What the axis shows: what was asked for, else where most dates are.
    pub fn view(&self, asked: Option<Stretch>) -> Stretch {
        let nothing = Stretch { from: 0, to: 1 };
        asked.unwrap_or_else(|| nothing.zoomed(Zoom::Dense, &self.stretches()))
    }
}

/// Who may speak a quote: people and others that act, the nearest mention before it first.
pub fn speakers<'d>(document: &'d Document, quote: &AnnotationId) -> Vec<&'d Entity> {
    let Some(at) = document.annotation(quote).map(|a| a.span) else {
        return Vec::new();
    };
    let mut near: HashMap<&EntityId, usize> = HashMap::new();
    for a in alive(document).filter(|a| !at.contains(a.span)) {
        let Some(id) = a.entity() else { continue };
        // What stands after the quote counts as farther, most of all in another paragraph.
        let far = match a.span.start() < at.start() {
            true => at.start() - a.span.start(),
            false => {
                let from = at.end().min(a.span.start());
                let between = document.text.as_str().get(from..a.span.start());
                let near = between.is_some_and(|t| !t.contains('\n'));
                a.span.start() - from + if near { 40 } else { 1000 }
            }
        };
        let best = near.entry(id).or_insert(far);
        *best = far.min(*best);
    }
    let rank = |label: Label| match label {
        Label::Person => Some(0),
        Label::Org | Label::Norp | Label::Gpe => Some(600),
        _ => None,
    };
    let mut list: Vec<(usize, &Entity)> = document
        .entities
        .iter()
        .filter_map(|e| Some((rank(e.label)? + near.get(&e.id)?, e)))
        .collect();
    list.sort_by_key(|&(far, _)| far);
    list.into_iter().map(|(_, e)| e).collect()
}

/// What an entity may be the same as: of its label first, those that share a word with it first.
pub fn same_as<'d>(document: &'d Document, id: &EntityId) -> Vec<&'d Entity> {
    let Some(entity) = document.entity(id) else {
        return Vec::new();
    };
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric());
        words.filter(|w| w.len() > 1).map(lowercase).collect()
    };
    let own = words(&entity.name);
    let others = document.entities.iter().filter(|e| &e.id != id);
    let mut list: Vec<(usize, &Entity)> = others
        .map(|e| {
            let strange = !words(&e.name).iter().any(|w| own.contains(w));
            let label = e.label != entity.label;
            let kind = e.label.kind() != entity.label.kind();
            (4 * usize::from(strange) + 2 * usize::from(label) + usize::from(kind), e)
        })
        .collect();
    list.sort_by_key(|&(far, _)| far);
    list.into_iter().map(|(_, e)| e).collect()
}
