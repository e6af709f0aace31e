//! Coreference of names of organisations, places, peoples and other things.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::aliases::{self, Family};
use super::names;
use crate::document::Label;
use crate::text::{Span, TokenizedText};
use crate::vocabulary::organisations::{
    ACRONYM_STOPWORDS, GENERIC_NAME_WORDS, LEGAL_FORMS, NATIONAL_INSTITUTIONS, ORGANISATION_BODIES,
    ORGANISATION_ENDINGS, OUTLETS,
};

/// A mention to be grouped.
pub(super) struct NameMention {
    pub(super) span: Span,
    pub(super) family: Family,
}

/// All spellings of a name that have the same key.
struct Name {
    words: Vec<String>,
    // The words in the order in which they are written.
    plain: Vec<String>,
    // The acronyms that the name as written can have.
    initials: Vec<String>,
    // Position of its first mention.
    first: usize,
    // Written in uppercase, as acronyms are.
    capitals: bool,
    // Index of the name that it was joined to; at first its own (union-find).
    same: usize,
}

/// A group number for each mention, in text order.
pub(super) fn group_names(tokenized: &TokenizedText<'_>, mentions: &[NameMention]) -> Vec<usize> {
    let lands = names_of_places(tokenized, mentions);
    let mut families: BTreeMap<Family, Vec<usize>> = BTreeMap::new();
    for (i, mention) in mentions.iter().enumerate() {
        families.entry(mention.family).or_default().push(i);
    }
    let mut out = vec![0; mentions.len()];
    let mut base = 0;
    for (family, members) in families {
        let (of_member, names) = names_by_key(tokenized, family, mentions, &members);
        let names = join_names(tokenized, family, mentions, &members, &of_member, &lands, names);
        for (&i, &n) in members.iter().zip(&of_member) {
            if let Some(slot) = out.get_mut(i) {
                *slot = base + root_of(&names, n);
            }
        }
        base += names.len();
    }
    out
}

/// Names by key, and for each member its name.
fn names_by_key(
    tokenized: &TokenizedText<'_>,
    family: Family,
    mentions: &[NameMention],
    members: &[usize],
) -> (Vec<usize>, Vec<Name>) {
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    let mut names: Vec<Name> = Vec::new();
    let mut of_member = Vec::with_capacity(members.len());
    for (position, &i) in members.iter().enumerate() {
        let text = mentions.get(i).map_or("", |m| tokenized.slice(m.span));
        let plain = names::name_words(text, false);
        let mut initials: Vec<String> =
            if plain.len() > 1 { possible_acronyms(&plain).collect() } else { Vec::new() };
        let words = aliases::canonical_words(family, plain.clone());
        // "GM" is General Motors, not General Motors Co.
        if words.len() > 1 && words.len() < plain.len() {
            initials.extend(possible_acronyms(&words));
        }
        // "Al-Qaeda" and "al Qaeda", "Covid-19" and "Covid 19".
        let key = words.concat();
        let capitals = is_acronym(text);
        let n = *by_key.entry(key).or_insert_with(|| {
            let same = names.len();
            names.push(Name { words, plain, initials, first: position, capitals, same });
            names.len() - 1
        });
        of_member.push(n);
    }
    (of_member, names)
}

/// Two to eight uppercase letters, perhaps with full stops: "NATO", "U.N."
fn is_acronym(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (2..=8).contains(&letters)
        && text.chars().all(|c| {
            c.is_uppercase() || matches!(c, '.' | '&' | '\'' | '’' | 's') || c.is_ascii_digit()
        })
        && text.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// Joins names that refer to the same thing.
fn join_names(
    tokenized: &TokenizedText<'_>,
    family: Family,
    mentions: &[NameMention],
    members: &[usize],
    of_member: &[usize],
    lands: &BTreeSet<String>,
    mut names: Vec<Name>,
) -> Vec<Name> {
    let by_key: BTreeMap<String, usize> =
        names.iter().enumerate().map(|(n, name)| (name.words.concat(), n)).collect();
    // The text itself expands the acronym: "European Union (EU)".
    for (&i, &n) in members.iter().zip(of_member) {
        let Some(mention) = mentions.get(i) else {
            continue;
        };
        let Some(words) = names.get(n).map(|name| name.words.clone()) else {
            continue;
        };
        if let Some(short) = acronym_in_brackets(tokenized, mention.span, &words, family)
            && let Some(&s) = by_key.get(&short)
            && s != n
        {
            unite_names(&mut names, s, n);
        }
    }
    if matches!(family, Family::People) {
        return names;
    }
    join_acronyms(&mut names, family);
    if matches!(family, Family::Organisation | Family::Other(Label::Event)) {
        join_shortened_names(&mut names, family, lands);
        if family == Family::Organisation {
            join_truncated_names(&mut names);
        }
    }
    names
}

/// The acronym in brackets right after a long name, folded.
fn acronym_in_brackets(
    tokenized: &TokenizedText<'_>,
    span: Span,
    words: &[String],
    family: Family,
) -> Option<String> {
    let mut at = tokenized.tokens_in(span).end;
    while matches!(tokenized.word(at), "'s" | "’s" | "\"" | "”" | "’" | "'") {
        at += 1;
    }
    (tokenized.word(at) == "(" && words.len() > 1).then_some(())?;
    at += 1;
    while matches!(tokenized.word(at), "the" | "or" | "\"" | "“" | "'" | "‘") {
        at += 1;
    }
    let short = tokenized.word(at);
    let mut close = at + 1;
    while matches!(tokenized.word(close), "\"" | "”" | "’" | "'") {
        close += 1;
    }
    let closed = matches!(tokenized.word(close), ")" | "," | ";");
    (closed && is_acronym(short)).then_some(())?;
    let folded = names::name_words(short, false).concat();
    // A country code may stand in brackets too: the letters must come from the name.
    let fits = possible_acronyms(words).any(|i| i == folded)
        || (family == Family::Organisation && has_letters_in_order(words, &folded));
    fits.then_some(folded)
}

/// Do the letters of `short` occur in this order in the name, the first at its start?
fn has_letters_in_order(words: &[String], short: &str) -> bool {
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

/// The initials of a name: without its function words, with all of them, and without "the" alone.
fn possible_acronyms(words: &[String]) -> impl Iterator<Item = String> + '_ {
    let take = |keep: &dyn Fn(&str) -> bool| -> String {
        words.iter().filter(|w| keep(w)).filter_map(|w| w.chars().next()).collect()
    };
    let all = [take(&|w| !ACRONYM_STOPWORDS.contains(w)), take(&|_| true), take(&|w| w != "the")];
    all.into_iter().filter(|i| i.chars().count() >= 2)
}

/// Joins "EU" to "European Union" where the text does not expand it: to the first name with these
/// initials.
fn join_acronyms(names: &mut [Name], family: Family) {
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
            unite_names(names, n, full);
        }
    }
}

/// Joins "Acme" to "Acme Motors" before it, "Supreme Court" to "US Supreme Court".
fn join_shortened_names(names: &mut [Name], family: Family, lands: &BTreeSet<String>) {
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
            let longer = keys_longer_than(&starts, &forward(name));
            // The full name comes first, except in headlines, which leave out only endings.
            full =
                exactly_one(longer.filter(|&l| {
                    names.get(l).is_some_and(|l| is_shortened_at_end(l, name, lands))
                }));
        }
        if full.is_none() && !(general && family != Family::Organisation) {
            let fits = |l: &usize| {
                names.get(*l).is_some_and(|l| is_shortened_at_start(family, l, name, lands))
            };
            full = nearest_name(
                names,
                name.first,
                keys_longer_than(&ends, &backward(name)).filter(fits),
            );
        }
        if let Some(full) = full {
            unite_names(names, n, full);
        }
    }
}

/// How many names are compared word by word with each name of the same last word.
const MAX_TRUNCATED: usize = 8;
/// Shorter beginnings of words are no short forms of them.
const LEAST_LETTERS: usize = 3;

/// Joins "Man United" to "Manchester United", "Department of Health" to "Department of Health and
/// Social Care".
fn join_truncated_names(names: &mut [Name]) {
    let mut by_first: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (n, name) in names.iter().enumerate() {
        if let Some(first) = name.plain.first().filter(|_| name.plain.len() > 1) {
            let first: String = first.chars().take(LEAST_LETTERS).collect();
            let same = by_first.entry(first).or_default();
            if same.len() < MAX_TRUNCATED {
                same.push(n);
            }
        }
    }
    for alike in by_first.values() {
        for &n in alike {
            let fits = |&l: &usize| {
                let (Some(short), Some(long)) = (names.get(n), names.get(l)) else {
                    return false;
                };
                l != n && short.same == n && is_truncated(&long.plain, &short.plain)
            };
            if let Some(full) = exactly_one(alike.iter().copied().filter(fits)) {
                unite_names(names, n, full);
            }
        }
    }
}

/// Is each word of `short` the beginning of the word of `long`, or does only "and …" follow?
fn is_truncated(long: &[String], short: &[String]) -> bool {
    if long.len() > short.len() && long.starts_with(short) {
        return long.get(short.len()).is_some_and(|w| w == "and")
            && short.iter().any(|w| w == "of" || w == "for");
    }
    let begins = |(l, s): (&String, &String)| {
        let letters = s.chars().count() >= LEAST_LETTERS;
        l == s || letters && l.starts_with(s.as_str()) || l == "united" && s == "utd"
    };
    long.len() == short.len()
        && long != short
        && long.iter().zip(short).all(begins)
        && long.last().zip(short.last()).is_some_and(|(l, s)| l == s || s == "utd")
}

/// Keys that begin with `part` and go on; at most eight, so that any list of names takes linear time.
fn keys_longer_than<'a>(
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

/// Can `short` stand for `long` with words left out at the end?
fn is_shortened_at_end(long: &Name, short: &Name, lands: &BTreeSet<String>) -> bool {
    let rest = long.words.get(short.words.len()..).unwrap_or(&[]);
    // "Election Commission" is that of Pakistan.
    if let [of, land @ ..] = rest
        && of == "of"
        && short.words.len() > 1
    {
        let land = land.join(" ");
        return lands.contains(&land) || aliases::is_place(&land);
    }
    // "Thornbury Kessler" is the firm, whatever it does; "United Nations" is no council of theirs.
    let firm = long.plain.len() > long.words.len()
        && long.plain.last().is_some_and(|w| LEGAL_FORMS.contains(w))
        && short.words.len() > 1
        && long.first < short.first
        && !lands.contains(&short.words.join(" "))
        && !rest.iter().any(|w| w == "of" || ORGANISATION_BODIES.contains(w));
    if firm {
        return true;
    }
    let ending = rest.iter().all(|w| ORGANISATION_ENDINGS.contains(w));
    // "Ford" may be Ford Motor, but "House" is no committee of the House, and "United Nations"
    // is no council of theirs.
    let first_word =
        short.words.len() == 1 && !rest.iter().any(|w| ORGANISATION_BODIES.contains(w));
    ending || (first_word && long.first < short.first)
}

/// Can `short` stand for `long` with its country, chamber or year left out at the start?
fn is_shortened_at_start(
    family: Family,
    long: &Name,
    short: &Name,
    lands: &BTreeSet<String>,
) -> bool {
    let count = long.words.len() - short.words.len();
    let rest = long.words.get(..count).unwrap_or(&[]);
    let joined = rest.join(" ");
    let land = lands.contains(&joined)
        || aliases::is_place(&joined)
        || rest.iter().all(|w| {
            ADJECTIVE_SUFFIXES.iter().any(|end| w.ends_with(end) && w.len() > end.len() + 2)
                && w != "christian"
                || matches!(w.as_str(), "house" | "senate" | "national" | "federal")
                || w.bytes().all(|b| b.is_ascii_digit())
        });
    let club = rest.iter().all(|w| CLUB_FORMS.contains(&w.as_str()));
    let paper = |w: &String| OUTLETS.get(w).is_some_and(|o| o.after_writers && !o.alone);
    match short.words.len() {
        1 if club => true,
        1 => {
            let known = |w: &String| NATIONAL_INSTITUTIONS.contains(w) || paper(w);
            land && short.words.iter().all(known)
        }
        2 if family == Family::Organisation => land && count <= 3,
        _ => count <= 3,
    }
}

/// What stands before the names of clubs and is left out: "FC Porto".
const CLUB_FORMS: [&str; 6] = ["fc", "afc", "cf", "ac", "sc", "cd"];

/// Endings of the adjectives of countries.
const ADJECTIVE_SUFFIXES: [&str; 6] = ["ian", "ish", "ese", "ican", "aeli", "aqi"];

/// Folded names of all places and peoples of the text.
fn names_of_places(tokenized: &TokenizedText<'_>, mentions: &[NameMention]) -> BTreeSet<String> {
    let land = |m: &&NameMention| matches!(m.family, Family::Place | Family::People);
    let mentions = mentions.iter().filter(land);
    mentions.map(|m| names::name_words(tokenized.slice(m.span), false).join(" ")).collect()
}

/// The only item; `None` for several or none.
fn exactly_one(mut names: impl Iterator<Item = usize>) -> Option<usize> {
    let first = names.next()?;
    names.next().is_none().then_some(first)
}

/// The only name, or the last one whose first mention is before `at`.
fn nearest_name(names: &[Name], at: usize, of: impl Iterator<Item = usize>) -> Option<usize> {
    let of: Vec<usize> = of.collect();
    if let [one] = of.as_slice() {
        return Some(*one);
    }
    let before = of.into_iter().filter_map(|n| Some((names.get(n)?.first, n)));
    before.filter(|&(first, _)| first < at).max().map(|(_, n)| n)
}

fn root_of(names: &[Name], mut n: usize) -> usize {
    while let Some(name) = names.get(n).filter(|name| name.same != n) {
        n = name.same;
    }
    n
}

/// Joins `short` to what `full` was joined to. Roots are joined, so there are no loops.
fn unite_names(names: &mut [Name], short: usize, full: usize) {
    let (a, b) = (root_of(names, short), root_of(names, full));
    if a != b
        && let Some(name) = names.get_mut(a)
    {
        name.same = b;
    }
}
