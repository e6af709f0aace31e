//! Rules that correct the taggers' names by what the whole text says.
//!
//! Comes after the taggers and asks of them only labels, tokens and margins. The rules, in their
//! order: what a title is over ("President of the United States") is no part of the person, nor is
//! a short form of a rank, nor letters for a degree or an honour; storms are no people, nor are prizes and airports that bear a person's
//! name; a demonym before a surname that has no other first name is that first name; a name that
//! was found in pieces is whole where the text has it whole elsewhere; a headline in capitals has the
//! story's names; an acronym is what it is
//! short for; one spelling has one label, unless both are sure; a state is a state, islands and
//! all. Linear in the text.

mod edges;
mod headlines;
pub(super) mod kinds;
mod spelling;
mod titles;

use std::collections::{HashMap, HashSet};

use super::prepared::{Prepared, TaggedName};
use super::words::Shape;
use crate::document::Label;
use crate::lexicon::{Lexicon, Place, mix};
use spelling::{
    MAX_NAME_TOKENS, SurestLabels, longest_known_name, note_surest, spelling_hash, surface_hash,
};

/// A mention keeps the label of its own from this margin on; margins are 32nds.
const SURE_MARGIN: i32 = 96;

/// Applies all rules to the names of a text, in text order.
pub(super) fn revise(prepared: &Prepared, lexicon: &Lexicon, found: &mut Vec<TaggedName>) {
    edges::trim_names(prepared, found);
    edges::split_places(prepared, found);
    titles::split_offices(prepared, lexicon, found);
    titles::cut_ranks(prepared, found);
    titles::cut_post_nominals(prepared, found);
    kinds::label_storms(prepared, found);
    kinds::label_by_head(prepared, found);
    join_first_names(prepared, found);
    edges::join_pairs(prepared, found);
    edges::keep_possessives(prepared, found);
    restore_whole_names(prepared, found);
    headlines::name_headlines(prepared, found);
    label_acronyms(prepared, found);
    unify_labels(prepared, found);
    kinds::label_short_names(prepared, found);
    kinds::label_streets(prepared, found);
    kinds::label_adherents(prepared, found);
    kinds::label_states(prepared, lexicon, found);
}

/// "Danish Siddiqui": no Dane, unless somebody else is called Siddiqui here.
fn join_first_names(prepared: &Prepared, found: &mut Vec<TaggedName>) {
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
            found[i - 1] = TaggedName { label: Label::Person, tokens, margin };
        }
        i += 1;
    }
}

/// "Life and Liberty Party" in two pieces, where the text has it in one elsewhere and surer.
fn restore_whole_names(prepared: &Prepared, found: &mut Vec<TaggedName>) {
    let mut known = SurestLabels::new();
    let mut firsts: HashSet<u64> = HashSet::new();
    for f in found.iter().filter(|f| (3..=MAX_NAME_TOKENS).contains(&f.tokens.len())) {
        firsts.insert(surface_hash(prepared, f.tokens.start));
        note_surest(&mut known, spelling_hash(prepared, f.tokens.clone()), f);
    }
    if known.is_empty() {
        return;
    }
    let mut out: Vec<TaggedName> = Vec::with_capacity(found.len());
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
            if free && firsts.contains(&surface_hash(prepared, i)) {
                let whole = longest_known_name(prepared, &known, &(i..seq.end));
                if let Some((tokens, label, margin)) = whole {
                    let end = tokens.end;
                    let mut pieces = Vec::new();
                    while let Some(f) = rest.next_if(|f| f.tokens.start < end) {
                        pieces.push(f);
                    }
                    let inside = pieces.iter().all(|f| f.tokens.end <= end);
                    let broken = pieces.len() > 1 || pieces.iter().any(|f| f.tokens != (i..end));
                    let least = pieces.iter().map(|f| f.margin).min();
                    if inside && broken && least.is_some_and(|least| least < margin) {
                        out.push(TaggedName {
                            label,
                            tokens: i..end,
                            margin: least.unwrap_or(margin),
                        });
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
fn label_acronyms(prepared: &Prepared, found: &mut [TaggedName]) {
    let initials = |f: &TaggedName| {
        let capitals = f.tokens.clone().filter_map(|i| prepared.words.get(i));
        let capitals = capitals.filter(|t| matches!(t.shape, Shape::Capital | Shape::Mixed));
        capitals.fold((0, 0), |(h, n), t| (mix(h ^ t.prefixes[0]), n + 1))
    };
    let mut long: SurestLabels<(u64, u32)> = SurestLabels::new();
    for f in found.iter().filter(|f| f.tokens.len() >= 3 && f.label != Label::Person) {
        note_surest(&mut long, initials(f), f);
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

/// Gives the most certain label of a spelling to its less certain mentions.
fn unify_labels(prepared: &Prepared, found: &mut [TaggedName]) {
    let mut said: HashMap<u64, Vec<(Label, i32)>> = HashMap::new();
    for f in found.iter() {
        let labels = said.entry(spelling_hash(prepared, f.tokens.clone())).or_default();
        match labels.iter_mut().find(|l| l.0 == f.label) {
            Some(l) => l.1 = l.1.saturating_add(f.margin),
            None => labels.push((f.label, f.margin)),
        }
    }
    said.retain(|_, labels| labels.len() > 1);
    if said.is_empty() {
        return;
    }
    for f in found.iter_mut().filter(|f| f.margin < SURE_MARGIN) {
        let Some(labels) = said.get(&spelling_hash(prepared, f.tokens.clone())) else {
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
    fn parse_marked(case: &str) -> (String, Vec<(usize, usize, Label, i32)>) {
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
        lexicon.add_phrase(["danish"], Place::Demonym);
        lexicon.add_phrase(["serbian"], Place::Demonym);
        lexicon.add_phrase(["united", "states"], Place::Country);
        lexicon.add_phrase(["israel"], Place::Country);
        for title in ["president", "minister"] {
            lexicon.add_flags(title, flag::TITLE);
        }
        let lexicon = lexicon.build();
        let cases = galley_testcases::check("tests/data/entities/revise.txt", |case| {
            let (text, names) = parse_marked(&case.input);
            let source = SourceText::new(&text).unwrap();
            let tokenized = TokenizedText::new(&source);
            let prepared = Prepared::new(&tokenized, &lexicon);
            let name = |&(start, end, label, margin): &(usize, usize, Label, i32)| TaggedName {
                label,
                tokens: tokenized.tokens_in(source.span(start, end).unwrap()),
                margin,
            };
            let mut found: Vec<TaggedName> = names.iter().map(name).collect();
            revise(&prepared, &lexicon, &mut found);
            let told = |f: &TaggedName| {
                let span = tokenized.span_of(f.tokens.clone()).unwrap();
                format!("{}/{}", tokenized.slice(span), f.label.name())
            };
            let got: Vec<String> = found.iter().map(told).collect();
            got.join("\n")
        });
        assert!(cases >= 18, "{cases}");
    }
}
