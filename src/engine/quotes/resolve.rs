//! From the words that name a speaker to the entity: names, relative pronouns, role nouns.
//!
//! Owns which words of a phrase say who it is. Must not know how personal pronouns are weighed.

use std::ops::Range;

use super::cast::{Cast, Gender};
use super::nouns::{MAN, ROLES, WOMAN, is_person, listed};
use super::pronouns::Asked;
use super::words::INSIDE;
use crate::document::Label;

/// Whom a speaker's words mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meant {
    /// Index into [`Cast::figure`].
    pub figure: usize,
    /// Per mille.
    pub sure: u16,
}

/// Words that may follow a name without making it another noun's: "Lee after the race", not "Lee
/// campaign manager".
const AFTER_A_NAME: [&str; 58] = [
    "a", "about", "after", "again", "ahead", "alone", "also", "amid", "an", "and", "as", "at",
    "back", "because", "before", "both", "but", "by", "did", "does", "during", "earlier",
    "following", "for", "from", "had", "has", "have", "here", "herself", "himself", "in", "inside",
    "is", "last", "later", "next", "now", "of", "on", "or", "outside", "over", "since", "that",
    "the", "themselves", "then", "this", "through", "to", "today", "was", "when", "while", "who",
    "with", "yesterday",
];

/// What follows them is not the head of the phrase: "a spokesman for Lee".
const AWAY: [&str; 14] = [
    "of", "for", "from", "at", "in", "with", "to", "by", "who", "whose", "on", "including", "like",
    "as",
];

/// One of a people or a party. Words in "ian" are peoples where they are no papers ("the
/// Guardian"), other words in "an" are told here ("the Taliban" are many, "the Vatican" is none).
const ONES: [&str; 36] = [
    "American", "Argentine", "Briton", "Croat", "Cuban", "Dane", "Democrat", "Dutchman",
    "Englishman", "Englishwoman", "Finn", "Frenchman", "Frenchwoman", "German", "Greek",
    "Irishman", "Irishwoman", "Jamaican", "Kenyan", "Korean", "Libyan", "Mexican", "Moroccan",
    "Pole", "Republican", "Scot", "Scotsman", "Serb", "Slovak", "Spaniard", "Swede", "Tunisian",
    "Turk", "Venezuelan", "Welshman", "Welshwoman",
];

impl Cast<'_> {
    /// Whom `speaker` means. `cue` and `content`: the quote's own tokens.
    pub(super) fn resolve(
        &mut self,
        speaker: &Range<usize>,
        cue: Option<&Range<usize>>,
        content: &[Range<usize>],
    ) -> Option<Meant> {
        self.follow(speaker.start);
        // "The senator's answer was …": the senator.
        let owned = |i: usize| matches!(self.reading.word(i), "'s" | "’s" | "'" | "’");
        let mut speaker = speaker.clone();
        while speaker.len() > 1 && owned(speaker.end - 1) {
            speaker.end -= 1;
        }
        let speaker = &speaker;
        let word = |i: usize| self.reading.word(i);
        // "he", "it further": adverbs beside a pronoun say nothing of whom it means.
        let at = speaker.start;
        let alone = speaker.len() == 1;
        // "WHO" may be a name.
        let name = self.places[self.within(&(at..at + 1))].iter().any(|p| p.0 == at);
        if speaker.len() <= 3 && !name {
            let asked = |wanted| Asked { at, wanted, content };
            match word(at).to_lowercase().as_str() {
                "he" => return self.person(&asked(Gender::Man)),
                "she" => return self.person(&asked(Gender::Woman)),
                "him" | "his" if alone => return self.person(&asked(Gender::Man)),
                "her" if alone => return self.person(&asked(Gender::Woman)),
                "it" | "they" => {
                    let plural = word(at).len() == 4;
                    let reads = cue.is_some_and(|c| {
                        c.clone().any(|i| matches!(word(i), "read" | "reads" | "reading"))
                    });
                    return self.group(at, content, plural, reads);
                }
                "who" | "which" | "that" if alone => return self.relative(at),
                "i" | "we" | "you" if alone => return None,
                _ => {}
            }
        }
        let epithet = self.epithet(speaker);
        if let Some(meant) = epithet.and_then(|wanted| self.likely(at, wanted, content)) {
            return Some(meant);
        }
        self.named(speaker).or_else(|| self.role(speaker, content))
    }

    /// "the German", "the Frenchman", "the 28-year-old": somebody who was named before. Not "the
    /// French", who are many.
    fn epithet(&self, speaker: &Range<usize>) -> Option<Gender> {
        let word = |i: usize| self.reading.word(i);
        let last = word(speaker.end.checked_sub(1)?);
        let the = word(speaker.start).eq_ignore_ascii_case("the");
        let aged = speaker.len() == 6 && word(speaker.start + 3) == "year" && last == "old";
        let capital = speaker.len() == 2 && last.starts_with(char::is_uppercase);
        let named = &self.places[self.within(&(speaker.start + 1..speaker.end))];
        let people = |p: &(usize, usize, usize)| self.figures[p.1].label == Label::Norp;
        let one = listed(&ONES, last) || last.ends_with("ian") && named.iter().any(people);
        if !the || !(aged || capital && one) {
            return None;
        }
        Some(match () {
            () if last.ends_with("woman") => Gender::Woman,
            () if last.ends_with("man") && last != "German" => Gender::Man,
            () => Gender::Unknown,
        })
    }

    /// Whom "he" or "she" would mean there, less surely.
    fn likely(&self, at: usize, wanted: Gender, content: &[Range<usize>]) -> Option<Meant> {
        let meant = self.person(&Asked { at, wanted, content })?;
        let sure = meant.sure * 7 / 10;
        Some(Meant { sure, ..meant })
    }

    /// A name in the speaker's words that is their head.
    fn named(&self, speaker: &Range<usize>) -> Option<Meant> {
        let word = |i: usize| self.reading.word(i);
        // But not the "of" of "Bank of England Governor Ann Lee".
        let leads = |range: Range<usize>| {
            let names = &self.places[self.within(&range)];
            let inside = |i: usize| names.iter().any(|p| (p.0..p.2).contains(&i));
            range.clone().any(|i| listed(&AWAY, word(i)) && !inside(i))
        };
        let mut best: Option<(u8, Meant)> = None;
        // A mention may begin before the speaker's words ("[Donald] Trump").
        let from = speaker.start.saturating_sub(6);
        for &(start, f, end) in &self.places[self.within(&(from..speaker.end))] {
            if end <= speaker.start {
                continue;
            }
            let owner = matches!(word(end), "'s" | "’s" | "'" | "’") && end + 1 < speaker.end;
            let inside =
                (speaker.start..start).any(|i| word(i) == ",") || leads(speaker.start..start);
            let goes_on = end < speaker.end
                && self.words[end].shape == 6
                && !word(end).ends_with("ly")
                && !listed(&AFTER_A_NAME, word(end));
            if owner {
                continue;
            }
            let person = self.figures[f].label == Label::Person;
            let rank = match (person, inside, goes_on) {
                // "Lee campaign manager Bob Ray" is not Lee; nor are "several Lee aides".
                (true, false, true) => 0,
                (true, false, false) => 4,
                (false, false, false) => 3,
                (true, true, false) if self.titled(speaker.start, start) => 4,
                (true, true, _) => {
                    // "a spokesman for Ann Lee" is not Ann Lee; "the nominee, Ann Lee," is, and so
                    // is "the nominee, a former judge Ann Lee".
                    let near = (speaker.start..start).rev().find(|&i| word(i) == ",");
                    let apposed = near.is_some_and(|comma| {
                        comma + 1 == start || end == speaker.end && !leads(comma + 1..start)
                    });
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

    /// "First Minister of Scotland Ann Lee", "Secretary of State Ann Lee": from `start` to `name`
    /// stands a title with what it is over.
    fn titled(&self, start: usize, name: usize) -> bool {
        let word = |i: usize| self.reading.word(i);
        let capital = |i: usize| word(i).starts_with(char::is_uppercase);
        let away = (start..name).find(|&i| listed(&AWAY, word(i)));
        let Some(of) = away.filter(|&i| i > start && matches!(word(i), "of" | "for")) else {
            return false;
        };
        let over = of + 1 + usize::from(word(of + 1) == "the")..name;
        let whole = over.clone().all(|i| {
            capital(i)
                || matches!(
                    word(i),
                    "of" | "for" | "and" | "the" | "-" | "&" | "'s" | "’s" | "(" | ")"
                )
        });
        // "a spokesman for Senator Ann Lee", "the mother of Londoner Ann Lee"
        let title = name
            .checked_sub(1)
            .is_some_and(|i| word(i).ends_with('.') || listed(ROLES, &word(i).to_lowercase()));
        let thing =
            |label: Label| matches!(label, Label::Gpe | Label::Org | Label::Loc | Label::Fac);
        let before = &self.places[self.within(&(over.start..name))];
        let place = before.iter().any(|&(_, f, end)| end == name && thing(self.figures[f].label));
        let office = capital(of - 1) && !before.iter().any(|&(.., end)| end == name);
        // "speaker of the parliament Ann Lee", not "wife of the actor Ann Lee"
        let small = || {
            let head = word(of - 1);
            let last = word(name - 1);
            let lower = |i: usize| word(i).chars().all(char::is_lowercase);
            (listed(ROLES, head)
                || matches!(head, "head" | "speaker" | "chief" | "founder" | "boss"))
                && over.clone().all(lower)
                && !is_person(last)
                && !listed(&AWAY, last)
                && !last.ends_with('s')
        };
        !over.is_empty() && !title && (whole && (place || office) || small())
    }

    pub(super) fn eligible(&self, place: &(usize, usize, usize), content: &[Range<usize>]) -> bool {
        let in_content = content.iter().any(|c| c.contains(&place.0));
        let quoted = self.words.get(place.0).is_some_and(|w| w.quote == INSIDE);
        !in_content && !quoted
    }

    /// "…, who said": the name that stands nearest before.
    fn relative(&self, at: usize) -> Option<Meant> {
        let upto = self.places.partition_point(|p| p.0 < at);
        let end = at - usize::from(at > 0 && self.reading.word(at - 1) == ",");
        // "according to police, who said"
        let told = self.nameless.iter().rev().find(|n| n.2 == end);
        if let Some(&(_, figure, _)) = told {
            return Some(Meant { figure, sure: 900 });
        }
        let place = self.places[..upto].last()?;
        (at - place.2.min(at) <= 14).then_some(Meant {
            figure: place.1,
            sure: if at - place.2.min(at) <= 1 { 900 } else { 650 },
        })
    }

    /// "the spokesman", "the minister": the last person who was introduced so; for a role that
    /// nobody was introduced by ("the incumbent") whoever "he" or "she" would mean.
    fn role(&self, speaker: &Range<usize>, content: &[Range<usize>]) -> Option<Meant> {
        let word = |i: usize| self.reading.word(i).to_lowercase();
        let first = word(speaker.start);
        let definite = matches!(first.as_str(), "the" | "this" | "that");
        if speaker.len() > 6 || speaker.len() < 2 || !definite {
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
        if let Some(&(_, figure)) = self.spoken.iter().rev().find(|s| known(s.1)) {
            return Some(Meant { figure, sure: 750 });
        }
        let before = self.places[..upto].iter().rev().take(120);
        let mut introduced = before.filter(|p| known(p.1) && self.eligible(p, content));
        if let Some(p) = introduced.next() {
            return Some(Meant { figure: p.1, sure: 650 });
        }
        // "The Akron mayor" is somebody of their own.
        let capital = |i: usize| self.reading.word(i).starts_with(char::is_uppercase);
        if !listed(ROLES, &text) || (speaker.start + 1..head).any(capital) {
            return None;
        }
        let wanted = match () {
            () if listed(WOMAN, &text) => Gender::Woman,
            () if listed(MAN, &text) => Gender::Man,
            () => Gender::Unknown,
        };
        self.likely(speaker.start, wanted, content)
    }
}
