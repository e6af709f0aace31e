//! Names whose kind is told by one word of theirs: storms, prizes, states.

use std::collections::HashSet;

use super::surface;
use crate::document::Label;
use crate::entities::context::longest_place;
use crate::entities::tagger::{Found, Prepared};
use crate::entities::words::{Shape, lower};
use crate::lexicon::{Lexicon, Place, hash};

/// What stands before a storm's own name.
pub const STORMS: [&str; 4] = ["Hurricane", "Typhoon", "Cyclone", "Storm"];
const SIZES: [&str; 4] = ["tropical", "super", "winter", "subtropical"];

/// "Hurricane Dorian", and then "Dorian" alone, unless somebody is called so.
pub(super) fn storms(prepared: &Prepared, found: &mut [Found]) {
    let is = |i: usize, words: &[u64]| {
        let word = prepared.words.get(i);
        word.is_some_and(|t| t.shape != Shape::Lower && words.contains(&t.lower))
    };
    let (storms, sizes) = (STORMS.map(|w| hash(&lower(w))), SIZES.map(hash));
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
        names.insert(surface(prepared, end - 1));
    }
    if names.is_empty() {
        return;
    }
    for f in found.iter().filter(|f| f.label == Label::Person && f.tokens.len() > 1) {
        names.remove(&surface(prepared, f.tokens.start));
        names.remove(&surface(prepared, f.tokens.end - 1));
    }
    for f in found.iter_mut().filter(|f| f.tokens.len() == 1) {
        if names.contains(&surface(prepared, f.tokens.start)) {
            f.label = Label::Event;
        }
    }
}

/// What is named after people, by the last word. None of these is a surname.
const HEADS: [(&str, Label); 32] = [
    ("prize", Label::WorkOfArt),
    ("prizes", Label::WorkOfArt),
    ("award", Label::WorkOfArt),
    ("awards", Label::WorkOfArt),
    ("medal", Label::WorkOfArt),
    ("telescope", Label::Product),
    ("airport", Label::Fac),
    ("hospital", Label::Fac),
    ("stadium", Label::Fac),
    ("museum", Label::Fac),
    ("prison", Label::Fac),
    ("cathedral", Label::Fac),
    ("mosque", Label::Fac),
    ("railway", Label::Fac),
    ("university", Label::Org),
    ("institute", Label::Org),
    ("foundation", Label::Org),
    ("society", Label::Org),
    ("association", Label::Org),
    ("committee", Label::Org),
    ("corporation", Label::Org),
    ("academy", Label::Org),
    ("agency", Label::Org),
    ("ministry", Label::Org),
    ("council", Label::Org),
    ("championship", Label::Event),
    ("championships", Label::Event),
    ("olympics", Label::Event),
    ("election", Label::Event),
    ("elections", Label::Event),
    ("linux", Label::Product),
    ("amendment", Label::Law),
];

/// "James Webb Telescope" and "Leroy P. Steele Prize" are not James and Leroy.
pub(super) fn heads(prepared: &Prepared, found: &mut [Found]) {
    for f in found.iter_mut() {
        if f.label != Label::Person || f.tokens.len() < 2 {
            continue;
        }
        let last = prepared.words.get(f.tokens.end - 1);
        let head = last.and_then(|t| HEADS.iter().find(|(word, _)| t.lower == hash(word)));
        if let Some(&(_, label)) = head {
            f.label = label;
        }
    }
}

/// "Rhode Island" governs itself, whatever its name. Listed among the countries, Antarctica does not.
pub(super) fn states(prepared: &Prepared, lexicon: &Lexicon, found: &mut [Found]) {
    for f in found.iter_mut().filter(|f| f.label == Label::Loc) {
        let place = longest_place(&prepared.words, lexicon, f.tokens.clone());
        let whole = place.filter(|(_, len)| *len == f.tokens.len());
        let nobodys = surface(prepared, f.tokens.start) == hash("Antarctica");
        if let Some((Place::Country | Place::State, _)) = whole
            && !nobodys
        {
            f.label = Label::Gpe;
        }
    }
}
