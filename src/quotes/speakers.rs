//! Who speaks: candidates near the cue, ranked by a learnt linear ranker.

use std::ops::Range;

use super::assemble::{Draft, Given, Segment, segments};
use super::features::mix;
use super::pack::Table;
use super::tagger::SPEAKER;
use super::words::{INSIDE, Word};
use crate::document::Label;
use crate::entities::Mention;
use crate::text::{Reading, TokenKind};

/// What a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The tagger's own guess.
    Tagged,
    Person,
    Organisation,
    Place,
    Name,
    Pronoun,
    /// Capitalised words that no engine named.
    Capitals,
    /// Words beside the cue.
    Beside,
    /// Nobody.
    Nobody,
}

/// Somebody who may speak; tokens of the whole text.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub tokens: Range<usize>,
    pub kind: Kind,
    margin: u8,
}

/// The lead of a speaker whom the setting names, in ranker units.
const GIVEN: i32 = 120;

impl Candidate {
    /// A label or a signature.
    fn given(tokens: Range<usize>) -> Candidate {
        Candidate {
            tokens,
            kind: Kind::Tagged,
            margin: 6,
        }
    }
}

/// What the ranker looks at.
pub(crate) struct Stage<'a> {
    pub reading: &'a Reading<'a>,
    pub words: &'a [Word],
    pub tags: &'a [u8],
    pub margins: &'a [i32],
    /// Spans of mentions as tokens, in order.
    named: Vec<(Range<usize>, Kind)>,
}

const PRONOUNS: &[&str] = &[
    "he", "she", "they", "it", "we", "i", "you", "who", "others", "another", "many", "some",
    "everyone", "someone",
];

/// Words that may stand between a subject and its verb, or a verb and its inverted subject.
const LIGHT: &[&str] = &[
    "also", "has", "have", "had", "was", "is", "are", "were", "be", "been", "not", "n't", "will",
    "would", "to", "later", "then", "then-", "often", "never", "ever", "still", "now", "just",
    "once", "may", "might", "could", "recently", "both",
];

/// Words that end a noun phrase that is read without a parser.
const BOUNDARY: &[&str] = &[
    "that", "which", "who", "and", "but", "or", "as", "if", "when", "while", "because", "so", "in",
    "on", "at", "by", "from", "to", "with", "about", "after", "before", "during", "since", "until",
    "than", "where", "what", "how", "why", "whether", "is", "was", "are", "were", "be", "has",
    "have", "had", "will", "would", "could", "should", "may", "might", "not",
];

fn is_any(list: &[&str], word: &str) -> bool {
    list.iter().any(|w| word.eq_ignore_ascii_case(w))
}

impl<'a> Stage<'a> {
    pub(crate) fn new(
        reading: &'a Reading<'a>,
        words: &'a [Word],
        tags: &'a [u8],
        margins: &'a [i32],
        mentions: &[Mention],
    ) -> Stage<'a> {
        let mut named: Vec<(Range<usize>, Kind)> = mentions
            .iter()
            .filter(|m| m.label.is_name())
            .map(|m| {
                let kind = match m.label {
                    Label::Person => Kind::Person,
                    Label::Org => Kind::Organisation,
                    Label::Gpe | Label::Loc | Label::Fac => Kind::Place,
                    _ => Kind::Name,
                };
                (reading.tokens_in(m.span), kind)
            })
            .collect();
        crate::order::sort_by_key(&mut named, |n| (n.0.start, n.0.end));
        Stage {
            reading,
            words,
            tags,
            margins,
            named,
        }
    }

    /// Candidates of a paragraph that do not depend on a cue, by position.
    pub(crate) fn candidates(&self, paragraph: &Range<usize>) -> Vec<Candidate> {
        let mut taken = vec![false; paragraph.len()];
        let mut out: Vec<Candidate> = Vec::new();
        let mut add = |tokens: Range<usize>, kind: Kind, margin: u8| {
            let local = tokens.start.saturating_sub(paragraph.start)
                ..tokens
                    .end
                    .saturating_sub(paragraph.start)
                    .min(paragraph.len());
            let Some(slots) = taken.get_mut(local) else {
                return;
            };
            if slots.is_empty() || slots.iter().any(|&t| t) {
                return;
            }
            slots.fill(true);
            out.push(Candidate {
                tokens,
                kind,
                margin,
            });
        };
        for s in segments(self.tags, paragraph.clone()) {
            if s.tag == SPEAKER {
                let margin = self.margins[s.tokens.clone()]
                    .iter()
                    .min()
                    .copied()
                    .unwrap_or(0);
                add(s.tokens, Kind::Tagged, (margin / 24).min(6) as u8);
            }
        }
        let first = self.named.partition_point(|n| n.0.start < paragraph.start);
        for (tokens, kind) in self.named[first..]
            .iter()
            .take_while(|n| n.0.start < paragraph.end)
        {
            add(tokens.clone(), *kind, 0);
        }
        for i in paragraph.clone() {
            if is_any(PRONOUNS, self.reading.word(i)) {
                add(i..i + 1, Kind::Pronoun, 0);
            }
        }
        let mut i = paragraph.start;
        while i < paragraph.end {
            let capital = |i: usize| {
                i < paragraph.end
                    && self.reading.tokens()[i].kind == TokenKind::Word
                    && self.reading.word(i).starts_with(char::is_uppercase)
            };
            let mut end = i;
            while capital(end) {
                end += 1;
            }
            if end > i && !(end == i + 1 && self.words[i].first) {
                add(i..end, Kind::Capitals, 0);
            }
            i = end.max(i + 1);
        }
        crate::order::sort_by_key(&mut out, |c| c.tokens.start);
        out
    }

    /// Words just before and just after a cue, as a last resort.
    fn beside(&self, cue: &Range<usize>, paragraph: &Range<usize>) -> [Option<Range<usize>>; 2] {
        let punct = |i: usize| self.words[i].punct;
        let mut end = cue.start;
        while end > paragraph.start
            && cue.start - end < 4
            && (is_any(LIGHT, self.reading.word(end - 1))
                || self.reading.word(end - 1).ends_with("ly"))
        {
            end -= 1;
        }
        let mut start = end;
        while start > paragraph.start
            && end - start < 5
            && !punct(start - 1)
            && !is_any(BOUNDARY, self.reading.word(start - 1))
        {
            start -= 1;
        }
        let left = (start < end).then_some(start..end);
        let start = cue.end;
        let mut end = start;
        while end < paragraph.end
            && end - start < 6
            && !punct(end)
            && !is_any(BOUNDARY, self.reading.word(end))
        {
            end += 1;
        }
        let right = (start < end).then_some(start..end);
        [left, right]
    }

    /// Candidates for one quote: those nearest to its cue, and nobody.
    pub(crate) fn shortlist(
        &self,
        draft: &Draft,
        all: &[Candidate],
        paragraph: &Range<usize>,
    ) -> Vec<Candidate> {
        let Some(cue) = &draft.cue else {
            return Vec::new();
        };
        let at = all.partition_point(|c| c.tokens.start < cue.start);
        let mut list: Vec<Candidate> = all[at.saturating_sub(12)..(at + 8).min(all.len())].to_vec();
        for range in self.beside(cue, paragraph).into_iter().flatten() {
            let free = |c: &Candidate| c.tokens.end <= range.start || range.end <= c.tokens.start;
            if list.iter().all(free) {
                list.push(Candidate {
                    tokens: range,
                    kind: Kind::Beside,
                    margin: 0,
                });
            }
        }
        list.push(Candidate {
            tokens: cue.start..cue.start,
            kind: Kind::Nobody,
            margin: 0,
        });
        list
    }

    /// Features of a candidate for a quote. `inherited`: it spoke the quote before in this sentence.
    pub(crate) fn features(
        &self,
        draft: &Draft,
        c: &Candidate,
        paragraph: &Range<usize>,
        before: Option<&Range<usize>>,
        out: &mut Vec<u32>,
    ) {
        out.clear();
        let Some(cue) = draft.cue.clone() else { return };
        let mut f = |t: u32, x: u32, y: u32, z: u32| out.push(mix(300 + t, x, y, z));
        let word = |i: usize| self.words.get(i).map_or(0, |w| w.low);
        let cluster = |i: usize| self.words.get(i).map_or(0, |w| u32::from(w.cluster[1]));
        let kind = c.kind as u32;
        let verb = word(cue.end.saturating_sub(1).max(cue.start));
        let head = word(cue.start);
        let verb_class = cluster(cue.start);
        let one = u32::from(cue.len() == 1);
        // Where the content stands: before the cue, after it, both.
        let content_before = draft.parts.iter().any(|p| p.start < cue.start);
        let content_after = draft.parts.iter().any(|p| p.start >= cue.start);
        let order = u32::from(content_before) + 2 * u32::from(content_after);
        let tagged_near = self.tags.get(cue.end).is_some_and(|&t| t == SPEAKER)
            || cue.start > 0
                && self
                    .tags
                    .get(cue.start - 1)
                    .is_some_and(|&t| t == SPEAKER || t == SPEAKER + 1);
        if c.kind == Kind::Nobody {
            f(1, order, 0, 0);
            f(2, head, 0, 0);
            f(3, verb, u32::from(tagged_near), 0);
            f(4, verb_class, u32::from(tagged_near), 0);
            f(5, u32::from(tagged_near), 0, 0);
            f(
                6,
                word(cue.start.wrapping_sub(1)),
                u32::from(tagged_near),
                0,
            );
            f(7, word(cue.end), u32::from(tagged_near), 0);
            return;
        }
        let left = c.tokens.end <= cue.start;
        let side = u32::from(left);
        let between = if left {
            c.tokens.end..cue.start
        } else {
            cue.end.min(c.tokens.start)..c.tokens.start
        };
        let distance = match between.len() {
            n @ 0..=4 => n as u32,
            5..=6 => 5,
            7..=9 => 6,
            10..=15 => 7,
            16..=25 => 8,
            _ => 9,
        };
        let window = between.clone().take(60);
        let (mut commas, mut stops, mut others, mut content, mut cues) =
            (0u32, 0u32, 0u32, 0u32, 0u32);
        for i in window {
            let w = &self.words[i];
            commas += u32::from(w.punct && self.reading.word(i) == ",");
            stops += u32::from(w.first && i > between.start);
            match self.tags[i] {
                1 => others += 1,
                3 => cues += 1,
                5 | 7 => content += 1,
                _ => {}
            }
        }
        if self.words.get(between.end).is_some_and(|w| w.first) && !between.is_empty() {
            stops += 1;
        }
        let in_content = draft
            .parts
            .iter()
            .any(|p| p.start < c.tokens.end && c.tokens.start < p.end);
        let in_quote = self
            .words
            .get(c.tokens.start)
            .is_some_and(|w| w.quote == INSIDE);
        let in_any = self.tags.get(c.tokens.start).is_some_and(|&t| t >= 5);
        let place = u32::from(in_content) + 2 * u32::from(in_quote) + 4 * u32::from(in_any);
        let inside_cue = cue.start <= c.tokens.start && c.tokens.start < cue.end;
        let k = kind + 16 * side;
        f(10, k, distance, 0);
        f(11, k, distance, order);
        f(12, k, place, 0);
        f(13, k, u32::from(c.margin), distance);
        f(14, side, head, verb);
        f(15, side, head, one);
        f(16, side, verb_class, order);
        f(17, side, commas.min(3), stops.min(2));
        f(
            18,
            side,
            others.min(3) + 4 * content.min(3),
            cues.min(3) + 4 * kind,
        );
        f(19, k, others.min(2), stops.min(2) + 4 * order);
        f(20, word(c.tokens.start.wrapping_sub(1)), side, 0);
        f(21, word(c.tokens.end), side, 0);
        f(
            22,
            if c.tokens.len() == 1 {
                word(c.tokens.start)
            } else {
                0
            },
            side,
            distance,
        );
        f(23, word(c.tokens.end - 1), side, 0);
        f(24, cluster(c.tokens.end - 1), side, order);
        f(25, cluster(c.tokens.start), side, 0);
        let start = self.words.get(c.tokens.start).is_some_and(|w| w.first);
        let opening = c.tokens.start == paragraph.start;
        f(26, k, u32::from(start) + 2 * u32::from(opening), order);
        if between.len() == 1 {
            f(27, side, word(between.start), 0);
            f(28, side, word(between.start), head);
        }
        if !between.is_empty() {
            f(29, side, word(between.start), word(between.end - 1));
            f(30, side, word(between.end - 1), kind);
        }
        let same = before.is_some_and(|b| b.start < c.tokens.end && c.tokens.start < b.end);
        f(
            31,
            u32::from(before.is_some()) + 2 * u32::from(same),
            others.min(2),
            side + 2 * kind,
        );
        f(32, u32::from(same), cues.min(3), stops.min(2));
        f(33, u32::from(inside_cue), kind, 0);
        f(34, u32::from(tagged_near), k, distance.min(5));
        f(35, verb, k, 0);
        f(36, word(cue.start.wrapping_sub(1)), k, distance.min(2));
        f(37, word(cue.end), k, distance.min(2));
    }

    /// The best candidate of each draft, with its lead over the next.
    pub(crate) fn rank(&self, drafts: &[Draft], ranker: &Table) -> Vec<Option<(Candidate, i32)>> {
        let mut out: Vec<Option<(Candidate, i32)>> = Vec::with_capacity(drafts.len());
        let mut here: Option<(usize, Vec<Candidate>)> = None;
        let mut features = Vec::new();
        for (n, draft) in drafts.iter().enumerate() {
            let Some(cue) = draft.cue.clone() else {
                out.push(None);
                continue;
            };
            match &draft.given {
                Given::Nothing => {}
                Given::Nobody => {
                    out.push(None);
                    continue;
                }
                Given::Tokens(tokens) => {
                    out.push(Some((Candidate::given(tokens.clone()), GIVEN)));
                    continue;
                }
            }
            let Some((p, tokens)) = self.paragraph(cue.start) else {
                out.push(None);
                continue;
            };
            if here.as_ref().is_none_or(|h| h.0 != p) {
                here = Some((p, self.candidates(&tokens)));
            }
            let all = here.as_ref().map_or(&[][..], |h| h.1.as_slice());
            let before = previous(&out, drafts, n, tokens.start);
            let mut best: Option<(Candidate, i32)> = None;
            let mut second = i32::MIN / 2;
            for c in self.shortlist(draft, all, &tokens) {
                self.features(draft, &c, &tokens, before.as_ref(), &mut features);
                let score = score(ranker, &features);
                match &best {
                    Some((_, top)) if *top >= score => second = second.max(score),
                    _ => {
                        second = best.as_ref().map_or(second, |b| b.1);
                        best = Some((c, score));
                    }
                }
            }
            out.push(best.map(|(c, s)| (self.widened(c, &cue), s.saturating_sub(second))));
        }
        out
    }

    /// The whole phrase around a candidate: "the French negotiator, Claire Dumont" for "French";
    /// without words at its end that are no part of it ("the operator apologised and").
    fn widened(&self, mut c: Candidate, cue: &Range<usize>) -> Candidate {
        if matches!(c.kind, Kind::Nobody | Kind::Pronoun) || c.tokens.is_empty() {
            return c;
        }
        let word = |i: usize| self.reading.word(i);
        let joins = |i: usize| is_any(BOUNDARY, word(i)) || is_any(LIGHT, word(i));
        while c.tokens.len() > 1 {
            let last = c.tokens.end - 1;
            let verb =
                c.kind == Kind::Tagged && self.words[last].shape == 6 && word(last).ends_with("ed");
            if !(joins(last) || word(last) == "," || verb && c.tokens.len() > 2) {
                break;
            }
            c.tokens.end = last;
        }
        let free = |i: usize| {
            !(cue.contains(&i) || self.tags.get(i).is_none_or(|&t| t != 0) || self.words[i].punct)
        };
        if matches!(c.kind, Kind::Name | Kind::Place | Kind::Organisation) {
            // A people, place or body that only describes: "French negotiator".
            let noun = |i: usize| free(i) && self.words[i].shape == 6 && !joins(i);
            let mut end = c.tokens.end;
            while end < c.tokens.end + 3 && noun(end) && self.words[end].cue < 3 {
                end += 1;
            }
            let apposed = end > c.tokens.end && word(end) == ",";
            let at = end + usize::from(apposed);
            let named = self.named.partition_point(|n| n.0.start < at);
            let next = self
                .named
                .get(named)
                .filter(|n| n.0.start == at && n.1 == Kind::Person);
            c.tokens.end = next.map_or(end, |n| n.0.end);
        }
        c
    }

    /// Number and tokens of the paragraph that holds a token.
    pub(crate) fn paragraph(&self, token: usize) -> Option<(usize, Range<usize>)> {
        let p = self
            .reading
            .paragraphs()
            .partition_point(|p| p.tokens.end <= token);
        Some((p, self.reading.paragraphs().get(p)?.tokens.clone()))
    }
}

/// Who spoke the nearest quote before draft `n` of the same paragraph, by cue.
fn previous(
    done: &[Option<(Candidate, i32)>],
    drafts: &[Draft],
    n: usize,
    from: usize,
) -> Option<Range<usize>> {
    let cue = drafts[n].cue.as_ref()?.start;
    (n.saturating_sub(3)..n)
        .filter_map(|k| Some((drafts[k].cue.as_ref()?.start, k)))
        .filter(|&(c, _)| c < cue && c >= from)
        .max()
        .and_then(|(_, k)| done.get(k)?.as_ref())
        .filter(|(c, _)| c.kind != Kind::Nobody)
        .map(|(c, _)| c.tokens.clone())
}

/// Sum of the features' weights.
pub(crate) fn score(ranker: &Table, features: &[u32]) -> i32 {
    features
        .iter()
        .filter_map(|&f| ranker.get(f))
        .map(|w| i32::from(w) - 32_768)
        .sum()
}

/// For learning: the segments of one paragraph.
#[allow(dead_code, reason = "read by training")]
pub(crate) fn tagged(tags: &[u8], within: Range<usize>) -> Vec<Segment> {
    segments(tags, within)
}
