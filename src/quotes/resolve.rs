//! From the words that name a speaker to the entity: names, pronouns, role nouns.
//!
//! A pronoun means the last speaker of its gender and number first, then the nearest name outside
//! quotation; a name inside the quote itself is never its speaker.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cast::{Cast, Gender};
use super::words::INSIDE;
use crate::document::Label;

/// Whom a speaker's words mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meant {
    /// Index into [`Cast::figure`].
    pub figure: usize,
    /// Per mille.
    pub sure: u16,
}

impl Cast<'_> {
    /// Whom `speaker` means. `last`: figures that spoke before, the latest last; `content`: the
    /// quote's own tokens.
    pub(crate) fn resolve(
        &self,
        speaker: &Range<usize>,
        last: &[usize],
        content: &[Range<usize>],
    ) -> Option<Meant> {
        let word = |i: usize| self.reading.word(i);
        // "he", "it further": adverbs beside a pronoun say nothing of whom it means.
        if speaker.len() <= 3 {
            let low = word(speaker.start).to_lowercase();
            match low.as_str() {
                "he" | "him" | "his" => {
                    return self.pronoun(speaker.start, Gender::Man, last, content);
                }
                "she" | "her" => return self.pronoun(speaker.start, Gender::Woman, last, content),
                "it" => return self.group(speaker.start, last, content, false),
                "they" => return self.group(speaker.start, last, content, true),
                "who" | "which" | "that" if speaker.len() == 1 => {
                    return self.relative(speaker.start);
                }
                "i" | "we" | "you" if speaker.len() == 1 => return None,
                _ => {}
            }
        }
        self.named(speaker)
            .or_else(|| self.role(speaker, last, content))
    }

    /// A name in the speaker's words that is their head.
    fn named(&self, speaker: &Range<usize>) -> Option<Meant> {
        let word = |i: usize| self.reading.word(i);
        let mut best: Option<(u8, Meant)> = None;
        // A mention may begin before the speaker's words ("[Donald] Trump").
        let from = speaker.start.saturating_sub(6);
        for &(start, f, end) in &self.places[self.within(&(from..speaker.end))] {
            if end <= speaker.start {
                continue;
            }
            let owner = matches!(word(end), "'s" | "’s" | "'" | "’") && end + 1 < speaker.end;
            let inside = (speaker.start..start).any(|i| {
                matches!(
                    word(i).to_ascii_lowercase().as_str(),
                    "of" | "for"
                        | "from"
                        | "at"
                        | "in"
                        | "with"
                        | "to"
                        | "by"
                        | "who"
                        | ","
                        | "whose"
                        | "on"
                )
            });
            let goes_on = end < speaker.end
                && self.words[end].shape == 6
                && !matches!(
                    word(end),
                    "and"
                        | "of"
                        | "in"
                        | "who"
                        | "at"
                        | "from"
                        | "himself"
                        | "herself"
                        | "themselves"
                );
            if owner {
                continue;
            }
            let person = self.figures[f].label == Label::Person;
            let rank = match (person, inside, goes_on) {
                (true, false, _) => 4,
                (false, false, false) => 3,
                (true, true, _) => {
                    // "a spokesman for Ann Lee" is not Ann Lee; "the nominee, Ann Lee," is.
                    let apposed = start > 0 && word(start - 1) == ",";
                    if apposed { 2 } else { 0 }
                }
                _ => 0,
            };
            if rank > 0 && best.as_ref().is_none_or(|b| rank > b.0) {
                let sure = [0, 0, 800, 850, 960][usize::from(rank)];
                best = Some((rank, Meant { figure: f, sure }));
            }
        }
        best.map(|b| b.1)
    }

    fn eligible(&self, place: &(usize, usize, usize), content: &[Range<usize>]) -> bool {
        let in_content = content.iter().any(|c| c.contains(&place.0));
        let quoted = self.words.get(place.0).is_some_and(|w| w.quote == INSIDE);
        !in_content && !quoted
    }

    fn pronoun(
        &self,
        at: usize,
        gender: Gender,
        last: &[usize],
        content: &[Range<usize>],
    ) -> Option<Meant> {
        let fits = |f: usize| {
            let x = &self.figures[f];
            x.label == Label::Person && (x.gender == Gender::Unknown || x.gender == gender)
        };
        let sentence = |t: usize| {
            self.reading
                .sentences()
                .partition_point(|s| s.tokens.end <= t)
        };
        let here = sentence(at);
        let paragraph = self
            .reading
            .paragraphs()
            .partition_point(|p| p.tokens.end <= at);
        let mut scores: BTreeMap<usize, i32> = BTreeMap::new();
        let upto = self.places.partition_point(|p| p.0 < at);
        // Names before it, nearest first; enough of them.
        let mut seen = 0;
        let nameless = self.nameless.iter().rev().filter(|p| p.0 < at);
        let named = self.places[upto.saturating_sub(80)..upto].iter().rev();
        for place in nameless.chain(named) {
            let f = place.1;
            if !fits(f) || !self.eligible(place, content) {
                continue;
            }
            seen += 1;
            let far = here - sentence(place.0).min(here);
            let opens = self
                .reading
                .sentences()
                .get(sentence(place.0))
                .is_some_and(|s| place.0 <= s.tokens.start + 4);
            let same = self
                .reading
                .paragraphs()
                .get(paragraph)
                .is_some_and(|p| p.tokens.contains(&place.0));
            let known = i32::from(self.figures[f].gender == gender) * 8;
            let base = match far {
                0 => 40,
                1 => 34,
                2 => 24,
                3 => 17,
                4..=6 => 10,
                _ => 3,
            };
            let owner = matches!(self.reading.word(place.2), "'s" | "’s");
            let score =
                base + known + i32::from(opens) * 12 + i32::from(same) * 8 - i32::from(owner) * 10;
            let entry = scores.entry(f).or_insert(0);
            // The best mention counts, later ones a little.
            *entry = if *entry == 0 {
                score
            } else {
                (*entry).max(score) + 2
            };
            if seen >= 24 {
                break;
            }
        }
        for (k, &f) in last.iter().rev().enumerate().take(4) {
            if fits(f) {
                *scores.entry(f).or_insert(0) += [30, 10, 5, 2][k];
            }
        }
        pick(&scores)
    }

    fn group(
        &self,
        at: usize,
        last: &[usize],
        content: &[Range<usize>],
        plural: bool,
    ) -> Option<Meant> {
        let fits = |f: usize| {
            let many = self.figures[f].plural;
            matches!(
                self.figures[f].label,
                Label::Org | Label::Gpe | Label::Norp | Label::WorkOfArt | Label::Fac
            ) && (plural || !many)
        };
        let upto = self.places.partition_point(|p| p.0 < at);
        let mut scores: BTreeMap<usize, i32> = BTreeMap::new();
        let nameless = self.nameless.iter().rev().filter(|p| p.0 < at).take(3);
        let named = self.places[upto.saturating_sub(12)..upto].iter().rev();
        for (k, place) in nameless.enumerate().chain(named.enumerate()) {
            if !fits(place.1) || !self.eligible(place, content) || at - place.0 > 60 {
                continue;
            }
            let label = self.figures[place.1].label;
            let liking = match (label, plural) {
                _ if self.figures[place.1].plural => 22,
                (Label::Org, false) => 14,
                (Label::Org, true) => 6,
                (Label::Norp, true) => 10,
                (Label::Norp, false) => -20,
                (Label::Gpe, false) => 4,
                _ => 0,
            };
            let opens = self.words.get(place.0).is_some_and(|w| w.first)
                || place.0 > 0 && self.words.get(place.0 - 1).is_some_and(|w| w.first);
            let score = 30 - 3 * k as i32 + liking + i32::from(opens) * 8;
            let entry = scores.entry(place.1).or_insert(0);
            *entry = (*entry).max(score) + i32::from(*entry > 0) * 3;
        }
        if let Some(&f) = last.last()
            && fits(f)
        {
            *scores.entry(f).or_insert(0) += 20;
        }
        pick(&scores)
    }

    /// "…, who said": the name that stands nearest before.
    fn relative(&self, at: usize) -> Option<Meant> {
        let upto = self.places.partition_point(|p| p.0 < at);
        let place = self.places[..upto].last()?;
        (at - place.2.min(at) <= 14).then_some(Meant {
            figure: place.1,
            sure: if at - place.2.min(at) <= 1 { 900 } else { 650 },
        })
    }

    /// "the spokesman", "the minister": the last person who was introduced so.
    fn role(
        &self,
        speaker: &Range<usize>,
        last: &[usize],
        content: &[Range<usize>],
    ) -> Option<Meant> {
        let word = |i: usize| self.reading.word(i).to_lowercase();
        let first = word(speaker.start);
        if speaker.len() > 5
            || speaker.len() < 2
            || !matches!(first.as_str(), "the" | "this" | "that")
        {
            return None;
        }
        // The head: before any "of", "for", comma.
        let head = (speaker.start + 1..speaker.end)
            .take_while(|&i| {
                !matches!(
                    word(i).as_str(),
                    "of" | "for" | "from" | "in" | "at" | "," | "who" | "with"
                )
            })
            .last()?;
        let role = self.words.get(head)?.low;
        let text = word(head);
        if text.ends_with('s') && !text.ends_with("ss") {
            return None;
        }
        let upto = self.places.partition_point(|p| p.0 < speaker.start);
        let known = |f: usize| self.figures[f].roles.contains(&role);
        if let Some(&f) = last.iter().rev().find(|&&f| known(f)) {
            return Some(Meant {
                figure: f,
                sure: 750,
            });
        }
        self.places[..upto]
            .iter()
            .rev()
            .take(120)
            .find(|p| known(p.1) && self.eligible(p, content))
            .map(|p| Meant {
                figure: p.1,
                sure: 650,
            })
    }
}

fn pick(scores: &BTreeMap<usize, i32>) -> Option<Meant> {
    let (&figure, &top) = scores.iter().max_by_key(|(f, s)| (**s, usize::MAX - **f))?;
    let next = scores
        .iter()
        .filter(|x| *x.0 != figure)
        .map(|x| *x.1)
        .max()
        .unwrap_or(0);
    let lead = (top - next).clamp(0, 40);
    Some(Meant {
        figure,
        sure: (600 + lead * 8) as u16,
    })
}
