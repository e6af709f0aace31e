//! The reader's own words and labels: added, edited, removed, written to storage.

use super::announce::announce;
use super::focus::current_annotation;
use super::outcome::Outcome;
use crate::action::{EditAction, LearnAction, PageAction};
use crate::dialog::Dialog;
use crate::effect::{Effect, Target};
use crate::state::State;
use galley_engine::document::Body;
use galley_engine::user_words::{self, WordEntry, WordRule};

/// How many complaints about a file are shown.
const MAX_COMPLAINTS: usize = 5;
/// How many names a list can have.
const MAX_ENTRIES: usize = 5000;

/// Takes over what is stored, unless this page has changed its list since it wrote `written`.
pub(super) fn take_stored(state: &mut State, written: &str, stored: String) {
    if written == state.words.stored {
        state.words.list = user_words::parse_word_list(&stored).0;
        state.words.stored = stored;
    }
}

pub(super) fn store_list(state: &mut State, out: &mut Outcome) {
    let after = user_words::format_word_list(&state.words.list);
    let before = std::mem::replace(&mut state.words.stored, after.clone());
    if before != after {
        out.effect(Effect::StoreWords { before, after });
    }
}

/// Adds the lines of a form or a file.
pub(super) fn add_lines(state: &mut State, text: &str, out: &mut Outcome) {
    let (added, damage) = user_words::parse_word_list(text);
    let (names, labels) = (added.entries.len(), added.labels.len());
    let mut complaints: Vec<String> = match damage.as_slice() {
        // A form has one line, which needs no number.
        [one] if !text.contains('\n') => vec![format!("Not added: {}", one.why)],
        all => all.iter().take(MAX_COMPLAINTS).map(|d| d.to_string()).collect(),
    };
    if damage.len() > MAX_COMPLAINTS {
        complaints.push(format!("and {} more lines", damage.len() - MAX_COMPLAINTS));
    }
    if let Some(Dialog::Words { editing, trouble }) = &mut state.dialog {
        *trouble = complaints;
        if let Some(old) = editing.take_if(|_| names > 0) {
            state.words.list.entries.retain(|e| *e != old);
        }
    }
    let free = MAX_ENTRIES.saturating_sub(state.words.list.entries.len());
    for entry in added.entries.into_iter().take(free).rev() {
        state.words.list.set_entry(entry);
    }
    for label in added.labels {
        state.words.list.set_label(label);
    }
    let patterns = added.patterns.len();
    for pattern in added.patterns {
        state.words.list.set_pattern(pattern);
    }
    let share = added.learned.is_some();
    if share {
        state.words.list.learned = added.learned;
        out.follow_up(LearnAction::Start);
    }
    let sentence = match (names, labels) {
        (0, 0) if share => "What a colleague learned was added".to_owned(),
        (0, 0) if patterns == 1 => "Pattern added, from the next article on".to_owned(),
        (0, 0) if patterns > 1 => format!("{patterns} patterns were added"),
        (0, 0) => "Nothing was added".to_owned(),
        (1, 0) => "Added to your list".to_owned(),
        (0, 1) => "Label saved".to_owned(),
        _ if names > free => format!("A list holds at most {MAX_ENTRIES} names: {free} were added"),
        _ => format!("{names} names and {labels} labels were added"),
    };
    announce(state, &sentence);
    if names + labels + patterns > 0 || share {
        for id in ["word-name", "label-name", "label-key"] {
            out.effect(Effect::FillField(id, String::new()));
        }
        store_list(state, out);
    }
}

/// Puts an entry into the form.
pub(super) fn edit_entry(state: &mut State, at: usize, out: &mut Outcome) {
    let Some(entry) = state.words.list.entries.get(at).cloned() else {
        return;
    };
    for (id, value) in [
        ("word-name", entry.name.clone()),
        ("word-rule", rule_fields(entry.rule)),
        ("word-case", if entry.any_case { "any case" } else { "" }.to_owned()),
    ] {
        out.effect(Effect::FillField(id, value));
    }
    out.effect(Effect::Focus(Target::Id("word-name")));
    if let Some(Dialog::Words { editing, .. }) = &mut state.dialog {
        *editing = Some(entry);
    }
}

/// The first two fields of an entry's line.
fn rule_fields(rule: WordRule) -> String {
    match rule {
        WordRule::Always(label) => format!("always\t{}", label.name()),
        WordRule::Never(label) => format!("never\t{}", label.map_or("*", |l| l.name())),
    }
}

pub(super) fn remove_entry(state: &mut State, at: usize, out: &mut Outcome) {
    if at < state.words.list.entries.len() {
        let removed = state.words.list.entries.remove(at);
        announce(state, &format!("Removed from your list: {}", removed.name));
        store_list(state, out);
    }
}

/// Puts a label into the form.
pub(super) fn edit_label(state: &State, at: usize, out: &mut Outcome) {
    let Some(own) = state.words.list.labels.get(at) else {
        return;
    };
    let key = own.key.map(String::from).unwrap_or_default();
    for (id, value) in
        [("label-name", own.label.name()), ("label-colour", own.colour), ("label-key", &key)]
    {
        out.effect(Effect::FillField(id, value.to_owned()));
    }
    out.effect(Effect::Focus(Target::Id("label-name")));
}

pub(super) fn remove_label(state: &mut State, at: usize, out: &mut Outcome) {
    if at < state.words.list.labels.len() {
        let removed = state.words.list.labels.remove(at);
        announce(state, &format!("Label removed: {}", removed.label.name()));
        store_list(state, out);
    }
}

/// Puts the words of the active mention on the list, and accepts (or rejects) this mention.
pub(super) fn list_active_mention(state: &mut State, always: bool, out: &mut Outcome) {
    let Some(open) = &state.open else { return };
    let Some(a) = current_annotation(open) else {
        return;
    };
    let Body::Entity(e) = &a.body else { return };
    let Some(name) = user_words::normalize_name(open.shown.text.slice(a.span)) else {
        return announce(state, "These words cannot go on a list");
    };
    let (rule, edit, said) = match always {
        true => (
            WordRule::Always(e.label),
            EditAction::Accept,
            format!("“{name}” is always marked: {}", e.label.title()),
        ),
        false => (WordRule::Never(None), EditAction::Reject, format!("“{name}” is never marked")),
    };
    state.words.list.set_entry(WordEntry { name, rule, any_case: false });
    store_list(state, out);
    out.follow_up(edit);
    let sentence = format!("{said}, from the next article on. It is on your word list.");
    out.follow_up(PageAction::Announce(sentence));
}
