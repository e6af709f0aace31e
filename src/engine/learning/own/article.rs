//! An article as the learners of own labels read it: what in it could bear one, and what was decided.

use std::ops::Range;

use super::super::lesson::{Lesson, is_reviewed};
use super::decisions::{Decision, read_decisions};
use crate::document::{Document, Label};
use crate::entities::Model;
use crate::entities::tagger::{self, TaggedName};
use crate::entities::words::{Shape, WordType};
use crate::lexicon::mix;
use crate::text::Span;

/// A stretch of tokens that may bear a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Where, in tokens.
    pub(super) tokens: Range<usize>,
    /// Hashed properties.
    pub(super) features: Vec<u32>,
    /// Its words, as written.
    pub(super) words: u64,
}

/// An article with its candidates and decisions.
pub struct OwnArticle {
    pub(super) lesson: Lesson,
    /// By place; the longer first.
    pub(super) candidates: Vec<Candidate>,
    /// What a person decided, in text order.
    pub(super) decisions: Vec<Decision>,
    /// Tokens that bear a date, or the mark of a person.
    pub(super) taken: Vec<bool>,
    /// A person has gone through all of it.
    pub(super) reviewed: bool,
    /// A person is at work on it: what comes after the last decision has not been looked at.
    pub(super) open: bool,
}

/// The longest candidate, in tokens.
pub(super) const MAX_TOKENS: usize = 12;
/// Words that join runs of capitals to one name.
const JOINING: [&str; 6] = ["of", "the", "for", "and", "&", "in"];

impl OwnArticle {
    /// Reads a document. `reviewed`: all of it was looked at, whatever its marks say; `open`: a person
    /// is at work on it.
    pub fn new(document: &Document, model: &Model, reviewed: bool, open: bool) -> OwnArticle {
        let lesson = Lesson::new(document, model, false, &[]);
        let names = tagger::find_names(&lesson.prepared, model, lesson.rows.clone());
        let decisions = read_decisions(document, &lesson);
        let mut taken = vec![false; lesson.spans.len()];
        for a in &document.annotations {
            if super::decisions::is_taken(a) {
                taken[lesson.tokens_of(a.span).0].fill(true);
            }
        }
        let mut article = OwnArticle {
            candidates: Vec::new(),
            decisions,
            taken,
            // What is worked on has not been gone through, even where nothing of the machine is left.
            reviewed: reviewed || (!open && is_reviewed(document)),
            open,
            lesson,
        };
        article.candidates = article.find_candidates(&names);
        article
    }

    /// Has a person decided anything about this label here?
    pub(super) fn knows(&self, label: Label) -> bool {
        self.decisions.iter().any(|d| d.label == label)
    }

    /// What suggestions of a label were answered here, in text order: true where one was taken.
    pub(super) fn answers(&self, label: Label) -> impl Iterator<Item = bool> + '_ {
        self.decisions.iter().filter(move |d| d.label == label && d.answer).map(|d| d.right)
    }

    /// The token up to which a person at work has looked for this label: its last mark made by hand. Suggestions are
    /// answered in any order, and say nothing of what stands before them.
    pub(super) fn looked_up_to(&self, label: Label) -> usize {
        let by_hand = self.decisions.iter().filter(|d| d.label == label && !d.answer);
        by_hand.map(|d| d.tokens.end).max().unwrap_or(0)
    }

    /// The labels of the reader's own that were decided about.
    pub(super) fn labels(&self) -> impl Iterator<Item = Label> + '_ {
        let own = self.decisions.iter().map(|d| d.label);
        own.filter(|l| matches!(l, Label::Custom(_)))
    }

    /// The words of a stretch of tokens, hashed as they are written.
    pub(super) fn key(&self, tokens: &Range<usize>) -> u64 {
        tokens.clone().fold(0x51ed, |h, i| mix(h ^ self.word(i).map_or(0, |w| w.surface)))
    }

    pub(super) fn word(&self, token: usize) -> Option<&WordType> {
        self.lesson.prepared.words.get(token)
    }

    /// The stretch of the document's text.
    pub(super) fn span(&self, tokens: &Range<usize>) -> Option<Span> {
        let first = self.lesson.spans.get(tokens.start)?;
        Some(first.hull(*self.lesson.spans.get(tokens.end.checked_sub(1)?)?))
    }

    /// Its words for people.
    pub(super) fn text(&self, tokens: &Range<usize>) -> String {
        self.lesson.words(tokens)
    }

    /// The tagger's names, runs of capitals, and what they and joining words make together.
    fn find_candidates(&self, names: &[TaggedName]) -> Vec<Candidate> {
        let context = &self.lesson.prepared.context;
        let mut spots: Vec<Range<usize>> = names.iter().map(|n| n.tokens.clone()).collect();
        let runs: Vec<Range<usize>> =
            context.runs.iter().map(|r| r.start as usize..r.end as usize).collect();
        for (i, run) in runs.iter().enumerate() {
            spots.push(run.clone());
            // The first word of a sentence has a capital anyway.
            if context.initial.get(run.start) == Some(&true) {
                spots.push(run.start + 1..run.end);
            }
            let mut end = run.end;
            for next in runs.iter().skip(i + 1).take(2) {
                if !self.is_joined(end, next.start) {
                    break;
                }
                end = next.end;
                spots.push(run.start..end);
            }
            // What a name leaves of the run that it stands in.
            for name in names_within(names, run) {
                spots.extend([run.start..name.tokens.start, name.tokens.end..run.end]);
            }
        }
        spots.retain(|t| t.start < t.end && t.len() <= MAX_TOKENS && self.in_one_sequence(t));
        spots.sort_by_key(|t| (t.start, usize::MAX - t.end));
        spots.dedup();
        let make = |tokens: Range<usize>| Candidate {
            features: self.features(&tokens, names),
            words: self.key(&tokens),
            tokens,
        };
        spots.into_iter().map(make).collect()
    }

    /// Do only one or two joining words stand there?
    fn is_joined(&self, from: usize, to: usize) -> bool {
        let between = to.saturating_sub(from);
        let text = &self.lesson;
        (1..=2).contains(&between)
            && (from..to).all(|i| JOINING.contains(&&*text.words(&(i..i + 1))))
    }

    fn in_one_sequence(&self, tokens: &Range<usize>) -> bool {
        let all = &self.lesson.prepared.sequences;
        let at = all.partition_point(|s| s.end <= tokens.start);
        all.get(at).is_some_and(|s| s.start <= tokens.start && tokens.end <= s.end)
    }

    /// Hashed properties of a stretch of tokens: its words, their endings, clusters and shapes, what
    /// stands beside it, and what the tagger makes of it.
    pub(super) fn features(&self, tokens: &Range<usize>, names: &[TaggedName]) -> Vec<u32> {
        let mut out = Vec::with_capacity(96);
        let mut f = |template: u64, value: u64| out.push(hash_feature(template, value));
        let words: Vec<&WordType> = tokens.clone().filter_map(|i| self.word(i)).collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return out;
        };
        f(0, 0);
        name_features(&words, &mut f);
        f(20, first.shape as u64 * 16 + last.shape as u64);
        let context = &self.lesson.prepared.context;
        f(21, u64::from(context.initial.get(tokens.start) == Some(&true)));
        let near = |k: isize| {
            let at = if k < 0 {
                tokens.start.checked_add_signed(k)
            } else {
                Some(tokens.end - 1 + k as usize)
            };
            at.filter(|&i| self.in_one_sequence(&(i..i + 1)) && self.same_sequence(i, tokens.start))
                .and_then(|i| self.word(i))
        };
        for (n, k) in [(0u64, -1), (1, 1), (2, -2), (3, 2)] {
            let word = near(k);
            let lower = word.map_or(1, |w| w.lower);
            f(30 + n, lower);
            let clusters = word.map_or([9999; 3], |w| w.word.clusters);
            f(40 + n, u64::from(clusters[2]));
            f(50 + n, u64::from(clusters[1]));
            if n < 2 {
                f(60 + n, u64::from(clusters[0]));
                f(64 + n, word.map_or(99, |w| w.shape as u64));
            }
            // Anywhere near.
            f(70, lower);
        }
        let two = |a: Option<&WordType>, b: Option<&WordType>| {
            mix(a.map_or(1, |w| w.lower)) ^ b.map_or(1, |w| w.lower)
        };
        f(80, two(near(-2), near(-1)));
        f(81, two(near(1), near(2)));
        let from = names.partition_point(|n| n.tokens.end <= tokens.start);
        let over = names.get(from).filter(|n| n.tokens.start < tokens.end);
        let label = over.map_or(99, |n| label_number(n.label));
        let same = over.is_some_and(|n| n.tokens == *tokens);
        f(90, label * 2 + u64::from(same));
        f(91, (label * 2 + u64::from(same)) * 8 + words.len().min(7) as u64);
        f(92, (label * 2 + u64::from(same)) << 16 | u64::from(last.word.clusters[1]));
        f(93, mix(label) ^ near(-1).map_or(1, |w| w.lower));
        f(94, mix(label) ^ near(1).map_or(1, |w| w.lower));
        if let Some(name) = over.filter(|_| same) {
            f(95, label << 8 | (name.margin.max(0) as u64 / 32).min(9));
        }
        out
    }

    fn same_sequence(&self, a: usize, b: usize) -> bool {
        let all = &self.lesson.prepared.sequences;
        let of = |i: usize| all.partition_point(|s| s.end <= i);
        of(a) == of(b)
    }
}

/// Properties of a name's words alone.
pub(super) fn name_features(words: &[&WordType], f: &mut impl FnMut(u64, u64)) {
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return;
    };
    let inner = words.iter().filter(|w| !matches!(w.shape, Shape::Mark));
    for w in inner {
        f(1, w.lower);
        f(2, u64::from(w.word.clusters[2]));
        f(3, u64::from(w.word.clusters[1]));
        f(4, w.suffixes[2]);
    }
    f(5, last.lower);
    f(6, first.lower);
    for (n, w) in [(0u64, first), (1, last)] {
        for c in 0..3u64 {
            f(7 + n, c << 32 | u64::from(w.word.clusters[c as usize]));
            f(9 + n, c << 60 ^ w.suffixes[1 + c as usize]);
        }
        f(11 + n, w.prefixes[2]);
        f(13 + n, u64::from(w.word.flags));
        for bit in (0..16).filter(|bit| w.word.flags >> bit & 1 == 1) {
            f(15 + n, bit);
        }
        f(17 + n, w.pattern);
    }
    f(19, words.len().min(7) as u64);
}

/// One of 2²⁸ numbers.
pub(super) fn hash_feature(template: u64, value: u64) -> u32 {
    (mix(value ^ mix(template.wrapping_add(0x0177))) >> 36) as u32
}

fn label_number(label: Label) -> u64 {
    Label::ALL.iter().position(|row| row.0 == label).map_or(98, |i| i as u64)
}

fn names_within<'n>(
    names: &'n [TaggedName],
    run: &Range<usize>,
) -> impl Iterator<Item = &'n TaggedName> {
    let from = names.partition_point(|n| n.tokens.end <= run.start);
    let run = run.clone();
    names
        .iter()
        .skip(from)
        .take_while(move |n| n.tokens.start < run.end)
        .filter(move |n| n.tokens.len() <= MAX_TOKENS)
}
