//! Names whose label one of their words decides: storms, prizes, states.

use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::HashSet;
use std::sync::LazyLock;

use super::spelling::{spelling_hash, surface_hash};
use crate::document::Label;
use crate::entities::context::longest_place;
use crate::entities::prepared::{Prepared, TaggedName};
use crate::entities::words::{Shape, lowercase_word};
use crate::lexicon::{Lexicon, Place, flag, hash};
use crate::vocabulary::people::{HEAD_NOUNS, PARTY_ADHERENTS};

/// What stands before a storm's own name.
pub const STORMS: [&str; 4] = ["Hurricane", "Typhoon", "Cyclone", "Storm"];
const STORM_SIZES: [&str; 4] = ["tropical", "super", "winter", "subtropical"];

/// "Hurricane Dorian", and then "Dorian" alone, unless somebody is called so.
pub(super) fn label_storms(prepared: &Prepared, found: &mut [TaggedName]) {
    let is = |i: usize, words: &[u64]| {
        let word = prepared.words.get(i);
        word.is_some_and(|t| t.shape != Shape::Lower && words.contains(&t.lower))
    };
    let (storms, sizes) = (STORMS.map(|w| hash(&lowercase_word(w))), STORM_SIZES.map(hash));
    let storm = |i: usize| is(i, &storms);
    let mut names = HashSet::new();
    let mut free = 0;
    for f in found.iter_mut() {
        let least = std::mem::replace(&mut free, f.tokens.end);
        let (start, end) = (f.tokens.start, f.tokens.end);
        let before = start > least && storm(start - 1) && f.tokens.len() == 1;
        let inside = storm(start) && f.tokens.len() == 2 && f.label != Label::Org;
        if !before && !inside {
            continue;
        }
        let mut from = start - usize::from(before);
        if from > least && is(from - 1, &sizes) {
            from -= 1;
        }
        f.tokens = from..end;
        f.label = Label::Event;
        names.insert(surface_hash(prepared, end - 1));
    }
    if names.is_empty() {
        return;
    }
    for f in found.iter().filter(|f| f.label == Label::Person && f.tokens.len() > 1) {
        names.remove(&surface_hash(prepared, f.tokens.start));
        names.remove(&surface_hash(prepared, f.tokens.end - 1));
    }
    for f in found.iter_mut().filter(|f| f.tokens.len() == 1) {
        if names.contains(&surface_hash(prepared, f.tokens.start)) {
            f.label = Label::Event;
        }
    }
}

/// What is named after people, by the hash of the last word.
static LABEL_OF_HEAD: LazyLock<FxHashMap<u64, Label>> = LazyLock::new(|| {
    HEAD_NOUNS.iter().filter_map(|(noun, label)| Some((hash(noun), Label::parse(label)?))).collect()
});

/// "James Webb Telescope" and "Leroy P. Steele Prize" are not James and Leroy.
pub(super) fn label_by_head(prepared: &Prepared, found: &mut [TaggedName]) {
    for f in found.iter_mut() {
        if f.label != Label::Person || f.tokens.len() < 2 {
            continue;
        }
        let last = prepared.words.get(f.tokens.end - 1);
        if let Some(&label) = last.and_then(|t| LABEL_OF_HEAD.get(&t.lower)) {
            f.label = label;
        }
    }
}

/// "Rhode Island" governs itself, whatever its name. Listed among the countries, Antarctica does not.
pub(super) fn label_states(prepared: &Prepared, lexicon: &Lexicon, found: &mut [TaggedName]) {
    for f in found.iter_mut().filter(|f| f.label == Label::Loc) {
        let place = longest_place(&prepared.words, lexicon, f.tokens.clone());
        let whole = place.filter(|(_, len)| *len == f.tokens.len());
        let nobodys = surface_hash(prepared, f.tokens.start) == hash("Antarctica");
        if let Some((Place::Country | Place::State, _)) = whole
            && !nobodys
        {
            f.label = Label::Gpe;
        }
    }
}

/// Words that end streets, and hardly ever the name of a region ("the Arctic Circle").
static STREET_WORDS: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    let streets = ["street", "st", "avenue", "ave", "road", "rd", "boulevard", "blvd", "lane"];
    streets.iter().flat_map(|word| [hash(word), hash(&format!("{word}."))]).collect()
});

/// "Main St." is no town.
pub(super) fn label_streets(prepared: &Prepared, found: &mut [TaggedName]) {
    for f in found.iter_mut().filter(|f| f.label == Label::Loc && f.tokens.len() > 1) {
        let last = prepared.words.get(f.tokens.end - 1);
        if last.is_some_and(|t| t.shape != Shape::Lower && STREET_WORDS.contains(&t.lower)) {
            f.label = Label::Fac;
        }
    }
}

/// Adherents of a party, whom some of the sources count as the party itself.
static ADHERENTS: LazyLock<FxHashSet<u64>> =
    LazyLock::new(|| PARTY_ADHERENTS.iter().map(hash).collect());

/// "Republican voters", "the Republicans": people, not the party.
pub(super) fn label_adherents(prepared: &Prepared, found: &mut [TaggedName]) {
    for f in found.iter_mut().filter(|f| f.label == Label::Org && f.tokens.len() == 1) {
        let word = prepared.words.get(f.tokens.start);
        if word.is_some_and(|t| ADHERENTS.contains(&t.lower)) {
            f.label = Label::Norp;
        }
    }
}

/// "Thornbury Kessler" is no man where "Thornbury Kessler Financial Services Inc." is in the text, nor
/// is "Halberd" beside "Halberd Systems", unless somebody is called so.
pub(super) fn label_short_names(prepared: &Prepared, found: &mut [TaggedName]) {
    let mut firms: HashSet<u64> = HashSet::new();
    let mut people: HashSet<u64> = HashSet::new();
    for f in found.iter() {
        let words = f.tokens.clone().map(|i| surface_hash(prepared, i));
        if f.label == Label::Person && f.tokens.len() > 1 {
            people.extend(words);
        } else if f.label == Label::Org && (2..=8).contains(&f.tokens.len()) {
            let last = prepared.words.get(f.tokens.end - 1);
            if last.is_some_and(|t| t.word.flags & flag::ORG_HEAD != 0) {
                let most = f.tokens.len() - 1;
                firms.extend(
                    (1..=most).map(|n| spelling_hash(prepared, f.tokens.start..f.tokens.start + n)),
                );
            }
        }
    }
    if firms.is_empty() {
        return;
    }
    for f in found.iter_mut().filter(|f| f.label == Label::Person) {
        let titled = f.tokens.start.checked_sub(1).and_then(|b| prepared.words.get(b));
        let titled = titled.is_some_and(|t| t.word.flags & flag::TITLE != 0);
        let called =
            f.tokens.len() == 1 && people.contains(&surface_hash(prepared, f.tokens.start));
        if !titled && !called && firms.contains(&spelling_hash(prepared, f.tokens.clone())) {
            f.label = Label::Org;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_head_has_a_label() {
        assert_eq!(LABEL_OF_HEAD.len(), HEAD_NOUNS.iter().count());
    }
}
