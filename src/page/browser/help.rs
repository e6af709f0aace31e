//! The list of keys, where each can be given to something else.

use yew::Html;

use super::draw::draw;
use super::shared::{Emit, does, icon};
use crate::action::Action;
use crate::keys::{COMMANDS, FIXED, Keymap};

pub(super) fn view(keys: &Keymap, emit: &Emit) -> Html {
    let rows = COMMANDS.iter().enumerate().map(|(i, command)| {
        let asked = keys.asked == Some(i);
        let key = if asked { "press a key" } else { keys.key(i) };
        draw! {
            <div key={command.name}>
                <dt><button class="quiet" data-command={command.name} aria-pressed={if asked { "true" } else { "false" }} title="Give it another key"
                    onclick={does(emit, Action::Rebind((!asked).then_some(i)))}><kbd>{ key.to_owned() }</kbd></button></dt>
                <dd>{ command.words }</dd>
            </div>
        }
    });
    let fixed = FIXED.iter().map(|(key, what)| {
        draw! { <div key={*key}><dt><kbd>{ *key }</kbd></dt><dd>{ *what }</dd></div> }
    });
    draw! {
        <div class="veil">
            <div id="help" role="dialog" aria-modal="true" aria-labelledby="help-title" tabindex="-1">
                <div class="head">
                    <h2 id="help-title">{ "Keys" }</h2>
                    <button class="quiet" aria-label="Close the list of keys" onclick={does(emit, Action::Help)}>
                        { icon("M5 5l10 10M15 5L5 15") }
                    </button>
                </div>
                <p>{ "They work while the article or the popover has the focus. Click a key to give it another." }</p>
                if let Some(trouble) = &keys.trouble { <p class="error">{ trouble.clone() }</p> }
                <dl>{ for rows }{ for fixed }</dl>
                <div class="row">
                    <button id="keys" aria-pressed={if keys.off { "false" } else { "true" }} onclick={does(emit, Action::Keys)}>
                        { if keys.off { "Keys are off: switch on" } else { "Keys are on: switch off" } }
                    </button>
                    if keys.is_changed() {
                        <button id="usual-keys" onclick={does(emit, Action::UsualKeys)}>{ "The usual keys" }</button>
                    }
                </div>
            </div>
        </div>
    }
}
