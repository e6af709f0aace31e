//! From the words that name a speaker to the entity: names, relative pronouns, role nouns.
//!
//! Owns which words of a phrase say who it is. Must not know how personal pronouns are resolved.

use std::ops::Range;

use super::candidate::{PronounQuery, Resolution};
use super::describe::is_years_old;
use super::nouns::is_person;
use super::ranker::Query;
use super::referents::Referents;
use super::token::Spelling;
use crate::document::Label;
use crate::vocabulary::people::Gender;
use crate::vocabulary::speech::{SINGULAR_PEOPLES, look_up_function_word, look_up_noun};

/// A description means somebody named only where the ranker is as sure as this, per mille.
const MIN_DESCRIPTION_CONFIDENCE: u16 = 777;

impl Referents<'_> {
    /// Whom the words of `speaker` refer to. `cue` and `content`: the quote's own tokens.
    pub fn resolve(
        &mut self,
        speaker: &Range<usize>,
        cue: Option<&Range<usize>>,
        content: &[Range<usize>],
    ) -> Option<Resolution> {
        self.follow_narrative(speaker.start);
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
        let name = self.places[self.places_in(&(at..at + 1))].iter().any(|p| p.0 == at);
        if speaker.len() <= 3 && !name {
            let query = |gender| PronounQuery::pronoun(at, gender, content);
            match word(at).to_lowercase().as_str() {
                "he" => return self.resolve_pronoun(&query(Gender::Male)),
                "she" => return self.resolve_pronoun(&query(Gender::Female)),
                "him" | "his" if alone => return self.resolve_pronoun(&query(Gender::Male)),
                "her" if alone => return self.resolve_pronoun(&query(Gender::Female)),
                "it" | "they" => {
                    let plural = word(at).len() == 4;
                    let reads = cue.is_some_and(|c| {
                        c.clone().any(|i| matches!(word(i), "read" | "reads" | "reading"))
                    });
                    return self.resolve_group_pronoun(at, content, plural, reads);
                }
                "who" | "which" | "that" if alone => return self.resolve_relative(at),
                "i" | "we" | "you" if alone => return None,
                _ => {}
            }
        }
        let speaker = &self.trim_to_head(speaker);
        if let Some(resolution) = self.resolve_epithet(speaker, content) {
            return Some(resolution);
        }
        // "The CJ" after "Chief Justice Ann Lee", though it looks like a name.
        let last = self.words.get(speaker.end - 1);
        let initials = speaker.len() == 2
            && word(speaker.start).eq_ignore_ascii_case("the")
            && last.is_some_and(|w| w.spelling == Spelling::Uppercase);
        if initials && let Some(resolution) = self.resolve_role(speaker, content) {
            return Some(resolution);
        }
        self.resolve_name(speaker)
            .or_else(|| self.resolve_role(speaker, content))
            .or_else(|| self.resolve_named_kind(speaker, content))
            .or_else(|| self.resolve_description(speaker, content))
    }

    /// "The carrier", "the striker": whom the trained ranker is sure enough of.
    fn resolve_description(
        &self,
        speaker: &Range<usize>,
        content: &[Range<usize>],
    ) -> Option<Resolution> {
        if !matches!(self.reading.word(speaker.start), "the" | "The") {
            return None;
        }
        let query = Query { content, ..Referents::description(self.reading, speaker)? };
        // What the phrase goes on with tells it from what was named ("the head of the union").
        if speaker.end > query.words.end + 1 {
            return None;
        }
        let (answer, confidence) = self.rank(&query);
        let candidate = answer.filter(|_| confidence >= MIN_DESCRIPTION_CONFIDENCE)?;
        Some(Resolution { candidate, confidence })
    }

    /// "The minister, who is also …": without the clause.
    fn trim_to_head(&self, speaker: &Range<usize>) -> Range<usize> {
        let word = |i: usize| self.reading.word(i);
        let clause = (speaker.start + 2..speaker.end).find(|&i| {
            matches!(word(i), "who" | "which" | "whose")
                && (word(i - 1) == "," || self.words[i - 1].is_lowercase())
        });
        let end = clause.map_or(speaker.end, |i| i - usize::from(word(i - 1) == ","));
        speaker.start..end
    }

    /// "The institute" after "the Statistics Institute": the last named body whose name ends in that
    /// noun, and has the words before it.
    fn resolve_named_kind(
        &self,
        speaker: &Range<usize>,
        content: &[Range<usize>],
    ) -> Option<Resolution> {
        let word = |i: usize| self.reading.word(i).to_lowercase();
        let definite = matches!(word(speaker.start).as_str(), "the" | "this" | "that");
        if !definite || !(2..=4).contains(&speaker.len()) {
            return None;
        }
        let own: Vec<String> = (speaker.start + 1..speaker.end).map(word).collect();
        let head = own.last()?;
        if head.len() < 4 || head.ends_with('s') && !head.ends_with("ss") {
            return None;
        }
        let fits = |f: usize| {
            let x = &self.candidates[f];
            // "Northgate Airlines" is an airline.
            let same = |w: &str, own: &str| w == own || w.strip_suffix('s') == Some(own);
            let names = |own: &str| x.name.split([' ', '-']).any(|w| same(&w.to_lowercase(), own));
            x.label == Label::Org
                && x.cluster.is_some()
                && x.name.contains(' ')
                && own.iter().all(|own| names(own))
        };
        let upto = self.places.partition_point(|p| p.0 < speaker.start);
        let mut before = self.places[..upto].iter().rev().take(120);
        let place = before.find(|p| fits(p.1) && self.is_eligible(p, content))?;
        Some(Resolution { candidate: place.1, confidence: 700 })
    }

    /// Whom an epithet refers to.
    fn resolve_epithet(
        &self,
        speaker: &Range<usize>,
        content: &[Range<usize>],
    ) -> Option<Resolution> {
        let gender = self.epithet_gender(speaker)?;
        let age = is_years_old(self.reading, speaker.start + 1)
            .then(|| self.reading.word(speaker.start + 1).parse().ok())
            .flatten();
        let at = speaker.start;
        self.resolve_unsurely(&PronounQuery { at, gender, described: true, age, content })
    }

    /// "the German", "the Frenchman", "the 28-year-old": somebody who was named before. Not "the
    /// French", who are many.
    fn epithet_gender(&self, speaker: &Range<usize>) -> Option<Option<Gender>> {
        let word = |i: usize| self.reading.word(i);
        let last = word(speaker.end.checked_sub(1)?);
        let the = word(speaker.start).eq_ignore_ascii_case("the");
        let aged = speaker.len() >= 6
            && is_years_old(self.reading, speaker.start + 1)
            && (speaker.len() == 6 || speaker.len() == 7 && is_person(&last.to_lowercase()));
        // "the world No. 5", "the No. 1 seed"
        let number = |i: usize| word(i).starts_with(|c: char| c.is_ascii_digit());
        let ranked = speaker.len() <= 6
            && (speaker.start + 1..speaker.end).any(|i| {
                matches!(word(i), "No." | "No" | "number") && (number(i + 1) || number(i + 2))
            });
        let capital = speaker.len() == 2 && last.starts_with(char::is_uppercase);
        let named = &self.places[self.places_in(&(speaker.start + 1..speaker.end))];
        let people = |p: &(usize, usize, usize)| self.candidates[p.1].label == Label::Norp;
        let one = SINGULAR_PEOPLES.contains_any_case(last)
            || last.ends_with("ian") && named.iter().any(people);
        if !the || !(aged || ranked || capital && one) {
            return None;
        }
        Some(match () {
            () if last.ends_with("woman") => Some(Gender::Female),
            () if last.ends_with("man") && last != "German" => Some(Gender::Male),
            () => look_up_noun(last).gender,
        })
    }

    /// Whom "he" or "she" would refer to at that place, with less confidence.
    fn resolve_unsurely(&self, query: &PronounQuery<'_>) -> Option<Resolution> {
        let resolution = self.resolve_pronoun(query)?;
        let confidence = resolution.confidence * 7 / 10;
        Some(Resolution { confidence, ..resolution })
    }

    /// The candidate of the name that is the head of the speaker's words.
    fn resolve_name(&self, speaker: &Range<usize>) -> Option<Resolution> {
        let word = |i: usize| self.reading.word(i);
        // But not the "of" of "Bank of England Governor Ann Lee".
        let leads = |range: Range<usize>| {
            let names = &self.places[self.places_in(&range)];
            let inside = |i: usize| names.iter().any(|p| (p.0..p.2).contains(&i));
            range.clone().any(|i| look_up_function_word(word(i)).leads_away && !inside(i))
        };
        let mut best: Option<(u8, Resolution)> = None;
        // A mention may begin before the speaker's words ("[Donald] Trump").
        let from = speaker.start.saturating_sub(6);
        for &(start, f, end) in &self.places[self.places_in(&(from..speaker.end))] {
            if end <= speaker.start {
                continue;
            }
            let owner = matches!(word(end), "'s" | "’s" | "'" | "’") && end + 1 < speaker.end;
            let inside =
                (speaker.start..start).any(|i| word(i) == ",") || leads(speaker.start..start);
            let goes_on = end < speaker.end
                && self.words[end].is_lowercase()
                && !word(end).ends_with("ly")
                && !look_up_function_word(word(end)).follows_name;
            // "The Denver-based lender" is not Denver.
            let modifies = matches!(word(end), "-" | "‐" | "‑")
                && end + 1 < speaker.end
                && self.words[end + 1].is_lowercase();
            if owner || modifies {
                continue;
            }
            let person = self.candidates[f].label == Label::Person;
            // "the US President" is not the United States.
            let goes_on =
                goes_on || !person && end < speaker.end && self.words[end].is_capitalized_word();
            let rank = match (person, inside, goes_on) {
                // "Lee campaign manager Bob Ray" is not Lee; nor are "several Lee aides".
                (true, false, true) => 0,
                (true, false, false) => 4,
                (false, false, false) => 3,
                (true, true, false) if self.is_title_over(speaker.start, start) => 4,
                (true, true, _) => {
                    // "a spokesman for Ann Lee" is not Ann Lee; "the nominee, Ann Lee," is, and so
                    // is "the nominee, a former judge Ann Lee".
                    let near = (speaker.start..start).rev().find(|&i| word(i) == ",");
                    let apposed = near.is_some_and(|comma| {
                        let closes = end == speaker.end || word(end) == ",";
                        let role = (comma + 1..start)
                            .all(|i| self.words[i].is_lowercase() || matches!(word(i), "-" | "‑"));
                        comma + 1 == start
                            || end == speaker.end && !leads(comma + 1..start)
                            || closes && role && !leads(comma + 1..start)
                    });
                    if apposed { 2 } else { 0 }
                }
                _ => 0,
            };
            if rank > 0 && best.as_ref().is_none_or(|b| rank > b.0) {
                let confidence = [0, 0, 800, 850, 960][usize::from(rank)];
                best = Some((rank, Resolution { candidate: f, confidence }));
            }
        }
        best.map(|b| b.1)
    }

    /// "First Minister of Scotland Ann Lee", "Secretary of State Ann Lee": from `start` to `name`
    /// stands a title with the office or place that it is for.
    fn is_title_over(&self, start: usize, name: usize) -> bool {
        let word = |i: usize| self.reading.word(i);
        let capital = |i: usize| word(i).starts_with(char::is_uppercase);
        let away = (start..name).find(|&i| look_up_function_word(word(i)).leads_away);
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
            .is_some_and(|i| word(i).ends_with('.') || look_up_noun(&word(i).to_lowercase()).role);
        let thing =
            |label: Label| matches!(label, Label::Gpe | Label::Org | Label::Loc | Label::Fac);
        let before = &self.places[self.places_in(&(over.start..name))];
        let place =
            before.iter().any(|&(_, f, end)| end == name && thing(self.candidates[f].label));
        let office = capital(of - 1) && !before.iter().any(|&(.., end)| end == name);
        // "speaker of the parliament Ann Lee", not "wife of the actor Ann Lee"
        let small = || {
            let head = word(of - 1);
            let last = word(name - 1);
            let lower = |i: usize| word(i).chars().all(char::is_lowercase);
            (look_up_noun(head).role
                || matches!(head, "head" | "speaker" | "chief" | "founder" | "boss"))
                && over.clone().all(lower)
                && !is_person(last)
                && !look_up_function_word(last).leads_away
                && !last.ends_with('s')
        };
        !over.is_empty() && !title && (whole && (place || office) || small())
    }

    pub(super) fn is_eligible(
        &self,
        place: &(usize, usize, usize),
        content: &[Range<usize>],
    ) -> bool {
        let in_content = content.iter().any(|c| c.contains(&place.0));
        let quoted = self.words.get(place.0).is_some_and(|w| w.quoted);
        !in_content && !quoted
    }

    /// "…, who said": the name that stands nearest before.
    fn resolve_relative(&self, at: usize) -> Option<Resolution> {
        let upto = self.places.partition_point(|p| p.0 < at);
        let end = at - usize::from(at > 0 && self.reading.word(at - 1) == ",");
        // "according to police, who said"
        let told = self.nameless.iter().rev().find(|n| n.2 == end);
        if let Some(&(_, candidate, _)) = told {
            return Some(Resolution { candidate, confidence: 900 });
        }
        let place = self.places[..upto].last()?;
        (at - place.2.min(at) <= 14).then_some(Resolution {
            candidate: place.1,
            confidence: if at - place.2.min(at) <= 1 { 900 } else { 650 },
        })
    }

    /// "the spokesman", "the minister": the last person who was introduced so; for a role that
    /// nobody was introduced by ("the incumbent") whoever "he" or "she" would mean.
    fn resolve_role(&self, speaker: &Range<usize>, content: &[Range<usize>]) -> Option<Resolution> {
        let word = |i: usize| self.reading.word(i).to_lowercase();
        let first = word(speaker.start);
        let definite = matches!(first.as_str(), "the" | "this" | "that");
        let speaker = &(speaker.start
            ..speaker.end.min(
                (speaker.start + 2..speaker.end).find(|&i| word(i) == ",").unwrap_or(speaker.end),
            ));
        if speaker.len() > 6 || speaker.len() < 2 || !definite {
            return None;
        }
        // The head: before any "of", "for", comma.
        let head = (speaker.start + 1..speaker.end)
            .take_while(|&i| !look_up_function_word(&word(i)).ends_role)
            .last()?;
        let text = word(head);
        // "The CJ" has a role, too.
        if text.ends_with('s') && !text.ends_with("ss") {
            return None;
        }
        let upto = self.places.partition_point(|p| p.0 < speaker.start);
        let known = |f: usize| self.candidates[f].roles.contains(&text);
        if let Some(&(_, candidate)) = self.spoken.iter().rev().find(|s| known(s.1)) {
            return Some(Resolution { candidate, confidence: 750 });
        }
        let before = self.places[..upto].iter().rev().take(120);
        let mut introduced = before.filter(|p| known(p.1) && self.is_eligible(p, content));
        if let Some(p) = introduced.next() {
            return Some(Resolution { candidate: p.1, confidence: 650 });
        }
        // "The Akron mayor" is somebody of their own.
        let capital = |i: usize| self.reading.word(i).starts_with(char::is_uppercase);
        if !look_up_noun(&text).role || (speaker.start + 1..head).any(capital) {
            return None;
        }
        let (at, gender) = (speaker.start, look_up_noun(&text).gender);
        self.resolve_unsurely(&PronounQuery { at, gender, described: true, age: None, content })
    }
}
