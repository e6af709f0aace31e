//! What a person does in the panels: filters, merging and parting names, speakers, the time axis.

use super::edit::{Plan, Then, act, perform};
use super::{say, speaker, walk};
use crate::action::{Action, Ask, Effect, Target};
use crate::lists;
use crate::state::{Open, Pick, State, place};
use crate::words;
use galley_engine::document::{AnnotationId, Body, EntityId};
use galley_engine::edits::Edit;
use galley_engine::view::axis::Zoom;
use galley_engine::view::context;

pub(super) fn show(state: &mut State, action: Action) {
    let Some(open) = &mut state.open else { return };
    match action {
        Action::Tab(tab) => {
            // On a small screen a tab also raises the sheet, the current one lowers it again.
            open.sheet = !(open.sheet && open.tab == tab);
            open.pick = None;
            open.tab = tab;
        }
        Action::Sheet => open.sheet = !open.sheet,
        Action::Filter(kind) => {
            let hidden = &mut open.filter.hidden[place(kind)];
            *hidden = !*hidden;
            let word = if *hidden { "hidden" } else { "shown" };
            open.redraw();
            say(state, &format!("{}: {word}", words::plural(kind)));
        }
        Action::Choose(choice) => {
            open.filter.choose(choice);
            open.redraw();
            let n = open.shown.annotations.iter().filter(|a| open.visible(a));
            let said = format!("{} shown", n.count());
            say(state, &said);
        }
        _ => {}
    }
}

pub(super) fn ask(state: &mut State, ask: Ask, out: &mut Vec<Effect>) {
    let Some(open) = &mut state.open else { return };
    let said = match ask {
        Ask::Pick(pick) => {
            let target = match (&pick, &open.pick) {
                (Some(_), _) => Target::Id("names"),
                (None, Some(before)) => row(before),
                (None, None) => return,
            };
            open.pick = pick;
            out.push(Effect::Focus(target));
            return;
        }
        Ask::Jump(entity, back) => jump(open, &entity, back, out),
        Ask::Time(zoom) => Some(move_axis(open, zoom)),
        ask if !open.partial => {
            open.pick = None;
            let plan = plan(open, ask);
            return perform(state, plan, out);
        }
        _ => Some("Still reading: a moment, please".to_owned()),
    };
    if let Some(said) = said {
        say(state, &said);
    }
}

/// The row that a list of names belongs to.
pub(super) fn row(pick: &Pick) -> Target {
    Target::Row(match pick {
        Pick::Same(entity) => entity.0.clone(),
        Pick::Speaker(quote) => quote.0.clone(),
    })
}

/// The edit that an ask comes to; the focus stays in the panel.
fn plan(open: &Open, ask: Ask) -> Plan {
    let name = |id: &EntityId| open.shown.entity(id).map(|e| e.name.clone());
    let spelled = |id: &AnnotationId| {
        let span = open.shown.annotation(id)?.span;
        Some(words::quote(open.shown.text.slice(span), 60))
    };
    match ask {
        Ask::Unite(from, into) if from != into => {
            let (Some(old), Some(new)) = (name(&from), name(&into)) else {
                return Plan::Nothing;
            };
            let then = Then::Row(into.0.clone());
            act(Edit::Merge { from, into }, format!("{old}: same as {new}"), then)
        }
        Ask::Attach(id, into) => {
            let own = open.shown.annotation(&id).and_then(|a| a.entity());
            let (Some(from), Some(new), Some(words)) = (own.cloned(), name(&into), spelled(&id))
            else {
                return Plan::Nothing;
            };
            if from == into {
                return Plan::Nothing;
            }
            let words = format!("{words}: a mention of {new}");
            let then = Then::Row(into.0.clone());
            if !is_one_of_many(open, &from) {
                return act(Edit::Merge { from, into }, words, then);
            }
            let entity = open.log.fresh_entity_id();
            let from = entity.clone();
            let both = vec![Edit::Split { id, entity }, Edit::Merge { from, into }];
            act(Edit::Batch(both), words, then)
        }
        Ask::Part(id) => {
            let own = open.shown.annotation(&id).and_then(|a| a.entity());
            let Some(words) = spelled(&id).filter(|_| own.is_some_and(|e| is_one_of_many(open, e)))
            else {
                return Plan::Nothing;
            };
            let entity = open.log.fresh_entity_id();
            let then = Then::Row(entity.0.clone());
            act(Edit::Split { id, entity }, format!("{words} is an entity of its own now"), then)
        }
        Ask::Speaker(id, entity) => match open.shown.annotation(&id).map(|a| &a.body) {
            Some(Body::Quote(quote)) => {
                let row = id.0.clone();
                speaker::named(open, id, quote, entity).then(Then::Row(row))
            }
            _ => Plan::Nothing,
        },
        _ => Plan::Nothing,
    }
}

fn is_one_of_many(open: &Open, entity: &EntityId) -> bool {
    open.shown.entity(entity).is_some_and(|e| e.mentions.len() > 1)
}

/// Shows the next mention of an entity in the text, round the end.
fn jump(open: &mut Open, entity: &EntityId, back: bool, out: &mut Vec<Effect>) -> Option<String> {
    let shown = open.shown.clone();
    let mentions = &shown.entity(entity)?.mentions;
    let at = open.active.as_ref().and_then(|id| mentions.iter().position(|m| m == id));
    let n = mentions.len();
    let next = match (at, back) {
        (Some(at), true) => (at + n - 1) % n,
        (Some(at), false) => (at + 1) % n,
        (None, true) => n.checked_sub(1)?,
        (None, false) => 0,
    };
    let id = mentions.get(next)?;
    let span = shown.annotation(id)?.span;
    walk::reveal(open, id);
    open.popover = None;
    open.active = Some(id.clone());
    out.push(Effect::ShowSpan(span));
    let words = context::words_around(&shown, span, shown.text.slice(span), 5);
    Some(format!("{} of {n}: {words}", next + 1))
}

fn move_axis(open: &mut Open, zoom: Zoom) -> String {
    let (view, all) = {
        let live = open.live();
        let dates = lists::timeline(&live);
        (dates.view(open.time), dates.stretches())
    };
    let view = view.zoomed(zoom, &all);
    open.time = Some(view);
    view.in_words()
}
