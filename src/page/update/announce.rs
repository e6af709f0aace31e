//! Sentences for the person: announced in the live region, or shown in a notice.

use crate::state::{Notice, State, Tone};

/// Announces a sentence in the live region.
pub(super) fn announce(state: &mut State, sentence: &str) {
    let announced = &mut state.announced;
    announced.count = announced.count.wrapping_add(1);
    sentence.clone_into(&mut announced.text);
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
