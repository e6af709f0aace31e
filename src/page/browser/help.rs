//! The list of keys, where each command can be given another key.

use yew::{Html, html};

use super::shared::{Emit, dispatch, icon};
use crate::action::KeyboardAction;
use crate::keymap::{FIXED_KEYS, Keymap, SHORTCUTS};

pub(super) fn key_list(keys: &Keymap, emit: &Emit) -> Html {
    let rows = SHORTCUTS.iter().enumerate().map(|(i, command)| {
        let asked = keys.asked == Some(i);
        let key = if asked { "press a key" } else { keys.key(i) };
        html! {
            <div key={command.name}>
                <dt><button class="quiet" data-command={command.name} aria-pressed={asked.to_string()} title="Change this key"
                    onclick={dispatch(emit, KeyboardAction::Rebind((!asked).then_some(i)))}><kbd>{ key }</kbd></button></dt>
                <dd>{ command.words }</dd>
            </div>
        }
    });
    let fixed = FIXED_KEYS.iter().map(|(key, what)| {
        html! { <div key={*key}><dt><kbd>{ key }</kbd></dt><dd>{ what }</dd></div> }
    });
    html! {
        <div class="veil">
            <div id="help" role="dialog" aria-modal="true" aria-labelledby="help-title" tabindex="-1">
                <div class="head">
                    <h2 id="help-title">{ "Keys" }</h2>
                    <button class="quiet" aria-label="Close the list of keys" onclick={dispatch(emit, KeyboardAction::ToggleHelp)}>
                        { icon("M5 5l10 10M15 5L5 15") }
                    </button>
                </div>
                <p>{ "Keys work while the article or the popover has the focus. Click a key to change it." }</p>
                if let Some(trouble) = &keys.trouble {
                    <p class="error">{ trouble }</p>
                }
                <dl>{ for rows }{ for fixed }</dl>
                <div class="row">
                    <button id="keys" aria-pressed={(!keys.off).to_string()} onclick={dispatch(emit, KeyboardAction::ToggleShortcuts)}>
                        { if keys.off { "Keys are off. Switch them on" } else { "Keys are on. Switch them off" } }
                    </button>
                    if keys.is_changed() {
                        <button id="usual-keys" onclick={dispatch(emit, KeyboardAction::Reset)}>{ "Reset all keys" }</button>
                    }
                </div>
            </div>
        </div>
    }
}
