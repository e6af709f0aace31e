//! Corrections: every one goes through the log, is said aloud and saved at once.

use std::rc::Rc;

use super::{close_popover, create, dialog, read, say, speaker, trouble, walk};
use crate::action::{Action, Edge, Effect, Target};
use crate::boundary;
use crate::state::{Open, Popover, Purpose, State};
use crate::words;
use galley_engine::calendar::Stamp;
use galley_engine::dates;
use galley_engine::document::{
    Anchor, Annotation, AnnotationId, Body, EntityBody, EntityId, Interval, Timex,
};
use galley_engine::edits::Edit;
use galley_engine::text::{Span, lowercase_char};
use galley_formats::galley_json;

pub(super) fn edit(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Some(open) = &mut state.open else { return };
    match action {
        Action::Download => return download(state, out),
        Action::Published(typed) => return published(state, &typed, out),
        _ if open.partial => {
            say(state, "Still reading: a moment, please");
            return;
        }
        Action::Undo | Action::Redo => return undo(state, action == Action::Undo, out),
        _ => {}
    }
    if let (Action::Label(label), Some(Popover::New(_))) = (&action, &open.popover) {
        open.last_label = Some(*label);
    }
    let plan = plan(open, action);
    perform(state, plan, out);
}

/// Does what was planned, says it and saves.
pub(super) fn perform(state: &mut State, plan: Plan, out: &mut Vec<Effect>) {
    let Some(open) = &mut state.open else { return };
    match plan {
        Plan::Nothing => {}
        Plan::Refuse(why) => refuse(state, why),
        Plan::Do { edit, words, then } => {
            let span = current(open).map(|a| a.span);
            match open.log.apply(*edit) {
                Ok(()) => {
                    open.refresh();
                    let more = settle(open, then, span, out);
                    say(state, &[words.as_str(), more.as_deref().unwrap_or("")].join(". "));
                    read::save(state, out);
                }
                Err(why) => refuse(state, why.to_string()),
            }
        }
    }
}

/// What an action comes to.
pub(super) enum Plan {
    Nothing,
    Refuse(String),
    Do { edit: Box<Edit>, words: String, then: Then },
}

impl Plan {
    /// The same with another end.
    pub(super) fn then(self, then: Then) -> Plan {
        match self {
            Plan::Do { edit, words, .. } => Plan::Do { edit, words, then },
            other => other,
        }
    }
}

/// What happens to the popover and the focus after an edit.
pub(super) enum Then {
    /// They stay.
    Stay,
    /// The popover closes, its mark gets the focus.
    Close,
    /// The annotation is gone: the next one gets the focus.
    Next,
    /// This new annotation gets the popover's place.
    Show(AnnotationId),
    /// The row of an annotation or entity in the panel gets the focus.
    Row(String),
}

/// The annotation that the popover is about, else the active one.
pub(super) fn current(open: &Open) -> Option<&Annotation> {
    let id = open.card().map(|c| &c.id).or(open.active.as_ref())?;
    open.shown.annotation(id)
}

fn plan(open: &Open, action: Action) -> Plan {
    if let Some(Popover::New(span)) = open.popover {
        return create::plan_new(open, span, &action);
    }
    if let Action::Restore(id) = action {
        let words = "Taken back".to_owned();
        // From the popover the focus stays there; from the list it goes along with the row.
        let then = match open.card() {
            Some(_) => Then::Stay,
            None => Then::Row(id.0.clone()),
        };
        return act(Edit::Restore(id), words, then);
    }
    if let Action::AcceptEntity(id) = action {
        return accept_entity(open, &id);
    }
    if let Action::ApplyAll(reject) = action {
        return apply_all(open, reject);
    }
    let Some(a) = current(open) else {
        return Plan::Nothing;
    };
    let id = a.id.clone();
    let text = words::quote(open.shown.text.slice(a.span), 60);
    let date = |timex: Timex, interval| {
        let words = format!("{text} is {}", words::date(&timex));
        let id = a.id.clone();
        act(Edit::SetDate { id, timex, interval }, words, Then::Stay)
    };
    match (action, &a.body) {
        (Action::Accept, _) => act(Edit::Accept(id), format!("Accepted: {text}"), Then::Close),
        (Action::Reject, _) => {
            act(Edit::Reject(id), format!("Not an annotation: {text}"), Then::Next)
        }
        (Action::Label(label), Body::Entity(_)) => act(
            Edit::Relabel { id, label, whole_entity: true },
            format!("{text} is now: {}", label.title()),
            Then::Stay,
        ),
        (Action::Label(_), _) => Plan::Refuse(
            "A date or quote has no other label. Reject it and mark the words anew.".to_owned(),
        ),
        (Action::Move(edge, step), _) => {
            match boundary::moved(&open.shown.text, a.span, edge, step) {
                Some(span) => {
                    let now = words::quote(open.shown.text.slice(span), 60);
                    let which = if edge == Edge::Start { "Starts" } else { "Ends" };
                    resized(id, span, format!("{which} elsewhere: {now}"))
                }
                None => Plan::Refuse("The boundary cannot go further.".to_owned()),
            }
        }
        (Action::Rename(name), Body::Entity(EntityBody { entity: Some(entity), .. })) => {
            let same = open.shown.entity(entity).is_some_and(|e| e.name == name.trim());
            if same {
                return Plan::Nothing;
            }
            let name = name.trim().to_owned();
            let words = format!("Named {name}");
            let entity = entity.clone();
            act(Edit::Rename { entity, name }, words, Then::Stay)
        }
        (Action::Merge(into), Body::Entity(EntityBody { entity: Some(from), .. })) => {
            let name = open.shown.entity(&into).map(|e| e.name.clone());
            let words = format!("Same as {}", name.unwrap_or_default());
            let from = from.clone();
            act(Edit::Merge { from, into }, words, Then::Stay)
        }
        (Action::Split, Body::Entity(EntityBody { entity: Some(_), .. })) => act(
            Edit::Split { id, entity: open.log.fresh_entity_id() },
            format!("{text} is an entity of its own now"),
            Then::Stay,
        ),
        (Action::SetDate(typed), Body::Date(_)) => match date_value(open, &typed) {
            Ok((timex, interval)) => date(timex, interval),
            Err(why) => Plan::Refuse(why),
        },
        (Action::PickDate(n), Body::Date(d)) => match d.alternatives.get(n) {
            Some(other) => date(other.timex.clone(), other.interval.clone()),
            None => Plan::Nothing,
        },
        (Action::SetSpeaker(entity), Body::Quote(q)) => speaker::named(open, id, q, entity),
        (Action::TypeSpeaker(name), Body::Quote(q)) => speaker::typed(open, id, q, name.trim()),
        (Action::SetQuoteKind(kind), Body::Quote(q)) if q.kind != kind => {
            act(Edit::SetQuoteKind { id, kind }, words::quote_kind(kind).to_owned(), Then::Stay)
        }
        _ => Plan::Nothing,
    }
}

pub(super) fn act(edit: Edit, words: String, then: Then) -> Plan {
    Plan::Do { edit: Box::new(edit), words, then }
}

/// Reads a typed value: ISO 8601, EDTF, TIMEX3 or plain words.
pub(super) fn date_value(open: &Open, typed: &str) -> Result<(Timex, Option<Interval>), String> {
    let value = dates::parse_value(typed, open.shown.published).map_err(|e| e.to_string())?;
    let interval = value.value.interval();
    let timex = Timex {
        kind: value.kind,
        value: value.value,
        modifier: value.modifier,
        anchor: Anchor::None,
    };
    Ok((timex, interval))
}

/// Other boundaries for an annotation.
pub(super) fn resized(id: AnnotationId, span: Span, words: String) -> Plan {
    act(Edit::Resize { id, span }, words, Then::Stay)
}

/// Does at every ticked place what was asked for, as one step.
fn apply_all(open: &Open, reject: bool) -> Plan {
    let Some((id, spread)) = open.card().and_then(|c| Some((&c.id, c.spread.as_ref()?))) else {
        return Plan::Nothing;
    };
    let n = spread.ticked();
    if reject {
        let words = format!("Not an annotation, here and at {n} other places");
        return act(spread.reject(id), words, Then::Next);
    }
    let edit = spread.apply(&open.shown, id, open.log.fresh_ids(n));
    let words = format!("Applied to {n} other places. One undo takes it back");
    act(edit, words, Then::Stay)
}

/// Accepts all unchecked mentions of an entity as one step.
fn accept_entity(open: &Open, id: &EntityId) -> Plan {
    let Some(entity) = open.shown.entity(id) else {
        return Plan::Nothing;
    };
    let edits: Vec<Edit> = open
        .shown
        .annotations
        .iter()
        .filter(|a| a.entity() == Some(id) && a.status == galley_engine::document::Status::Machine)
        .map(|a| Edit::Accept(a.id.clone()))
        .collect();
    if edits.is_empty() {
        return Plan::Nothing;
    }
    let words = format!("Accepted {} mentions of {}", edits.len(), entity.name);
    act(Edit::Batch(edits), words, Then::Row(id.0.clone()))
}

fn settle(
    open: &mut Open,
    then: Then,
    span: Option<Span>,
    out: &mut Vec<Effect>,
) -> Option<String> {
    if let Some(Popover::Card(card)) = &mut open.popover {
        card.error = None;
        card.merging = false;
        card.spread = None;
        card.preview = None;
    }
    match then {
        Then::Stay => {
            let target = match (&open.popover, &open.active) {
                (None, Some(id)) => Some(Target::Mark(id.clone())),
                _ => None,
            };
            out.extend(target.map(Effect::Focus));
            None
        }
        Then::Close => {
            close_popover(open);
            out.push(Effect::Focus(walk::home(open)));
            None
        }
        Then::Next => {
            close_popover(open);
            let next = span.and_then(|span| walk::after(open, span));
            match next {
                Some(id) => walk::focus(open, id, out),
                None => {
                    open.active = None;
                    out.push(Effect::Focus(Target::Article));
                    None
                }
            }
        }
        Then::Row(id) => {
            out.push(Effect::Focus(Target::Row(id)));
            None
        }
        Then::Show(id) => {
            open.popover = None;
            out.push(Effect::Unselect);
            walk::focus(open, id, out);
            None
        }
    }
}

/// Says why not: in the popover when it is open, and aloud.
fn refuse(state: &mut State, why: String) {
    let mut why = why;
    if let Some(first) = why.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if let Some(Open { popover: Some(Popover::Card(card)), .. }) = &mut state.open {
        card.error = Some(why.clone());
    }
    say(state, &why);
}

fn undo(state: &mut State, back: bool, out: &mut Vec<Effect>) {
    let Some(open) = &mut state.open else { return };
    let done = if back { open.log.undo() } else { open.log.redo() };
    if !done {
        say(state, if back { "Nothing to undo" } else { "Nothing to redo" });
        return;
    }
    if matches!(open.popover, Some(Popover::New(_))) {
        open.popover = None;
    }
    let had = open.popover.is_some();
    open.refresh();
    if had && open.popover.is_none() {
        out.push(Effect::Focus(walk::home(open)));
    }
    say(state, if back { "Undone" } else { "Done again" });
    read::save(state, out);
}

fn published(state: &mut State, typed: &str, out: &mut Vec<Effect>) {
    let Some(open) = &state.open else { return };
    let typed = typed.trim();
    let stamp = Stamp::parse(typed);
    if stamp.is_none() && !typed.is_empty() {
        trouble(state, &format!("“{typed}” is not a date. Write it as 2021-07-23."));
        return;
    }
    if open.partial {
        say(state, "Still reading: a moment, please");
        return;
    }
    let same = match (stamp, open.shown.published) {
        (Some(new), Some(old)) => new.day == old.day && new.time.is_none(),
        (new, old) => new == old,
    };
    if !same {
        let text: Rc<str> = Rc::from(open.shown.text.as_str());
        read::begin(state, Purpose::Reread, text, stamp, out);
    }
}

fn download(state: &mut State, out: &mut Vec<Effect>) {
    let Some(open) = &state.open else { return };
    match galley_json::write(&open.shown, true) {
        Ok(text) => {
            let name = format!("{}.galley.json", file_name(&open.title()));
            let kind = "application/json".to_owned();
            dialog::hand_over(state, name, text.into_bytes(), kind, out);
        }
        Err(why) => {
            trouble(state, &format!("The document was not written, as it would be wrong: {why}."))
        }
    }
}

/// A name that every file system takes.
pub(super) fn file_name(title: &str) -> String {
    let mut name = String::new();
    for c in title.chars().take(80) {
        if c.is_alphanumeric() {
            name.push(lowercase_char(c));
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() { "document".to_owned() } else { name.to_owned() }
}
