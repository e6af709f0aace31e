//! Which annotations are shown.

use super::announce::announce_unseen;
use crate::action::FilterAction;
use crate::state::State;
use crate::words;

pub(super) fn handle_action(state: &mut State, action: FilterAction) {
    let Some(open) = &mut state.open else { return };
    let kind = match action {
        FilterAction::ToggleKind(kind) => Some(kind),
        FilterAction::Label(_)
        | FilterAction::Status(_)
        | FilterAction::Speaker(_)
        | FilterAction::ToggleUncertain
        | FilterAction::ToggleReports
        | FilterAction::ShowAll => None,
    };
    open.filter.apply(action);
    open.redraw();
    let sentence = match kind {
        Some(kind) => {
            let word = if open.filter.hides(kind) { "hidden" } else { "shown" };
            format!("{}: {word}", words::kind_plural(kind))
        }
        None => {
            let shown = open.shown.annotations.iter().filter(|a| open.is_visible(a));
            format!("{} shown", shown.count())
        }
    };
    announce_unseen(state, &sentence);
}
