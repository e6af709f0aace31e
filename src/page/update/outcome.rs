//! What a handler asks for.

use crate::action::Action;
use crate::effect::Effect;

/// Effects for the browser, and actions of other areas that follow.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// In the order in which the browser carries them out.
    pub(super) effects: Vec<Effect>,
    /// In the order in which they are handled, after the handler that asked for them.
    pub(super) follow_ups: Vec<Action>,
}

impl Outcome {
    /// Asks the browser for this.
    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Lets this action follow.
    pub(super) fn follow_up(&mut self, action: impl Into<Action>) {
        self.follow_ups.push(action.into());
    }
}
