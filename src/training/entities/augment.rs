//! Sentences made of the sets' own: names replaced, headlines, tables, and firms in plain sentences.
//!
//! The sets are of a few years and countries, so the learner would know their firms and people by
//! heart; on news of other years it must read what stands around a name. All random numbers come
//! from one seed.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use super::corpus::Doc;
use crate::random::SplitMix;
use galley_engine::document::Label;
use galley_engine::text::{SourceText, Span};

/// At most so many lines of one text are copied with other names.
const MAX_LINES: usize = 4;
/// Longer lines are no headlines, in bytes.
const MAX_HEADLINE_BYTES: usize = 110;
/// How many sentences are made for firms, and as many for people.
const SENTENCES: usize = 900;

/// Sentences about a firm and about a person by surname: {0} is the name, {1} a full name, {2} a place.
const FIRM_SENTENCES: &str = include_str!("firm_sentences.txt");
const PERSON_SENTENCES: &str = include_str!("person_sentences.txt");

/// Two of the sources count adherents of American parties as organisations; all others, and what is
/// wanted here, as groups of people.
pub(super) fn name_parties_as_peoples(doc: &mut Doc) {
    let text = doc.text.as_str();
    for (span, label) in &mut doc.names {
        let party = matches!(
            &text[span.range()],
            "Republican" | "Republicans" | "Democrat" | "Democrats" | "Democratic"
        );
        if *label == Label::Org && party && doc.known.contains(&Label::Norp) {
            *label = Label::Norp;
        }
    }
}

/// Makes sentences.
pub(super) struct Maker {
    random: SplitMix,
    on: bool,
    given: Vec<String>,
    surnames: Vec<String>,
    nouns: Vec<String>,
    places: Vec<String>,
}

impl Maker {
    /// With the word lists below `dir`; makes nothing unless it is `on`.
    pub(super) fn new(dir: &Path, on: bool) -> io::Result<Maker> {
        let column = |file: &str, most: usize| -> io::Result<Vec<String>> {
            let text = fs::read_to_string(dir.join(file))?;
            let first = |l: &str| l.split('\t').next().unwrap_or_default().to_lowercase();
            Ok(text.lines().take(most).map(|l| capitalize(&first(l))).collect())
        };
        let mut given = column("census1990_female_first.tsv", 400)?;
        given.extend(column("census1990_male_first.tsv", 400)?);
        let surnames = column("census1990_all_last.tsv", 12_000)?;
        // Firms are called after plain words too.
        let nouns = column("word_clusters.tsv", 14_000)?;
        let plain = |w: &String| w.len() > 3 && w.bytes().all(|b| b.is_ascii_alphabetic());
        let nouns = nouns.into_iter().skip(1500).filter(plain).step_by(3).collect();
        let cities = fs::read_to_string(dir.join("geonames_cities15000.tsv"))?;
        let places =
            cities.lines().step_by(9).filter_map(|l| Some(l.split('\t').next()?.to_owned()));
        let places = places.filter(|p| p.is_ascii()).collect();
        Ok(Maker { random: SplitMix::new(29), on, given, surnames, nouns, places })
    }

    /// Copies of lines of these texts with other firms and people, headlines and tables made of them.
    pub(super) fn make_docs(&mut self, docs: &[Doc]) -> Vec<Doc> {
        let mut out = Vec::new();
        if !self.on {
            return out;
        }
        for doc in docs {
            out.extend(self.rename(doc, Label::Org));
            if self.random.below(2) == 0 {
                out.extend(self.rename(doc, Label::Person));
            }
            out.extend(self.make_headline(doc));
            if self.random.below(8) == 0 {
                out.extend(self.make_table(doc));
            }
        }
        out
    }

    /// Sentences about firms that have never been heard of, and about people.
    pub(super) fn make_sentences(&mut self) -> Vec<Doc> {
        let mut out = Vec::new();
        let firms: Vec<&str> = FIRM_SENTENCES.lines().filter(|l| !l.is_empty()).collect();
        let people: Vec<&str> = PERSON_SENTENCES.lines().filter(|l| !l.is_empty()).collect();
        for n in 0..if self.on { SENTENCES } else { 0 } {
            for (patterns, label) in [(&firms, Label::Org), (&people, Label::Person)] {
                let name = if label == Label::Org { self.firm() } else { self.surname() };
                let (mut text, mut names) = (String::new(), Vec::new());
                let lines = 1 + n % 2;
                for _ in 0..lines {
                    let pattern = patterns[self.random.below(patterns.len() as u64) as usize];
                    self.fill(pattern, &name, label, &mut text, &mut names);
                    text.push('\n');
                }
                out.extend(made_doc(&text, names));
            }
        }
        out
    }

    fn fill(
        &mut self,
        pattern: &str,
        name: &str,
        label: Label,
        text: &mut String,
        names: &mut Vec<(usize, usize, Label)>,
    ) {
        let mut rest = pattern;
        while let Some(at) = rest.find('{') {
            let (before, after) = rest.split_at(at);
            text.push_str(before);
            let (word, label) = match after.as_bytes().get(1) {
                Some(b'0') => (name.to_owned(), label),
                Some(b'1') => (self.full_name(), Label::Person),
                _ => (self.pick_place(), Label::Gpe),
            };
            names.push((text.len(), text.len() + word.len(), label));
            text.push_str(&word);
            rest = after.get(3..).unwrap_or_default();
        }
        text.push_str(rest);
    }

    /// Lines with a name of one word that has this label, and another name in its place.
    fn rename(&mut self, doc: &Doc, label: Label) -> Option<Doc> {
        let raw = doc.text.as_str();
        let one_word = |w: &str| {
            let mut chars = w.chars();
            chars.next().is_some_and(char::is_uppercase)
                && w.len() > 2
                && w.chars().all(char::is_alphabetic)
                && chars.any(char::is_lowercase)
        };
        let mut new_names: HashMap<String, String> = HashMap::new();
        let (mut text, mut names) = (String::new(), Vec::new());
        let (mut at, mut lines) = (0, 0);
        for line in raw.split('\n') {
            let (start, end) = (at, at + line.len());
            at = end + 1;
            let inside: Vec<&(Span, Label)> =
                doc.names.iter().filter(|(s, _)| s.start() >= start && s.end() <= end).collect();
            let apart = inside.windows(2).all(|w| w[0].0.end() <= w[1].0.start());
            let open = doc.ignore.iter().any(|s| s.start() < end && s.end() > start);
            let wanted = |(s, l): &&&(Span, Label)| *l == label && one_word(&raw[s.range()]);
            if lines == MAX_LINES || !apart || open || !inside.iter().any(|n| wanted(&n)) {
                continue;
            }
            lines += 1;
            let mut from = start;
            for &(span, l) in inside {
                text.push_str(&raw[from..span.start()]);
                let old = &raw[span.range()];
                let new = if l != label {
                    old.to_owned()
                } else {
                    let words: Vec<String> = old
                        .split(' ')
                        .enumerate()
                        .map(|(k, w)| self.renamed(w, k, label, one_word(w), &mut new_names))
                        .collect();
                    if label == Label::Org && words.len() > 1 {
                        old.to_owned()
                    } else {
                        words.join(" ")
                    }
                };
                names.push((text.len(), text.len() + new.len(), l));
                text.push_str(&new);
                from = span.end();
            }
            text.push_str(&raw[from..end]);
            text.push('\n');
        }
        (lines > 0).then_some(())?;
        let mut made = made_doc(&text, names)?;
        made.known = doc.known.clone();
        Some(made)
    }

    fn renamed(
        &mut self,
        word: &str,
        place: usize,
        label: Label,
        plain: bool,
        known: &mut HashMap<String, String>,
    ) -> String {
        if !plain {
            return word.to_owned();
        }
        if let Some(new) = known.get(word) {
            return new.clone();
        }
        let new = match label {
            Label::Org => self.firm_of_one_word(),
            // Mostly the first of several words is a first name; alone it is a surname.
            _ if place == 0 && self.given.contains(&word.to_owned()) => self.given_name(),
            _ => self.surname(),
        };
        known.insert(word.to_owned(), new.clone());
        new
    }

    /// A short sentence with capitals throughout, and half of the time the sentence itself after it.
    fn make_headline(&mut self, doc: &Doc) -> Option<Doc> {
        let raw = doc.text.as_str();
        let mut at = 0;
        let mut fit = Vec::new();
        for line in raw.split('\n') {
            let (start, end) = (at, at + line.len());
            at = end + 1;
            // The first sentence of a line.
            let stop = line.find(". ").map_or(end, |s| start + s);
            let named = doc.names.iter().any(|(s, _)| s.start() >= start && s.end() <= stop);
            let cut = doc.names.iter().any(|(s, _)| s.start() < stop && s.end() > stop);
            if named && !cut && (20..MAX_HEADLINE_BYTES).contains(&(stop - start)) {
                fit.push((start, stop));
            }
        }
        let &(start, end) = fit.get(self.random.below(fit.len().max(1) as u64) as usize)?;
        let all = self.random.below(2) == 0;
        let mut text = String::new();
        for (k, word) in raw[start..end].split(' ').enumerate() {
            if k > 0 {
                text.push(' ');
            }
            let small = word.len() <= 3 && !all && word.bytes().all(|b| b.is_ascii_lowercase());
            match word.chars().next() {
                Some(c) if c.is_ascii_lowercase() && !small => text.push_str(&capitalize(word)),
                _ => text.push_str(word),
            }
        }
        let inside = doc.names.iter().filter(|(s, _)| s.start() >= start && s.end() <= end);
        let mut names: Vec<_> =
            inside.map(|&(s, l)| (s.start() - start, s.end() - start, l)).collect();
        if text.len() != end - start {
            return None;
        }
        if self.random.below(2) == 0 {
            let base = text.len() + 2;
            names.extend(names.clone().into_iter().map(|(a, z, l)| (a + base, z + base, l)));
            text = format!("{text}\n\n{}.", &raw[start..end]);
        }
        let mut made = made_doc(&text, names)?;
        made.known = doc.known.clone();
        Some(made)
    }

    /// A table of people and places, cells between tabs.
    fn make_table(&mut self, doc: &Doc) -> Option<Doc> {
        let (mut text, mut names) = (String::new(), Vec::new());
        let raw = doc.text.as_str();
        let places = doc.names.iter().filter(|(_, l)| *l == Label::Gpe);
        for &(span, label) in places.take(6) {
            let name = self.full_name();
            names.push((text.len(), text.len() + name.len(), Label::Person));
            text.push_str(&name);
            text.push('\t');
            let place = &raw[span.range()];
            names.push((text.len(), text.len() + place.len(), label));
            text.push_str(place);
            text.push_str(&format!(
                "\t{}:{}\n",
                2 + self.random.below(9),
                10 + self.random.below(49)
            ));
        }
        made_doc(&text, names)
    }

    fn pick(&mut self, n: usize) -> usize {
        self.random.below(n.max(1) as u64) as usize
    }

    fn given_name(&mut self) -> String {
        let n = self.pick(self.given.len());
        self.given[n].clone()
    }

    fn surname(&mut self) -> String {
        // The commoner a surname, the likelier.
        let most = self.surnames.len();
        let n = self.pick(most) * (self.pick(16) + 1) / 16;
        self.surnames[n.min(most - 1)].clone()
    }

    fn full_name(&mut self) -> String {
        format!("{} {}", self.given_name(), self.surname())
    }

    fn pick_place(&mut self) -> String {
        let n = self.pick(self.places.len());
        self.places[n].clone()
    }

    fn noun(&mut self) -> String {
        let n = self.pick(self.nouns.len());
        self.nouns[n].clone()
    }

    /// A firm's name of one word: made up, a plain word, two words in one, or a surname.
    fn firm_of_one_word(&mut self) -> String {
        const STARTS: [&str; 24] = [
            "Zal", "Nex", "Or", "Vi", "Cal", "Tri", "Quan", "Lum", "Ver", "Syn", "Al", "Mon", "Pa",
            "Fin", "Ro", "Ta", "Dex", "Hel", "In", "Kor", "Spo", "Pin", "Re", "Ub",
        ];
        const MIDDLES: [&str; 14] =
            ["", "", "a", "ter", "vo", "li", "be", "ra", "mi", "tel", "no", "ve", "do", "sta"];
        const ENDS: [&str; 20] = [
            "ra", "lix", "er", "ify", "ta", "ex", "on", "ica", "ium", "io", "ly", "oo", "est",
            "olut", "ova", "is", "ent", "ab", "well", "soft",
        ];
        match self.random.below(10) {
            0..=4 => {
                let (a, b, c) =
                    (self.pick(STARTS.len()), self.pick(MIDDLES.len()), self.pick(ENDS.len()));
                format!("{}{}{}", STARTS[a], MIDDLES[b], ENDS[c])
            }
            5 | 6 => self.noun(),
            7 => format!("{}{}", self.noun(), self.noun().to_lowercase()),
            _ => self.surname(),
        }
    }

    /// A firm's name.
    fn firm(&mut self) -> String {
        match self.random.below(12) {
            0 => format!("{} & {}", self.surname(), self.surname()),
            1 => format!("{} & Sons", self.surname()),
            2 => format!("{} {}", self.surname(), self.surname()),
            _ => self.firm_of_one_word(),
        }
    }
}

fn capitalize(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

/// A text of one's own making, with its names in bytes.
fn made_doc(text: &str, names: Vec<(usize, usize, Label)>) -> Option<Doc> {
    let source = SourceText::new(text).ok().filter(|s| s.as_str() == text)?;
    let spans = names.into_iter().map(|(a, z, l)| Some((source.span(a, z)?, l)));
    Some(Doc {
        source: "made".to_owned(),
        names: spans.collect::<Option<Vec<_>>>()?,
        ignore: Vec::new(),
        known: vec![Label::Person, Label::Org, Label::Gpe, Label::Loc, Label::Norp],
        text: source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_are_peoples() {
        let text = "The Republicans left the Union.";
        let mut doc =
            made_doc(text, vec![(4, 15, Label::Org), (25, 30, Label::Org)]).expect("spans fit");
        name_parties_as_peoples(&mut doc);
        assert_eq!((doc.names[0].1, doc.names[1].1), (Label::Norp, Label::Org));
    }
}
