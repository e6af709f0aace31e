//! The caret in the article.

use super::announce::{announce, announce_still_reading, announce_unseen};
use super::apply_edit::carry_out;
use super::new_annotation;
use super::outcome::Outcome;
use crate::action::CaretAction;
use crate::effect::Effect;
use crate::state::{Popover, State};

pub(super) fn handle_action(state: &mut State, action: CaretAction, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    if open.partial {
        return announce_still_reading(state);
    }
    match action {
        CaretAction::Toggle => {
            open.caret = !open.caret;
            if open.caret {
                out.effect(Effect::Caret(action));
                announce(
                    state,
                    "The caret is in the text: arrows move it, Shift with arrows selects, Enter marks, Escape ends it.",
                );
            } else {
                out.effect(Effect::ClearSelection);
                announce_unseen(state, "The caret is off");
            }
        }
        CaretAction::Move { .. } => out.effect(Effect::Caret(action)),
        CaretAction::Enter => match open.popover {
            Some(Popover::New(span)) => {
                let new = new_annotation::guess_kind(open, span);
                let plan = new_annotation::plan_new(open, span, new);
                carry_out(state, plan, out);
            }
            Some(Popover::Card(_)) | None => out.effect(Effect::Caret(action)),
        },
    }
}
