//! What the text as a whole decides about the names found in it, by rule.
//!
//! Comes after the taggers and asks of them only labels, tokens and margins. The rules, in their
//! order: what a title is over ("President of the United States") is no part of the person, nor is
//! a short form of a rank; storms are no people, nor are prizes and airports that bear a person's
//! name; a demonym before a surname that has no other first name is that first name; a name that
//! was found in pieces is whole where the text has it whole elsewhere; an acronym is what it is
//! short for; one spelling has one label, unless both are sure; a state is a state, islands and
//! all. Linear in the text.

pub(super) mod kinds;
mod titles;

use std::collections::{HashMap, HashSet};

use super::tagger::{Found, Prepared};
use super::words::Shape;
use crate::document::Label;
use crate::lexicon::{Lexicon, Place, mix};

/// The longest name that is looked for elsewhere, in tokens.
const LONGEST: usize = 12;
/// A mention keeps the label of its own from this margin on; margins are 32nds.
const SURE: i32 = 96;

/// Applies all rules to the names of a text, in text order.
pub(super) fn revise(prepared: &Prepared, lexicon: &Lexicon, found: &mut Vec<Found>) {
    titles::offices(prepared, lexicon, found);
    titles::ranks(prepared, found);
    kinds::storms(prepared, found);
    kinds::heads(prepared, found);
    first_names(prepared, found);
    wholes(prepared, found);
    acronyms(prepared, found);
    one_label(prepared, found);
    kinds::states(prepared, lexicon, found);
}

/// "Danish Siddiqui": no Dane, unless somebody else is called Siddiqui here.
fn first_names(prepared: &Prepared, found: &mut Vec<Found>) {
    let key = |i: usize| prepared.words.get(i).map(|t| t.key);
    let mut called: HashMap<u32, HashSet<u32>> = HashMap::new();
    for f in found.iter().filter(|f| f.label == Label::Person) {
        if let (Some(first), Some(last)) = (key(f.tokens.start), key(f.tokens.end - 1))
            && f.tokens.len() > 1
        {
            called.entry(last).or_default().insert(first);
        }
    }
    let mut i = 1;
    while i < found.len() {
        let (people, surname) = (&found[i - 1], &found[i]);
        let (at, last) = (people.tokens.start, surname.tokens.start);
        let pair = people.label == Label::Norp
            && surname.label == Label::Person
            && (people.tokens.len(), surname.tokens.len()) == (1, 1)
            && last == at + 1;
        let demonym = prepared.context.places.get(at) == Some(&Some((Place::Demonym, 0)));
        let alone = key(last)
            .and_then(|last| called.get(&last))
            .is_none_or(|firsts| firsts.iter().all(|&first| Some(first) == key(at)));
        if pair && demonym && alone {
            let margin = found[i].margin.min(found[i - 1].margin);
            let tokens = at..last + 1;
            found.remove(i);
            found[i - 1] = Found { label: Label::Person, tokens, margin };
        }
        i += 1;
    }
}

/// The spelling that the tagger reads of a token.
fn surface(prepared: &Prepared, i: usize) -> u64 {
    prepared.words.get(i).map_or(0, |t| t.surface)
}

fn spelled(prepared: &Prepared, tokens: std::ops::Range<usize>) -> u64 {
    tokens.fold(0, |h, i| mix(h ^ surface(prepared, i)))
}

/// "Life and Liberty Party" in two pieces, where the text has it in one elsewhere and surer.
fn wholes(prepared: &Prepared, found: &mut Vec<Found>) {
    let mut known: HashMap<u64, (Label, i32)> = HashMap::new();
    let mut firsts: HashSet<u64> = HashSet::new();
    for f in found.iter().filter(|f| (3..=LONGEST).contains(&f.tokens.len())) {
        firsts.insert(surface(prepared, f.tokens.start));
        let best = known.entry(spelled(prepared, f.tokens.clone())).or_insert((f.label, f.margin));
        if f.margin > best.1 {
            *best = (f.label, f.margin);
        }
    }
    if known.is_empty() {
        return;
    }
    let mut out: Vec<Found> = Vec::with_capacity(found.len());
    let mut rest = std::mem::take(found).into_iter().peekable();
    for seq in &prepared.sequences {
        let mut i = seq.start;
        while i < seq.end {
            // What ended before is settled.
            while let Some(f) = rest.next_if(|f| f.tokens.end <= i) {
                out.push(f);
            }
            let mut next = i + 1;
            let free = rest.peek().is_none_or(|f| f.tokens.start >= i);
            if free && firsts.contains(&surface(prepared, i)) {
                let (mut hash, mut best) = (0, None);
                for end in i + 1..=(i + LONGEST).min(seq.end) {
                    hash = mix(hash ^ surface(prepared, end - 1));
                    if let Some(&(label, margin)) = known.get(&hash) {
                        best = Some((label, margin, end));
                    }
                }
                if let Some((label, margin, end)) = best {
                    let mut pieces = Vec::new();
                    while let Some(f) = rest.next_if(|f| f.tokens.start < end) {
                        pieces.push(f);
                    }
                    let inside = pieces.iter().all(|f| f.tokens.end <= end);
                    let broken = pieces.len() > 1 || pieces.iter().any(|f| f.tokens != (i..end));
                    let least = pieces.iter().map(|f| f.margin).min();
                    if inside && broken && least.is_some_and(|least| least < margin) {
                        out.push(Found { label, tokens: i..end, margin: least.unwrap_or(margin) });
                    } else {
                        out.append(&mut pieces);
                    }
                    next = end;
                }
            }
            i = next;
        }
    }
    out.extend(rest);
    *found = out;
}

/// "ISS" is what the "International Space Station" is.
fn acronyms(prepared: &Prepared, found: &mut [Found]) {
    let initials = |f: &Found| {
        let capitals = f.tokens.clone().filter_map(|i| prepared.words.get(i));
        let capitals = capitals.filter(|t| matches!(t.shape, Shape::Capital | Shape::Mixed));
        capitals.fold((0, 0), |(h, n), t| (mix(h ^ t.prefixes[0]), n + 1))
    };
    let mut long: HashMap<(u64, u32), (Label, i32)> = HashMap::new();
    for f in found.iter().filter(|f| f.tokens.len() >= 3 && f.label != Label::Person) {
        let best = long.entry(initials(f)).or_insert((f.label, f.margin));
        if f.margin > best.1 {
            *best = (f.label, f.margin);
        }
    }
    for f in found.iter_mut().filter(|f| f.tokens.len() == 1) {
        let Some(t) = prepared.words.get(f.tokens.start) else {
            continue;
        };
        if t.shape == Shape::Upper
            && t.len >= 3
            && let Some(&(label, margin)) = long.get(&(t.letters, u32::from(t.len)))
            && margin > f.margin
        {
            f.label = label;
        }
    }
}

/// The label that a spelling has most surely goes to those of its mentions that are less sure.
fn one_label(prepared: &Prepared, found: &mut [Found]) {
    let mut said: HashMap<u64, Vec<(Label, i32)>> = HashMap::new();
    for f in found.iter() {
        let labels = said.entry(spelled(prepared, f.tokens.clone())).or_default();
        match labels.iter_mut().find(|l| l.0 == f.label) {
            Some(l) => l.1 = l.1.saturating_add(f.margin),
            None => labels.push((f.label, f.margin)),
        }
    }
    said.retain(|_, labels| labels.len() > 1);
    if said.is_empty() {
        return;
    }
    for f in found.iter_mut().filter(|f| f.margin < SURE) {
        let Some(labels) = said.get(&spelled(prepared, f.tokens.clone())) else {
            continue;
        };
        // The first of the surest.
        let best = labels.iter().rev().max_by_key(|l| l.1);
        if let Some(&(label, sum)) = best
            && sum > f.margin * 2
        {
            f.label = label;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Builder, flag};
    use crate::text::{SourceText, TokenizedText};

    /// Reads "{Kirby|PERSON 90} said": the text, and its names in bytes.
    fn marked(case: &str) -> (String, Vec<(usize, usize, Label, i32)>) {
        let (mut text, mut names) = (String::new(), Vec::new());
        let mut rest = case;
        while let Some((before, after)) = rest.split_once('{') {
            text += before;
            let (inside, after) = after.split_once('}').expect("a name ends with }");
            let (name, label) = inside.split_once('|').expect("a name has a label");
            let (label, margin) = label.split_once(' ').expect("a label has a margin");
            let start = text.len();
            text += name;
            let label = Label::parse(label).unwrap_or_else(|| panic!("no label {label}"));
            names.push((start, text.len(), label, margin.parse().expect("a number")));
            rest = after;
        }
        (text + rest, names)
    }

    #[test]
    fn names_are_revised_over_the_whole_text() {
        let mut lexicon = Builder::default();
        lexicon.phrase(["danish"], Place::Demonym);
        lexicon.phrase(["serbian"], Place::Demonym);
        lexicon.phrase(["united", "states"], Place::Country);
        lexicon.phrase(["israel"], Place::Country);
        for title in ["president", "minister"] {
            lexicon.flag(title, flag::TITLE);
        }
        let lexicon = lexicon.build();
        let cases = galley_testcases::check("tests/data/entities/revise.txt", |case| {
            let (text, names) = marked(&case.input);
            let source = SourceText::new(&text).unwrap();
            let reading = TokenizedText::new(&source);
            let prepared = Prepared::new(&reading, &lexicon);
            let name = |&(start, end, label, margin): &(usize, usize, Label, i32)| Found {
                label,
                tokens: reading.tokens_in(source.span(start, end).unwrap()),
                margin,
            };
            let mut found: Vec<Found> = names.iter().map(name).collect();
            revise(&prepared, &lexicon, &mut found);
            let told = |f: &Found| {
                let span = reading.span_of(f.tokens.clone()).unwrap();
                format!("{}/{}", reading.slice(span), f.label.name())
            };
            let got: Vec<String> = found.iter().map(told).collect();
            got.join("\n")
        });
        assert!(cases >= 18, "{cases}");
    }
}
