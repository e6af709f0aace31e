//! Going through the article: focus, the popover, the search.

use super::{close_popover, panels, say};
use crate::action::{Action, Effect, Target};
use crate::state::{Card, Find, Open, Popover, State};
use crate::words;
use galley_engine::document::{Annotation, AnnotationId, Status};
use galley_engine::text::Span;

/// Where the focus goes when something closes.
pub(super) fn home(open: &Open) -> Target {
    match &open.active {
        Some(id) if is_shown(open, id) => Target::Mark(id.clone()),
        _ => Target::Article,
    }
}

/// True when the article draws it now.
fn is_shown(open: &Open, id: &AnnotationId) -> bool {
    open.shown.annotation(id).is_some_and(|a| open.visible(a))
}

/// Takes out of the filter what hides it.
pub(super) fn reveal(open: &mut Open, id: &AnnotationId) {
    let shown = open.shown.clone();
    if let Some(a) = shown.annotation(id).filter(|a| open.drawable(&a.id) && !open.visible(a)) {
        open.filter.reveal(&shown, a);
        open.redraw();
    }
}

pub(super) fn walk(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Some(open) = &mut state.open else { return };
    let mut spoken = None;
    match action {
        Action::Point(stack) => {
            let stack: Vec<_> = stack.into_iter().filter(|id| is_shown(open, id)).collect();
            let now = open.card().map(|c| &c.id);
            let next = now
                .and_then(|id| stack.iter().position(|s| s == id))
                .map_or(0, |at| (at + 1) % stack.len().max(1));
            if let Some(id) = stack.get(next).cloned() {
                spoken = open_card(open, id, stack, out);
            }
        }
        Action::Go(id, card) => {
            reveal(open, &id);
            if is_shown(open, &id) {
                open.sheet = false;
                open.popover = None;
                open.active = Some(id.clone());
                if card {
                    let stack = stack_at(open, &id);
                    spoken = open_card(open, id, stack, out);
                } else {
                    spoken = focus(open, id, out);
                }
            }
        }
        Action::Step { back, unreviewed } => match neighbour(open, back, unreviewed) {
            Some(id) => {
                close_popover(open);
                spoken = focus(open, id, out);
            }
            None if unreviewed => spoken = Some("All are checked".to_owned()),
            None => spoken = Some("There are no annotations to go to".to_owned()),
        },
        Action::Outer | Action::Inner => {
            let outer = action == Action::Outer;
            if let Some(id) = open.active.clone() {
                let stack = stack_at(open, &id);
                let at = stack.iter().position(|s| s == &id).unwrap_or(0);
                let next = if outer { at + 1 } else { at.wrapping_sub(1) };
                if let Some(id) = stack.get(next).cloned() {
                    if open.card().is_some() {
                        spoken = open_card(open, id, stack, out);
                    } else {
                        spoken = focus(open, id, out);
                    }
                }
            }
        }
        Action::OpenActive => {
            if let Some(id) = open.active.clone().filter(|id| is_shown(open, id)) {
                let stack = stack_at(open, &id);
                spoken = open_card(open, id, stack, out);
            }
        }
        Action::Escape => {
            if let Some(Popover::Card(card)) = &mut open.popover
                && (card.merging || card.spread.is_some() || card.preview.is_some())
            {
                card.merging = false;
                card.spread = None;
                card.preview = None;
                out.push(Effect::Focus(Target::Popover));
            } else {
                // The innermost thing that is open closes, the focus goes back to the text.
                if close_popover(open) {
                    out.push(Effect::Focus(home(open)));
                } else if let Some(pick) = open.pick.take() {
                    out.push(Effect::Focus(panels::row(&pick)));
                } else {
                    if open.find.take().is_none() {
                        open.sheet = false;
                        if std::mem::take(&mut open.caret) {
                            out.push(Effect::Unselect);
                            spoken = Some("The caret is gone".to_owned());
                        }
                    }
                    out.push(Effect::Focus(home(open)));
                }
            }
        }
        Action::Select(span) => {
            let span = span.map(|s| open.shown.text.trim(s)).filter(|s| !s.is_empty());
            match span {
                Some(span) if !open.partial => {
                    let text = words::quote(open.shown.text.slice(span), 60);
                    spoken = Some(format!("Selected {text}. A digit marks it."));
                    open.popover = Some(Popover::New(span));
                }
                _ => {
                    if matches!(open.popover, Some(Popover::New(_))) {
                        open.popover = None;
                    }
                }
            }
        }
        Action::Merging => {
            if let Some(Popover::Card(card)) = &mut open.popover {
                card.merging = !card.merging;
                card.spread = None;
                let target = if card.merging { Target::Id("merge-list") } else { Target::Popover };
                out.push(Effect::Focus(target));
            } else if let Some(id) = open.active.clone() {
                let stack = stack_at(open, &id);
                spoken = open_card(open, id, stack, out);
                if let Some(Popover::Card(card)) = &mut open.popover {
                    card.merging = true;
                    out.push(Effect::Focus(Target::Id("merge-list")));
                }
            }
        }
        Action::Field(id) => {
            if open.card().is_none()
                && let Some(active) = open.active.clone()
            {
                let stack = stack_at(open, &active);
                spoken = open_card(open, active, stack, out);
            }
            if open.card().is_some() {
                out.push(Effect::Focus(Target::Id(id)));
            }
        }
        Action::Find => {
            open.popover = None;
            open.find.get_or_insert_default();
            out.push(Effect::Focus(Target::Id("find")));
        }
        Action::Query(query) => {
            open.find = Some(Find { query, ..Find::default() });
            open.search();
            let hits = open.find.iter().flat_map(|f| f.hits.first());
            out.extend(hits.map(|&span| Effect::ShowSpan(span)));
            spoken = open.find.as_ref().map(words::found);
        }
        Action::FindStep(back) => {
            if let Some(find) = &mut open.find
                && !find.hits.is_empty()
            {
                let n = find.hits.len();
                find.at = (find.at + if back { n - 1 } else { 1 }) % n;
                spoken = Some(format!("{} of {n}", find.at + 1));
                out.extend(find.hits.get(find.at).map(|&span| Effect::ShowSpan(span)));
            }
        }
        _ => {}
    }
    if let Some(spoken) = spoken {
        say(state, &spoken);
    }
}

/// The annotations that hold the first byte of this one, innermost first.
pub(super) fn stack_at(open: &Open, id: &AnnotationId) -> Vec<AnnotationId> {
    let Some(span) = open.shown.annotation(id).map(|a| a.span) else {
        return Vec::new();
    };
    let mut stack: Vec<&Annotation> = open
        .shown
        .annotations
        .iter()
        .take_while(|a| a.span.start() <= span.start())
        .filter(|a| a.span.contains_offset(span.start()) && open.visible(a))
        .collect();
    stack.sort_by_key(|a| (a.span.len(), std::cmp::Reverse(a.span.start())));
    stack.into_iter().map(|a| a.id.clone()).collect()
}

pub(super) fn open_card(
    open: &mut Open,
    id: AnnotationId,
    stack: Vec<AnnotationId>,
    out: &mut Vec<Effect>,
) -> Option<String> {
    let spoken = describe(open, &id);
    open.active = Some(id.clone());
    open.popover = Some(Popover::Card(Card {
        id,
        stack,
        merging: false,
        spread: None,
        characters: false,
        preview: None,
        error: None,
    }));
    out.push(Effect::Focus(Target::Popover));
    spoken
}

/// Gives an annotation the focus, and says what it is.
pub(super) fn focus(open: &mut Open, id: AnnotationId, out: &mut Vec<Effect>) -> Option<String> {
    let spoken = describe(open, &id);
    out.push(Effect::Focus(Target::Mark(id.clone())));
    open.active = Some(id);
    spoken
}

fn describe(open: &Open, id: &AnnotationId) -> Option<String> {
    let a = open.shown.annotation(id)?;
    Some(words::describe(&open.shown, a))
}

/// The next annotation in the order of the text, round the end.
pub(super) fn neighbour(open: &Open, back: bool, unreviewed: bool) -> Option<AnnotationId> {
    let wanted = |a: &&Annotation| open.visible(a) && (!unreviewed || a.status == Status::Machine);
    let all = &open.shown.annotations;
    let at = open.active.as_ref().and_then(|id| all.iter().position(|a| &a.id == id));
    let found = match (at, back) {
        (Some(at), false) => all[at + 1..].iter().chain(&all[..at]).find(wanted),
        (Some(at), true) => all[at + 1..].iter().chain(&all[..at]).rev().find(wanted),
        (None, false) => all.iter().find(wanted),
        (None, true) => all.iter().rev().find(wanted),
    };
    found.map(|a| a.id.clone())
}

/// The annotation after this one that is drawn, for when this one goes.
pub(super) fn after(open: &Open, span: Span) -> Option<AnnotationId> {
    let mut shown = open.shown.annotations.iter().filter(|a| open.visible(a));
    shown.find(|a| a.span.start() >= span.start()).map(|a| a.id.clone())
}
