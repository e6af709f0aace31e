//! Comparisons with other people's annotations follow the document.

use std::rc::Rc;

use crate::dialog::Dialog;
use crate::state::{Open, State};
use galley_engine::agreement;

/// Compares again with the current document.
pub(super) fn refresh(open: &mut Open) {
    for other in &mut open.comparisons {
        if other.theirs.text != open.shown.text {
            let (theirs, lost) = agreement::align_text(&open.shown, (*other.theirs).clone());
            other.theirs = Rc::new(theirs);
            other.lost += lost;
        }
        other.agreement = agreement::compare(&open.shown, &other.theirs);
    }
}

/// [`refresh`], if the differences are shown.
pub(super) fn refresh_if_shown(state: &mut State) {
    if let (Some(Dialog::Compare), Some(open)) = (&state.dialog, &mut state.open) {
        refresh(open);
    }
}
