//! The list of shortcuts: shown, switched off, given other keys. Kept in this browser.

use super::announce::announce_unseen;
use super::focus::target_after_closing;
use super::outcome::Outcome;
use crate::action::KeyboardAction;
use crate::effect::{Effect, Target};
use crate::keymap::{Keymap, SHORTCUTS};
use crate::state::State;

pub(super) fn handle_action(state: &mut State, action: KeyboardAction, out: &mut Outcome) {
    match action {
        KeyboardAction::Restore(stored) => state.keys = Keymap::parse(&stored),
        KeyboardAction::ToggleHelp => {
            state.help = !state.help;
            state.dialog = None;
            state.keys.wait_for_key(None);
            out.effect(Effect::Focus(match (state.help, &state.open) {
                (true, _) => Target::Id("help"),
                (false, Some(open)) => target_after_closing(open),
                (false, None) => Target::Id("help-button"),
            }));
        }
        KeyboardAction::ToggleShortcuts => {
            state.keys.off = !state.keys.off;
            let word = if state.keys.off { "off" } else { "on" };
            announce_unseen(state, &format!("Article keys: {word}"));
            store_keymap(state, out);
        }
        KeyboardAction::Rebind(row) => {
            state.keys.wait_for_key(row);
            let sentence = match row.and_then(|i| SHORTCUTS.get(i)) {
                Some(shortcut) => {
                    format!("Press the new key for: {}. Escape cancels.", shortcut.words)
                }
                None => "The key is unchanged".to_owned(),
            };
            announce_unseen(state, &sentence);
        }
        KeyboardAction::Bind(key) => {
            let sentence = state.keys.bind(&key).unwrap_or_else(|why| why);
            announce_unseen(state, &sentence);
            store_keymap(state, out);
        }
        KeyboardAction::Reset => {
            state.keys = Keymap::default();
            announce_unseen(state, "All keys are reset");
            store_keymap(state, out);
        }
    }
}

fn store_keymap(state: &State, out: &mut Outcome) {
    let stored = state.keys.to_string();
    out.effect(Effect::StoreSetting("keys", (!stored.is_empty()).then_some(stored)));
}
