//! The focus: which annotation is active, which popover is open, where the focus goes.

use super::outcome::Outcome;
use crate::action::NameList;
use crate::effect::{Effect, Target};
use crate::lists;
use crate::state::{Card, Open, Popover};
use crate::words;
use galley_engine::document::{Annotation, AnnotationId, Status};

/// What gets the focus when something closes: the active annotation, else the article. The page stays where it is.
pub(super) fn target_after_closing(open: &Open) -> Target {
    match &open.active {
        Some(id) if is_shown(open, id) => Target::MarkInPlace(id.clone()),
        _ => Target::Article,
    }
}

/// True if the article shows this annotation now.
pub(super) fn is_shown(open: &Open, id: &AnnotationId) -> bool {
    open.shown.annotation(id).is_some_and(|a| open.is_visible(a))
}

/// Changes the filter so that it shows this annotation.
pub(super) fn reveal_annotation(open: &mut Open, id: &AnnotationId) {
    let shown = open.shown.clone();
    if let Some(a) = shown.annotation(id).filter(|a| open.is_present(&a.id) && !open.is_visible(a))
    {
        open.filter.reveal(&shown, a);
        open.redraw();
    }
}

/// The annotation of the popover, else the active one.
pub(super) fn current_annotation(open: &Open) -> Option<&Annotation> {
    let id = open.card().map(|c| &c.id).or(open.active.as_ref())?;
    open.shown.annotation(id)
}

/// The shown annotations over the first byte of this one, innermost first.
pub(super) fn stack_at(open: &Open, id: &AnnotationId) -> Vec<AnnotationId> {
    let Some(span) = open.shown.annotation(id).map(|a| a.span) else {
        return Vec::new();
    };
    let mut stack: Vec<&Annotation> = open
        .shown
        .annotations
        .iter()
        .take_while(|a| a.span.start() <= span.start())
        .filter(|a| a.span.contains_offset(span.start()) && open.is_visible(a))
        .collect();
    stack.sort_by_key(|a| (a.span.len(), std::cmp::Reverse(a.span.start())));
    stack.into_iter().map(|a| a.id.clone()).collect()
}

/// Opens the popover of an annotation. The result describes the annotation, to be announced.
pub(super) fn open_card(
    open: &mut Open,
    id: AnnotationId,
    stack: Vec<AnnotationId>,
    out: &mut Outcome,
) -> Option<String> {
    let description = describe(open, &id);
    open.active = Some(id.clone());
    open.hovered = None;
    open.popover = Some(Popover::Card(Card::new(id, stack)));
    out.effect(Effect::Focus(Target::Popover));
    description
}

/// [`open_card`] with all annotations at its place.
pub(super) fn open_card_at(open: &mut Open, id: AnnotationId, out: &mut Outcome) -> Option<String> {
    let stack = stack_at(open, &id);
    open_card(open, id, stack, out)
}

/// Focuses an annotation. The result describes it, to be announced.
pub(super) fn focus_annotation(
    open: &mut Open,
    id: AnnotationId,
    out: &mut Outcome,
) -> Option<String> {
    let description = describe(open, &id);
    out.effect(Effect::Focus(Target::Mark(id.clone())));
    open.hovered = None;
    open.active = Some(id);
    description
}

fn describe(open: &Open, id: &AnnotationId) -> Option<String> {
    let a = open.shown.annotation(id)?;
    Some(words::describe(&open.shown, a))
}

/// What nobody has checked, from the current annotation on and round the end: in a review the least certain
/// first, else in the order of the text. The current one is left out.
pub(super) fn unchecked_from_here(open: &Open) -> Vec<AnnotationId> {
    let here = current_annotation(open);
    let (order, from) = if open.reviewing {
        let order = lists::unchecked(&open.listed());
        let from = order.iter().position(|a| here.is_some_and(|h| h.id == a.id)).unwrap_or(0);
        (order, from)
    } else {
        let shown = open.shown.annotations.iter().filter(|a| open.is_visible(a));
        let order: Vec<&Annotation> = shown.filter(|a| a.status == Status::Machine).collect();
        let from = match here {
            Some(here) => order.partition_point(|a| a.sort_key() <= here.sort_key()),
            None => order.partition_point(|a| a.span.start() < open.place),
        };
        (order, from)
    };
    let (before, after) = order.split_at(from);
    let round = after.iter().chain(before).filter(|a| here.is_none_or(|h| h.id != a.id));
    round.map(|a| a.id.clone()).collect()
}

/// Shows an annotation that is to be checked next: in a review with its popover.
pub(super) fn go_on_to(open: &mut Open, id: AnnotationId, out: &mut Outcome) -> Option<String> {
    open.popover = None;
    match open.reviewing {
        true => open_card_at(open, id, out),
        false => focus_annotation(open, id, out),
    }
}

/// The row that a list of names belongs to.
pub(super) fn row_of_list(list: &NameList) -> Target {
    Target::Row(match list {
        NameList::SameAs(entity) => entity.0.clone(),
        NameList::SpeakerOf(quote) => quote.0.clone(),
    })
}
