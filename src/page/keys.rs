//! What a key press does, given the focus and what is open.

use super::action::{
    Action, CaretAction, EditAction, FilesAction, KeyboardAction, PageAction, PanelAction,
    PopoverAction, SearchAction, ShelfAction, Step, SuggestAction, WalkAction,
};
use super::keymap::{Command, Keymap, SHORTCUTS};
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

/// The name of a key: letters in uppercase with or without `Shift+`, other characters as they are.
fn key_name(press: &Press) -> String {
    let mut chars = press.key.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_alphabetic() => {
            let shift = if press.shift { "Shift+" } else { "" };
            format!("{shift}{}", uppercase_char(c))
        }
        _ => press.key.clone(),
    }
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

/// What a key press does now; `None`: what the browser does with it.
pub fn action_for(press: &Press, state: &State) -> Option<Action> {
    let key = press.key.as_str();
    if key == "Escape" {
        let something = state.help || state.dialog.is_some() || state.open.is_some();
        return something.then(|| PageAction::Escape.into());
    }
    if state.keys.asked.is_some() && !matches!(key, "Shift" | "Control" | "Alt" | "Meta" | "Tab") {
        return Some(KeyboardAction::Bind(key_name(press)).into());
    }
    if opens_next_document(press, state) {
        return Some(ShelfAction::OpenNext.into());
    }
    let open = state.open.as_ref().filter(|_| state.dialog.is_none())?;
    // AltGr arrives as Ctrl+Alt on some systems: then it only makes the character.
    let altgr = press.ctrl && press.alt;
    let alt = press.alt && !altgr;
    let is_text = press.place == Place::Text;
    if is_text
        && open.caret
        && let Some(caret) = caret_action(press)
    {
        return Some(Action::Caret(caret));
    }
    if press.ctrl && !altgr {
        return match key {
            "s" | "S" => Some(FilesAction::DownloadGalley.into()),
            _ if press.place == Place::Field => None,
            "z" | "Z" if press.shift => Some(EditAction::Redo.into()),
            "z" | "Z" => Some(EditAction::Undo.into()),
            "y" | "Y" => Some(EditAction::Redo.into()),
            _ => None,
        };
    }
    let command = (!state.keys.off).then(|| command_of(press, &state.keys)).flatten();
    // Without suggestions their keys are free for labels.
    let answers = matches!(
        command,
        Some(Command::Suggestion { .. } | Command::TakeSuggestion | Command::RefuseSuggestion)
    );
    let command =
        command.filter(|_| !answers || !new_or_none(open) && user_label(key, state).is_none());
    if matches!(press.place, Place::Field | Place::Other) {
        return match command {
            Some(Command::Help) if press.place == Place::Other => {
                Some(KeyboardAction::ToggleHelp.into())
            }
            Some(Command::Search) if press.place == Place::Other => Some(SearchAction::Open.into()),
            _ => None,
        };
    }
    let new = matches!(open.popover, Some(Popover::New(_)));
    match key {
        "ArrowUp" if alt => return Some(WalkAction::Outer.into()),
        "ArrowDown" if alt => return Some(WalkAction::Inner.into()),
        "Enter" if is_text && !new => return Some(WalkAction::OpenActive.into()),
        "Enter" if is_text => return Some(Action::Caret(CaretAction::Enter)),
        " " if is_text && !new && open.active.is_some() => {
            return Some(WalkAction::OpenActive.into());
        }
        _ => {}
    }
    match command {
        Some(Command::MoveBoundary(edge, forward)) => {
            open.active.as_ref()?;
            let step = Step { forward, character: alt };
            Some(EditAction::MoveBoundary(edge, step).into())
        }
        _ if alt || state.keys.off => None,
        Some(command) => action_of(command, open, new),
        None if key == "Delete" => Some(EditAction::Reject.into()),
        None if digit_of(key).is_some() && !new && is_active_quote(open) => {
            let at = digit_of(key)?.checked_sub(1)?;
            // Whom a digit means is seen in the popover.
            Some(match open.card() {
                Some(_) => EditAction::PickSpeaker(at).into(),
                None => WalkAction::OpenActive.into(),
            })
        }
        None => {
            let label = user_label(key, state).or_else(|| label_of_digit(key))?;
            Some(EditAction::SetLabel(label).into())
        }
    }
}

/// True for N, unless a person has given that key to something else: the next document with something left to
/// check, from the list or from an open document.
fn opens_next_document(press: &Press, state: &State) -> bool {
    let in_list = state.open.is_none() && !state.kept_documents.is_empty();
    let in_text = state.open.is_some() && press.place == Place::Text;
    let is_there = in_text || in_list && press.place != Place::Field;
    let held = press.ctrl || press.alt || press.shift;
    let free = !state.keys.off && state.keys.shortcut_of("N").is_none();
    let selects = state.open.as_ref().is_some_and(|o| matches!(o.popover, Some(Popover::New(_))));
    is_there
        && !held
        && free
        && !selects
        && !state.help
        && state.dialog.is_none()
        && user_label("n", state).is_none()
        && key_name(press) == "N"
}

/// The command of a key, by the character that it types. Brackets also by their place on the keyboard, as some
/// layouts have no key for them.
fn command_of(press: &Press, keys: &Keymap) -> Option<Command> {
    let by_place = || {
        let sign = match (press.code.as_str(), press.shift) {
            ("BracketLeft", false) => "[",
            ("BracketLeft", true) => "{",
            ("BracketRight", false) => "]",
            ("BracketRight", true) => "}",
            _ => return None,
        };
        keys.shortcut_of(sign)
    };
    let at = keys.shortcut_of(&key_name(press)).or_else(by_place)?;
    SHORTCUTS.get(at).map(|shortcut| shortcut.command)
}

/// Text is selected, or there is no suggestion.
fn new_or_none(open: &Open) -> bool {
    matches!(open.popover, Some(Popover::New(_))) || open.suggestions.is_empty()
}

/// What a command does to what is active. `new`: text is selected.
fn action_of(command: Command, open: &Open, new: bool) -> Option<Action> {
    let active = open.active.as_ref().and_then(|id| open.shown.annotation(id));
    let is_quote = active.is_some_and(|a| matches!(a.body, Body::Quote(_)));
    let is_date = active.is_some_and(|a| matches!(a.body, Body::Date(_)));
    Some(match command {
        Command::Date if new => EditAction::AddDate.into(),
        Command::Date if is_date => WalkAction::FocusField("date-value").into(),
        Command::Date => active.map(|_| EditAction::AddDate)?.into(),
        Command::Quote if new => EditAction::AddQuote.into(),
        Command::Quote => active.filter(|_| !is_quote).map(|_| EditAction::AddQuote)?.into(),
        Command::Step { back, unreviewed } => WalkAction::Step { back, unreviewed }.into(),
        Command::Accept => EditAction::Accept.into(),
        Command::AcceptAndGoOn => EditAction::AcceptAndGoOn.into(),
        Command::AcceptMentions => EditAction::AcceptMentions.into(),
        Command::AcceptSure => PanelAction::FocusSure.into(),
        Command::Review => WalkAction::ToggleReview.into(),
        Command::Edge => active.map(|_| PopoverAction::ToggleEdge)?.into(),
        Command::Split => EditAction::Split.into(),
        Command::OnlyThis => active.map(|_| PopoverAction::ToggleScope)?.into(),
        Command::Reject => EditAction::Reject.into(),
        Command::MoveBoundary(..) => return None,
        Command::FocusSpeaker => is_quote.then_some(WalkAction::FocusField("speaker"))?.into(),
        Command::PickSpeaker => is_quote.then_some(PopoverAction::PickSpeaker)?.into(),
        Command::Merge => PopoverAction::ToggleMergeList.into(),
        Command::ApplyToAll => PopoverAction::ToggleOccurrences.into(),
        Command::Elsewhere => ShelfAction::OpenElsewhere.into(),
        Command::Caret => CaretAction::Toggle.into(),
        Command::Search => SearchAction::Open.into(),
        Command::Suggestion { back } => SuggestAction::Step { back }.into(),
        Command::TakeSuggestion => SuggestAction::Answer { at: None, taken: true }.into(),
        Command::RefuseSuggestion => SuggestAction::Answer { at: None, taken: false }.into(),
        Command::Help => KeyboardAction::ToggleHelp.into(),
    })
}

/// What a key does while a caret stands in the text.
fn caret_action(press: &Press) -> Option<CaretAction> {
    if press.alt {
        return None;
    }
    let (forward, unit) = match (press.key.as_str(), press.ctrl) {
        ("Enter", false) => return Some(CaretAction::Enter),
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
    Some(CaretAction::Move { extend: press.shift, forward, unit })
}

/// The label of the reader's own that has this key.
fn user_label(key: &str, state: &State) -> Option<Label> {
    let mut chars = key.chars();
    let only = chars.next().filter(|_| chars.next().is_none());
    let key = only?.to_ascii_lowercase();
    let mut labels = state.words.list.labels.iter();
    labels.find(|own| own.key == Some(key)).map(|own| own.label)
}

fn is_active_quote(open: &Open) -> bool {
    let active = open.active.as_ref().and_then(|id| open.shown.annotation(id));
    active.is_some_and(|a| matches!(a.body, Body::Quote(_)))
}

fn digit_of(key: &str) -> Option<usize> {
    key.parse::<usize>().ok().filter(|_| key.len() == 1)
}

fn label_of_digit(key: &str) -> Option<Label> {
    let n = digit_of(key)?;
    Label::ALL.get(n.checked_sub(1)?).map(|row| row.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::unannotated_document;
    use crate::state::Open;
    use galley_engine::edits::EditLog;

    fn state() -> State {
        let log = EditLog::new(unannotated_document("Some text."));
        State { open: Some(Open::new("k".to_owned(), log)), ..State::default() }
    }

    fn press(key: &str) -> Press {
        Press { key: key.to_owned(), ..Press::default() }
    }

    #[test]
    fn plain_keys_only_in_the_text() {
        let state = state();
        let step = Action::Walk(WalkAction::Step { back: false, unreviewed: false });
        assert_eq!(action_for(&press("j"), &state), Some(step));
        for place in [Place::Field, Place::Other] {
            let press = Press { place, ..press("j") };
            assert_eq!(action_for(&press, &state), None);
        }
        assert_eq!(
            action_for(&press("3"), &state),
            Some(Action::Edit(EditAction::SetLabel(Label::Gpe)))
        );
        assert_eq!(action_for(&press("0"), &state), None);
        assert_eq!(action_for(&press("F1"), &state), None);
    }

    #[test]
    fn undo_is_the_fields_own_in_a_field() {
        let state = state();
        let ctrl = |key: &str, place| Press { ctrl: true, place, ..press(key) };
        assert_eq!(
            action_for(&ctrl("z", Place::Text), &state),
            Some(Action::Edit(EditAction::Undo))
        );
        assert_eq!(action_for(&ctrl("z", Place::Field), &state), None);
        assert_eq!(
            action_for(&ctrl("s", Place::Field), &state),
            Some(Action::Files(FilesAction::DownloadGalley))
        );
    }

    #[test]
    fn nothing_without_a_document_and_nothing_when_switched_off() {
        assert_eq!(action_for(&press("j"), &State::default()), None);
        let mut off = state();
        off.keys.off = true;
        assert_eq!(action_for(&press("j"), &off), None);
        assert_eq!(action_for(&press("Escape"), &off), Some(Action::Page(PageAction::Escape)));
    }

    #[test]
    fn other_keys_are_taken_kept_and_said_when_they_are_in_use() {
        let mut map = Keymap::default();
        map.wait_for_key(Some(0));
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
            matches!(
                action_for(&press(key), state),
                Some(Action::Walk(WalkAction::Step { back: false, .. }))
            )
        };
        assert!(is_step("n", &state) && !is_step("j", &state));
        state.keys.wait_for_key(Some(1));
        assert_eq!(
            action_for(&press("y"), &state),
            Some(Action::Keyboard(KeyboardAction::Bind("Y".to_owned())))
        );
    }

    #[test]
    fn letters_have_one_uppercase_form() {
        for (c, upper) in [('q', 'Q'), ('ö', 'Ö'), ('ж', 'Ж'), ('ß', 'ẞ'), ('µ', 'µ'), ('1', '1')]
        {
            assert_eq!(uppercase_char(c), upper);
        }
    }

    #[test]
    fn arrows_move_the_caret_only_when_there_is_one() {
        let mut state = state();
        assert_eq!(action_for(&press("ArrowLeft"), &state), None);
        state.open.as_mut().unwrap().caret = true;
        let extend = Press { shift: true, ..press("ArrowRight") };
        let moved = CaretAction::Move { extend: true, forward: true, unit: "character" };
        assert_eq!(action_for(&extend, &state), Some(Action::Caret(moved)));
        assert_eq!(action_for(&press("Enter"), &state), Some(Action::Caret(CaretAction::Enter)));
    }
}
