//! Which names of organisations, places, peoples and other things mean one and the same.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::aliases::{self, Family};
use super::names;
use crate::document::Label;
use crate::text::{Span, TokenizedText};
use crate::vocabulary::organisations::{
    ACRONYM_STOPWORDS, GENERIC_NAME_WORDS, NATIONAL_INSTITUTIONS, ORGANISATION_BODIES,
    ORGANISATION_ENDINGS,
};

/// A mention to be joined.
pub(super) struct Named {
    pub(super) span: Span,
    pub(super) family: Family,
}

/// A name as the text has it, with all its spellings that fold to the same key.
struct Name {
    words: Vec<String>,
    // Initials of the name as written, in all ways in which acronyms are made.
    initials: Vec<String>,
    // Position of its first mention.
    first: usize,
    // Written in capitals throughout, as acronyms are.
    capitals: bool,
    // Index of the name that it was found to mean; itself at first.
    same: usize,
}

/// For each mention (in text order) a number; equal numbers are one thing.
pub(super) fn group(reading: &TokenizedText<'_>, mentions: &[Named]) -> Vec<usize> {
    let lands = lands(reading, mentions);
    let mut families: BTreeMap<Family, Vec<usize>> = BTreeMap::new();
    for (i, mention) in mentions.iter().enumerate() {
        families.entry(mention.family).or_default().push(i);
    }
    let mut out = vec![0; mentions.len()];
    let mut base = 0;
    for (family, members) in families {
        let (of_member, names) = fold(reading, family, mentions, &members);
        let names = join(reading, family, mentions, &members, &of_member, &lands, names);
        for (&i, &n) in members.iter().zip(&of_member) {
            if let Some(slot) = out.get_mut(i) {
                *slot = base + root(&names, n);
            }
        }
        base += names.len();
    }
    out
}

/// Names by key, and for each member its name.
fn fold(
    reading: &TokenizedText<'_>,
    family: Family,
    mentions: &[Named],
    members: &[usize],
) -> (Vec<usize>, Vec<Name>) {
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    let mut names: Vec<Name> = Vec::new();
    let mut of_member = Vec::with_capacity(members.len());
    for (position, &i) in members.iter().enumerate() {
        let text = mentions.get(i).map_or("", |m| reading.slice(m.span));
        let plain = names::words(text, false);
        let initials = if plain.len() > 1 { initials(&plain).collect() } else { Vec::new() };
        let words = aliases::key(family, plain);
        // "Al-Qaeda" and "al Qaeda", "Covid-19" and "Covid 19".
        let key = words.concat();
        let capitals = is_acronym(text);
        let n = *by_key.entry(key).or_insert_with(|| {
            names.push(Name { words, initials, first: position, capitals, same: names.len() });
            names.len() - 1
        });
        of_member.push(n);
    }
    (of_member, names)
}

/// Capitals (and full stops) only, two to eight of them: "NATO", "U.N."
fn is_acronym(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (2..=8).contains(&letters)
        && text.chars().all(|c| {
            c.is_uppercase() || matches!(c, '.' | '&' | '\'' | '’' | 's') || c.is_ascii_digit()
        })
        && text.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// Finds which names mean the same.
fn join(
    reading: &TokenizedText<'_>,
    family: Family,
    mentions: &[Named],
    members: &[usize],
    of_member: &[usize],
    lands: &BTreeSet<String>,
    mut names: Vec<Name>,
) -> Vec<Name> {
    let by_key: BTreeMap<String, usize> =
        names.iter().enumerate().map(|(n, name)| (name.words.concat(), n)).collect();
    // Said by the text itself: "European Union (EU)".
    for (&i, &n) in members.iter().zip(of_member) {
        let Some(mention) = mentions.get(i) else {
            continue;
        };
        let Some(words) = names.get(n).map(|name| name.words.clone()) else {
            continue;
        };
        if let Some(short) = in_brackets(reading, mention.span, &words, family)
            && let Some(&s) = by_key.get(&short)
            && s != n
        {
            unite(&mut names, s, n);
        }
    }
    if matches!(family, Family::People) {
        return names;
    }
    by_initials(&mut names, family);
    if matches!(family, Family::Organisation | Family::Other(Label::Event)) {
        by_parts(&mut names, family, lands);
    }
    names
}

/// The short name that stands in brackets right after a long one, folded.
fn in_brackets(
    reading: &TokenizedText<'_>,
    span: Span,
    words: &[String],
    family: Family,
) -> Option<String> {
    let mut at = reading.tokens_in(span).end;
    while matches!(reading.word(at), "'s" | "’s" | "\"" | "”" | "’" | "'") {
        at += 1;
    }
    (reading.word(at) == "(" && words.len() > 1).then_some(())?;
    at += 1;
    while matches!(reading.word(at), "the" | "or" | "\"" | "“" | "'" | "‘") {
        at += 1;
    }
    let short = reading.word(at);
    let mut close = at + 1;
    while matches!(reading.word(close), "\"" | "”" | "’" | "'") {
        close += 1;
    }
    let closed = matches!(reading.word(close), ")" | "," | ";");
    (closed && is_acronym(short)).then_some(())?;
    let folded = names::words(short, false).concat();
    // A country's or an athlete's sign stands in brackets too: the letters must come from the name.
    let fits = initials(words).any(|i| i == folded)
        || (family == Family::Organisation && spelled(words, &folded));
    fits.then_some(folded)
}

/// Do the letters of `short` occur in this order in the name, the first at its start?
fn spelled(words: &[String], short: &str) -> bool {
    let all = words.join(" ");
    let mut letters = all.chars();
    short.chars().enumerate().all(|(i, c)| {
        if i == 0 {
            words.iter().any(|w| w.starts_with(c)) && letters.any(|l| l == c)
        } else {
            letters.any(|l| l == c)
        }
    })
}

/// The initials of a name: without its small words, with them, and with "of" alone left out.
fn initials(words: &[String]) -> impl Iterator<Item = String> + '_ {
    let take = |keep: &dyn Fn(&str) -> bool| -> String {
        words.iter().filter(|w| keep(w)).filter_map(|w| w.chars().next()).collect()
    };
    let all = [take(&|w| !ACRONYM_STOPWORDS.contains(w)), take(&|_| true), take(&|w| w != "the")];
    all.into_iter().filter(|i| i.chars().count() >= 2)
}

/// "EU" beside "European Union", said nowhere: the only (or the first) name with these initials.
fn by_initials(names: &mut [Name], family: Family) {
    let mut long: BTreeMap<String, usize> = BTreeMap::new();
    for (n, name) in names.iter().enumerate() {
        for initials in &name.initials {
            long.entry(initials.clone()).or_insert(n);
        }
    }
    // Two letters are a chance hit among places ("LA", "NC"); institutions live by them.
    let least = if family == Family::Organisation { 2 } else { 3 };
    for n in 0..names.len() {
        let Some(name) = names.get(n).filter(|name| name.capitals && name.words.len() == 1) else {
            continue;
        };
        let Some(word) = name.words.first().filter(|w| w.len() >= least) else {
            continue;
        };
        if name.same == n
            && let Some(&full) = long.get(word.as_str())
        {
            unite(names, n, full);
        }
    }
}

/// "Acme" after "Acme Motors", "Supreme Court" beside "US Supreme Court".
fn by_parts(names: &mut [Name], family: Family, lands: &BTreeSet<String>) {
    let forward = |name: &Name| name.words.join(" ") + " ";
    let backward = |name: &Name| {
        let words: Vec<_> = name.words.iter().rev().map(String::as_str).collect();
        words.join(" ") + " "
    };
    let starts: BTreeMap<String, usize> =
        names.iter().enumerate().map(|(n, name)| (forward(name), n)).collect();
    let ends: BTreeMap<String, usize> =
        names.iter().enumerate().map(|(n, name)| (backward(name), n)).collect();
    for n in 0..names.len() {
        let Some(name) = names.get(n).filter(|name| name.same == n) else {
            continue;
        };
        let general = name.words.len() == 1
            && name.words.iter().all(|w| GENERIC_NAME_WORDS.contains(w) || w.len() < 3);
        let mut full = None;
        if family == Family::Organisation && !general {
            let longer = longer(&starts, &forward(name));
            // The full name comes first, but for headlines, where only endings are left out.
            full = only(longer.filter(|&l| names.get(l).is_some_and(|l| is_head(l, name))));
        }
        if full.is_none() && !(general && family != Family::Organisation) {
            let fits = |l: &usize| names.get(*l).is_some_and(|l| is_tail(family, l, name, lands));
            full = nearest(names, name.first, longer(&ends, &backward(name)).filter(fits));
        }
        if let Some(full) = full {
            unite(names, n, full);
        }
    }
}

/// Keys that begin with `part` and go on; at most a handful, so that a hostile list stays linear.
fn longer<'a>(
    keys: &'a BTreeMap<String, usize>,
    part: &str,
) -> impl Iterator<Item = usize> + use<'a> {
    let part = part.to_owned();
    let from = (Bound::Excluded(part.clone()), Bound::Unbounded);
    keys.range::<String, _>(from)
        .take(8)
        .take_while(move |(key, _)| key.starts_with(&part))
        .map(|(_, &n)| n)
}

/// May `short` be what is left of `long`, from its start, once it is known?
fn is_head(long: &Name, short: &Name) -> bool {
    let rest = long.words.get(short.words.len()..).unwrap_or(&[]);
    let ending = rest.iter().all(|w| ORGANISATION_ENDINGS.contains(w));
    // "Ford" may be Ford Motor, but "House" is no committee of the House, and "United Nations"
    // is no council of theirs.
    let first_word =
        short.words.len() == 1 && !rest.iter().any(|w| ORGANISATION_BODIES.contains(w));
    ending || (first_word && long.first < short.first)
}

/// May `short` be what is left of `long`, from its end: without country, house, year?
fn is_tail(family: Family, long: &Name, short: &Name, lands: &BTreeSet<String>) -> bool {
    let count = long.words.len() - short.words.len();
    let rest = long.words.get(..count).unwrap_or(&[]);
    let joined = rest.join(" ");
    let land = lands.contains(&joined)
        || aliases::is_place(&joined)
        || rest.iter().all(|w| {
            ADJECTIVES.iter().any(|end| w.ends_with(end) && w.len() > end.len() + 2)
                && w != "christian"
                || matches!(w.as_str(), "house" | "senate" | "national" | "federal")
                || w.bytes().all(|b| b.is_ascii_digit())
        });
    match short.words.len() {
        1 => land && short.words.iter().all(|w| NATIONAL_INSTITUTIONS.contains(w)),
        2 if family == Family::Organisation => land && count <= 3,
        _ => count <= 3,
    }
}

/// Endings of the adjectives of countries.
const ADJECTIVES: [&str; 6] = ["ian", "ish", "ese", "ican", "aeli", "aqi"];

/// Folded names of all places and peoples of the text.
fn lands(reading: &TokenizedText<'_>, mentions: &[Named]) -> BTreeSet<String> {
    let land = |m: &&Named| matches!(m.family, Family::Place | Family::People);
    let mentions = mentions.iter().filter(land);
    mentions.map(|m| names::words(reading.slice(m.span), false).join(" ")).collect()
}

/// The one of them, if there is only one.
fn only(mut names: impl Iterator<Item = usize>) -> Option<usize> {
    let first = names.next()?;
    names.next().is_none().then_some(first)
}

/// The only one, or the last that stands before `at`.
fn nearest(names: &[Name], at: usize, of: impl Iterator<Item = usize>) -> Option<usize> {
    let of: Vec<usize> = of.collect();
    if let [one] = of.as_slice() {
        return Some(*one);
    }
    let before = of.into_iter().filter_map(|n| Some((names.get(n)?.first, n)));
    before.filter(|&(first, _)| first < at).max().map(|(_, n)| n)
}

fn root(names: &[Name], mut n: usize) -> usize {
    while let Some(name) = names.get(n).filter(|name| name.same != n) {
        n = name.same;
    }
    n
}

/// `short` means what `full` means. Roots are joined, so chains end.
fn unite(names: &mut [Name], short: usize, full: usize) {
    let (a, b) = (root(names, short), root(names, full));
    if a != b
        && let Some(name) = names.get_mut(a)
    {
        name.same = b;
    }
}
