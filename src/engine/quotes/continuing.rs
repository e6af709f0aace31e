//! Speech without a cue: it goes on from speech before it, or follows a sentence about its speaker.
//!
//! Owns the choice among these. Must not know how a speaker's words are resolved.

use std::ops::Range;

use super::builder::QuoteBuilder;
use super::quote::{Quote, Speaker};
use super::words::{INSIDE, OPENS};
use crate::coreference::Referents;
use crate::document::{Confidence, QuoteKind};

/// At most so many paragraphs (links, pictures) stand between two pieces of speech whose quotation
/// marks were not closed.
const MAX_PARAGRAPHS_BETWEEN: usize = 12;

/// A quote that was built, as a later one may go on from it.
pub(super) struct Previous {
    /// Index into the paragraphs, of its last part.
    pub paragraph: usize,
    /// Its last token, exclusive.
    pub end: usize,
    /// Between quotation marks, or most of its paragraph.
    pub speech: bool,
    /// Its last quotation marks were not closed.
    pub open: bool,
    /// Who speaks.
    pub speaker: Option<Speaker>,
}

/// A speaker with less confidence, in tenths.
fn lower_confidence(speaker: &Speaker, tenths: u16) -> Speaker {
    let confidence = Confidence::from_permille(speaker.confidence.permille() / 10 * tenths);
    Speaker { confidence, ..speaker.clone() }
}

/// Speech that is to get a speaker.
pub(super) struct Uncued<'a> {
    /// Its parts, in tokens.
    pub parts: &'a [Range<usize>],
    /// Index into the paragraphs, of its first part.
    pub paragraph: usize,
    /// All of it stands between quotation marks.
    pub direct: bool,
    /// It is nearly all of its paragraph.
    pub whole: bool,
}

/// Who speaks where no cue says it, and why.
pub(super) fn find_speaker(
    builder: &QuoteBuilder<'_>,
    referents: &mut Referents<'_>,
    before: &[Previous],
    quote: &Uncued<'_>,
) -> Option<(Speaker, &'static str)> {
    let start = quote.parts.first()?.start;
    let paragraph = builder.reading.paragraphs().get(quote.paragraph)?;
    let opens = start <= paragraph.tokens.start + 2;
    // "“I never had that feeling.⏎ … ⏎“It was …": the marks were not closed.
    if quote.direct && opens {
        let mut recent = before.iter().rev().take(6);
        let unclosed = recent.find(|b| {
            b.open
                && b.paragraph < quote.paragraph
                && quote.paragraph - b.paragraph <= MAX_PARAGRAPHS_BETWEEN
        });
        if let Some(speaker) = unclosed.and_then(|b| b.speaker.as_ref()) {
            return Some((lower_confidence(speaker, 9), "goes on from the quote before"));
        }
    }
    let last = before.last().filter(|b| b.speaker.is_some());
    if let Some(last) = last.filter(|b| b.speech && quote.paragraph <= b.paragraph + 1)
        && let Some(speaker) = &last.speaker
        && (quote.paragraph > last.paragraph || !has_sentence_between(builder, last.end..start))
    {
        return Some((lower_confidence(speaker, 9), "goes on from the quote before"));
    }
    if !quote.direct || !is_sentence(builder, quote.parts) {
        return None;
    }
    // The sentence before it, in its paragraph or the one before.
    let sentences = builder.reading.sentences();
    let here = builder.reading.sentence_of_token(start);
    let sentence = sentences.get(here.checked_sub(1)?)?.tokens.clone();
    let same = sentence.start >= paragraph.tokens.start;
    if !(same || quote.whole && opens) {
        return None;
    }
    let near = builder.reading.paragraphs().get(quote.paragraph.saturating_sub(1))?;
    if !same && sentence.start < near.tokens.start {
        return None;
    }
    // Speech that the sentence reports is its speaker's.
    if let Some(speaker) = last
        .filter(|b| b.end + 3 >= sentence.end && b.end <= start)
        .and_then(|b| b.speaker.as_ref())
    {
        return Some((lower_confidence(speaker, 9), "goes on from the speech before"));
    }
    if before.last().is_some_and(|b| b.end > sentence.start) {
        return None;
    }
    // A title or a link has no subject.
    let ends = builder.reading.word(sentence.end.checked_sub(1)?);
    if !matches!(ends, "." | "!" | "?" | ":") {
        return None;
    }
    let (resolution, words) = referents.resolve_subject(&sentence)?;
    let candidate = referents.candidate(resolution.candidate)?;
    let confidence = resolution.confidence / 10 * if same { 10 } else { 8 };
    let speaker = Speaker {
        mention: vec![builder.reading.span_of(words.clone())?],
        cluster: candidate.cluster,
        name: candidate.cluster.is_none().then(|| candidate.name.clone()),
        confidence: Confidence::from_permille(confidence),
    };
    referents.record_speaker(resolution.candidate, words.start);
    Some((speaker, "follows a sentence about its speaker"))
}

/// Whether the cue stands in a sentence of its own after finished speech, which it does not
/// introduce: "“It was late.” The team called to say …".
pub(super) fn is_cue_of_later_sentence(
    builder: &QuoteBuilder<'_>,
    parts: &[Range<usize>],
    cue: &Range<usize>,
) -> bool {
    let Some(last) = parts.last() else { return false };
    let sentences = builder.reading.sentences();
    let Some(s) = sentences.get(builder.reading.sentence_of_token(cue.start)) else {
        return false;
    };
    // "“It was late.” Lee said." is one sentence to whoever wrote it.
    let long = s.tokens.len() > cue.len() + 6;
    s.tokens.start >= last.end && long && is_sentence(builder, parts)
}

/// Whether a sentence outside quotation begins and ends in `between`.
fn has_sentence_between(builder: &QuoteBuilder<'_>, between: Range<usize>) -> bool {
    let outside = |i: &usize| {
        builder.words.get(*i).is_some_and(|w| !w.punct && w.quote != INSIDE && w.quote != OPENS)
    };
    between.filter(outside).count() > 3
}

/// Whether the content is whole sentences: it begins with a capital, and a stop ends it.
fn is_sentence(builder: &QuoteBuilder<'_>, parts: &[Range<usize>]) -> bool {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return false;
    };
    let word = |i: usize| builder.reading.word(i);
    let stop =
        (last.end.saturating_sub(1)..last.end + 2).any(|i| word(i).ends_with(['.', '!', '?', '…']));
    builder.words.get(first.start).is_some_and(|w| !w.is_lowercase()) && stop
}

/// Gives speech without a speaker that of what follows it: the next paragraph, where its marks were
/// not closed; the main clause of its sentence ("Calling it “a shame”, Lee said …").
pub(super) fn speak_backwards(builder: &QuoteBuilder<'_>, quotes: &mut [Quote], open: &[bool]) {
    let reading = builder.reading;
    for i in (1..quotes.len()).rev() {
        let (before, rest) = quotes.split_at_mut(i);
        let (Some(quote), Some(next)) = (before.last_mut(), rest.first()) else {
            continue;
        };
        let Some(speaker) = next.speaker.as_ref().filter(|_| quote.speaker.is_none()) else {
            continue;
        };
        let paragraph = |at: usize| reading.paragraph_at(at);
        let follows = paragraph(quote.span.end().saturating_sub(1)).map(|p| p + 1)
            == paragraph(next.span.start());
        let unclosed = open.get(i - 1).is_some_and(|&o| o)
            && follows
            && quote.cue.is_empty()
            && next.kind != QuoteKind::Indirect;
        let sentence = |at: usize| reading.sentences().partition_point(|s| s.span.end() <= at);
        let participle = quote.cue.first().is_some_and(|c| {
            reading.slice(*c).split(' ').next().is_some_and(|w| w.ends_with("ing"))
        });
        let clause = participle
            && speaker.mention.first().is_some_and(|m| {
                sentence(m.start()) == sentence(quote.span.start()) && m.start() >= quote.span.end()
            });
        if unclosed || clause {
            quote.speaker = Some(lower_confidence(speaker, 9));
        }
    }
}
