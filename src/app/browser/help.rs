//! The list of keys.

use yew::{Html, html};

use super::shared::{Emit, does, icon};
use crate::app::action::Action;
use crate::app::keys;

pub(super) fn view(off: bool, emit: &Emit) -> Html {
    let rows = keys::LIST.iter().map(|(key, what)| {
        html! { <div key={*key}><dt><kbd>{ *key }</kbd></dt><dd>{ *what }</dd></div> }
    });
    html! {
        <div class="veil">
            <div id="help" role="dialog" aria-modal="true" aria-labelledby="help-title" tabindex="-1">
                <div class="head">
                    <h2 id="help-title">{ "Keys" }</h2>
                    <button class="quiet" aria-label="Close the list of keys" onclick={does(emit, Action::Help)}>
                        { icon("M5 5l10 10M15 5L5 15") }
                    </button>
                </div>
                <p>{ "They work while the article or the popover has the focus." }</p>
                <dl>{ for rows }</dl>
                <button id="keys" aria-pressed={if off { "false" } else { "true" }} onclick={does(emit, Action::Keys)}>
                    { if off { "Keys are off: switch on" } else { "Keys are on: switch off" } }
                </button>
            </div>
        </div>
    }
}
