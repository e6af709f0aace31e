//! Coreference of people's names: full names first, then surnames, first names and titles alone,
//! each with the nearest person of that name.

use std::collections::BTreeMap;

use super::names::{
    PersonName, consonants_of, given_names_agree, given_names_alike, surnames_alike,
};
use crate::vocabulary::people::{Gender, NAME_PARTICLES, TITLES};

/// How many bearers of one name are remembered: the latest ones.
const MAX_BEARERS: usize = 12;

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
    // How often the surname alone has referred to this person.
    alone: usize,
}

/// The people of a text, while it is read.
#[derive(Default)]
struct People {
    all: Vec<Person>,
}

/// The number of its person for each name, in text order.
pub(super) fn group_people(names: &[PersonName]) -> Vec<usize> {
    let mut people = People::default();
    let mut out = vec![usize::MAX; names.len()];
    let mut bearers = BearerIndex::default();
    for (i, name) in names.iter().enumerate() {
        if name.given_words() < 2 {
            continue;
        }
        let person = bearers
            .bearers_of(&bearers.last, name.last_word())
            .chain(bearers.bearers_of(&bearers.first, first_word(&name.words)))
            .find(|&p| {
                people.all.get(p).is_some_and(|known| can_be_one_person(&known.words, &name.words))
            });
        // "Karen Lund and Karin Lund", "his sister Karin Lund" are others.
        let beside = name.listed
            && i.checked_sub(1)
                .and_then(|before| names.get(before))
                .is_some_and(|before| before.tokens.end + 1 == name.tokens.start);
        let person = person.or_else(|| {
            if beside || name.relative {
                return None;
            }
            bearers.bearers_of(&bearers.sound, &consonants_of(name.last_word())).find(|&p| {
                people.all.get(p).is_some_and(|known| {
                    let clash = matches!((known.gender, name.gender), (Some(a), Some(b)) if a != b);
                    !clash && !known.relative && are_spellings_of_one(&known.words, &name.words)
                })
            })
        });
        let person = person.unwrap_or_else(|| people.add_person(name, i));
        people.add_facts(person, name);
        if let Some(known) = people.all.get(person) {
            bearers.add_mention(person, &known.words);
            bearers.add_mention(person, &name.words);
        }
        out[i] = person;
    }
    resolve_partial_names(names, &mut people, &mut out);
    out
}

/// Resolves surnames and first names alone, in text order.
fn resolve_partial_names(names: &[PersonName], people: &mut People, out: &mut [usize]) {
    // People by name, in order of appearance: for short names before the full name.
    let mut later: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (p, person) in people.all.iter().enumerate() {
        let ends = [person.words.last(), person.words.first()];
        for word in ends.into_iter().flatten() {
            let known = later.entry(word.clone()).or_default();
            if known.len() < MAX_BEARERS && known.last() != Some(&p) {
                known.push(p);
            }
        }
    }
    let mut bearers = BearerIndex::default();
    for (i, name) in names.iter().enumerate() {
        let person = match out.get(i) {
            Some(&known) if known != usize::MAX => known,
            _ => {
                let found = people
                    .choose_bearer(
                        name,
                        bearers.bearers_of(&bearers.last, name.last_word()),
                        Part::Surname,
                    )
                    .or_else(|| {
                        people.choose_bearer(
                            name,
                            bearers.bearers_of(&bearers.middle, name.last_word()),
                            Part::Middle,
                        )
                    })
                    .or_else(|| {
                        people.choose_bearer(
                            name,
                            bearers.bearers_of(&bearers.first, name.last_word()),
                            Part::Given,
                        )
                    })
                    .or_else(|| {
                        people.find_later_bearer(
                            name,
                            i,
                            later.get(name.last_word()).map_or(&[], Vec::as_slice),
                        )
                    })
                    .or_else(|| {
                        let sound = consonants_of(name.last_word());
                        let alike = bearers
                            .bearers_of(&bearers.sound, &sound)
                            .filter(|&p| people.is_surname_misspelled(p, name));
                        people.choose_bearer(name, alike, Part::Surname)
                    });
                let person = found.unwrap_or_else(|| people.add_person(name, i));
                people.add_facts(person, name);
                if let Some(known) = people.all.get_mut(person) {
                    known.alone += usize::from(
                        known.words.last().map(String::as_str) == Some(name.last_word()),
                    );
                }
                person
            }
        };
        if let Some(slot) = out.get_mut(i) {
            *slot = person;
        }
        if let Some(known) = people.all.get(person) {
            bearers.add_mention(person, &known.words);
            // The surname in the spelling of this mention, too.
            if name.given_words() >= 2 && name.last_word() != known.last_word() {
                bearers.add_mention(person, &name.words);
            }
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

impl Person {
    fn last_word(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }
}

impl People {
    /// "Maksimov" of somebody whose full name has "Maksymov".
    fn is_surname_misspelled(&self, person: usize, name: &PersonName) -> bool {
        /// In letters: shorter surnames alone are somebody else's.
        const SHORTEST: usize = 6;
        let alone = name.words.len() == 1 && name.last_word().len() >= SHORTEST;
        alone
            && self.all.get(person).is_some_and(|known| {
                known.words.len() > 1 && surnames_alike(known.last_word(), name.last_word())
            })
    }

    fn add_person(&mut self, name: &PersonName, first: usize) -> usize {
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

    /// Adds what this mention says about the person.
    fn add_facts(&mut self, person: usize, name: &PersonName) {
        let Some(known) = self.all.get_mut(person) else {
            return;
        };
        if name.words.len() > known.words.len() {
            known.words.clone_from(&name.words);
        }
        known.gender = known.gender.or(name.gender);
        for title in &name.titles {
            if known.titles.len() < MAX_BEARERS && !known.titles.contains(title) {
                known.titles.push(title.clone());
            }
        }
    }

    /// The person that the short name refers to; `bearers` come latest first.
    fn choose_bearer(
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
            let title = name.titles.iter().any(|t| !is_plain_title(t) && person.titles.contains(t));
            // A gendered title refers to a person whose gender is known to be the same.
            let gender = name.gender.is_some() && person.gender == name.gender;
            let owner = person.alone >= 2;
            Some(((title, gender, !person.relative, owner, usize::MAX - age), p))
        });
        ranked.max().map(|(_, p)| p)
    }

    /// The person whose full name comes later, where only one is possible.
    fn find_later_bearer(&self, name: &PersonName, at: usize, bearers: &[usize]) -> Option<usize> {
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
            self.all.get(p).is_some_and(|person| {
                person.words.last().map(String::as_str) == Some(name.last_word())
            })
        };
        let first = fitting.next()?;
        let only = fitting.next().is_none();
        (surname(first) || only).then_some(first)
    }
}

/// A title that does not distinguish people: "Mr".
fn is_plain_title(title: &str) -> bool {
    TITLES.get(title).is_some_and(|title| title.plain)
}

/// People by the last, first and middle words of their names, the latest mentioned last.
#[derive(Default)]
struct BearerIndex {
    last: BTreeMap<String, Vec<usize>>,
    first: BTreeMap<String, Vec<usize>>,
    middle: BTreeMap<String, Vec<usize>>,
    /// By the consonants of the last word.
    sound: BTreeMap<String, Vec<usize>>,
}

impl BearerIndex {
    /// Latest first.
    fn bearers_of<'a>(
        &self,
        list: &'a BTreeMap<String, Vec<usize>>,
        word: &str,
    ) -> impl Iterator<Item = usize> + use<'a> {
        list.get(word).into_iter().flatten().rev().copied()
    }

    fn add_mention(&mut self, person: usize, words: &[String]) {
        let put = |list: &mut BTreeMap<String, Vec<usize>>, word: &String| {
            let known = list.entry(word.clone()).or_default();
            known.retain(|&p| p != person);
            if known.len() >= MAX_BEARERS {
                known.remove(0);
            }
            known.push(person);
        };
        let full = words.iter().filter(|w| !NAME_PARTICLES.contains(w)).count() >= 2;
        if let Some(word) = words.last() {
            put(&mut self.last, word);
            put(&mut self.sound, &consonants_of(word));
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
fn can_be_one_person(a: &[String], b: &[String]) -> bool {
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
        && given_names_agree(first_a, first_b)
        && middle_a.iter().zip(&middle_b).all(|(x, y)| given_names_agree(x, y))
}

/// Are two full names one person's in two spellings: "Yuriy Maksymov", "Yurii Maksimov"? As many
/// words, and those between the first and the last the same.
fn are_spellings_of_one(a: &[String], b: &[String]) -> bool {
    let ([first_a, middle_a @ .., last_a], [first_b, middle_b @ .., last_b]) = (a, b) else {
        return false;
    };
    // "Kim Yo-jong", "Kim Yu-jong": the family's name stands first, and is short.
    const SHORTEST: usize = 4;
    middle_a == middle_b
        && given_names_alike(first_a, first_b)
        && (last_a == last_b || first_a.len() >= SHORTEST && surnames_alike(last_a, last_b))
}
