//! Which mentions of people are one person: full names first, then surnames, first names and
//! titles, each to its nearest bearer.

use std::collections::BTreeMap;

use super::names::{PersonName, same_given};
use crate::vocabulary::people::{Gender, NAME_PARTICLES, TITLES};

/// So many bearers of one name are kept in mind: the latest ones.
const IN_MIND: usize = 12;

/// A person of the text.
#[derive(Debug, Default)]
struct Person {
    // The fullest name's words.
    words: Vec<String>,
    gender: Option<Gender>,
    titles: Vec<String>,
    relative: bool,
    close_relative: bool,
    // Position among the mentions where the full name first stands.
    first: usize,
    // How often the surname alone has meant this person.
    alone: usize,
}

/// The people of a text, while it is read.
#[derive(Default)]
struct People {
    all: Vec<Person>,
}

/// For each name (in text order) the number of its person; equal numbers are one person.
pub(super) fn group(names: &[PersonName]) -> Vec<usize> {
    let mut people = People::default();
    let mut out = vec![usize::MAX; names.len()];
    let mut bearers = Index::default();
    for (i, name) in names.iter().enumerate() {
        if name.given_words() < 2 {
            continue;
        }
        let person = bearers
            .of(&bearers.last, name.last())
            .chain(bearers.of(&bearers.first, first_word(&name.words)))
            .find(|&p| {
                people.all.get(p).is_some_and(|known| same_person(&known.words, &name.words))
            });
        let person = person.unwrap_or_else(|| people.add(name, i));
        people.learn(person, name);
        if let Some(known) = people.all.get(person) {
            bearers.touch(person, &known.words);
            bearers.touch(person, &name.words);
        }
        out[i] = person;
    }
    partial(names, &mut people, &mut out);
    out
}

/// Surnames and first names alone, in text order.
fn partial(names: &[PersonName], people: &mut People, out: &mut [usize]) {
    // Who bears a name, in order of appearance: for names that stand before the full one.
    let mut later: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (p, person) in people.all.iter().enumerate() {
        let ends = [person.words.last(), person.words.first()];
        for word in ends.into_iter().flatten() {
            let known = later.entry(word.clone()).or_default();
            if known.len() < IN_MIND && known.last() != Some(&p) {
                known.push(p);
            }
        }
    }
    let mut bearers = Index::default();
    for (i, name) in names.iter().enumerate() {
        let person = match out.get(i) {
            Some(&known) if known != usize::MAX => known,
            _ => {
                let found = people
                    .choose(name, bearers.of(&bearers.last, name.last()), Part::Surname)
                    .or_else(|| {
                        people.choose(name, bearers.of(&bearers.middle, name.last()), Part::Middle)
                    })
                    .or_else(|| {
                        people.choose(name, bearers.of(&bearers.first, name.last()), Part::Given)
                    })
                    .or_else(|| {
                        people.ahead(name, i, later.get(name.last()).map_or(&[], Vec::as_slice))
                    });
                let person = found.unwrap_or_else(|| people.add(name, i));
                people.learn(person, name);
                if let Some(known) = people.all.get_mut(person) {
                    known.alone +=
                        usize::from(known.words.last().map(String::as_str) == Some(name.last()));
                }
                person
            }
        };
        if let Some(slot) = out.get_mut(i) {
            *slot = person;
        }
        if let Some(known) = people.all.get(person) {
            bearers.touch(person, &known.words);
        }
    }
}

/// Which part of the full name stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Surname,
    Middle,
    Given,
}

impl People {
    fn add(&mut self, name: &PersonName, first: usize) -> usize {
        self.all.push(Person {
            words: name.words.clone(),
            gender: name.gender,
            relative: name.relative,
            close_relative: name.close_relative,
            first,
            ..Person::default()
        });
        self.all.len() - 1
    }

    /// What this mention tells of the person.
    fn learn(&mut self, person: usize, name: &PersonName) {
        let Some(known) = self.all.get_mut(person) else {
            return;
        };
        if name.words.len() > known.words.len() {
            known.words.clone_from(&name.words);
        }
        known.gender = known.gender.or(name.gender);
        for title in &name.titles {
            if known.titles.len() < IN_MIND && !known.titles.contains(title) {
                known.titles.push(title.clone());
            }
        }
    }

    /// The bearer that is meant; `bearers` come latest first.
    fn choose(
        &self,
        name: &PersonName,
        bearers: impl Iterator<Item = usize>,
        part: Part,
    ) -> Option<usize> {
        let fits = |person: &Person| {
            let regal = part == Part::Given && name.is_regal();
            let same_title = person.titles.iter().any(|t| name.titles.contains(t));
            let clash = matches!((person.gender, name.gender), (Some(a), Some(b)) if a != b);
            !clash && (!regal || same_title)
        };
        let ranked = bearers.enumerate().filter_map(|(age, p)| {
            let person = self.all.get(p).filter(|person| fits(person))?;
            let title = name.titles.iter().any(|t| !is_plain(t) && person.titles.contains(t));
            // A gendered title points at the one of that gender that the text has shown.
            let gender = name.gender.is_some() && person.gender == name.gender;
            let owner = person.alone >= 2;
            Some(((title, gender, !person.relative, owner, usize::MAX - age), p))
        });
        ranked.max().map(|(_, p)| p)
    }

    /// Nobody has borne the name yet: one who will, where that can be only one.
    fn ahead(&self, name: &PersonName, at: usize, bearers: &[usize]) -> Option<usize> {
        if name.is_regal() {
            return None;
        }
        let mut fitting = bearers.iter().copied().filter(|&p| {
            self.all.get(p).is_some_and(|person| {
                let clash = matches!((person.gender, name.gender), (Some(a), Some(b)) if a != b);
                person.first > at && !person.close_relative && !clash
            })
        });
        let surname = |p: usize| {
            self.all
                .get(p)
                .is_some_and(|person| person.words.last().map(String::as_str) == Some(name.last()))
        };
        let first = fitting.next()?;
        let only = fitting.next().is_none();
        (surname(first) || only).then_some(first)
    }
}

/// Titles that tell nobody apart.
fn is_plain(title: &str) -> bool {
    TITLES.get(title).is_some_and(|title| title.plain)
}

/// Who bears a name as its last, first or middle word, the latest mentioned last.
#[derive(Default)]
struct Index {
    last: BTreeMap<String, Vec<usize>>,
    first: BTreeMap<String, Vec<usize>>,
    middle: BTreeMap<String, Vec<usize>>,
}

impl Index {
    /// Latest first.
    fn of<'a>(
        &self,
        list: &'a BTreeMap<String, Vec<usize>>,
        word: &str,
    ) -> impl Iterator<Item = usize> + use<'a> {
        list.get(word).into_iter().flatten().rev().copied()
    }

    fn touch(&mut self, person: usize, words: &[String]) {
        let put = |list: &mut BTreeMap<String, Vec<usize>>, word: &String| {
            let known = list.entry(word.clone()).or_default();
            known.retain(|&p| p != person);
            if known.len() >= IN_MIND {
                known.remove(0);
            }
            known.push(person);
        };
        let full = words.iter().filter(|w| !NAME_PARTICLES.contains(w)).count() >= 2;
        if let Some(word) = words.last() {
            put(&mut self.last, word);
        }
        if full && let [first, middle @ .., _] = words {
            put(&mut self.first, first);
            for word in middle.iter().filter(|w| w.len() > 2 && !NAME_PARTICLES.contains(w)) {
                put(&mut self.middle, word);
            }
        }
    }
}

fn first_word(words: &[String]) -> &str {
    words.first().map_or("", String::as_str)
}

/// Can two full names be one person's?
fn same_person(a: &[String], b: &[String]) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if long.concat() == short.concat() {
        return true;
    }
    let real = |words: &[String]| words.iter().filter(|w| !NAME_PARTICLES.contains(w)).count();
    if short.len() < long.len()
        && (long.ends_with(short) || (long.starts_with(short) && real(short) >= 2))
    {
        return true;
    }
    // The same surname, first names that agree, middle names that do not clash.
    let ([first_a, middle_a @ .., last_a], [first_b, middle_b @ .., last_b]) = (long, short) else {
        return false;
    };
    let strip = |words: &[String]| -> Vec<String> {
        words.iter().filter(|w| !NAME_PARTICLES.contains(w)).cloned().collect()
    };
    let (middle_a, middle_b) = (strip(middle_a), strip(middle_b));
    last_a == last_b
        && same_given(first_a, first_b)
        && middle_a.iter().zip(&middle_b).all(|(x, y)| same_given(x, y))
}
