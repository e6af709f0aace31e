//! The focus: which annotation is active, which popover is open, where the focus goes.

use super::outcome::Outcome;
use crate::action::NameList;
use crate::effect::{Effect, Target};
use crate::state::{Card, Open, Popover};
use crate::words;
use galley_engine::document::{Annotation, AnnotationId};
use galley_engine::text::Span;

/// What gets the focus when something closes: the active annotation, else the article.
pub(super) fn target_after_closing(open: &Open) -> Target {
    match &open.active {
        Some(id) if is_shown(open, id) => Target::Mark(id.clone()),
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
    open.popover = Some(Popover::Card(Card {
        id,
        stack,
        merge_list_open: false,
        occurrences: None,
        characters: false,
        preview: None,
        error: None,
    }));
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
    open.active = Some(id);
    description
}

fn describe(open: &Open, id: &AnnotationId) -> Option<String> {
    let a = open.shown.annotation(id)?;
    Some(words::describe(&open.shown, a))
}

/// The first shown annotation that starts at or after the start of `span`.
pub(super) fn next_shown(open: &Open, span: Span) -> Option<AnnotationId> {
    let mut shown = open.shown.annotations.iter().filter(|a| open.is_visible(a));
    shown.find(|a| a.span.start() >= span.start()).map(|a| a.id.clone())
}

/// The row that a list of names belongs to.
pub(super) fn row_of_list(list: &NameList) -> Target {
    Target::Row(match list {
        NameList::SameAs(entity) => entity.0.clone(),
        NameList::SpeakerOf(quote) => quote.0.clone(),
    })
}
