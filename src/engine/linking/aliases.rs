//! Canonical forms of names: aliases, legal forms and state forms, which spelling alone does not join.

use crate::document::Label;
use crate::vocabulary::WordMap;
use crate::vocabulary::organisations::{INSTITUTION_HEADS, LEGAL_FORMS, ORGANISATION_ALIASES};
use crate::vocabulary::places::{DEMONYM_ALIASES, DEMONYM_PLURALS, PLACE_ALIASES};

/// Groups of labels whose names are compared with one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Organisation,
    Place,
    People,
    Other(Label),
}

/// The words of a name in the form that all its aliases share.
pub(super) fn canonical_words(family: Family, mut words: Vec<String>) -> Vec<String> {
    let aliases: Option<&WordMap<&str>> = match family {
        Family::Place => {
            strip_state_form(&mut words);
            Some(&PLACE_ALIASES)
        }
        Family::Organisation => {
            while words.len() > 1 && words.last().is_some_and(|w| LEGAL_FORMS.contains(w)) {
                words.pop();
            }
            move_head_to_end(&mut words);
            Some(&ORGANISATION_ALIASES)
        }
        Family::People => {
            if let [.., last] = words.as_mut_slice() {
                make_singular(last);
            }
            Some(&DEMONYM_ALIASES)
        }
        Family::Other(_) => None,
    };
    match aliases.and_then(|aliases| aliases.get(&words.join(" "))) {
        Some(name) => name.split(' ').map(str::to_owned).collect(),
        None => words,
    }
}

/// Is it a place that has aliases?
pub(super) fn is_place(folded: &str) -> bool {
    PLACE_ALIASES.get(folded).is_some()
}

/// Turns "Republic of Estonia" into "Estonia"; the Congos, Koreas and Chinas have aliases.
fn strip_state_form(words: &mut Vec<String>) {
    let is =
        |i: usize, list: &[&str]| words.get(i).is_some_and(|w: &String| list.contains(&w.as_str()));
    let kinds = ["republic", "kingdom", "state", "commonwealth", "principality"];
    let manners = ["islamic", "federal", "hashemite", "arab", "oriental", "bolivarian"];
    let start = if is(0, &kinds) && is(1, &["of"]) {
        2
    } else if is(0, &manners) && is(1, &kinds) && is(2, &["of"]) {
        3
    } else {
        return;
    };
    let twins = ["congo", "korea", "china", "ireland", "the"];
    if words.len() > start && !is(start, &twins) {
        words.drain(..start);
    }
}

/// Turns "Ministry of Defence" into "Defence Ministry".
fn move_head_to_end(words: &mut Vec<String>) {
    let at = words.iter().position(|w| w == "of");
    if let Some(at) = at
        && at > 0
        && at + 1 < words.len()
        && at + 4 >= words.len()
        && words.get(at - 1).is_some_and(|w| INSTITUTION_HEADS.contains(w))
        && !words.iter().any(|w| w == "and")
    {
        let head = words.remove(at - 1);
        words.remove(at - 1);
        if words.get(at - 1).is_some_and(|w| w == "the") && words.len() > at {
            words.remove(at - 1);
        }
        words.push(head);
    }
    for word in words {
        if word == "defence" {
            *word = "defense".to_owned();
        }
    }
}

/// Turns the plural of a demonym ("Afghans") into its singular.
fn make_singular(word: &mut String) {
    let plural = word.len() > 4 && word.ends_with('s') && !word.ends_with("ss");
    if plural && !word.ends_with("is") || DEMONYM_PLURALS.contains(word) {
        word.pop();
    }
}
