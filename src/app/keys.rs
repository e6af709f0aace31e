//! The keyboard: which key does what, and the list that `?` shows.

use super::action::{Action, Edge, Step};
use super::state::{Popover, State};
use crate::document::{Body, Label};

/// A key press, as the browser tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Press {
    /// `KeyboardEvent.key`.
    pub key: String,
    /// `KeyboardEvent.code`: the place on the keyboard, whatever is printed there.
    pub code: String,
    /// Ctrl, or Command on a Mac.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt, or Option on a Mac.
    pub alt: bool,
    /// What has the focus.
    pub place: Place,
}

/// What has the focus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Place {
    /// The article, one of its marks, or nothing at all.
    #[default]
    Text,
    /// A button of the popover.
    Popover,
    /// A field that is typed in.
    Field,
    /// Anything else.
    Other,
}

/// The list that `?` shows: keys, and what they do.
pub const LIST: [(&str, &str); 19] = [
    ("J / K", "next, previous annotation"),
    ("U / Shift+U", "next, previous that nobody has checked"),
    ("Enter", "open the annotation"),
    ("A", "accept"),
    ("X or Delete", "not an annotation"),
    ("1 – 9", "label (on selected text: a new annotation)"),
    ("D / Q", "on selected text: a new date, a new quote"),
    ("[ / ]", "move the start, the end outwards by a word"),
    ("Shift+[ / Shift+]", "move the start, the end inwards"),
    ("Alt with these", "by a character"),
    ("S", "speaker of a quote"),
    ("D", "value of a date"),
    ("M", "same as another name"),
    ("Alt+↑ / Alt+↓", "the annotation around, inside"),
    ("/", "find"),
    ("Ctrl+Z / Ctrl+Shift+Z", "undo, redo"),
    ("Ctrl+S", "download"),
    ("Esc", "close, back to the text"),
    ("?", "this list"),
];

/// What a key press does now; `None`: the browser's own thing.
pub fn action(press: &Press, state: &State) -> Option<Action> {
    let key = press.key.as_str();
    if key == "Escape" {
        let something = state.help || state.dialog.is_some() || state.open.is_some();
        return something.then_some(Action::Escape);
    }
    let open = state.open.as_ref().filter(|_| state.dialog.is_none())?;
    // AltGr arrives as Ctrl+Alt on some systems: then it only makes the character.
    let altgr = press.ctrl && press.alt;
    if press.ctrl && !altgr {
        return match key {
            "s" | "S" => Some(Action::Download),
            _ if press.place == Place::Field => None,
            "z" | "Z" if press.shift => Some(Action::Redo),
            "z" | "Z" => Some(Action::Undo),
            "y" | "Y" => Some(Action::Redo),
            "f" | "F" => None,
            _ => None,
        };
    }
    if matches!(press.place, Place::Field | Place::Other) {
        return match key {
            "?" if press.place == Place::Other => Some(Action::Help),
            "/" if press.place == Place::Other => Some(Action::Find),
            _ => None,
        };
    }
    let alt = press.alt && !altgr;
    let new = matches!(open.popover, Some(Popover::New(_)));
    let step = |forward| Step {
        forward,
        character: alt,
    };
    let bracket = match (key, press.code.as_str()) {
        ("[", _) | (_, "BracketLeft") if !press.shift => Some((Edge::Start, false)),
        ("{", _) | (_, "BracketLeft") => Some((Edge::Start, true)),
        ("]", _) | (_, "BracketRight") if !press.shift => Some((Edge::End, true)),
        ("}", _) | (_, "BracketRight") => Some((Edge::End, false)),
        _ => None,
    };
    let is_text = press.place == Place::Text;
    match key {
        "ArrowUp" if alt => return Some(Action::Outer),
        "ArrowDown" if alt => return Some(Action::Inner),
        "Enter" if is_text && !new => return Some(Action::OpenActive),
        " " if is_text && !new && open.active.is_some() => return Some(Action::OpenActive),
        _ => {}
    }
    if state.keys_off {
        return None;
    }
    if let Some((edge, forward)) = bracket
        && (open.active.is_some() || open.card().is_some())
    {
        return Some(Action::Move(edge, step(forward)));
    }
    if alt {
        return None;
    }
    let body = open
        .active
        .as_ref()
        .and_then(|id| open.shown.annotation(id));
    let is_date = matches!(body.map(|a| &a.body), Some(Body::Date(_)));
    let is_quote = matches!(body.map(|a| &a.body), Some(Body::Quote(_)));
    let walk = |back, unreviewed| Some(Action::Step { back, unreviewed });
    match key {
        "d" | "D" if new => Some(Action::AddDate),
        "q" | "Q" if new => Some(Action::AddQuote),
        "j" | "J" => walk(false, false),
        "k" | "K" => walk(true, false),
        "u" => walk(false, true),
        "U" => walk(true, true),
        "a" | "A" => Some(Action::Accept),
        "x" | "X" | "Delete" => Some(Action::Reject),
        "s" | "S" if is_quote => Some(Action::Field("speaker")),
        "d" | "D" if is_date => Some(Action::Field("date-value")),
        "m" | "M" => Some(Action::Merging),
        "/" => Some(Action::Find),
        "?" => Some(Action::Help),
        _ => digit(key).map(Action::Label),
    }
}

fn digit(key: &str) -> Option<Label> {
    let n = key.parse::<usize>().ok().filter(|_| key.len() == 1)?;
    Label::ALL.get(n.checked_sub(1)?).map(|row| row.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::{Open, bare};
    use crate::edits::EditLog;

    fn state() -> State {
        let log = EditLog::new(bare("Some text."));
        State {
            open: Some(Open::new("k".to_owned(), log)),
            ..State::default()
        }
    }

    fn press(key: &str) -> Press {
        Press {
            key: key.to_owned(),
            ..Press::default()
        }
    }

    #[test]
    fn plain_keys_only_in_the_text() {
        let state = state();
        let step = Action::Step {
            back: false,
            unreviewed: false,
        };
        assert_eq!(action(&press("j"), &state), Some(step));
        for place in [Place::Field, Place::Other] {
            let press = Press {
                place,
                ..press("j")
            };
            assert_eq!(action(&press, &state), None);
        }
        assert_eq!(action(&press("3"), &state), Some(Action::Label(Label::Gpe)));
        assert_eq!(action(&press("0"), &state), None);
        assert_eq!(action(&press("F1"), &state), None);
    }

    #[test]
    fn undo_is_the_fields_own_in_a_field() {
        let state = state();
        let ctrl = |key: &str, place| Press {
            ctrl: true,
            place,
            ..press(key)
        };
        assert_eq!(action(&ctrl("z", Place::Text), &state), Some(Action::Undo));
        assert_eq!(action(&ctrl("z", Place::Field), &state), None);
        assert_eq!(
            action(&ctrl("s", Place::Field), &state),
            Some(Action::Download)
        );
    }

    #[test]
    fn nothing_without_a_document_and_nothing_when_switched_off() {
        assert_eq!(action(&press("j"), &State::default()), None);
        let mut off = state();
        off.keys_off = true;
        assert_eq!(action(&press("j"), &off), None);
        assert_eq!(action(&press("Escape"), &off), Some(Action::Escape));
    }
}
