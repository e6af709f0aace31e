//! The table of shortcuts, and which key each of them has. What a key press does is up to [`super::keys`].

use std::fmt;

use super::action::Edge;

/// What a key can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Step {
        back: bool,
        unreviewed: bool,
    },
    Accept,
    AcceptAndGoOn,
    AcceptMentions,
    AcceptSure,
    Review,
    Reject,
    Edge,
    /// Move this boundary; `true`: towards the end of the text.
    MoveBoundary(Edge, bool),
    FocusSpeaker,
    PickSpeaker,
    /// Focus the date's value; on selected text or another annotation: make a date of it.
    Date,
    /// Make a quote of the selected text or the annotation.
    Quote,
    Merge,
    Split,
    OnlyThis,
    ApplyToAll,
    Elsewhere,
    Caret,
    Search,
    /// Show the next suggestion, or the one before.
    Suggestion {
        back: bool,
    },
    TakeSuggestion,
    RefuseSuggestion,
    Help,
}

/// A row of the list of shortcuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortcut {
    /// Its name in storage.
    pub name: &'static str,
    /// Its default key.
    pub key: &'static str,
    /// What it does, for people.
    pub words: &'static str,
    pub(super) command: Command,
}

const fn row(
    name: &'static str,
    key: &'static str,
    words: &'static str,
    command: Command,
) -> Shortcut {
    Shortcut { name, key, words, command }
}

const fn step(back: bool, unreviewed: bool) -> Command {
    Command::Step { back, unreviewed }
}

/// Every shortcut whose key can be changed, in the order of the list.
#[rustfmt::skip]
pub const SHORTCUTS: [Shortcut; 31] = [
    row("next", "J", "next annotation", step(false, false)),
    row("previous", "K", "previous annotation", step(true, false)),
    row("next-open", "U", "next unchecked annotation", step(false, true)),
    row("previous-open", "Shift+U", "previous unchecked annotation", step(true, true)),
    row("accept", "A", "accept and go on to the next unchecked", Command::AcceptAndGoOn),
    row("accept-stay", "Shift+A", "accept and stay", Command::Accept),
    row("accept-mentions", "Shift+G", "accept all of this name", Command::AcceptMentions),
    row("accept-sure", "B", "accept all that are sure: go to the button", Command::AcceptSure),
    row("review", "R", "review the least certain first, on or off", Command::Review),
    row("reject", "X", "not an annotation, and go on (also Delete)", Command::Reject),
    row("start-out", "[", "move the start outwards by a word (with Alt: by a character)", Command::MoveBoundary(Edge::Start, false)),
    row("end-out", "]", "move the end outwards", Command::MoveBoundary(Edge::End, true)),
    row("start-in", "{", "move the start inwards", Command::MoveBoundary(Edge::Start, true)),
    row("end-in", "}", "move the end inwards", Command::MoveBoundary(Edge::End, false)),
    row("edge", "E", "move the nearer edge to a word: click it, or type its first letters", Command::Edge),
    row("speaker", "S", "speaker of a quote", Command::FocusSpeaker),
    row("pick", "P", "pick the speaker in the text", Command::PickSpeaker),
    row("date", "D", "edit a date; make a date of selected text or of a name", Command::Date),
    row("quote", "Q", "make a quote of selected text or of a name", Command::Quote),
    row("merge", "M", "merge with another name", Command::Merge),
    row("split", "Shift+M", "not the same name", Command::Split),
    row("only-this", "O", "a label for only this one, or for all of this name", Command::OnlyThis),
    row("all", "G", "apply to the same words", Command::ApplyToAll),
    row("elsewhere", "W", "the last correction of a name: in other articles too", Command::Elsewhere),
    row("caret", "C", "caret in the text, on or off", Command::Caret),
    row("find", "/", "find and filter", Command::Search),
    row("suggestion", "I", "next suggestion of your own labels", Command::Suggestion { back: false }),
    row("suggestion-back", "Shift+I", "previous suggestion", Command::Suggestion { back: true }),
    row("take", "T", "take the suggestion", Command::TakeSuggestion),
    row("refuse", "F", "refuse the suggestion", Command::RefuseSuggestion),
    row("help", "?", "show this list", Command::Help),
];

/// Keys that cannot be changed.
pub const FIXED_KEYS: [(&str, &str); 10] = [
    ("Enter", "open the annotation"),
    ("N", "next document with something left to check"),
    ("Alt+click", "with a popover open: the nearer edge goes to this word"),
    ("1 – 9", "set the label; mark selected text; choose a quote's speaker"),
    ("Alt+↑ / Alt+↓", "outer or inner annotation"),
    ("Arrows", "move the caret (with Shift: select, Enter: mark)"),
    ("Ctrl+Z", "undo"),
    ("Ctrl+Shift+Z", "redo"),
    ("Ctrl+S", "download"),
    ("Esc", "close and go back to the text"),
];

/// Which key belongs to which shortcut.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keymap {
    /// The shortcuts of the article are switched off.
    pub off: bool,
    /// The index of the shortcut that waits for a new key.
    pub asked: Option<usize>,
    /// Why the last key was refused.
    pub trouble: Option<String>,
    /// Keys that differ from the default, by the index of the shortcut.
    changed: Vec<(usize, String)>,
}

impl Keymap {
    /// The key of a shortcut: `J`, `Shift+U`, `?`.
    pub fn key(&self, command: usize) -> &str {
        let changed = self.changed.iter().find(|(i, _)| *i == command);
        match changed {
            Some((_, key)) => key,
            None => SHORTCUTS.get(command).map_or("", |c| c.key),
        }
    }

    /// True if a shortcut has another key than the default.
    pub fn is_changed(&self) -> bool {
        !self.changed.is_empty()
    }

    pub(super) fn shortcut_of(&self, key: &str) -> Option<usize> {
        (0..SHORTCUTS.len()).find(|&i| self.key(i) == key)
    }

    /// Lets a shortcut wait for its new key, or none.
    pub fn wait_for_key(&mut self, command: Option<usize>) {
        self.asked = command;
        self.trouble = None;
    }

    /// Gives the waiting shortcut another key; the result says so in words.
    ///
    /// # Errors
    /// In words, if the key is taken; the shortcut keeps waiting.
    pub fn bind(&mut self, key: &str) -> Result<String, String> {
        let Some((i, command)) = self.asked.and_then(|i| Some((i, SHORTCUTS.get(i)?))) else {
            return Ok(String::new());
        };
        let taken = match self.shortcut_of(key) {
            Some(at) => (at != i).then(|| SHORTCUTS.get(at).map_or("", |c| c.words)),
            None => (!is_assignable(key)).then_some("a fixed key"),
        };
        if let Some(taken) = taken {
            let why = format!("{key} is taken: {taken}. Press another key, or Escape.");
            self.trouble = Some(why.clone());
            return Err(why);
        }
        self.changed.retain(|(at, _)| *at != i);
        if command.key != key {
            self.changed.push((i, key.to_owned()));
        }
        self.wait_for_key(None);
        Ok(format!("{key}: {}", command.words))
    }

    /// The inverse of its `Display`; entries that are damaged or outdated are left out.
    pub fn parse(kept: &str) -> Keymap {
        let mut map = Keymap::default();
        for line in kept.lines() {
            match line.split_once(' ') {
                Some((name, key)) => {
                    map.asked = SHORTCUTS.iter().position(|c| c.name == name);
                    // An error leaves the default key.
                    let _ = map.bind(key);
                }
                None => map.off |= line == "off",
            }
        }
        map.wait_for_key(None);
        map
    }
}

/// Its form in storage: one line for each changed key, `off` if shortcuts are off.
impl fmt::Display for Keymap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.off {
            f.write_str("off\n")?;
        }
        for (i, key) in &self.changed {
            let name = SHORTCUTS.get(*i).map_or("", |c| c.name);
            writeln!(f, "{name} {key}")?;
        }
        Ok(())
    }
}

/// True for keys that a shortcut may have: one character that is not a digit or a space.
fn is_assignable(key: &str) -> bool {
    let bare = key.strip_prefix("Shift+").unwrap_or(key);
    let mut chars = bare.chars();
    let one = chars.next();
    one.is_some_and(|c| !c.is_ascii_digit() && !c.is_whitespace()) && chars.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_in_the_table_once() {
        let map = Keymap::default();
        for (i, shortcut) in SHORTCUTS.iter().enumerate() {
            assert_eq!(map.shortcut_of(shortcut.key), Some(i), "{}", shortcut.name);
            assert!(is_assignable(shortcut.key), "{}", shortcut.key);
        }
    }
}
