//! Where names begin and end: the possessive of "McDonald's", two demonyms, "Cheorwon in Gangwon".

use rustc_hash::FxHashSet;
use std::sync::LazyLock;

use crate::document::Label;
use crate::entities::prepared::{Prepared, TaggedName};
use crate::entities::words::Shape;
use crate::lexicon::{flag, hash};
use crate::vocabulary::organisations::POSSESSIVE_FIRMS;

/// Leaves out a leading "the" and a trailing possessive, unless nothing would be left.
pub(super) fn trim_names(prepared: &Prepared, found: &mut [TaggedName]) {
    for f in found.iter_mut() {
        if f.tokens.len() > 1 && is_word(prepared, f.tokens.start, &["the"]) {
            f.tokens.start += 1;
        }
        if f.tokens.len() > 1 && is_word(prepared, f.tokens.end - 1, &["'s", "'"]) {
            f.tokens.end -= 1;
        }
    }
}

fn is_word(prepared: &Prepared, i: usize, words: &[&str]) -> bool {
    prepared.words.get(i).is_some_and(|t| words.iter().any(|w| t.lower == hash(w)))
}

static POSSESSIVE: LazyLock<FxHashSet<u64>> =
    LazyLock::new(|| POSSESSIVE_FIRMS.iter().map(hash).collect());

/// "McDonald's said", "at Sotheby's in", "Lloyd's of London": the possessive is part of the name,
/// where nothing follows that it could have, and then wherever the name stands.
pub(super) fn keep_possessives(prepared: &Prepared, found: &mut Vec<TaggedName>) {
    let word = |i: usize| prepared.words.get(i);
    let is = |i: usize, words: &[&str]| is_word(prepared, i, words);
    // Somebody of the text is called so, in full.
    let people: FxHashSet<u32> = found
        .iter()
        .filter(|f| f.label == Label::Person && f.tokens.len() > 1)
        .filter_map(|f| Some(word(f.tokens.end - 1)?.key))
        .collect();
    let candidate = |f: &TaggedName| {
        let last = word(f.tokens.end - 1)?;
        let one = f.tokens.len() == 1 && matches!(f.label, Label::Person | Label::Org | Label::Fac);
        let more = f.tokens.len() > 1 && f.label == Label::Org;
        let fits = (one || more) && is(f.tokens.end, &["'s"]) && !people.contains(&last.key);
        fits.then_some(last)
    };
    let mut kept: FxHashSet<u32> = FxHashSet::default();
    for f in found.iter() {
        let Some(last) = candidate(f) else { continue };
        let listed = POSSESSIVE.contains(&last.lower) && f.label == Label::Org;
        let given = last.word.flags & (flag::FEMALE | flag::MALE) != 0;
        let next = f.tokens.end + 1;
        let verb = is(next, &["said", "says", "has", "had", "will", "would", "was", "did", "told"]);
        let of = is(next, &["of"]) && word(next + 1).is_some_and(|t| t.shape == Shape::Capital);
        let at = f.tokens.start.checked_sub(1).is_some_and(|b| is(b, &["at", "by", "from"]));
        let ends = is(next, &[".", ",", "in", "on", "and", "for"]) || word(next).is_none();
        let possible = !given || POSSESSIVE.contains(&last.lower);
        if listed || of && possible || !given && (verb || f.label == Label::Org && at && ends) {
            kept.insert(last.key);
        }
    }
    if kept.is_empty() {
        return;
    }
    let mut out: Vec<TaggedName> = Vec::with_capacity(found.len());
    for f in found.drain(..) {
        // "Lloyd's" took in "London".
        if out.last().is_some_and(|o| o.tokens.end > f.tokens.start) {
            continue;
        }
        let mut f = f;
        if candidate(&f).is_some_and(|last| kept.contains(&last.key)) {
            f.tokens.end += 1;
            f.label = Label::Org;
            let place = word(f.tokens.end + 1).is_some_and(|t| t.shape == Shape::Capital);
            if is(f.tokens.end, &["of"]) && place {
                f.tokens.end += 2;
            }
        }
        out.push(f);
    }
    *found = out;
}

/// "Somali American" is one people, "Israel Adesanya" one man.
pub(super) fn join_pairs(prepared: &Prepared, found: &mut Vec<TaggedName>) {
    // "Rohingya Muslims" are of a people and of a faith.
    let faith = |f: &TaggedName| {
        prepared.words.get(f.tokens.start).is_some_and(|t| t.word.flags & flag::GROUP != 0)
    };
    let mut i = 1;
    while i < found.len() {
        let (a, b) = (&found[i - 1], &found[i]);
        let beside = a.tokens.end == b.tokens.start && a.tokens.len() == 1 && b.tokens.len() == 1;
        let given = prepared.words.get(a.tokens.start).is_some_and(|t| {
            t.word.flags & (flag::FEMALE | flag::MALE) != 0 && t.shape == Shape::Capital
        });
        let before = a.tokens.start.checked_sub(1);
        let led = before.is_some_and(|i| is_word(prepared, i, &["in", "of", "from", "the", "for"]));
        let label = match (a.label, b.label) {
            (Label::Norp, Label::Norp) if !faith(a) && !faith(b) => Some(Label::Norp),
            (Label::Gpe | Label::Loc, Label::Person) if given && !led => Some(Label::Person),
            _ => None,
        };
        if let Some(label) = label.filter(|_| beside) {
            let tokens = a.tokens.start..b.tokens.end;
            let margin = a.margin.min(b.margin);
            found.remove(i);
            found[i - 1] = TaggedName { label, tokens, margin };
        } else {
            i += 1;
        }
    }
}

/// "Cheorwon in Gangwon Province" is two places.
pub(super) fn split_places(prepared: &Prepared, found: &mut Vec<TaggedName>) {
    let mut out: Vec<TaggedName> = Vec::with_capacity(found.len());
    for f in found.drain(..) {
        let place = matches!(f.label, Label::Gpe | Label::Loc);
        let inside = |word: &str| {
            let mut inner = f.tokens.clone().skip(1).take(f.tokens.len().saturating_sub(2));
            inner.find(|&i| is_word(prepared, i, &[word]))
        };
        if let Some(at) = inside("in").filter(|_| place) {
            out.push(TaggedName { tokens: f.tokens.start..at, ..f.clone() });
            out.push(TaggedName { tokens: at + 1..f.tokens.end, ..f });
        } else {
            out.push(f);
        }
    }
    *found = out;
}
