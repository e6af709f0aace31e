//! Titles before people's names: what they are over is no part of the name, nor are short ranks.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

use crate::document::Label;
use crate::entities::context::longest_place;
use crate::entities::prepared::{Prepared, TaggedName};
use crate::entities::words::Shape;
use crate::lexicon::{Lexicon, Place, flag, hash};
use crate::vocabulary::people::{
    GOVERNMENT_DEPARTMENTS, POLICE_RANKS, POST_NOMINALS, TITLES, Title,
};

/// "President of the United States Donald Trump": the taggers learn from corpora that cut titles off
/// people's names and left what the title is over.
pub(super) fn split_offices(prepared: &Prepared, lexicon: &Lexicon, found: &mut Vec<TaggedName>) {
    let word = |i: usize| prepared.words.get(i);
    let is = |i: usize, text: &str| word(i).is_some_and(|t| t.lower == hash(text));
    // "President of" or "President of the" stands before.
    let titled = |start: usize| {
        let the = usize::from(start > 0 && is(start - 1, "the"));
        let of = start.checked_sub(1 + the).filter(|&of| is(of, "of"));
        of.and_then(|of| word(of.checked_sub(1)?)).is_some_and(|t| t.word.flags & flag::TITLE != 0)
    };
    let mut out = Vec::with_capacity(found.len());
    for f in found.drain(..) {
        let (mut start, end) = (f.tokens.start, f.tokens.end);
        let inside = is(start, "of");
        if inside {
            start += 1 + usize::from(is(start + 1, "the"));
        }
        let over_something = inside || f.label == Label::Person && titled(start);
        if !over_something {
            out.push(f);
            continue;
        }
        let mut put = |label, tokens: std::ops::Range<usize>| {
            if !tokens.is_empty() && word(tokens.start).is_some_and(|t| t.shape != Shape::Lower) {
                let margin = f.margin;
                out.push(TaggedName { label, tokens, margin });
            }
        };
        if f.label != Label::Person {
            put(f.label, start..end);
        } else if let Some((over, len)) = longest_place(&prepared.words, lexicon, start..end)
            && over != Place::Demonym
        {
            let to = start + len;
            let label = match over {
                Place::Region => Label::Loc,
                _ => Label::Gpe,
            };
            put(label, start..to);
            put(Label::Person, to..end);
        } else if !inside {
            put(Label::Person, start..end);
        } else if word(start).is_some_and(|t| DEPARTMENTS.contains(&t.lower)) {
            put(Label::Person, start + 1..end);
        } else {
            put(Label::Org, start..end);
        }
    }
    *found = out;
}

/// Hashes of the departments that a secretary is over, and of short ranks: of the lowercase form,
/// of those in uppercase as they are written. The corpora hardly have such ranks.
static DEPARTMENTS: LazyLock<FxHashSet<u64>> =
    LazyLock::new(|| GOVERNMENT_DEPARTMENTS.iter().map(hash).collect());
static SHORT_RANKS: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    let short =
        |title: &Title| title.short_rank || title.only_people || title.abbreviation && !title.regal;
    let ranks = TITLES.iter().filter(|(_, title)| short(title)).map(|(word, _)| word);
    ranks.flat_map(|word| [hash(word), hash(&format!("{word}."))]).collect()
});
static RANKS_IN_CAPITALS: LazyLock<FxHashSet<u64>> =
    LazyLock::new(|| POLICE_RANKS.iter().map(hash).collect());

/// "Det Insp Paul Grady" is Paul Grady, and so is "DCI Paul Grady".
pub(super) fn cut_ranks(prepared: &Prepared, found: &mut Vec<TaggedName>) {
    let is_rank = |i: usize| {
        prepared.words.get(i).is_some_and(|t| {
            let short = t.shape == Shape::Capital && SHORT_RANKS.contains(&t.lower);
            let upper = t.shape == Shape::Upper;
            short || upper && RANKS_IN_CAPITALS.contains(&t.surface)
        })
    };
    let mut next: Option<usize> = None;
    let mut kept = vec![true; found.len()];
    for (i, f) in found.iter_mut().enumerate().rev() {
        if f.label == Label::Person {
            while f.tokens.len() > 1 && is_rank(f.tokens.start) {
                f.tokens.start += 1;
            }
            next = Some(f.tokens.start);
        } else {
            let alone = f.tokens.len() == 1 && is_rank(f.tokens.start);
            kept[i] = !(alone && next == Some(f.tokens.end));
            next = None;
        }
    }
    let mut kept = kept.into_iter();
    found.retain(|_| kept.next().unwrap_or(true));
}

/// Hashes of the letters after names, with whether they may stand before them, too.
static NAME_LETTERS: LazyLock<FxHashMap<u64, bool>> = LazyLock::new(|| {
    let letters = POST_NOMINALS.iter();
    letters.map(|(letters, place)| (hash(letters), place == "either")).collect()
});

/// "Ann Lee QC" is Ann Lee, and so is "Carlow TD Ann Lee": letters for degrees, honours and seats end
/// a name, or stand before it with what the seat is for.
pub(super) fn cut_post_nominals(prepared: &Prepared, found: &mut [TaggedName]) {
    let word = |i: usize| prepared.words.get(i);
    let letters = |i: usize| word(i).and_then(|t| NAME_LETTERS.get(&t.surface)).copied();
    let name = |i: usize| word(i).is_some_and(|t| matches!(t.shape, Shape::Capital | Shape::Mixed));
    for f in found.iter_mut().filter(|f| f.label == Label::Person) {
        let mut own = f.tokens.clone().filter(|&i| name(i) && letters(i).is_none());
        // A text in capitals has no such letters.
        let Some(last) = own.next_back() else { continue };
        if (last + 1..f.tokens.end).any(|i| letters(i).is_some()) {
            f.tokens.end = last + 1;
        }
        let seat = (f.tokens.start..last).rev().find(|&i| letters(i) == Some(true));
        if let Some(seat) = seat.filter(|&seat| name(seat + 1)) {
            f.tokens.start = seat + 1;
        }
    }
}
