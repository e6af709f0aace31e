//! Downloading a file.

use super::announce::announce;
use super::focus::target_after_closing;
use super::outcome::Outcome;
use crate::dialog::Dialog;
use crate::effect::{Effect, Target};
use crate::state::State;
use galley_engine::text::lowercase_char;

/// Closes the dialog; the focus goes back.
pub(super) fn close_dialog(state: &mut State, out: &mut Outcome) {
    state.dialog = None;
    out.effect(Effect::Focus(match &state.open {
        Some(open) => target_after_closing(open),
        None => Target::Id("more"),
    }));
}

/// Offers a file for download. A dialog of formats closes.
pub(super) fn offer_download(
    state: &mut State,
    name: String,
    bytes: Vec<u8>,
    media_type: String,
    out: &mut Outcome,
) {
    if let Some(Dialog::Files { .. }) = state.dialog {
        close_dialog(state, out);
    }
    announce(state, &format!("Downloaded {name}"));
    out.effect(Effect::Download { name, bytes, media_type });
}

/// A file name from a title that every file system takes.
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
