//! The keyboard: which key does what. The table of commands is what `?` lists; each command can be
//! given another key.

use std::fmt;

use super::action::{Action, Caret, Edge, Step};
use super::state::{Open, Popover, State};
use galley_engine::document::{Body, Label};

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

/// What a key can be given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Does {
    Step { back: bool, unreviewed: bool },
    Accept,
    Reject,
    Bound(Edge, bool),
    Speaker,
    Pick,
    Date,
    Quote,
    Merge,
    All,
    Caret,
    Find,
    Help,
}

/// A command of the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Command {
    /// The name under which its key is kept.
    pub name: &'static str,
    /// Its usual key.
    pub key: &'static str,
    /// What it does, for people.
    pub words: &'static str,
    does: Does,
}

const fn row(name: &'static str, key: &'static str, words: &'static str, does: Does) -> Command {
    Command { name, key, words, does }
}

const fn step(back: bool, unreviewed: bool) -> Does {
    Does::Step { back, unreviewed }
}

/// Every command, in the order of the list.
#[rustfmt::skip]
pub const COMMANDS: [Command; 19] = [
    row("next", "J", "next annotation", step(false, false)),
    row("previous", "K", "previous annotation", step(true, false)),
    row("next-open", "U", "next that nobody has checked", step(false, true)),
    row("previous-open", "Shift+U", "previous that nobody has checked", step(true, true)),
    row("accept", "A", "accept", Does::Accept),
    row("reject", "X", "not an annotation (Delete too)", Does::Reject),
    row("start-out", "[", "start outwards by a word (with Alt: a character)", Does::Bound(Edge::Start, false)),
    row("end-out", "]", "end outwards", Does::Bound(Edge::End, true)),
    row("start-in", "{", "start inwards", Does::Bound(Edge::Start, true)),
    row("end-in", "}", "end inwards", Does::Bound(Edge::End, false)),
    row("speaker", "S", "speaker of a quote", Does::Speaker),
    row("pick", "P", "pick the speaker in the text", Does::Pick),
    row("date", "D", "value of a date; on selected text a new date", Does::Date),
    row("quote", "Q", "on selected text a new quote", Does::Quote),
    row("merge", "M", "same as another name", Does::Merge),
    row("all", "G", "apply to all of the same words", Does::All),
    row("caret", "C", "a caret in the text", Does::Caret),
    row("find", "/", "find", Does::Find),
    row("help", "?", "this list", Does::Help),
];

/// Keys that stay what they are.
pub const FIXED: [(&str, &str); 8] = [
    ("Enter", "open the annotation"),
    ("1 – 9", "label; on selected text a new annotation"),
    ("Alt+↑ / Alt+↓", "the annotation around, inside"),
    ("Arrows", "move the caret, with Shift select; Enter marks"),
    ("Ctrl+Z", "undo"),
    ("Ctrl+Shift+Z", "redo"),
    ("Ctrl+S", "download"),
    ("Esc", "close, back to the text"),
];

/// Which key belongs to which command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keymap {
    /// The keys of the article are switched off.
    pub off: bool,
    /// The command that waits for its new key.
    pub asked: Option<usize>,
    /// Why the last key was not taken.
    pub trouble: Option<String>,
    /// Other keys than the usual ones, by command.
    other: Vec<(usize, String)>,
}

impl Keymap {
    /// The key of a command: `J`, `Shift+U`, `?`.
    pub fn key(&self, command: usize) -> &str {
        let other = self.other.iter().find(|(i, _)| *i == command);
        match other {
            Some((_, key)) => key,
            None => COMMANDS.get(command).map_or("", |c| c.key),
        }
    }

    /// True when some command has another key than the usual one.
    pub fn is_changed(&self) -> bool {
        !self.other.is_empty()
    }

    fn find(&self, key: &str) -> Option<usize> {
        (0..COMMANDS.len()).find(|&i| self.key(i) == key)
    }

    /// Has a command wait for its key; what was wrong before is forgotten.
    pub fn ask(&mut self, command: Option<usize>) {
        self.asked = command;
        self.trouble = None;
    }

    /// Gives the command that waits another key; says what it has now.
    ///
    /// # Errors
    /// In words, when the key belongs to something else; the command still waits then.
    pub fn bind(&mut self, key: &str) -> Result<String, String> {
        let Some((i, command)) = self.asked.and_then(|i| Some((i, COMMANDS.get(i)?))) else {
            return Ok(String::new());
        };
        let taken = match self.find(key) {
            Some(at) => (at != i).then(|| COMMANDS.get(at).map_or("", |c| c.words)),
            None => (!is_free(key)).then_some("a key that stays what it is"),
        };
        if let Some(taken) = taken {
            let why = format!("{key} is taken: {taken}. Press another key, or Escape.");
            self.trouble = Some(why.clone());
            return Err(why);
        }
        self.other.retain(|(at, _)| *at != i);
        if command.key != key {
            self.other.push((i, key.to_owned()));
        }
        self.ask(None);
        Ok(format!("{key}: {}", command.words))
    }

    /// The inverse of its spelling; what makes no sense (any more) is left out.
    pub fn parse(kept: &str) -> Keymap {
        let mut map = Keymap::default();
        for line in kept.lines() {
            match line.split_once(' ') {
                Some((name, key)) => {
                    map.asked = COMMANDS.iter().position(|c| c.name == name);
                    // Damaged or outdated settings leave the usual key.
                    let _ = map.bind(key);
                }
                None => map.off |= line == "off",
            }
        }
        map.ask(None);
        map
    }
}

/// How it is kept: a line a key, `off` when they are off; nothing when all is as usual.
impl fmt::Display for Keymap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.off {
            f.write_str("off\n")?;
        }
        for (i, key) in &self.other {
            let name = COMMANDS.get(*i).map_or("", |c| c.name);
            writeln!(f, "{name} {key}")?;
        }
        Ok(())
    }
}

/// True for keys that a command may have: one character that is not a digit or a space.
fn is_free(key: &str) -> bool {
    let bare = key.strip_prefix("Shift+").unwrap_or(key);
    let mut chars = bare.chars();
    let one = chars.next();
    one.is_some_and(|c| !c.is_ascii_digit() && !c.is_whitespace()) && chars.next().is_none()
}

/// The uppercase letter whose lowercase form is `c`; any other character itself. Unlike
/// `char::to_uppercase` it turns no `µ` into a Greek letter and no `ß` into two.
fn uppercase_char(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        _ if c == 'ß' => 'ẞ',
        (Some(upper), None) if upper.to_lowercase().eq([c]) => upper,
        _ => c,
    }
}

/// What a key is called: letters in capitals with or without `Shift+`, signs as they are printed.
fn name(press: &Press) -> String {
    let mut chars = press.key.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_alphabetic() => {
            let shift = if press.shift { "Shift+" } else { "" };
            format!("{shift}{}", uppercase_char(c))
        }
        _ => press.key.clone(),
    }
}

/// What a key press does now; `None`: the browser's own thing.
pub fn action(press: &Press, state: &State) -> Option<Action> {
    let key = press.key.as_str();
    if key == "Escape" {
        let something = state.help || state.dialog.is_some() || state.open.is_some();
        return something.then_some(Action::Escape);
    }
    if state.keys.asked.is_some() && !matches!(key, "Shift" | "Control" | "Alt" | "Meta" | "Tab") {
        return Some(Action::Bind(name(press)));
    }
    let open = state.open.as_ref().filter(|_| state.dialog.is_none())?;
    // AltGr arrives as Ctrl+Alt on some systems: then it only makes the character.
    let altgr = press.ctrl && press.alt;
    let alt = press.alt && !altgr;
    let is_text = press.place == Place::Text;
    if is_text
        && open.caret
        && let Some(caret) = caret(press)
    {
        return Some(Action::Caret(caret));
    }
    if press.ctrl && !altgr {
        return match key {
            "s" | "S" => Some(Action::Download),
            _ if press.place == Place::Field => None,
            "z" | "Z" if press.shift => Some(Action::Redo),
            "z" | "Z" => Some(Action::Undo),
            "y" | "Y" => Some(Action::Redo),
            _ => None,
        };
    }
    let command = (!state.keys.off).then(|| command(press, &state.keys)).flatten();
    if matches!(press.place, Place::Field | Place::Other) {
        return match command {
            Some(Does::Help) if press.place == Place::Other => Some(Action::Help),
            Some(Does::Find) if press.place == Place::Other => Some(Action::Find),
            _ => None,
        };
    }
    let new = matches!(open.popover, Some(Popover::New(_)));
    match key {
        "ArrowUp" if alt => return Some(Action::Outer),
        "ArrowDown" if alt => return Some(Action::Inner),
        "Enter" if is_text && !new => return Some(Action::OpenActive),
        "Enter" if is_text => return Some(Action::Caret(Caret::Enter)),
        " " if is_text && !new && open.active.is_some() => return Some(Action::OpenActive),
        _ => {}
    }
    match command {
        Some(Does::Bound(edge, forward)) => {
            let character = alt;
            let step = Step { forward, character };
            open.active.as_ref()?;
            Some(Action::Move(edge, step))
        }
        _ if alt || state.keys.off => None,
        Some(does) => meaning(does, open, new),
        None if key == "Delete" => Some(Action::Reject),
        None => own(key, state).or_else(|| digit(key)).map(Action::Label),
    }
}

/// The command of a key: by what it writes; brackets also by their place, for keyboards where
/// they hide behind another key.
fn command(press: &Press, keys: &Keymap) -> Option<Does> {
    let by_place = || {
        let sign = match (press.code.as_str(), press.shift) {
            ("BracketLeft", false) => "[",
            ("BracketLeft", true) => "{",
            ("BracketRight", false) => "]",
            ("BracketRight", true) => "}",
            _ => return None,
        };
        keys.find(sign)
    };
    let at = keys.find(&name(press)).or_else(by_place)?;
    COMMANDS.get(at).map(|c| c.does)
}

fn meaning(does: Does, open: &Open, new: bool) -> Option<Action> {
    let active = open.active.as_ref();
    let body = active.and_then(|id| open.shown.annotation(id));
    let body = body.map(|a| &a.body);
    match does {
        Does::Date if new => Some(Action::AddDate),
        Does::Quote if new => Some(Action::AddQuote),
        Does::Step { back, unreviewed } => Some(Action::Step { back, unreviewed }),
        Does::Accept => Some(Action::Accept),
        Does::Reject => Some(Action::Reject),
        Does::Speaker if matches!(body, Some(Body::Quote(_))) => Some(Action::Field("speaker")),
        Does::Pick if matches!(body, Some(Body::Quote(_))) => Some(Action::PickSpeaker),
        Does::Date if matches!(body, Some(Body::Date(_))) => Some(Action::Field("date-value")),
        Does::Merge => Some(Action::Merging),
        Does::All => Some(Action::Spread),
        Does::Caret => Some(Action::Caret(Caret::Switch)),
        Does::Find => Some(Action::Find),
        Does::Help => Some(Action::Help),
        _ => None,
    }
}

/// What a key does while a caret stands in the text.
fn caret(press: &Press) -> Option<Caret> {
    if press.alt {
        return None;
    }
    let (forward, unit) = match (press.key.as_str(), press.ctrl) {
        ("Enter", false) => return Some(Caret::Enter),
        ("ArrowLeft", false) => (false, "character"),
        ("ArrowRight", false) => (true, "character"),
        ("ArrowLeft", true) => (false, "word"),
        ("ArrowRight", true) => (true, "word"),
        ("ArrowUp", false) => (false, "line"),
        ("ArrowDown", false) => (true, "line"),
        ("Home", false) => (false, "lineboundary"),
        ("End", false) => (true, "lineboundary"),
        _ => return None,
    };
    Some(Caret::Move { extend: press.shift, forward, unit })
}

/// The reader's own label with this key.
fn own(key: &str, state: &State) -> Option<Label> {
    let mut chars = key.chars();
    let only = chars.next().filter(|_| chars.next().is_none());
    let key = only?.to_ascii_lowercase();
    let mut labels = state.own.book.labels.iter();
    labels.find(|own| own.key == Some(key)).map(|own| own.label)
}

fn digit(key: &str) -> Option<Label> {
    let n = key.parse::<usize>().ok().filter(|_| key.len() == 1)?;
    Label::ALL.get(n.checked_sub(1)?).map(|row| row.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Open, bare};
    use galley_engine::edits::EditLog;

    fn state() -> State {
        let log = EditLog::new(bare("Some text."));
        State { open: Some(Open::new("k".to_owned(), log)), ..State::default() }
    }

    #[test]
    fn letters_have_one_uppercase_form() {
        for (c, upper) in [('q', 'Q'), ('ö', 'Ö'), ('ж', 'Ж'), ('ß', 'ẞ'), ('µ', 'µ'), ('1', '1')]
        {
            assert_eq!(uppercase_char(c), upper);
        }
    }

    fn press(key: &str) -> Press {
        Press { key: key.to_owned(), ..Press::default() }
    }

    #[test]
    fn plain_keys_only_in_the_text() {
        let state = state();
        let step = Action::Step { back: false, unreviewed: false };
        assert_eq!(action(&press("j"), &state), Some(step));
        for place in [Place::Field, Place::Other] {
            let press = Press { place, ..press("j") };
            assert_eq!(action(&press, &state), None);
        }
        assert_eq!(action(&press("3"), &state), Some(Action::Label(Label::Gpe)));
        assert_eq!(action(&press("0"), &state), None);
        assert_eq!(action(&press("F1"), &state), None);
    }

    #[test]
    fn undo_is_the_fields_own_in_a_field() {
        let state = state();
        let ctrl = |key: &str, place| Press { ctrl: true, place, ..press(key) };
        assert_eq!(action(&ctrl("z", Place::Text), &state), Some(Action::Undo));
        assert_eq!(action(&ctrl("z", Place::Field), &state), None);
        assert_eq!(action(&ctrl("s", Place::Field), &state), Some(Action::Download));
    }

    #[test]
    fn nothing_without_a_document_and_nothing_when_switched_off() {
        assert_eq!(action(&press("j"), &State::default()), None);
        let mut off = state();
        off.keys.off = true;
        assert_eq!(action(&press("j"), &off), None);
        assert_eq!(action(&press("Escape"), &off), Some(Action::Escape));
    }

    #[test]
    fn other_keys_are_taken_kept_and_said_when_they_are_in_use() {
        let mut map = Keymap::default();
        map.ask(Some(0));
        let why = map.bind("K").unwrap_err();
        assert!(why.contains("previous annotation"), "{why}");
        assert!(map.bind("1").is_err() && map.bind("Enter").is_err());
        assert_eq!(map.bind("N").unwrap(), "N: next annotation");
        assert_eq!((map.asked, map.trouble.as_ref()), (None, None));
        map.off = true;
        let back = Keymap::parse(&map.to_string());
        assert_eq!(back, map);
        assert_eq!(Keymap::parse("next K\nnonsense Y\n"), Keymap::default());

        let mut state = state();
        state.keys = map;
        state.keys.off = false;
        let is_step = |key: &str, state: &State| {
            matches!(action(&press(key), state), Some(Action::Step { back: false, .. }))
        };
        assert!(is_step("n", &state) && !is_step("j", &state));
        state.keys.ask(Some(1));
        assert_eq!(action(&press("y"), &state), Some(Action::Bind("Y".to_owned())));
    }

    #[test]
    fn the_table_has_every_key_once() {
        let map = Keymap::default();
        for (i, command) in COMMANDS.iter().enumerate() {
            assert_eq!(map.find(command.key), Some(i), "{}", command.name);
            assert!(is_free(command.key), "{}", command.key);
        }
    }

    #[test]
    fn arrows_move_the_caret_only_when_there_is_one() {
        let mut state = state();
        assert_eq!(action(&press("ArrowLeft"), &state), None);
        state.open.as_mut().unwrap().caret = true;
        let extend = Press { shift: true, ..press("ArrowRight") };
        let moved = Caret::Move { extend: true, forward: true, unit: "character" };
        assert_eq!(action(&extend, &state), Some(Action::Caret(moved)));
        assert_eq!(action(&press("Enter"), &state), Some(Action::Caret(Caret::Enter)));
    }
}
