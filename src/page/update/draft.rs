//! What is typed in the popover's fields: whatever leads away from there does it first, so that nothing typed is
//! lost and nothing is accepted that a person has just written over.

use super::apply_edit::{Plan, carry_out};
use super::edit_plans as plans;
use super::outcome::Outcome;
use super::speaker::{self, Naming};
use crate::action::{
    Action, DialogAction, EditAction, FilesAction, LearnAction, PageAction, PopoverAction,
    ReadAction, StorageAction, WalkAction,
};
use crate::action::{DraftField, QueueAction, ShelfAction, SuggestAction};
use crate::effect::{Effect, Target};
use crate::state::{Draft, Open, State};
use galley_engine::document::{Annotation, Body};

/// What an action means for what is typed.
enum Meaning {
    /// It has nothing to do with it.
    Keep,
    /// It takes its place.
    Replace,
    /// It leads away from it: what is typed is done first.
    Finish,
}

/// Deals with what is typed before an action. False if the action must wait, because the person is asked first.
pub(super) fn finish_before(state: &mut State, action: &Action, out: &mut Outcome) -> bool {
    let Some(card) = state.open.as_mut().and_then(Open::card_mut) else {
        return true;
    };
    let Some(draft) = &card.draft else {
        return true;
    };
    match meaning_of(action) {
        Meaning::Keep => true,
        Meaning::Replace => {
            card.draft = None;
            true
        }
        // Asked already: it is left out.
        Meaning::Finish if draft.asked => {
            card.draft = None;
            card.error = None;
            true
        }
        Meaning::Finish => finish(state, out),
    }
}

fn meaning_of(action: &Action) -> Meaning {
    match action {
        Action::Popover(action) => match action {
            PopoverAction::ToggleMergeList
            | PopoverAction::ToggleOccurrences
            | PopoverAction::Tick(_)
            | PopoverAction::PickSpeaker => Meaning::Finish,
            PopoverAction::Type(..)
            | PopoverAction::LeaveField(..)
            | PopoverAction::ToggleUnit
            | PopoverAction::ToggleScope
            | PopoverAction::ToggleKeep
            | PopoverAction::ToggleEdge
            | PopoverAction::SetEdge(_)
            | PopoverAction::TypeEdge(_)
            | PopoverAction::StepEdge(_)
            | PopoverAction::DragBoundary { .. }
            | PopoverAction::DropBoundary(_) => Meaning::Keep,
        },
        Action::Edit(action) => match action {
            EditAction::Reject
            | EditAction::Restore(_)
            | EditAction::Rename(_)
            | EditAction::Merge(_)
            | EditAction::SetDate(_)
            | EditAction::PickAlternative(_)
            | EditAction::SetSpeaker(_)
            | EditAction::PickSpeaker(_)
            | EditAction::Undo
            | EditAction::Redo => Meaning::Replace,
            // Asks about what is typed itself.
            EditAction::NameSpeaker(_) | EditAction::MoveBoundary(..) => Meaning::Keep,
            EditAction::Accept
            | EditAction::AcceptAndGoOn
            | EditAction::AcceptSure
            | EditAction::AcceptMentions
            | EditAction::AcceptEntity(_)
            | EditAction::SetLabel(_)
            | EditAction::OnlyThisOne(..)
            | EditAction::MarkFound(_)
            | EditAction::AddDate
            | EditAction::AddQuote
            | EditAction::Split
            | EditAction::ApplyToTicked { .. }
            | EditAction::SetQuoteKind(_)
            | EditAction::SetTitle(_)
            | EditAction::SetPublished(_) => Meaning::Finish,
        },
        Action::Walk(action) => match action {
            WalkAction::Hover(_) | WalkAction::FocusField(_) => Meaning::Keep,
            WalkAction::Point(_)
            | WalkAction::Go(..)
            | WalkAction::Step { .. }
            | WalkAction::Outer
            | WalkAction::Inner
            | WalkAction::OpenActive
            | WalkAction::ToggleReview
            | WalkAction::DoubleClick(_)
            | WalkAction::Select(_) => Meaning::Finish,
        },
        Action::Page(action) => match action {
            PageAction::Escape | PageAction::CloseDocument => Meaning::Finish,
            PageAction::CloseNotice
            | PageAction::HideToast(_)
            | PageAction::CloseHints
            | PageAction::HintsSeen
            | PageAction::NextScheme
            | PageAction::SetScheme(_)
            | PageAction::Tell(_)
            | PageAction::Announce(_) => Meaning::Keep,
        },
        Action::Read(action) => match action {
            ReadAction::Take(_) | ReadAction::TakeSample(_) => Meaning::Finish,
            ReadAction::Refused(_)
            | ReadAction::Engine(_)
            | ReadAction::EngineDied
            | ReadAction::TimerEnded(_)
            | ReadAction::Cancel => Meaning::Keep,
        },
        Action::Files(action) => match action {
            FilesAction::DownloadGalley | FilesAction::Open { .. } => Meaning::Finish,
            FilesAction::Start
            | FilesAction::Worker(_)
            | FilesAction::Died
            | FilesAction::RequestOffers => Meaning::Keep,
        },
        Action::Storage(StorageAction::Open(_)) => Meaning::Finish,
        Action::Shelf(ShelfAction::OpenNext) | Action::Queue(QueueAction::Add { .. }) => {
            Meaning::Finish
        }
        Action::Storage(_)
        | Action::Shelf(_)
        | Action::Queue(_)
        | Action::Backup(_)
        | Action::Keyboard(_) => Meaning::Keep,
        Action::Dialog(DialogAction::WordsStored { .. }) => Meaning::Keep,
        Action::Learn(
            LearnAction::Start
            | LearnAction::Gathered(_)
            | LearnAction::Learned(_)
            | LearnAction::RestoreOff
            | LearnAction::Suggest(
                SuggestAction::Found { .. }
                | SuggestAction::GatheredEverywhere(_)
                | SuggestAction::FoundEverywhere(_),
            )
            | LearnAction::Tried { .. },
        ) => Meaning::Keep,
        Action::Learn(_) => Meaning::Finish,
        Action::Dialog(_)
        | Action::Search(_)
        | Action::Caret(_)
        | Action::Panel(_)
        | Action::Filter(_) => Meaning::Finish,
    }
}

/// Does what is typed; false if that cannot be done as it stands: then the popover says why.
fn finish(state: &mut State, out: &mut Outcome) -> bool {
    let Some(plan) = plan_of_draft(state) else {
        return true;
    };
    let refused = matches!(plan, Plan::Refuse(_));
    let field = set_asked(state, refused);
    carry_out(state, plan, out);
    if let Some(field) = field.filter(|_| refused) {
        out.effect(Effect::Focus(Target::Id(field_id(field))));
    }
    !refused
}

/// Does what is typed when the focus leaves the field, unless a question would have to be asked.
pub(super) fn leave_field(state: &mut State, field: DraftField, text: String, out: &mut Outcome) {
    type_text(state, field, text);
    match plan_of_draft(state) {
        Some(Plan::Refuse(_)) | None => {}
        Some(plan) => {
            set_asked(state, false);
            carry_out(state, plan, out);
        }
    }
}

/// Notes what is typed in a field.
pub(super) fn type_text(state: &mut State, field: DraftField, text: String) {
    let Some(open) = &mut state.open else { return };
    let Some(id) = open.card().map(|card| card.id.clone()) else {
        return;
    };
    let now = open.shown.annotation(&id).and_then(|a| value_of(open, a, field));
    let Some(now) = now else { return };
    if let Some(card) = open.card_mut() {
        let before = card.draft.as_ref();
        let same = before.is_some_and(|d| d.field == field && d.text == text);
        if !same {
            card.error = None;
            card.draft = (text != now).then_some(Draft { field, text, asked: false });
        }
    }
}

/// Sets the speaker as typed, on Enter. A name that is nowhere in the text is asked about once.
pub(super) fn name_speaker(state: &mut State, name: &str, out: &mut Outcome) {
    let Some(open) = &state.open else { return };
    let confirmed = open.card().and_then(|c| c.draft.as_ref());
    let confirmed = confirmed.is_some_and(|d| d.asked && d.text.trim() == name.trim());
    let naming = if confirmed { Naming::AsTyped } else { Naming::OnlyKnown };
    let Some(plan) = plan_speaker(open, name, naming) else {
        return;
    };
    let refused = matches!(plan, Plan::Refuse(_));
    if let Some(card) = state.open.as_mut().and_then(Open::card_mut) {
        let text = name.to_owned();
        card.draft = refused.then_some(Draft { field: DraftField::Speaker, text, asked: true });
    }
    carry_out(state, plan, out);
}

/// The id of a field.
fn field_id(field: DraftField) -> &'static str {
    match field {
        DraftField::Name => "name",
        DraftField::Speaker => "speaker",
        DraftField::Date => "date-value",
    }
}

/// Leaves the draft as one that was asked about, or takes it away; gives its field.
fn set_asked(state: &mut State, asked: bool) -> Option<DraftField> {
    let card = state.open.as_mut().and_then(Open::card_mut)?;
    let field = card.draft.as_ref()?.field;
    match asked {
        true => card.draft.as_mut()?.asked = true,
        false => card.draft = None,
    }
    Some(field)
}

/// What the fields of the popover say while nothing is typed; `None`: it has no such field.
fn value_of(open: &Open, a: &Annotation, field: DraftField) -> Option<String> {
    match (field, &a.body) {
        (DraftField::Name, Body::Entity(e)) => {
            Some(open.shown.entity(e.entity.as_ref()?)?.name.clone())
        }
        (DraftField::Speaker, Body::Quote(q)) => {
            Some(speaker::shown_name(open, q).unwrap_or_default())
        }
        (DraftField::Date, Body::Date(d)) => Some(d.timex.value.to_string()),
        (_, Body::Entity(_) | Body::Date(_) | Body::Quote(_)) => None,
    }
}

fn plan_of_draft(state: &State) -> Option<Plan> {
    let open = state.open.as_ref()?;
    let card = open.card()?;
    let draft = card.draft.as_ref()?;
    let a = open.shown.annotation(&card.id)?;
    let text = draft.text.trim();
    match draft.field {
        _ if open.partial => None,
        DraftField::Name => Some(plans::rename_entity(open, a, text)),
        DraftField::Date => Some(plans::set_date(open, a, text)),
        DraftField::Speaker => plan_speaker(open, text, Naming::OnlyKnown),
    }
}

fn plan_speaker(open: &Open, name: &str, naming: Naming) -> Option<Plan> {
    let a = open.shown.annotation(&open.card()?.id)?;
    match &a.body {
        Body::Quote(q) => Some(speaker::set_name(open, a.id.clone(), q, name.trim(), naming)),
        Body::Entity(_) | Body::Date(_) => None,
    }
}
