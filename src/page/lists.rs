//! What the panels list, in order. Each list is made of the annotations that the filter shows, in the order
//! of the text.

use std::collections::HashMap;

use super::filter::Filter;
use galley_engine::document::{
    Annotation, AnnotationId, Body, Confidence, Document, Entity, EntityId, Label, QuoteBody,
    Status, TimexType,
};
use galley_engine::text::lowercase;
use galley_engine::view::axis::{self, TimeRange, Zoom};
use galley_engine::view::{is_unattributed, speaker_name};

/// Annotations that are not rejected, in the order of the text.
fn not_rejected(document: &Document) -> impl Iterator<Item = &Annotation> {
    document.annotations.iter().filter(|a| a.status != Status::Rejected)
}

/// The annotations that the filter shows, in the order of the text; of these only what a search found, if
/// there is one: `found` says so by the index in the document.
pub fn listed<'d>(
    document: &'d Document,
    filter: &Filter,
    found: Option<&[bool]>,
) -> Vec<&'d Annotation> {
    let all = document.annotations.iter().enumerate();
    let hit = |i: usize| found.is_none_or(|f| f.get(i).copied().unwrap_or(true));
    all.filter(|&(i, a)| hit(i) && filter.is_visible(document, a)).map(|(_, a)| a).collect()
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
pub fn unchecked<'d>(listed: &[&'d Annotation]) -> Vec<&'d Annotation> {
    let mut list = listed.to_vec();
    list.retain(|a| a.status == Status::Machine);
    list.sort_by_key(|a| (!is_unattributed(a), certainty(a)));
    list
}

/// Rejected ones, in the order of the text.
pub fn rejected(document: &Document) -> Vec<&Annotation> {
    let all = document.annotations.iter();
    all.filter(|a| a.status == Status::Rejected).collect()
}

/// Entities with the annotations that mention them, most mentioned first, then in text order.
pub fn entities<'d>(
    document: &'d Document,
    listed: &[&'d Annotation],
) -> Vec<(&'d Entity, Vec<&'d Annotation>)> {
    let entities = document.entities.iter();
    let mut list: Vec<(&Entity, Vec<&Annotation>)> = entities.map(|e| (e, Vec::new())).collect();
    let indices = entity_indices(document);
    for &a in listed {
        let index = a.entity().and_then(|id| indices.get(id));
        if let Some((_, mentions)) = index.and_then(|&i| list.get_mut(i)) {
            mentions.push(a);
        }
    }
    list.retain(|(_, mentions)| !mentions.is_empty());
    list.sort_by_key(|(_, mentions)| std::cmp::Reverse(mentions.len()));
    list
}

/// The index of each entity in the document.
pub(super) fn entity_indices(document: &Document) -> HashMap<&EntityId, usize> {
    let entities = document.entities.iter().enumerate();
    entities.map(|(i, e)| (&e.id, i)).collect()
}

/// A speaker's name (`None`: no speaker) with the quotes.
pub type SpeakerQuotes<'d> = (Option<String>, Vec<(&'d Annotation, &'d QuoteBody)>);

/// Quotes by speaker, in the order of each speaker's first quote.
pub fn quotes_by_speaker<'d>(
    document: &Document,
    listed: &[&'d Annotation],
) -> Vec<SpeakerQuotes<'d>> {
    let mut groups: Vec<SpeakerQuotes<'d>> = Vec::new();
    for &a in listed {
        let (Body::Quote(quote), Some(name)) = (&a.body, speaker_name(document, a)) else {
            continue;
        };
        match groups.iter_mut().find(|group| group.0 == name) {
            Some(group) => group.1.push((a, quote)),
            None => groups.push((name, vec![(a, quote)])),
        }
    }
    groups
}

/// How many dates wait for the publication date: as long as nobody knows it, "Monday" is some Monday.
pub fn waiting_dates(document: &Document) -> usize {
    let waits = |a: &&Annotation| match &a.body {
        // The year is open in the value.
        Body::Date(d) => {
            matches!(d.timex.kind, TimexType::Date | TimexType::Time)
                && d.interval.is_none()
                && a.status == Status::Machine
                && d.timex.value.to_string().starts_with("XXXX")
        }
        Body::Entity(_) | Body::Quote(_) => false,
    };
    match document.published {
        Some(_) => 0,
        None => document.annotations.iter().filter(waits).count(),
    }
}

/// The dates of a timeline.
#[derive(Debug, Default)]
pub struct Timeline<'d> {
    /// With a place in the calendar, in its order.
    pub placed: Vec<(TimeRange, &'d Annotation)>,
    /// Lengths of time without a place, in minutes, shortest first.
    pub lengths: Vec<(i64, &'d Annotation)>,
    /// The others ("recently", "every Monday"), in the order of the text.
    pub vague: Vec<&'d Annotation>,
}

/// Dates by where they stand in the calendar.
pub fn timeline<'d>(listed: &[&'d Annotation]) -> Timeline<'d> {
    let mut out = Timeline::default();
    for &a in listed {
        let Body::Date(d) = &a.body else { continue };
        if let Some(stretch) = d.interval.as_ref().and_then(TimeRange::of) {
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
    /// The interval of each date with a place.
    pub fn stretches(&self) -> Vec<TimeRange> {
        self.placed.iter().map(|(stretch, _)| *stretch).collect()
    }

    /// What the axis shows: what was asked for, else where most dates are.
    pub fn view(&self, asked: Option<TimeRange>) -> TimeRange {
        let nothing = TimeRange { from: 0, to: 1 };
        asked.unwrap_or_else(|| nothing.zoomed(Zoom::Dense, &self.stretches()))
    }
}

/// Who may speak a quote: people and others that act, the nearest mention before it first.
pub fn speakers<'d>(document: &'d Document, quote: &AnnotationId) -> Vec<&'d Entity> {
    let Some(at) = document.annotation(quote).map(|a| a.span) else {
        return Vec::new();
    };
    let mut near: HashMap<&EntityId, usize> = HashMap::new();
    for a in not_rejected(document).filter(|a| !at.contains(a.span)) {
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

/// The entities of [`speakers`] of which a word of some name begins with what is typed; all if nothing is.
pub fn speakers_like<'d>(
    document: &'d Document,
    quote: &AnnotationId,
    typed: &str,
) -> Vec<&'d Entity> {
    let typed = lowercase(typed.trim());
    let begins = |name: &str| {
        let name = lowercase(name);
        name.starts_with(&typed)
            || name.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(&typed))
    };
    let mut list = speakers(document, quote);
    list.retain(|e| begins(&e.name) || e.aliases.iter().any(|a| begins(a)));
    list
}

/// Do these words stand in the text, as whole words?
pub fn is_in_text(document: &Document, words: &str) -> bool {
    let text = document.text.as_str();
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    !words.is_empty()
        && text.match_indices(words).any(|(at, _)| {
            apart(text.get(..at).and_then(|t| t.chars().next_back()))
                && apart(text.get(at + words.len()..).and_then(|t| t.chars().next()))
        })
}

/// How certain the machine is of all that an annotation says: of a quote also who speaks it. A quote of nobody is
/// as uncertain as can be.
pub fn certainty(a: &Annotation) -> Confidence {
    match &a.body {
        Body::Quote(q) => match &q.speaker {
            Some(speaker) => a.confidence.min(speaker.confidence),
            None if is_unattributed(a) => Confidence::from_permille(0),
            None => a.confidence,
        },
        Body::Entity(_) | Body::Date(_) => a.confidence,
    }
}

/// What nobody has checked and the machine is at least so certain of, in thousandths.
pub fn sure<'d>(listed: &[&'d Annotation], from: u16) -> Vec<&'d Annotation> {
    let mut list = listed.to_vec();
    list.retain(|a| a.status == Status::Machine && certainty(a).permille() >= from);
    list
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::FilterAction;
    use crate::filter::NOBODY;
    use galley_engine::document::{EntityBody, Kind, QuoteKind, Speaker, Strength};
    use galley_engine::text::{SourceText, Span};

    fn annotation(name: &str, start: usize, body: Body, confidence: u16) -> Annotation {
        Annotation {
            id: AnnotationId(name.to_owned()),
            span: Span::new(start, start + 2),
            body,
            confidence: Confidence::from_permille(confidence),
            status: Status::Machine,
            reason: None,
            machine: None,
        }
    }

    fn quote(strength: Strength, by: Option<&str>) -> Body {
        Body::Quote(QuoteBody {
            kind: QuoteKind::Direct,
            parts: Vec::new(),
            cue: Vec::new(),
            speaker: by.map(|name| Speaker {
                mention: Vec::new(),
                entity: None,
                name: Some(name.to_owned()),
                confidence: Confidence::CERTAIN,
            }),
            strength,
        })
    }

    fn document() -> Document {
        let entity = |label| Body::Entity(EntityBody { label, entity: None });
        let mut annotations = vec![
            annotation("person", 0, entity(Label::Person), 900),
            annotation("org", 2, entity(Label::Org), 400),
            annotation("said", 4, quote(Strength::Speech, Some("Ana")), 900),
            annotation("unnamed", 6, quote(Strength::Speech, None), 300),
            annotation("report", 8, quote(Strength::Document, None), 900),
            annotation("belief", 10, quote(Strength::Attitude, Some("Ana")), 900),
            annotation("gone", 12, entity(Label::Person), 900),
            annotation("accepted", 14, entity(Label::Gpe), 300),
        ];
        annotations[6].status = Status::Rejected;
        annotations[7].status = Status::Accepted;
        Document {
            text: SourceText::new("sixteen letters!").unwrap(),
            annotations,
            ..Document::default()
        }
    }

    fn shown(filter: &Filter) -> String {
        let document = document();
        let live = listed(&document, filter, None);
        let ids: Vec<&str> = live.iter().map(|a| a.id.0.as_str()).collect();
        ids.join(" ")
    }

    #[test]
    fn each_choice_shows_what_it_says() {
        use FilterAction as F;
        let word = str::to_owned;
        for (choices, want) in [
            (vec![], "person org said unnamed accepted"),
            (vec![F::ToggleReports], "person org said unnamed report belief accepted"),
            (vec![F::ToggleReports, F::ToggleReports], "person org said unnamed accepted"),
            (vec![F::ToggleUncertain], "org unnamed"),
            (vec![F::Label(word("GPE"))], "accepted"),
            (vec![F::Label(word("direct"))], "said unnamed"),
            (vec![F::Label(word("GPE")), F::Label(word(""))], "person org said unnamed accepted"),
            (vec![F::Status(word("machine"))], "person org said unnamed"),
            (vec![F::Status(word("no such"))], "person org said unnamed accepted"),
            (vec![F::Speaker(word("Ana"))], "said"),
            (vec![F::ToggleReports, F::Speaker(word("Ana"))], "said belief"),
            (vec![F::Speaker(word(NOBODY))], "unnamed"),
            (vec![F::ToggleUncertain, F::Status(word("accepted"))], ""),
            (
                vec![F::ToggleReports, F::ToggleUncertain, F::ShowAll],
                "person org said unnamed report belief accepted",
            ),
        ] {
            let mut filter = Filter::default();
            for choice in choices.clone() {
                filter.apply(choice);
            }
            assert_eq!(shown(&filter), want, "{choices:?}");
        }
        let mut filter = Filter::default();
        filter.apply(F::ToggleKind(Kind::Quote));
        assert_eq!(shown(&filter), "person org accepted");
    }

    #[test]
    fn what_is_asked_for_is_never_hidden() {
        let document = document();
        let live = document.annotations.iter().filter(|a| a.status != Status::Rejected);
        for a in live {
            let mut filter = Filter::default();
            filter.apply(FilterAction::ToggleUncertain);
            filter.apply(FilterAction::Speaker("Bo".to_owned()));
            for kind in Kind::ALL {
                filter.apply(FilterAction::ToggleKind(kind));
            }
            filter.reveal(&document, a);
            assert!(filter.is_visible(&document, a), "{}", a.id);
        }
    }

    #[test]
    fn progress_counts_what_is_to_be_checked() {
        let mut filter = Filter::default();
        assert_eq!(progress(&document(), &filter), (2, 6));
        filter.apply(FilterAction::ToggleUncertain);
        assert_eq!(progress(&document(), &filter), (2, 6), "whatever is looked at");
        filter.apply(FilterAction::ToggleReports);
        assert_eq!(progress(&document(), &filter), (2, 8));
    }
}
