//! Which candidate a pronoun or a description means, or that the text names nobody it means: a
//! trained log-linear ranker of mentions, as in the classic statistical systems (Ng and Cardie
//! 2002; Denis and Baldridge 2008, who let "new" compete with the antecedents).
//!
//! Owns the features and the weights; learning and running compute the same features.

use crate::feature_hash::mix_feature;
use std::collections::BTreeMap;
use std::ops::Range;

use super::nouns::{are_people, is_body, is_document, is_person};
use super::referents::Referents;
use crate::document::Label;
use crate::text::TokenizedText;
use crate::vocabulary::people::Gender;
use crate::vocabulary::speech::{NOUN_KINDS, NamedKind, look_up_function_word, look_up_noun};

/// Weights in the table.
pub const SLOTS: usize = 1 << 15;
/// Weight units of one natural logarithm unit of odds.
pub const UNIT: i32 = 16;

/// What `cargo train coreference` learnt: a signed byte for each feature.
static WEIGHTS: &[u8; SLOTS] = include_bytes!("weights.bin");

/// The number of mentions before a query that are looked at.
const MAX_PLACES: usize = 160;
/// At most so many candidates are ranked: the nearest.
const MAX_CANDIDATES: usize = 24;

/// What is asked for; each is weighed by weights of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QueryClass {
    /// "he", "she"
    Person,
    /// "it"
    Thing,
    /// "they"
    Group,
    /// "the institute", "the Dutch coach"
    Description,
}

/// Words whose antecedent is looked for.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    /// Which weights count.
    pub class: QueryClass,
    /// As far as the words tell it.
    pub gender: Option<Gender>,
    /// The pronoun, or the description from its determiner to its head.
    pub words: Range<usize>,
    /// What it says; nobody named there is meant.
    pub content: &'a [Range<usize>],
}

/// What stands before a query of one candidate.
#[derive(Debug, Clone)]
struct Seen {
    last: (usize, usize, usize),
    /// Sentences back to the last mention, and to the last one that is a subject.
    distance: usize,
    subject: usize,
    /// Among the candidates that fit: how many were mentioned since.
    order: usize,
    count: usize,
    /// Sentences back to where it spoke.
    spoke: usize,
}

/// The share of right answers by lead, in steps of a quarter of a log unit, per mille.
const CONFIDENCE: [u16; 16] =
    [500, 562, 622, 679, 731, 777, 818, 852, 881, 905, 924, 940, 953, 963, 971, 980];

/// The best answer: a candidate, or `None` for nobody named; and the share of such answers that
/// are right, per mille.
pub(super) type Answer = (Option<usize>, u16);

fn slot(template: u32, a: u32, b: u32, c: u32) -> u16 {
    ((mix_feature(template, a, b, c) >> 40) as usize % SLOTS) as u16
}

fn hash(text: &str) -> u32 {
    let mut h = 0x811c_9dc5_u32;
    for c in text.chars().flat_map(char::to_lowercase) {
        h = (h ^ c as u32).wrapping_mul(0x0100_0193);
    }
    h ^ (h >> 15)
}

/// Steps of a distance in sentences.
fn distance_step(sentences: usize) -> u32 {
    match sentences {
        n @ 0..=3 => n as u32,
        4..=5 => 4,
        6..=8 => 5,
        9..=15 => 6,
        16..=40 => 7,
        _ => 8,
    }
}

/// What the endings and lists say of a noun, as one number.
fn noun_kind(noun: &str) -> u32 {
    let listed = look_up_noun(noun);
    u32::from(is_person(noun))
        + 2 * u32::from(is_body(noun))
        + 4 * u32::from(is_document(noun))
        + 8 * u32::from(are_people(noun))
        + 16 * u32::from(listed.role)
}

/// A label as a number. Weights are trained with it.
fn label_number(label: &Label) -> u32 {
    match label {
        Label::Person => 1,
        Label::Org => 2,
        Label::Gpe => 3,
        Label::Loc => 4,
        Label::Norp => 5,
        Label::Fac => 6,
        Label::Event => 7,
        Label::WorkOfArt => 8,
        Label::Product => 9,
        Label::Law => 10,
        _ => 0,
    }
}

/// What a name with that label is of.
pub fn named_kind(label: &Label) -> Option<NamedKind> {
    match label {
        Label::Person => Some(NamedKind::Person),
        Label::Org => Some(NamedKind::Organisation),
        Label::Gpe | Label::Loc | Label::Norp => Some(NamedKind::Place),
        Label::Fac | Label::Event | Label::WorkOfArt | Label::Product | Label::Law => {
            Some(NamedKind::Thing)
        }
        _ => None,
    }
}

fn last_letters(noun: &str) -> u32 {
    let mut tail: Vec<char> = noun.chars().rev().take(3).collect();
    tail.reverse();
    hash(&tail.into_iter().collect::<String>())
}

impl Referents<'_> {
    /// The query that a phrase makes which begins with "the": up to its head. `None`: it has none, or
    /// is about many.
    pub fn description<'q>(
        reading: &TokenizedText<'_>,
        phrase: &Range<usize>,
    ) -> Option<Query<'q>> {
        let word = |i: usize| reading.word(i);
        let ends = |i: usize| {
            let w = word(i);
            look_up_function_word(w).ends_role
                || matches!(w, "who" | "which" | "that" | "whose" | "'s" | "’s" | "'" | "’" | "(")
        };
        let end = (phrase.start + 1..phrase.end).find(|&i| ends(i)).unwrap_or(phrase.end);
        let head = word(end.checked_sub(1)?);
        let lower = head.chars().all(|c| c.is_lowercase() || c == '-');
        let many = head.ends_with('s') && !head.ends_with("ss") || look_up_noun(head).plural;
        let fits = end > phrase.start + 1 && end - phrase.start <= 6 && lower && !many;
        fits.then(|| Query {
            class: QueryClass::Description,
            gender: look_up_noun(head).gender,
            words: phrase.start..end,
            content: &[],
        })
    }

    /// Whether a candidate can be what the query asks for.
    fn fits(&self, query: &Query<'_>, f: usize) -> bool {
        let x = &self.candidates[f];
        let thing = matches!(
            x.label,
            Label::Org
                | Label::Gpe
                | Label::Loc
                | Label::Norp
                | Label::Fac
                | Label::Product
                | Label::WorkOfArt
                | Label::Event
                | Label::Law
        );
        let gender = x.gender == query.gender || x.gender.is_none() || query.gender.is_none();
        match query.class {
            QueryClass::Person => x.label == Label::Person && gender,
            QueryClass::Thing => thing && !x.plural,
            QueryClass::Group => thing,
            QueryClass::Description => {
                x.cluster.is_some() && (thing || x.label == Label::Person && gender)
            }
        }
    }

    /// The candidates that fit, with what stands of them before the query.
    fn seen_before(&self, query: &Query<'_>) -> BTreeMap<usize, Seen> {
        let at = query.words.start;
        let mut out: BTreeMap<usize, Seen> = BTreeMap::new();
        let upto = self.places.partition_point(|p| p.0 < at);
        let nameless = self.nameless.iter().rev().filter(|p| p.0 < at);
        let mut all: Vec<&(usize, usize, usize)> =
            self.places[upto.saturating_sub(MAX_PLACES)..upto].iter().chain(nameless).collect();
        all.sort_by_key(|p| std::cmp::Reverse(p.0));
        for place in all {
            if !self.fits(query, place.1) || !self.is_eligible(place, query.content) {
                continue;
            }
            let order = out.len();
            if order >= MAX_CANDIDATES && !out.contains_key(&place.1) {
                continue;
            }
            let distance = self.narrative_distance(place.0, at);
            let seen = out.entry(place.1).or_insert_with(|| Seen {
                last: *place,
                distance,
                subject: 99,
                order,
                count: 0,
                spoke: 99,
            });
            seen.count += 1;
            if seen.subject == 99 && self.is_subject(place) {
                seen.subject = distance;
            }
            let speaks = (place.2..place.2 + 2)
                .chain(place.0.saturating_sub(1)..place.0)
                .any(|i| self.words.get(i).is_some_and(|w| w.cue && w.is_lowercase()));
            if seen.spoke == 99 && speaks {
                seen.spoke = distance;
            }
        }
        out
    }

    /// The candidates of a query, each with its features; the last one is nobody named.
    pub fn describe_candidates(&self, query: &Query<'_>) -> Vec<(Option<usize>, Vec<u16>)> {
        let seen = self.seen_before(query);
        let class = query.class as u32;
        let word = |i: usize| self.reading.word(i);
        let at = query.words.start;
        let described = query.class == QueryClass::Description;
        let head = word(query.words.end.saturating_sub(1).max(at)).to_lowercase();
        let (noun, kind, tail) = (hash(&head), noun_kind(&head), last_letters(&head));
        let next = query.words.end;
        let next_cue = u32::from(self.words.get(next).is_some_and(|w| w.cue));
        let modifiers = query.words.len().saturating_sub(2);
        let capitals: Vec<&str> = (at + 1..query.words.end.saturating_sub(1))
            .map(word)
            .filter(|w| w.starts_with(char::is_uppercase))
            .collect();
        let first = self.words.get(at).is_some_and(|w| w.first);
        let follows_up = first && next_cue == 1;
        let mut out = Vec::with_capacity(seen.len() + 1);
        let mut role_found = 0;
        // Of the candidates of the noun's kind: how many, and how near.
        let wanted = NOUN_KINDS.get(&head).copied();
        let of_kind = |f: usize| named_kind(&self.candidates[f].label) == wanted;
        let (mut kin, mut kin_near) = (0, 99);
        let mut nearest_first: Vec<(&usize, &Seen)> = seen.iter().collect();
        nearest_first.sort_by_key(|x| x.1.order);
        for (&f, s) in nearest_first {
            let x = &self.candidates[f];
            let label = label_number(&x.label) + if x.cluster.is_none() { 64 } else { 0 };
            let step = distance_step(s.distance);
            let mut features = Vec::with_capacity(32);
            let mut add = |t: u32, a: u32, b: u32| features.push(slot(t + 64 * class, a, b, 0));
            add(1, step, 0);
            add(2, s.order.min(4) as u32, step.min(3));
            add(3, distance_step(s.subject), u32::from(s.subject == s.distance));
            let possessor = matches!(word(s.last.2), "'s" | "’s" | "'" | "’");
            let reported = self.reported.get(s.last.0).is_some_and(|&r| r);
            add(4, u32::from(possessor) + 2 * u32::from(reported), step.min(2));
            add(5, (s.count.min(6)) as u32, 0);
            add(6, label, 0);
            add(7, distance_step(s.spoke), 0);
            add(8, u32::from(Some(f) == self.protagonist), u32::from(first));
            add(9, label, step.min(3));
            add(10, label, next_cue);
            add(11, label, s.order.min(2) as u32);
            let paragraph = self.paragraphs_between(s.last.0, at);
            add(12, paragraph.min(4) as u32, step.min(3));
            if query.gender.is_some() {
                let same = u32::from(x.gender == query.gender);
                add(13, same, u32::from(x.gender_told));
            }
            if x.cluster.is_none() {
                let name = x.name.rsplit(' ').next().unwrap_or_default().to_lowercase();
                add(14, noun_kind(&name), u32::from(x.plural));
                add(15, hash(&name), 0);
            }
            if described {
                let role = x.roles.contains(&head);
                let (mut any, mut last) = (false, false);
                for part in x.name.split([' ', '-']).map(str::to_lowercase) {
                    last = part == head || part.strip_suffix('s') == Some(head.as_str());
                    any |= last;
                }
                let named = u32::from(any) + u32::from(last);
                role_found = role_found.max(u32::from(role) + 2 * u32::from(any));
                let agrees = match wanted {
                    None => 0,
                    Some(_) if of_kind(f) => 1,
                    Some(_) => 2,
                };
                let kin_order = kin.min(3);
                if agrees == 1 {
                    kin += 1;
                    kin_near = kin_near.min(s.distance);
                }
                add(31, agrees, u32::from(role) + 2 * u32::from(any));
                add(32, agrees, step.min(4));
                add(33, agrees, s.order.min(3) as u32);
                add(34, agrees, s.count.min(5) as u32);
                add(35, agrees, kin_order);
                add(
                    36,
                    agrees,
                    distance_step(s.subject).min(3) + 4 * u32::from(Some(f) == self.protagonist),
                );
                add(20, noun, label);
                add(21, tail, label);
                add(22, kind, label);
                add(23, u32::from(role), kind);
                add(24, named, label);
                add(25, u32::from(role) + 2 * u32::from(any), step);
                add(26, u32::from(role) + 2 * u32::from(any), s.order.min(3) as u32);
                add(27, label, modifiers.min(3) as u32);
                let own = capitals.iter().filter(|w| x.name.contains(**w)).count();
                add(28, capitals.len().min(2) as u32, own.min(2) as u32);
                add(29, kind, label + 128 * step.min(3));
                add(30, kind, label + 128 * s.count.min(4) as u32);
            }
            out.push((Some(f), features));
        }
        let mut features = Vec::with_capacity(16);
        let mut add = |t: u32, a: u32, b: u32| features.push(slot(t + 64 * class, a, b, 0));
        add(40, 0, 0);
        add(41, seen.len().min(5) as u32, 0);
        let nearest = seen.values().map(|s| s.distance).min().unwrap_or(99);
        add(42, distance_step(nearest), 0);
        add(43, next_cue, u32::from(first));
        add(44, hash(word(next)), 0);
        if described {
            let kind_known = u32::from(wanted.is_some());
            add(53, kind_known, kin.min(3));
            add(54, kind_known, distance_step(kin_near));
            add(55, kind_known, role_found);
            add(56, kind_known + 2 * u32::from(kin > 0), u32::from(follows_up));
            add(45, noun, 0);
            add(46, tail, 0);
            add(47, kind, modifiers.min(3) as u32);
            add(48, role_found, kind);
            let follow = look_up_function_word(word(next));
            add(49, u32::from(follow.preposition) + 2 * u32::from(follow.ends_role), kind);
            add(50, self.told_before(&head, at), kind);
            add(51, capitals.len().min(2) as u32, role_found);
            add(52, self.told_before(&head, at), role_found);
        }
        out.push((None, features));
        out
    }

    /// Whether the noun stood before: 2 after "a", 1 otherwise.
    fn told_before(&self, head: &str, at: usize) -> u32 {
        let same = |i: &usize| self.reading.word(*i).eq_ignore_ascii_case(head);
        let indefinite = |i: usize| {
            (i.saturating_sub(4)..i)
                .any(|k| matches!(self.reading.word(k), "a" | "an" | "A" | "An"))
        };
        let before = (at.saturating_sub(400)..at).filter(same);
        before.map(|i| if indefinite(i) { 2 } else { 1 }).max().unwrap_or(0)
    }

    fn paragraphs_between(&self, from: usize, to: usize) -> usize {
        let all = self.reading.paragraphs();
        let of = |t: usize| all.partition_point(|p| p.tokens.end <= t);
        of(to).saturating_sub(of(from))
    }

    /// The best answer to a query.
    pub(super) fn rank(&self, query: &Query<'_>) -> Answer {
        let score = |features: &[u16]| -> i32 {
            features.iter().map(|&s| i32::from(WEIGHTS[usize::from(s) % SLOTS] as i8)).sum()
        };
        let mut scored: Vec<(i32, Option<usize>)> =
            self.describe_candidates(query).iter().map(|(f, x)| (score(x), *f)).collect();
        scored.sort_by_key(|&(s, f)| (std::cmp::Reverse(s), f));
        let Some(&(top, answer)) = scored.first() else { return (None, 0) };
        // How much the rest weighs together is little more than what the next one does.
        let next = scored.get(1).map_or(top - 15 * UNIT, |s| s.0);
        let step = ((top - next) * 4 / UNIT).clamp(0, 15) as usize;
        (answer, CONFIDENCE[step])
    }
}
