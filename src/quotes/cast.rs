//! Everybody and everything that a text names, or calls by a role, with gender and number as far as
//! titles, first names and nouns tell.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::pack::Table;
use super::words::{Word, hash_word};
use crate::document::Label;
use crate::entities::Mention;
use crate::linking::Cluster;
use crate::text::{Reading, TokenKind};

/// Somebody or something that the text names.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    /// Index into the clusters; `None`: found here, from capitals alone.
    pub cluster: Option<usize>,
    /// The fullest name.
    pub name: String,
    pub(super) label: Label,
    pub(super) gender: Gender,
    /// More than one; only what a noun tells ("officials").
    pub(super) plural: bool,
    /// First tokens of its mentions, ascending, with the tokens' ends.
    places: Vec<Range<usize>>,
    /// Hashes of the role words that stand beside its name.
    pub(super) roles: BTreeSet<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Woman,
    Man,
    Unknown,
}

/// All figures of a text, and the state of who spoke last.
pub(crate) struct Cast<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) words: &'a [Word],
    pub(super) figures: Vec<Figure>,
    /// (token, figure, tokens' end) of every mention, ascending.
    pub(super) places: Vec<(usize, usize, usize)>,
    /// The same of speakers without a name, the latest last; a few.
    pub(super) nameless: Vec<(usize, usize, usize)>,
}

/// So many speakers without a name are remembered.
const NAMELESS: usize = 8;

/// Nouns for one woman or one man.
const WOMAN: &[&str] = &[
    "woman",
    "mother",
    "wife",
    "daughter",
    "sister",
    "girl",
    "aunt",
    "grandmother",
    "niece",
    "spokeswoman",
    "actress",
    "widow",
    "congresswoman",
    "chairwoman",
    "councilwoman",
    "mom",
    "mum",
    "lady",
    "waitress",
    "policewoman",
    "businesswoman",
    "girlfriend",
    "hostess",
    "nun",
    "queen",
];
const MAN: &[&str] = &[
    "man",
    "father",
    "husband",
    "son",
    "brother",
    "boy",
    "uncle",
    "grandfather",
    "nephew",
    "spokesman",
    "widower",
    "congressman",
    "chairman",
    "councilman",
    "dad",
    "gentleman",
    "policeman",
    "businessman",
    "boyfriend",
    "priest",
    "king",
    "pope",
    "fisherman",
    "salesman",
];
/// Nouns for many that do not end in s.
const MANY: &[&str] = &[
    "people", "police", "men", "women", "children", "others", "many", "some", "most", "both",
    "several", "few",
];
/// Nouns that stand for a person who has been named ("the president").
const ROLES: &[&str] = &[
    "president",
    "senator",
    "governor",
    "mayor",
    "minister",
    "secretary",
    "chairman",
    "chairwoman",
    "judge",
    "justice",
    "spokesman",
    "spokeswoman",
    "candidate",
    "nominee",
    "general",
    "director",
    "chancellor",
    "premier",
    "pope",
    "ambassador",
    "professor",
    "coach",
    "lawyer",
    "attorney",
    "doctor",
    "author",
    "actor",
    "actress",
    "singer",
    "congressman",
    "congresswoman",
    "officer",
    "sheriff",
    "commissioner",
    "billionaire",
    "businessman",
    "businesswoman",
    "analyst",
    "economist",
    "bishop",
    "king",
    "queen",
    "prince",
    "princess",
    "captain",
    "leader",
    "lawmaker",
    "prosecutor",
    "historian",
    "journalist",
    "reporter",
];

/// Does a noun's ending or the list call one person?
fn is_person(noun: &str) -> bool {
    let ends = |list: &[&str]| list.iter().any(|e| noun.ends_with(e));
    listed(WOMAN, noun)
        || listed(MAN, noun)
        || listed(ROLES, noun)
        || ends(&[
            "man", "woman", "ist", "ian", "eer", "ant", "ician", "yer", "cher", "driver",
        ])
        || matches!(
            noun,
            "friend" | "resident" | "official" | "student" | "victim" | "child"
        )
}

const MEN: &[&str] = &[
    "mr",
    "mr.",
    "sir",
    "king",
    "prince",
    "lord",
    "father",
    "congressman",
    "chairman",
    "councilman",
    "businessman",
    "pope",
    "sheikh",
];
const WOMEN: &[&str] = &[
    "mrs",
    "mrs.",
    "ms",
    "ms.",
    "miss",
    "queen",
    "princess",
    "lady",
    "dame",
    "mother",
    "congresswoman",
    "chairwoman",
    "councilwoman",
    "businesswoman",
];

fn listed(list: &[&str], word: &str) -> bool {
    list.iter().any(|w| word.eq_ignore_ascii_case(w))
}

impl<'a> Cast<'a> {
    pub(crate) fn new(
        reading: &'a Reading<'a>,
        words: &'a [Word],
        mentions: &[Mention],
        clusters: &[Cluster],
        names: &Table,
    ) -> Cast<'a> {
        let mut figures = Vec::new();
        let mut covered = vec![false; words.len()];
        for (c, cluster) in clusters.iter().enumerate() {
            let mut places: Vec<Range<usize>> = cluster
                .mentions
                .iter()
                .filter_map(|&m| mentions.get(m))
                .map(|m| reading.tokens_in(m.span))
                .filter(|r| !r.is_empty())
                .collect();
            crate::order::sort_by_key(&mut places, |r| r.start);
            figures.push(Figure {
                cluster: Some(c),
                name: cluster.name.clone(),
                label: cluster.label,
                gender: Gender::Unknown,
                plural: false,
                places,
                roles: BTreeSet::new(),
            });
        }
        for m in mentions {
            for t in reading.tokens_in(m.span) {
                covered[t] = true;
            }
        }
        capitals(reading, words, &covered, names, &mut figures);
        let mut cast = Cast {
            reading,
            words,
            figures,
            places: Vec::new(),
            nameless: Vec::new(),
        };
        for f in 0..cast.figures.len() {
            cast.describe(f, names);
        }
        cast.places = cast
            .figures
            .iter()
            .enumerate()
            .flat_map(|(f, x)| x.places.iter().map(move |r| (r.start, f, r.end)))
            .collect();
        crate::order::sort(&mut cast.places);
        cast.roles(&covered);
        cast
    }

    pub(crate) fn figure(&self, i: usize) -> Option<&Figure> {
        self.figures.get(i)
    }

    /// "the president": another place of the figure that was called so and stands nearest before.
    fn roles(&mut self, covered: &[bool]) {
        let mut known: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (f, figure) in self.figures.iter().enumerate() {
            for &role in &figure.roles {
                known.entry(role).or_default().push(f);
            }
        }
        let mut found = Vec::new();
        let mut seen = vec![0usize; self.figures.len()];
        let mut next = 0;
        for i in 1..self.words.len() {
            while let Some(&(start, f, _)) = self.places.get(next).filter(|p| p.0 < i) {
                seen[f] = start + 1;
                next += 1;
            }
            let free = !covered[i] && !covered.get(i + 1).is_some_and(|&c| c);
            if !free
                || !self.reading.word(i - 1).eq_ignore_ascii_case("the")
                || !listed(ROLES, self.reading.word(i))
            {
                continue;
            }
            let called = known.get(&self.words[i].low).into_iter().flatten().take(12);
            let nearest = called.filter(|&&f| seen[f] > 0).max_by_key(|&&f| seen[f]);
            found.extend(nearest.map(|&f| (i, f, i + 1)));
        }
        self.places.extend(found);
        crate::order::sort(&mut self.places);
    }

    /// Somebody who speaks without a name ("the woman", "officials") becomes a figure, so that
    /// "she" and "they" can mean them later.
    pub(crate) fn remember(&mut self, speaker: &Range<usize>) -> Option<usize> {
        let word = |i: usize| self.reading.word(i).to_lowercase();
        let stops = |i: usize| {
            self.words[i].punct
                || i > speaker.start + 1 && word(i).ends_with("ed")
                || matches!(
                    word(i).as_str(),
                    "of" | "for"
                        | "from"
                        | "in"
                        | "at"
                        | "who"
                        | "with"
                        | "on"
                        | "to"
                        | "by"
                        | "that"
                )
        };
        let end = speaker
            .clone()
            .skip(1)
            .take(8)
            .find(|&i| stops(i))
            .unwrap_or(speaker.end.min(speaker.start + 8));
        let noun = word(end - 1);
        let role = self.words[end - 1].low;
        let pronoun = matches!(
            noun.as_str(),
            "i" | "we" | "you" | "he" | "she" | "it" | "they" | "who" | "which" | "that" | "this"
        );
        if pronoun || self.words[end - 1].shape != 6 {
            return None;
        }
        let place = |f| (speaker.start, f, end);
        let mut known = self.nameless.iter().rev().map(|n| n.1);
        let known = known.find(|&f| self.figures[f].roles.contains(&role));
        let figure = known.unwrap_or(self.figures.len());
        if known.is_none() {
            let span = self.reading.span_of(speaker.start..end)?;
            let plural = listed(MANY, &noun)
                || noun.len() > 3 && noun.ends_with('s') && !noun.ends_with("ss");
            let person = !plural && is_person(&noun);
            self.figures.push(Figure {
                cluster: None,
                name: self.reading.slice(span).to_owned(),
                label: if person { Label::Person } else { Label::Org },
                gender: match () {
                    () if listed(WOMAN, &noun) => Gender::Woman,
                    () if listed(MAN, &noun) => Gender::Man,
                    () => Gender::Unknown,
                },
                plural,
                places: Vec::new(),
                roles: BTreeSet::from([role]),
            });
        }
        if self.nameless.len() >= NAMELESS {
            self.nameless.remove(0);
        }
        self.nameless.push(place(figure));
        Some(figure)
    }

    /// Gender and roles, from the words around each mention.
    fn describe(&mut self, f: usize, names: &Table) {
        let figure = &self.figures[f];
        if figure.label != Label::Person {
            return;
        }
        let word = |i: usize| self.reading.word(i);
        let (mut men, mut women) = (0, 0);
        let mut roles = BTreeSet::new();
        for r in figure.places.iter().take(60) {
            for i in r.start.saturating_sub(1)..r.end {
                men += 4 * usize::from(listed(MEN, word(i)));
                women += 4 * usize::from(listed(WOMEN, word(i)));
            }
            if r.len() > 1 {
                match names.get(hash_word(word(r.start))) {
                    Some(1) => women += 2,
                    Some(2) => men += 2,
                    _ => {}
                }
            }
            // "Taliban spokesman Zabihullah Mujahid", "the finance minister, Ann Lee".
            for i in (r.start.saturating_sub(6)..r.start).rev() {
                let w = &self.words[i];
                if w.first && w.punct || matches!(word(i), "." | ";" | ":" | "\"" | "“" | "”") {
                    break;
                }
                if !w.punct {
                    roles.insert(w.low);
                }
            }
            // "Ann Lee, a spokeswoman for the ministry, …"
            if word(r.end) == "," {
                for i in r.end + 1..(r.end + 9).min(self.words.len()) {
                    if self.words[i].punct {
                        break;
                    }
                    roles.insert(self.words[i].low);
                }
            }
        }
        let figure = &mut self.figures[f];
        figure.gender = match men.cmp(&women) {
            std::cmp::Ordering::Greater => Gender::Man,
            std::cmp::Ordering::Less => Gender::Woman,
            std::cmp::Ordering::Equal => Gender::Unknown,
        };
        figure.roles = roles;
    }

    /// Mentions that begin in `range`, as indices into the places.
    pub(super) fn within(&self, range: &Range<usize>) -> Range<usize> {
        let a = self.places.partition_point(|p| p.0 < range.start);
        let z = self.places.partition_point(|p| p.0 < range.end);
        a..z.max(a)
    }
}

/// Names that the entity engine did not give: runs of capitalised words that begin with a known
/// first name, and later their last word alone.
fn capitals(
    reading: &Reading<'_>,
    words: &[Word],
    covered: &[bool],
    names: &Table,
    figures: &mut Vec<Figure>,
) {
    let mut by_last: BTreeMap<u32, usize> = BTreeMap::new();
    let mut i = 0;
    while i < words.len() {
        let capital = |i: usize| {
            words.get(i).is_some_and(|w| matches!(w.shape, 7 | 9))
                && !covered[i]
                && reading.tokens()[i].kind == TokenKind::Word
        };
        if !capital(i) {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end < words.len() && capital(end) && !words[end].first && end - i < 5 {
            end += 1;
        }
        // Titles and roles in capitals are skipped from the left up to a known first name.
        let start = (i..end).find(|&k| end - k >= 2 && names.get(words[k].low).is_some());
        let last = words[end - 1].low;
        match (start, by_last.get(&last)) {
            (_, Some(&f)) => figures[f].places.push(i..end),
            (Some(start), None) => {
                let name = reading
                    .span_of(start..end)
                    .map(|s| reading.slice(s).to_owned())
                    .unwrap_or_default();
                by_last.insert(last, figures.len());
                figures.push(Figure {
                    cluster: None,
                    name,
                    label: Label::Person,
                    gender: Gender::Unknown,
                    plural: false,
                    places: vec![start..end],
                    roles: BTreeSet::new(),
                });
            }
            _ => {}
        }
        i = end;
    }
}
