//! Mentions joined to entities, and overlaps between kinds settled.
//!
//! Owns identity and precedence. Must not find new mentions. People are joined by their names'
//! parts (`people`), everything else by keys, acronyms and left-out words (`things`); what no
//! spelling tells is a row in `aliases`.

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
use crate::wordlist::Find;

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
pub fn link(reading: &TokenizedText<'_>, mentions: &[Mention]) -> Vec<Cluster> {
    let mut cluster_of: BTreeMap<(u8, usize), usize> = BTreeMap::new();
    let mut members: Vec<Vec<usize>> = Vec::new();
    let mut titles: BTreeMap<usize, usize> = BTreeMap::new();
    for (m, key) in identities(reading, mentions, &mut titles) {
        let c = *cluster_of.entry(key).or_insert_with(|| {
            members.push(Vec::new());
            members.len() - 1
        });
        if let Some(list) = members.get_mut(c) {
            list.push(m);
        }
    }
    members.into_iter().map(|members| cluster(reading, mentions, members, &titles)).collect()
}

/// For each name among the mentions, in text order, what it is the same as. `titles` gets the
/// bytes of titles inside the mentions of people.
fn identities(
    reading: &TokenizedText<'_>,
    mentions: &[Mention],
    titles: &mut BTreeMap<usize, usize>,
) -> Vec<(usize, (u8, usize))> {
    let (mut people, mut things) = (Vec::new(), Vec::new());
    let (mut people_at, mut things_at) = (Vec::new(), Vec::new());
    for (m, mention) in mentions.iter().enumerate().filter(|(_, m)| m.label.is_name()) {
        if mention.label == Label::Person {
            let name = PersonName::new(reading, mention.span);
            if name.title_bytes > 0 {
                titles.insert(m, name.title_bytes);
            }
            people.push(name);
            people_at.push(m);
        } else {
            things.push(things::Named {
                span: bare_storm(reading, mention),
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
    let people = people_at.into_iter().zip(people::group(&people).into_iter().map(|p| (0, p)));
    let things =
        things_at.into_iter().zip(things::group(reading, &things).into_iter().map(|t| (1, t)));
    let mut all: Vec<_> = people.chain(things).collect();
    all.sort();
    all
}

/// "Tropical Storm Dorian", "Hurricane Dorian" and "Dorian" are one storm: its own name.
fn bare_storm(reading: &TokenizedText<'_>, mention: &Mention) -> Span {
    let text = reading.slice(mention.span);
    let own = text.rsplit_once(char::is_whitespace);
    let own = own.filter(|(kind, _)| {
        mention.label == Label::Event && STORMS.iter().any(|s| kind.ends_with(s))
    });
    let start = mention.span.end() - own.map_or(text.len(), |(_, own)| own.len());
    let span = reading.source().span(start, mention.span.end());
    span.unwrap_or(mention.span)
}

/// A cluster with its name and label.
fn cluster(
    reading: &TokenizedText<'_>,
    mentions: &[Mention],
    members: Vec<usize>,
    titles: &BTreeMap<usize, usize>,
) -> Cluster {
    let mut counts: BTreeMap<Label, usize> = BTreeMap::new();
    let mut forms: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    let slices = members.iter().filter_map(|&m| mentions.get(m));
    let exact: BTreeSet<&str> = slices.map(|m| reading.slice(m.span)).collect();
    for &m in &members {
        let Some(mention) = mentions.get(m) else {
            continue;
        };
        *counts.entry(mention.label).or_default() += 1;
        let title = titles.get(&m).copied().unwrap_or(0);
        let text = reading.slice(mention.span);
        let mut text = text.get(title..).unwrap_or(text);
        // "Field's" is Field, as the seam says; "Macy's" is a name, unless the text has "Macy".
        let bare = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s"));
        if let Some(bare) = bare.filter(|bare| !bare.is_empty())
            && (mention.label == Label::Person || exact.contains(bare))
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
    // A people's name is not fuller for being a plural.
    let best = if label == Label::Norp { 0 } else { fullest(&forms) };
    let name = if forms.is_empty() { String::new() } else { forms.remove(best) };
    Cluster { label, name, aliases: forms, mentions: members }
}

/// The form with the most words, then letters; one in capitals only where there is no other.
fn fullest(forms: &[String]) -> usize {
    let rank = |form: &String| {
        let shouted = !form.chars().any(char::is_lowercase);
        // "of the Lakes" is a cut from a longer name.
        let cut = form.starts_with(char::is_lowercase);
        let words = form.split([' ', '-']).count();
        (!shouted, !cut, words, form.chars().filter(|c| c.is_alphabetic()).count())
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
pub fn settle(
    reading: &TokenizedText<'_>,
    mentions: &mut Vec<Mention>,
    dates: &mut Vec<Expression>,
) {
    let full: BTreeSet<&str> = mentions
        .iter()
        .filter(|m| m.label == Label::Person)
        .filter_map(|m| reading.slice(m.span).rsplit_once(' '))
        .map(|(_, last)| last)
        .collect();
    overlaps::settle(mentions, dates, |span| full.contains(reading.slice(span)));
}

/// What a reader's own list says goes before what the engines found, after they were settled:
///
/// - A name that is never one goes where it covers just those words.
/// - A name that always is one takes the place of what overlaps it, but gives way to a longer name,
///   amount or temporal expression that holds it ("Washington" in "Washington Post").
///
/// Both lists stay in text order. Linear in mentions, dates and finds.
pub fn overrule(mentions: &mut Vec<Mention>, dates: &mut Vec<Expression>, finds: &[Find]) {
    if !finds.is_empty() {
        overlaps::overrule(mentions, dates, finds);
    }
}

#[cfg(test)]
mod tests;
