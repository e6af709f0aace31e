//! Sentences for the person: announced in the live region and in a toast, or shown in a notice.

use crate::state::{Notice, State, Toast, Tone};
use crate::words;

/// Announces a sentence in the live region, and shows it in a toast: what has to be known and is not seen otherwise.
pub(super) fn announce(state: &mut State, sentence: &str) {
    announce_unseen(state, sentence);
    show_toast(state, sentence, false);
}

/// Announces what is in sight anyway: what has the focus now, what opened or closed.
pub(super) fn announce_unseen(state: &mut State, sentence: &str) {
    let announced = &mut state.announced;
    announced.count = announced.count.wrapping_add(1);
    sentence.clone_into(&mut announced.text);
}

/// Announces what was done, and what has the focus after it; a toast shows the first and, if the document was
/// changed, a button that takes it back.
pub(super) fn announce_change(
    state: &mut State,
    sentence: &str,
    focused: Option<&str>,
    undo: bool,
) {
    let all = [sentence, focused.unwrap_or_default()];
    let all: Vec<&str> = all.into_iter().filter(|s| !s.is_empty()).collect();
    announce_unseen(state, &all.join(". "));
    let seen = match focused {
        Some("Everything is checked") => all.join(". "),
        _ => sentence.to_owned(),
    };
    show_toast(state, &seen, undo);
}

fn show_toast(state: &mut State, sentence: &str, undo: bool) {
    let number = state.announced.count;
    // A name may hold signs that turn the direction of all that follows.
    let text = sentence.chars().filter(|c| !words::turns_direction(*c)).collect();
    let toast = Toast { number, text, undo, undo_change: false, only_this: None };
    state.toast = (!toast.text.is_empty()).then_some(toast);
}

/// Shows what did not work, until the person closes it.
pub(super) fn show_trouble(state: &mut State, sentence: &str) {
    state.notice = Some(Notice { tone: Tone::Trouble, text: sentence.to_owned() });
}

/// Shows what is good to know, until the person closes it.
pub(super) fn show_info(state: &mut State, sentence: &str) {
    state.notice = Some(Notice { tone: Tone::Info, text: sentence.to_owned() });
}

/// Announces that the document cannot be edited yet.
pub(super) fn announce_still_reading(state: &mut State) {
    announce(state, "Still reading. One moment, please.");
}
