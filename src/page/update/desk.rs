//! The popover's larger tools: apply to all, a speaker picked in the text, boundaries that are
//! dragged; and the caret in the text.

use super::{close_popover, create, edit, say, speaker, walk};
use crate::action::{Action, Caret, Effect, Target};
use crate::boundary;
use crate::spread::Spread;
use crate::state::{Card, Open, Popover, State};
use crate::words;
use galley_engine::document::{AnnotationId, Body};

/// The popover, opened over the active annotation when it is not open yet.
fn card<'o>(open: &'o mut Open, out: &mut Vec<Effect>) -> Option<&'o mut Card> {
    if open.card().is_none() {
        let id = open.active.clone().filter(|id| open.drawable(id))?;
        let stack = walk::stack_at(open, &id);
        walk::open_card(open, id, stack, out);
    }
    match &mut open.popover {
        Some(Popover::Card(card)) => Some(card),
        _ => None,
    }
}

pub(super) fn desk(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Some(open) = &mut state.open else { return };
    if open.partial {
        return say(state, "Still reading: a moment, please");
    }
    match action {
        Action::Spread => {
            let words = spread(open, out);
            say(state, &words);
        }
        Action::Tick(which) => {
            let words = tick(open, which);
            say(state, &words);
        }
        Action::PickSpeaker => {
            let words = pick(open, out);
            say(state, &words);
        }
        Action::Unit => {
            if let Some(card) = card(open, out) {
                card.characters = !card.characters;
                let unit = if card.characters { "character" } else { "word" };
                say(state, &format!("Boundaries move by one {unit}"));
            }
        }
        Action::Drag { edge, at, character } => {
            if let Some(id) = open.card().map(|c| c.id.clone())
                && let Some(span) = open.shown.annotation(&id).map(|a| a.span)
                && let Some(Popover::Card(card)) = &mut open.popover
            {
                let character = character != card.characters;
                let to = boundary::dragged(&open.shown.text, span, edge, at, character);
                card.preview = to.or(card.preview);
            }
        }
        Action::Drop(done) => drop_boundary(state, done, out),
        Action::Caret(caret) => self::caret(state, caret, out),
        _ => {}
    }
}

fn spread(open: &mut Open, out: &mut Vec<Effect>) -> String {
    let document = open.shown.clone();
    let Some(card) = card(open, out) else {
        return "Go to an annotation first".to_owned();
    };
    if card.spread.take().is_some() {
        out.push(Effect::Focus(Target::Popover));
        return "The list is closed".to_owned();
    }
    let Some(spread) = Spread::of(&document, &card.id) else {
        return "Only names and dates can be applied to all".to_owned();
    };
    if spread.hits.is_empty() {
        return "These words stand nowhere else".to_owned();
    }
    let words = format!("{} other places, {} ticked", spread.hits.len(), spread.ticked());
    card.spread = Some(spread);
    card.merging = false;
    out.push(Effect::Focus(Target::Id("spread")));
    words
}

fn tick(open: &mut Open, which: Option<usize>) -> String {
    let Some(Popover::Card(Card { spread: Some(spread), .. })) = &mut open.popover else {
        return String::new();
    };
    let all = spread.hits.iter().all(|h| h.ticked);
    match which {
        None => spread.hits.iter_mut().for_each(|h| h.ticked = !all),
        Some(i) => {
            if let Some(hit) = spread.hits.get_mut(i) {
                hit.ticked = !hit.ticked;
            }
        }
    }
    format!("{} of {} ticked", spread.ticked(), spread.hits.len())
}

/// Begins or ends picking a speaker in the text.
fn pick(open: &mut Open, out: &mut Vec<Effect>) -> String {
    if open.picking.take().is_some() {
        return "No speaker was picked".to_owned();
    }
    let id = open.card().map(|c| c.id.clone()).or(open.active.clone());
    let quote = id.filter(|id| {
        let a = open.shown.annotation(id);
        open.drawable(id) && a.is_some_and(|a| matches!(a.body, Body::Quote(_)))
    });
    let Some(quote) = quote else {
        return "Only quotes have a speaker".to_owned();
    };
    close_popover(open);
    out.push(Effect::Focus(Target::Mark(quote.clone())));
    open.active = Some(quote.clone());
    open.picking = Some(quote);
    open.sheet = false;
    "Pick the speaker: click a name in the text, or go to it and press Enter. Escape leaves it."
        .to_owned()
}

/// While a speaker is picked, clicks and Enter on the text mean the speaker. Gives back what is to
/// be done as usual.
pub(super) fn picking(state: &mut State, action: Action, out: &mut Vec<Effect>) -> Option<Action> {
    let Some(open) = &mut state.open else {
        return Some(action);
    };
    let Some(quote) = open.picking.clone() else {
        return Some(action);
    };
    let plan = match &action {
        Action::Point(stack) => speaker::of_marks(open, &quote, stack),
        Action::OpenActive => {
            let stack = open.active.as_ref().map(|id| walk::stack_at(open, id));
            speaker::of_marks(open, &quote, &stack.unwrap_or_default())
        }
        Action::Select(Some(span)) => speaker::of_words(open, &quote, *span),
        Action::Select(None) => return None,
        Action::Escape | Action::PickSpeaker => {
            let words = pick(open, out);
            back_to(open, &quote, out);
            say(state, &words);
            return None;
        }
        Action::Step { .. } | Action::Outer | Action::Inner => return Some(action),
        Action::Find | Action::Query(_) | Action::FindStep(_) => return Some(action),
        // Anything else is about other things: the picking ends.
        _ => {
            open.picking = None;
            return Some(action);
        }
    };
    if plan.is_none() {
        say(state, "Nobody is named there. Click a name, or select the words.");
        return None;
    }
    open.picking = None;
    back_to(open, &quote, out);
    out.push(Effect::Unselect);
    if let Some(plan) = plan {
        edit::perform(state, plan, out);
    }
    None
}

/// Opens the quote's popover again.
fn back_to(open: &mut Open, quote: &AnnotationId, out: &mut Vec<Effect>) {
    let stack = walk::stack_at(open, quote);
    walk::open_card(open, quote.clone(), stack, out);
}

fn drop_boundary(state: &mut State, done: bool, out: &mut Vec<Effect>) {
    let Some(open) = &mut state.open else { return };
    let Some(Popover::Card(card)) = &mut open.popover else {
        return;
    };
    let Some(span) = card.preview.take().filter(|_| done) else {
        return;
    };
    let id = card.id.clone();
    if open.shown.annotation(&id).is_some_and(|a| a.span != span) {
        let now = words::quote(open.shown.text.slice(span), 60);
        edit::perform(state, edit::resized(id, span, format!("Now {now}")), out);
    }
}

fn caret(state: &mut State, caret: Caret, out: &mut Vec<Effect>) {
    let Some(open) = &mut state.open else { return };
    match caret {
        Caret::Switch => {
            open.caret = !open.caret;
            let on = open.caret;
            out.push(match on {
                true => Effect::Caret(caret),
                false => Effect::Unselect,
            });
            say(
                state,
                match on {
                    true => {
                        "A caret is in the text: arrows move it, with Shift they select, Enter marks. Escape ends it."
                    }
                    false => "The caret is gone",
                },
            );
        }
        Caret::Move { .. } => out.push(Effect::Caret(caret)),
        Caret::Enter => match open.popover {
            Some(Popover::New(span)) => {
                let plan = create::guessed(open, span);
                edit::perform(state, plan, out);
            }
            _ => out.push(Effect::Caret(caret)),
        },
    }
}
