//! Whom "he", "she", "it" and "they" mean: figures that were named or spoke before, weighed.
//!
//! Owns the weights. The nearest subjects and speakers count most; a name inside the quote itself is
//! never its speaker. Must not know which words of a phrase are a pronoun.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cast::{Cast, Gender};
use super::nouns::{are_people, is_body, is_document, listed};
use super::resolve::Meant;
use super::words::INSIDE;
use crate::document::Label;

/// A pronoun for one person.
pub(super) struct Asked<'a> {
    /// Its token.
    pub at: usize,
    pub wanted: Gender,
    /// What the person says.
    pub content: &'a [Range<usize>],
}

/// What a mention counts by the sentences between it and the pronoun.
const NEAR: [i32; 8] = [40, 34, 24, 17, 10, 10, 10, 4];
/// Its gender is known to fit.
const FITS: i32 = 14;
/// It is its sentence's subject, or speaks.
const SUBJECT: i32 = 12;
/// It spoke there, more than a subject counts.
const SPOKE: i32 = 12;
/// It stands in the pronoun's paragraph.
const SAME_PARAGRAPH: i32 = 8;
/// It only owns something ("Lee's house").
const OWNER: i32 = -12;
/// It stands in what somebody reports.
const REPORTED: i32 = -10;
/// What all further mentions add.
const AGAIN: i32 = 2;
/// And at most.
const AGAIN_MOST: i32 = 10;

/// "it" and "they" mean nothing farther off, in tokens.
const REACH: usize = 120;

const PREPOSITIONS: &[&str] = &[
    "of", "to", "with", "by", "for", "against", "at", "from", "on", "about", "over", "than",
    "like", "between", "in", "under", "behind", "including", "into", "near", "toward", "towards",
    "unlike", "among", "after", "before", "despite",
];

const VERBS: &[&str] = &[
    "is", "was", "has", "had", "will", "would", "can", "could", "may", "might", "should", "must",
    "does", "did", "says", "said", "are", "were", "have", "wrote", "told", "went", "made", "took",
    "held", "gave", "spoke", "told", "does", "do", "also", "never", "then",
];

/// So many pronouns of the narrative are remembered.
const ECHOES: usize = 12;

/// Best count of each figure so far.
#[derive(Default)]
struct Weighed(BTreeMap<usize, (i32, i32)>);

impl Weighed {
    fn add(&mut self, figure: usize, points: i32) {
        let slot = self.0.entry(figure).or_insert((points, 0));
        slot.0 = slot.0.max(points);
        slot.1 += 1;
    }

    /// The heaviest, and how clearly it is that.
    fn pick(&self) -> Option<Meant> {
        let points = |s: &(i32, i32)| s.0 + ((s.1 - 1) * AGAIN).min(AGAIN_MOST);
        let all = || self.0.iter().map(|(&f, s)| (points(s), f));
        let (top, figure) = all().max_by_key(|&(p, f)| (p, usize::MAX - f))?;
        let next = all().filter(|x| x.1 != figure).map(|x| x.0).max();
        let lead = (top - next.unwrap_or(0)).clamp(0, 40);
        Some(Meant { figure, sure: (600 + lead * 8) as u16 })
    }
}

impl Cast<'_> {
    fn sentence(&self, token: usize) -> usize {
        let sentences = self.reading.sentences();
        sentences.partition_point(|s| s.tokens.end <= token)
    }

    /// Sentences between two tokens, but for those that begin inside quotation.
    fn far(&self, from: usize, to: usize) -> usize {
        let at = |token: usize| {
            let s = self.sentence(token);
            self.told.get(s).copied().unwrap_or(0)
        };
        at(to).saturating_sub(at(from)) as usize
    }

    /// Is the mention what its clause speaks of? Read from the words around it.
    fn is_subject(&self, place: &(usize, usize, usize)) -> bool {
        let &(start, _, end) = place;
        let word = |i: usize| self.reading.word(i);
        let begins = self.reading.sentences().get(self.sentence(start));
        let begins = begins.map_or(start, |s| s.tokens.start);
        let led =
            (start.saturating_sub(1).max(begins)..start).any(|i| listed(PREPOSITIONS, word(i)));
        let acts = |i: usize| {
            self.words.get(i).is_some_and(|w| {
                w.shape == 6 && (w.cue >= 3 || word(i).ends_with("ed") || listed(VERBS, word(i)))
            })
        };
        let verb = acts(end) || word(end) == "," && acts(end + 1);
        !led && (verb || start <= begins + 4)
    }

    /// What a mention counts for a pronoun at `at`.
    fn weigh(&self, place: &(usize, usize, usize), at: usize) -> i32 {
        let far = self.far(place.0, at);
        let paragraph = |t: usize| {
            let all = self.reading.paragraphs();
            all.partition_point(|p| p.tokens.end <= t)
        };
        let mut points = NEAR[far.min(NEAR.len() - 1)];
        if self.is_subject(place) {
            points += SUBJECT;
        }
        if paragraph(place.0) == paragraph(at) {
            points += SAME_PARAGRAPH;
        }
        if matches!(self.reading.word(place.2), "'s" | "’s" | "'" | "’") {
            points += OWNER;
        }
        if self.reported.get(place.0).is_some_and(|&r| r) {
            points += REPORTED;
        }
        points
    }

    /// Mentions before `at` that may be meant, the nearest first.
    fn before<'s>(
        &'s self,
        at: usize,
        content: &'s [Range<usize>],
        fits: impl Fn(usize) -> bool + 's,
    ) -> impl Iterator<Item = &'s (usize, usize, usize)> {
        let upto = self.places.partition_point(|p| p.0 < at);
        let echoes = self.echoes.iter().rev();
        let nameless = self.nameless.iter().rev().chain(echoes);
        let nameless = nameless.filter(move |p| p.0 < at);
        let named = self.places[upto.saturating_sub(80)..upto].iter().rev();
        nameless.chain(named).filter(move |p| fits(p.1) && self.eligible(p, content)).take(24)
    }

    /// Those who spoke before, as mentions of their own. Whoever became a subject since takes the
    /// word from them.
    fn speakers(
        &self,
        at: usize,
        subject: Option<(usize, usize)>,
        weighed: &mut Weighed,
        fits: impl Fn(usize) -> bool,
    ) {
        for &(token, f) in self.spoken.iter().rev().filter(|s| s.0 < at && fits(s.1)) {
            let far = self.far(token, at);
            let holds = subject.is_none_or(|(since, other)| {
                other == f || since < token || self.far(token, since) == 0
            });
            let points = NEAR[far.min(NEAR.len() - 1)] + SUBJECT + if holds { SPOKE } else { 0 };
            weighed.add(f, points);
        }
    }

    /// Finds whom each "he" and "she" of the narrative before `at` means: they count as mentions.
    pub(super) fn follow(&mut self, at: usize) {
        for i in self.followed..at {
            let wanted = match self.reading.word(i) {
                "he" | "He" => Gender::Man,
                "she" | "She" => Gender::Woman,
                _ => continue,
            };
            if self.words[i].quote == INSIDE || self.reported.get(i).is_some_and(|&r| r) {
                continue;
            }
            let asked = Asked { at: i, wanted, content: &[] };
            if let Some(meant) = self.person(&asked) {
                if self.echoes.len() >= ECHOES {
                    self.echoes.remove(0);
                }
                self.echoes.push((i, meant.figure, i + 1));
            }
        }
        self.followed = self.followed.max(at);
    }

    /// "he", "she"; or with [`Gender::Unknown`] whoever is spoken of.
    pub(super) fn person(&self, asked: &Asked<'_>) -> Option<Meant> {
        let fits = |f: usize| {
            let x = &self.figures[f];
            let gender = x.gender == asked.wanted
                || x.gender == Gender::Unknown
                || asked.wanted == Gender::Unknown;
            x.label == Label::Person && gender
        };
        let mut weighed = Weighed::default();
        let mut subject = None;
        for place in self.before(asked.at, asked.content, fits) {
            weighed.add(place.1, self.weigh(place, asked.at));
            let reported = self.reported.get(place.0).is_some_and(|&r| r);
            if !reported && self.is_subject(place) {
                subject = subject.max(Some((place.0, place.1)));
            }
        }
        self.speakers(asked.at, subject, &mut weighed, fits);
        for (f, slot) in &mut weighed.0 {
            if asked.wanted != Gender::Unknown && self.figures[*f].gender == asked.wanted {
                slot.0 += FITS;
            }
        }
        weighed.pick()
    }

    /// "it", "they". `reads`: the cue says that it is read.
    pub(super) fn group(
        &mut self,
        at: usize,
        content: &[Range<usize>],
        plural: bool,
        reads: bool,
    ) -> Option<Meant> {
        let phrases = self.phrases(at, content, plural);
        for phrase in phrases {
            self.recall(&phrase, phrase.end);
        }
        let this = &*self;
        let fits = |f: usize| {
            let x = &this.figures[f];
            let label = matches!(
                x.label,
                Label::Org | Label::Gpe | Label::Norp | Label::WorkOfArt | Label::Fac
            );
            label && (plural || !x.plural)
        };
        let liking = |f: usize, place: &(usize, usize, usize)| {
            let x = &this.figures[f];
            let paper = is_document(&this.reading.word(place.2 - 1).to_lowercase());
            match (x.label, plural) {
                _ if x.cluster.is_none() && reads && paper => 40,
                _ if x.cluster.is_none() && plural && x.plural => 22,
                _ if x.cluster.is_none() && plural => -10,
                (Label::Org, false) => 14,
                (Label::Org, true) => 6,
                (Label::Norp, true) => 10,
                (Label::Norp, false) => -20,
                (Label::Gpe, false) => 4,
                (Label::Gpe, true) => -10,
                _ => 0,
            }
        };
        let mut weighed = Weighed::default();
        for place in this.before(at, content, fits) {
            if at - place.0 <= REACH {
                weighed.add(place.1, this.weigh(place, at) + liking(place.1, place));
            }
        }
        this.speakers(at, None, &mut weighed, |f| {
            fits(f) && (!plural || this.figures[f].plural || this.figures[f].cluster.is_some())
        });
        weighed.pick()
    }

    /// Noun phrases without a name that "it" (a paper, a body) or "they" (people) may mean, in text
    /// order: from a determiner or an adjective to their head.
    fn phrases(&self, at: usize, content: &[Range<usize>], plural: bool) -> Vec<Range<usize>> {
        let word = |i: usize| self.reading.word(i).to_lowercase();
        let mut out = Vec::new();
        for i in at.saturating_sub(REACH)..at {
            let w = &self.words[i];
            let held = content.iter().any(|c| c.contains(&i));
            let lower = w.shape == 6 || w.shape == 7 && w.first;
            if !lower || w.quote == INSIDE || held {
                continue;
            }
            let noun = word(i);
            let head =
                if plural { are_people(&noun) } else { is_document(&noun) || is_body(&noun) };
            // "campaign officials": the last noun is the head.
            let goes_on = self.words.get(i + 1).is_some_and(|n| {
                let next = word(i + 1);
                n.shape == 6 && (are_people(&next) || is_document(&next) || is_body(&next))
            });
            if !head || goes_on || self.places.iter().any(|p| (p.0..p.2).contains(&i)) {
                continue;
            }
            let mut start = i;
            while start > 0 && i - start < 4 && !self.words[start - 1].punct {
                let before = word(start - 1);
                let determiner = matches!(
                    before.as_str(),
                    "the"
                        | "a"
                        | "an"
                        | "this"
                        | "these"
                        | "those"
                        | "his"
                        | "her"
                        | "their"
                        | "its"
                        | "some"
                        | "several"
                        | "many"
                        | "two"
                        | "three"
                        | "both"
                        | "most"
                        | "all"
                );
                if determiner {
                    start -= 1;
                    break;
                }
                let joins = listed(PREPOSITIONS, &before)
                    || listed(VERBS, &before)
                    || matches!(
                        before.as_str(),
                        "and" | "or" | "but" | "that" | "as" | "when" | "while"
                    )
                    || before.ends_with("ed")
                    || before.ends_with("ly")
                    || self.words[start - 1].cue >= 3;
                if joins {
                    break;
                }
                start -= 1;
            }
            out.push(start..i + 1);
        }
        out
    }
}
