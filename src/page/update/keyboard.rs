//! The list of keys: shown, switched off, given other keys. Kept in this browser.

use super::{say, walk};
use crate::action::{Action, Effect, Target};
use crate::keys::{COMMANDS, Keymap};
use crate::state::State;

pub(super) fn keyboard(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    match action {
        Action::KeptKeys(kept) => state.keys = Keymap::parse(&kept),
        Action::Help => {
            state.help = !state.help;
            state.dialog = None;
            state.keys.ask(None);
            out.push(Effect::Focus(match (state.help, &state.open) {
                (true, _) => Target::Id("help"),
                (false, Some(open)) => walk::home(open),
                (false, None) => Target::Id("help-button"),
            }));
        }
        Action::Keys => {
            state.keys.off = !state.keys.off;
            let word = if state.keys.off { "off" } else { "on" };
            say(state, &format!("Keys of the article: {word}"));
            keep(state, out);
        }
        Action::Rebind(row) => {
            state.keys.ask(row);
            let what = row.and_then(|i| COMMANDS.get(i)).map(|c| c.words);
            let words = match what {
                Some(what) => format!("Press the new key for: {what}. Escape leaves it."),
                None => "The key stays".to_owned(),
            };
            say(state, &words);
        }
        Action::Bind(key) => {
            let words = state.keys.bind(&key).unwrap_or_else(|why| why);
            say(state, &words);
            keep(state, out);
        }
        Action::UsualKeys => {
            state.keys = Keymap::default();
            say(state, "The usual keys are back");
            keep(state, out);
        }
        _ => {}
    }
}

fn keep(state: &State, out: &mut Vec<Effect>) {
    let kept = state.keys.to_string();
    out.push(Effect::Keep("keys", (!kept.is_empty()).then_some(kept)));
}
