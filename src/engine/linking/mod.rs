//! Entity linking within a text: coreference of names, and overlaps between annotations.
//!
//! Owns which mentions are one entity and which of two overlapping annotations stays. Must not find
//! new mentions. People are joined by the parts of their names (`people`), everything else by
//! canonical forms (`aliases`), acronyms and left-out words (`things`).

mod aliases;
mod names;
mod overlaps;
mod people;
mod things;

use std::collections::{BTreeMap, BTreeSet};

use crate::dates::Expression;
use crate::document::Label;
use crate::entities::{Mention, STORMS};
use crate::text::{Span, TokenizedText};
use crate::user_words::WordMatch;

use aliases::Family;
use names::PersonName;

/// One entity: all mentions of one person, organisation, place …
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// The label of its mentions; of places under several labels the most frequent.
    pub label: Label,
    /// The fullest name, as written, on one line.
    pub name: String,
    /// Other names, in order of appearance.
    pub aliases: Vec<String>,
    /// Indices into the mentions, in text order.
    pub mentions: Vec<usize>,
}

/// Joins mentions to entities, in order of first mention. Amounts join none. A person never joins
/// anything else; organisations and places stay apart, as they were labelled; countries, cities
/// and other places are compared with one another. O(n log n) in mentions.
pub fn cluster_mentions(tokenized: &TokenizedText<'_>, mentions: &[Mention]) -> Vec<Cluster> {
    let mut cluster_of: BTreeMap<(u8, usize), usize> = BTreeMap::new();
    let mut members: Vec<Vec<usize>> = Vec::new();
    let mut titles: BTreeMap<usize, usize> = BTreeMap::new();
    for (m, key) in entity_keys(tokenized, mentions, &mut titles) {
        let c = *cluster_of.entry(key).or_insert_with(|| {
            members.push(Vec::new());
            members.len() - 1
        });
        if let Some(list) = members.get_mut(c) {
            list.push(m);
        }
    }
    members
        .into_iter()
        .map(|members| build_cluster(tokenized, mentions, members, &titles))
        .collect()
}

/// For each mention that is a name, in text order, the key of its entity. `titles` gets the length in
/// bytes of titles inside the mentions of people.
fn entity_keys(
    tokenized: &TokenizedText<'_>,
    mentions: &[Mention],
    titles: &mut BTreeMap<usize, usize>,
) -> Vec<(usize, (u8, usize))> {
    let (mut people, mut things) = (Vec::new(), Vec::new());
    let (mut people_at, mut things_at) = (Vec::new(), Vec::new());
    for (m, mention) in mentions.iter().enumerate().filter(|(_, m)| m.label.is_name()) {
        if mention.label == Label::Person {
            let name = PersonName::new(tokenized, mention.span);
            if name.title_bytes > 0 {
                titles.insert(m, name.title_bytes);
            }
            people.push(name);
            people_at.push(m);
        } else {
            things.push(things::NameMention {
                span: storm_name_span(tokenized, mention),
                family: match mention.label {
                    Label::Org => Family::Organisation,
                    Label::Gpe | Label::Loc | Label::Fac => Family::Place,
                    Label::Norp => Family::People,
                    other => Family::Other(other),
                },
            });
            things_at.push(m);
        }
    }
    let people =
        people_at.into_iter().zip(people::group_people(&people).into_iter().map(|p| (0, p)));
    let things = things_at
        .into_iter()
        .zip(things::group_names(tokenized, &things).into_iter().map(|t| (1, t)));
    let mut all: Vec<_> = people.chain(things).collect();
    all.sort();
    all
}

/// The span of a storm's own name: "Tropical Storm Dorian" and "Dorian" are one storm.
fn storm_name_span(tokenized: &TokenizedText<'_>, mention: &Mention) -> Span {
    let text = tokenized.slice(mention.span);
    let own = text.rsplit_once(char::is_whitespace);
    let own = own.filter(|(kind, _)| {
        mention.label == Label::Event && STORMS.iter().any(|s| kind.ends_with(s))
    });
    let start = mention.span.end() - own.map_or(text.len(), |(_, own)| own.len());
    let span = tokenized.source().span(start, mention.span.end());
    span.unwrap_or(mention.span)
}

/// A cluster with its name and label.
fn build_cluster(
    tokenized: &TokenizedText<'_>,
    mentions: &[Mention],
    members: Vec<usize>,
    titles: &BTreeMap<usize, usize>,
) -> Cluster {
    let mut counts: BTreeMap<Label, usize> = BTreeMap::new();
    let mut forms: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    let slices = members.iter().filter_map(|&m| mentions.get(m));
    let written: BTreeSet<&str> = slices.map(|m| tokenized.slice(m.span)).collect();
    for &m in &members {
        let Some(mention) = mentions.get(m) else {
            continue;
        };
        *counts.entry(mention.label).or_default() += 1;
        let title = titles.get(&m).copied().unwrap_or(0);
        let text = tokenized.slice(mention.span);
        let mut text = text.get(title..).unwrap_or(text);
        // "Field's" is Field, as people are named; "Macy's" is a name, unless the text has "Macy".
        let bare = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s"));
        if let Some(bare) = bare.filter(|bare| !bare.is_empty())
            && (mention.label == Label::Person || written.contains(bare))
        {
            text = bare;
        }
        let form = crate::text::one_line(text);
        if seen.insert(form.clone()) {
            forms.push(form);
        }
    }
    let most = counts.values().copied().max().unwrap_or(0);
    let label = |m: &usize| mentions.get(*m).map(|m| m.label);
    let mut labels = members.iter().filter_map(label);
    let label = labels.find(|l| counts.get(l) == Some(&most));
    let label = label.unwrap_or(Label::Org);
    // The plural of a demonym is not a fuller name.
    let best = if label == Label::Norp { 0 } else { fullest_form(&forms, label == Label::Person) };
    let name = if forms.is_empty() { String::new() } else { forms.remove(best) };
    Cluster { label, name, aliases: forms, mentions: members }
}

/// The form with the most words, then letters; one in uppercase only where there is no other. Of a
/// person's names the one with the most words written out: initials come after.
fn fullest_form(forms: &[String], person: bool) -> usize {
    let rank = |form: &String| {
        let shouted = !form.chars().any(char::is_lowercase);
        // "of the Lakes" is a cut from a longer name.
        let cut = form.starts_with(char::is_lowercase);
        let words = form.split([' ', '-']).count();
        // "Benjamin Hale" says more than "B. U. Hale".
        let initial = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() == 1;
        let dotted = |word: &&str| word.len() > 2 && word.split('.').all(|part| part.len() < 2);
        let short = form.split([' ', '-']).filter(|w| person && (initial(w) || dotted(w))).count();
        (!shouted, !cut, words - short, short, form.chars().filter(|c| c.is_alphabetic()).count())
    };
    let ranked = forms.iter().enumerate();
    ranked.max_by_key(|(i, form)| (rank(form), usize::MAX - i)).map_or(0, |(i, _)| i)
}

/// Settles overlaps between mentions and temporal expressions, and among mentions:
///
/// - Among mentions none overlaps another: a name goes before an amount, then the longer, the
///   surer, the earlier one.
/// - An amount that touches a temporal expression gives way ("two" in "two weeks").
/// - A name inside an expression gives way ("Christmas" in "Christmas Eve 2020"), as does one
///   that partly overlaps it.
/// - A name that holds an expression stands. With events and laws the expression stands too ("the
///   September 11 attacks"); with all other names it goes ("Sunday Times").
/// - Where both cover the same characters a person's name wins if the text has it as part of a
///   longer one ("May" beside "Theresa May"), else the expression.
///
/// Both lists end in text order; anchors between expressions follow.
pub fn settle_overlaps(
    tokenized: &TokenizedText<'_>,
    mentions: &mut Vec<Mention>,
    dates: &mut Vec<Expression>,
) {
    let full: BTreeSet<&str> = mentions
        .iter()
        .filter(|m| m.label == Label::Person)
        .filter_map(|m| tokenized.slice(m.span).rsplit_once(' '))
        .map(|(_, last)| last)
        .collect();
    overlaps::settle_overlaps(mentions, dates, |span| full.contains(tokenized.slice(span)));
}

/// A reader's own word list overrides what the engines found, after overlaps are settled:
///
/// - A name that is never one goes where it covers just those words.
/// - A name that always is one takes the place of what overlaps it, but gives way to a longer name,
///   amount or temporal expression that holds it ("Washington" in "Washington Post").
///
/// Both lists stay in text order. Linear in mentions, dates and matches.
pub fn apply_word_list(
    mentions: &mut Vec<Mention>,
    dates: &mut Vec<Expression>,
    matches: &[WordMatch],
) {
    if !matches.is_empty() {
        overlaps::apply_word_list(mentions, dates, matches);
    }
}

#[cfg(test)]
mod tests;
