//! What each edit of an annotation comes to.

use super::apply_edit::{AfterEdit, Plan};
use super::new_annotation::parse_date;
use crate::action::{Edge, Step};
use crate::boundary;
use crate::lists;
use crate::state::Open;
use crate::words;
use galley_engine::document::{
    Annotation, AnnotationId, Body, EntityBody, EntityId, Interval, Label, QuoteBody, QuoteKind,
    Status, Timex,
};
use galley_engine::edits::Edit;
use galley_engine::text::Span;

fn quoted_words(open: &Open, span: Span) -> String {
    words::quoted(open.shown.text.slice(span), 60)
}

pub(super) fn accept_annotation(open: &Open, a: &Annotation, then: AfterEdit) -> Plan {
    // What a person has corrected is checked: there is nothing to accept, but the person goes on.
    if a.status != Status::Machine && matches!(then, AfterEdit::GoOn) {
        return Plan::GoOn(format!("Checked: {}", quoted_words(open, a.span)));
    }
    let sentence = format!("Accepted: {}", quoted_words(open, a.span));
    Plan::edit(Edit::Accept(a.id.clone()), sentence, then)
}

/// Accepts all unchecked mentions of the annotation's entity, or the annotation if it has none.
pub(super) fn accept_mentions(open: &Open, a: &Annotation) -> Plan {
    match entity_of(a) {
        Some(entity) => accept_entity(open, entity).ending_with(AfterEdit::GoOn),
        None => accept_annotation(open, a, AfterEdit::GoOn),
    }
}

/// Accepts all that the machine is sure of, as one edit.
pub(super) fn accept_sure(open: &Open) -> Plan {
    let sure = lists::sure(&open.listed(), open.sure_from);
    let edits: Vec<Edit> = sure.iter().map(|a| Edit::Accept(a.id.clone())).collect();
    if edits.is_empty() {
        return Plan::Refuse(format!("Nothing unchecked is {} sure", percent(open.sure_from)));
    }
    let sentence =
        format!("Accepted {} that are {} sure or more", edits.len(), percent(open.sure_from));
    Plan::edit(Edit::Batch(edits), sentence, AfterEdit::FocusText)
}

/// Another title for the document.
pub(super) fn set_title(open: &Open, title: &str) -> Plan {
    if title == open.title() || open.shown.title.as_deref() == Some(title) {
        return Plan::Nothing;
    }
    let title: String = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = match title.as_str() {
        "" => "The title is that of the text again".to_owned(),
        title => format!("The title is now: {title}"),
    };
    let edit = Edit::SetTitle(Some(title).filter(|t| !t.is_empty()));
    Plan::edit(edit, sentence, AfterEdit::FocusText)
}

fn percent(permille: u16) -> String {
    format!("{}%", permille / 10)
}

/// Gives a label to all hits of the search that are whole words, as one edit. What is marked there already stays,
/// unless it is a name of just these words with another label.
pub(super) fn mark_found(open: &Open, label: Label) -> Plan {
    let Some(search) = &open.search else {
        return Plan::Nothing;
    };
    let text = open.shown.text.as_str();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let whole = |span: &&Span| {
        !letter(text.get(..span.start()).and_then(|t| t.chars().next_back()))
            && !letter(text.get(span.end()..).and_then(|t| t.chars().next()))
    };
    let mut fresh = open.log.fresh_ids(search.hits.len()).into_iter();
    let (mut edits, mut kept) = (Vec::new(), 0);
    let marked: Vec<&Annotation> = (open.shown.annotations.iter())
        .filter(|a| a.status != Status::Rejected && !matches!(a.body, Body::Quote(_)))
        .collect();
    for &span in search.hits.iter().filter(whole) {
        match marked.iter().find(|a| a.span.overlaps(span)) {
            None => edits.extend(fresh.next().map(|id| {
                let body = Body::Entity(EntityBody { label, entity: None });
                Edit::Add { id, span, body }
            })),
            Some(a) => match &a.body {
                Body::Entity(e) if a.span == span && e.label != label => {
                    let id = a.id.clone();
                    edits.push(Edit::Relabel { id, label, whole_entity: false });
                }
                _ => kept += 1,
            },
        }
    }
    let left = match kept {
        0 => String::new(),
        n => format!("; {n} marked already stay as they are"),
    };
    if edits.is_empty() {
        return Plan::Refuse(format!("Nothing new is to be marked{left}."));
    }
    let sentence = format!("Marked {} as {}{left}", edits.len(), label.title());
    Plan::edit(Edit::Batch(edits), sentence, AfterEdit::Stay)
}

pub(super) fn reject_annotation(open: &Open, a: &Annotation) -> Plan {
    let sentence = format!("Not an annotation: {}", quoted_words(open, a.span));
    Plan::edit(Edit::Reject(a.id.clone()), sentence, AfterEdit::GoOn)
}

pub(super) fn restore_annotation(open: &Open, id: AnnotationId) -> Plan {
    // From the popover the focus stays there; from the list it goes along with the row.
    let then = match open.card() {
        Some(_) => AfterEdit::Stay,
        None => AfterEdit::FocusRow(id.0.clone()),
    };
    Plan::edit(Edit::Restore(id), "Restored".to_owned(), then)
}

pub(super) fn relabel_entity(open: &Open, a: &Annotation, label: Label) -> Plan {
    match &a.body {
        Body::Entity(_) => {
            let n = mentions_changed(open, a);
            let whose = if n > 1 { format!(", all {n} of this name") } else { String::new() };
            let words = quoted_words(open, a.span);
            let sentence = format!("{words} is now: {}{whose}", label.title());
            let edit = Edit::Relabel { id: a.id.clone(), label, whole_entity: n > 1 };
            Plan::edit(edit, sentence, AfterEdit::Stay)
        }
        Body::Date(_) | Body::Quote(_) => Plan::Nothing,
    }
}

/// How many mentions another label for this one changes: all of its entity, unless only this one is meant.
pub(super) fn mentions_changed(open: &Open, a: &Annotation) -> usize {
    let only_this = open.card().is_some_and(|card| card.only_this);
    let entity = entity_of(a).filter(|_| !only_this).and_then(|id| open.shown.entity(id));
    entity.map_or(1, |e| e.mentions.len())
}

pub(super) fn move_boundary(open: &Open, a: &Annotation, edge: Edge, step: Step) -> Plan {
    let Some(span) = boundary::move_boundary(&open.shown.text, a.span, edge, step) else {
        return Plan::Refuse("The boundary cannot move any further.".to_owned());
    };
    let which = match edge {
        Edge::Start => "Starts",
        Edge::End => "Ends",
    };
    resize_annotation(
        a.id.clone(),
        span,
        format!("{which} elsewhere: {}", quoted_words(open, span)),
    )
}

pub(super) fn resize_annotation(id: AnnotationId, span: Span, sentence: String) -> Plan {
    Plan::edit(Edit::Resize { id, span }, sentence, AfterEdit::Stay)
}

/// The entity of a mention.
fn entity_of(a: &Annotation) -> Option<&EntityId> {
    match &a.body {
        Body::Entity(EntityBody { entity, .. }) => entity.as_ref(),
        Body::Date(_) | Body::Quote(_) => None,
    }
}

pub(super) fn rename_entity(open: &Open, a: &Annotation, name: &str) -> Plan {
    let Some(entity) = entity_of(a) else {
        return Plan::Nothing;
    };
    if open.shown.entity(entity).is_some_and(|e| e.name == name) {
        return Plan::Nothing;
    }
    let edit = Edit::Rename { entity: entity.clone(), name: name.to_owned() };
    Plan::edit(edit, format!("Named {name}"), AfterEdit::Stay)
}

pub(super) fn merge_entity(open: &Open, a: &Annotation, into: EntityId) -> Plan {
    let Some(from) = entity_of(a).cloned() else {
        return Plan::Nothing;
    };
    let name = open.shown.entity(&into).map_or("", |e| e.name.as_str());
    let sentence = format!("Same as {name}");
    Plan::edit(Edit::Merge { from, into }, sentence, AfterEdit::Stay)
}

pub(super) fn split_mention(open: &Open, a: &Annotation) -> Plan {
    if entity_of(a).is_none() {
        return Plan::Nothing;
    }
    let edit = Edit::Split { id: a.id.clone(), entity: open.log.fresh_entity_id() };
    let sentence = format!("{} is now a separate entity", quoted_words(open, a.span));
    Plan::edit(edit, sentence, AfterEdit::Stay)
}

pub(super) fn set_date(open: &Open, a: &Annotation, typed: &str) -> Plan {
    match (&a.body, parse_date(open, typed)) {
        (Body::Date(_), Ok((timex, interval))) => plan_date(open, a, timex, interval),
        (Body::Date(_), Err(why)) => Plan::Refuse(why),
        (Body::Entity(_) | Body::Quote(_), _) => Plan::Nothing,
    }
}

pub(super) fn pick_alternative(open: &Open, a: &Annotation, at: usize) -> Plan {
    let alternative = match &a.body {
        Body::Date(date) => date.alternatives.get(at),
        Body::Entity(_) | Body::Quote(_) => None,
    };
    alternative.map_or(Plan::Nothing, |other| {
        plan_date(open, a, other.timex.clone(), other.interval.clone())
    })
}

fn plan_date(open: &Open, a: &Annotation, timex: Timex, interval: Option<Interval>) -> Plan {
    let sentence = format!("{} is {}", quoted_words(open, a.span), words::date_in_words(&timex));
    let edit = Edit::SetDate { id: a.id.clone(), timex, interval };
    Plan::edit(edit, sentence, AfterEdit::Stay)
}

pub(super) fn set_quote_kind(a: &Annotation, quote: &QuoteBody, kind: QuoteKind) -> Plan {
    if quote.kind == kind {
        return Plan::Nothing;
    }
    let edit = Edit::SetQuoteKind { id: a.id.clone(), kind };
    Plan::edit(edit, words::quote_kind_title(kind).to_owned(), AfterEdit::Stay)
}

/// Makes every ticked occurrence what the annotation is (or rejects them all), as one edit.
pub(super) fn apply_to_ticked(open: &Open, reject: bool) -> Plan {
    let Some((id, occurrences)) =
        open.card().and_then(|card| Some((&card.id, card.occurrences.as_ref()?)))
    else {
        return Plan::Nothing;
    };
    let n = occurrences.ticked();
    if reject {
        let sentence = format!("Not an annotation: this one and {n} with the same words");
        return Plan::edit(occurrences.reject(id), sentence, AfterEdit::GoOn);
    }
    let edit = occurrences.apply(&open.shown, id, open.log.fresh_ids(n));
    let sentence = format!("Applied to {n} with the same words. One Undo reverts it");
    Plan::edit(edit, sentence, AfterEdit::Stay)
}

/// Accepts all unchecked mentions of an entity, as one edit.
pub(super) fn accept_entity(open: &Open, id: &EntityId) -> Plan {
    let Some(entity) = open.shown.entity(id) else {
        return Plan::Nothing;
    };
    let mentions = open.shown.annotations.iter();
    let unchecked = mentions.filter(|a| a.entity() == Some(id) && a.status == Status::Machine);
    let edits: Vec<Edit> = unchecked.map(|a| Edit::Accept(a.id.clone())).collect();
    if edits.is_empty() {
        return Plan::Nothing;
    }
    let sentence = format!("Accepted all {} of {}", edits.len(), entity.name);
    Plan::edit(Edit::Batch(edits), sentence, AfterEdit::FocusRow(id.0.clone()))
}
