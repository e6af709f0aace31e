//! Finished quotes: spans, kind, speaker with entity, strength, confidence and reason.

use std::ops::Range;

use super::assemble::{Draft, part_span};
use super::builder::QuoteBuilder;
use super::continuing::{self, Previous, Uncued};
use super::marks::Region;
use super::quote::{Quote, Speaker};
use super::speakers::{CandidateKind, SpeakerCandidate};
use super::strength;
use super::words::OUTSIDE;
use crate::coreference::{Referents, Resolution};
use crate::document::{Confidence, QuoteKind, Strength};
use crate::text::{Span, TokenizedText, one_line};

/// Turns drafts with their ranked speakers into quotes, in text order.
pub(super) fn build_quotes(
    builder: &QuoteBuilder<'_>,
    referents: &mut Referents<'_>,
    drafts: &[Draft],
    spoken: Vec<Option<(SpeakerCandidate, i32)>>,
) -> Vec<Quote> {
    let mut out = Vec::new();
    let mut before: Vec<Previous> = Vec::new();
    let mut open = Vec::new();
    for (draft, who) in drafts.iter().zip(spoken) {
        let kind = if draft.spoken { QuoteKind::Direct } else { quote_kind(builder, &draft.parts) };
        let later = |cue: &Range<usize>| {
            kind == QuoteKind::Direct
                && continuing::is_cue_of_later_sentence(builder, &draft.parts, cue)
        };
        let cue = draft.cue.as_ref().filter(|cue| !later(cue));
        let who = who.filter(|w| w.0.kind != CandidateKind::Nobody && cue.is_some());
        let mut meant: Option<String> = None;
        let mut speaker = who.as_ref().and_then(|(c, lead)| {
            let span = builder.reading.span_of(c.tokens.clone())?;
            let resolution = match referents.resolve(&c.tokens, cue, &draft.parts) {
                Some(resolution) => Some(resolution),
                None => referents
                    .add_nameless(&c.tokens)
                    .map(|candidate| Resolution { candidate, confidence: 1000 }),
            };
            let sure = look_up_confidence(&builder.extra.calibration[1], *lead, 12);
            if let Some(m) = resolution {
                referents.record_speaker(m.candidate, c.tokens.start);
            }
            let candidate = resolution.and_then(|m| Some((referents.candidate(m.candidate)?, m)));
            meant = candidate.and_then(|(f, _)| {
                let words = one_line(builder.reading.slice(span));
                let differs = f.cluster.is_some() && !words.contains(f.name.as_str());
                let surname = f.name.split(' ').any(|part| words.contains(part));
                (differs && !surname).then(|| format!("{words} = {}", f.name))
            });
            let sure = candidate
                .map_or(sure, |(_, m)| (u32::from(sure) * u32::from(m.confidence) / 1000) as u16);
            Some(Speaker {
                mention: vec![span],
                cluster: candidate.and_then(|(f, _)| f.cluster),
                name: candidate.filter(|(f, _)| f.cluster.is_none()).map(|(f, _)| f.name.clone()),
                confidence: Confidence::from_permille(sure),
            })
        });
        let mut reason = cue
            .and_then(|c| builder.reading.span_of(c.clone()))
            .map(|c| format!("cue: {}", builder.reading.slice(c)));
        // "the institute = Statistics Institute": whom a description or a pronoun was taken to mean.
        if let (Some(words), Some(why)) = (meant, reason.as_mut()) {
            why.push_str("; ");
            why.push_str(&words);
        }
        // A paragraph of speech without a cue goes on where the last one ended.
        let whole = is_whole_paragraph(builder, draft);
        if cue.is_none() && speaker.is_none() {
            let uncued = Uncued {
                parts: &draft.parts,
                paragraph: draft.paragraph,
                direct: kind == QuoteKind::Direct,
                whole,
            };
            let found = continuing::find_speaker(builder, referents, &before, &uncued);
            let why = found.as_ref().map_or("quotation marks without a cue", |f| f.1);
            reason = Some(why.to_owned());
            speaker = found.map(|f| f.0);
        }
        let parts: Vec<Span> = draft
            .parts
            .iter()
            .filter_map(|p| part_span(builder.reading, builder.regions, p))
            .collect();
        let Some(&first) = parts.first() else {
            continue;
        };
        let span = parts
            .iter()
            .chain(marks_of_parts(builder, &draft.parts).iter())
            .fold(first, |a, b| a.hull(*b));
        let speaker_tokens = who.as_ref().map(|w| w.0.tokens.clone());
        let mut sure = look_up_confidence(&builder.extra.calibration[0], draft.margin, 12);
        if kind == QuoteKind::Indirect
            && strength::is_too_weak(builder.reading, cue, speaker.is_some(), sure)
        {
            continue;
        }
        let content = draft.parts.first();
        let speaker_tokens = speaker_tokens.as_ref();
        let strength =
            strength::classify_strength(builder.reading, kind, cue, content, speaker_tokens);
        let unclosed = ends_open(builder, first.hull(parts.last().copied().unwrap_or(first)));
        open.push(unclosed);
        let paragraph = builder.reading.paragraph_at(span.end().saturating_sub(1));
        before.push(Previous {
            paragraph: paragraph.unwrap_or(draft.paragraph),
            end: draft.parts.last().map_or(0, |p| p.end),
            speech: kind == QuoteKind::Direct || (whole && kind == QuoteKind::Mixed),
            open: unclosed,
            speaker: speaker.clone(),
        });
        if cue.is_none() {
            sure = sure.min(700);
        }
        out.push(Quote {
            span,
            kind,
            parts,
            cue: cue.iter().filter_map(|c| builder.reading.span_of((*c).clone())).collect(),
            speaker,
            strength,
            confidence: Confidence::from_permille(sure),
            reason,
        });
    }
    continuing::speak_backwards(builder, &mut out, &open);
    out
}

/// Whether the quotation marks around the end of `content` are not closed.
fn ends_open(builder: &QuoteBuilder<'_>, content: Span) -> bool {
    let last = content.end().saturating_sub(1);
    let from = builder.regions.partition_point(|r| r.outer.end() <= last);
    let mut near = builder.regions[from.saturating_sub(2)..].iter().take(4);
    near.any(|r| r.depth == 0 && !r.closed && r.outer.start() <= last && last < r.outer.end())
}

/// Quotes without a model: what stands between quotation marks and is long enough for speech.
pub(super) fn build_unattributed(reading: &TokenizedText<'_>, regions: &[Region]) -> Vec<Quote> {
    regions
        .iter()
        .filter(|r| r.depth == 0 && reading.tokens_in(r.inner).len() >= 6)
        .map(|r| Quote {
            span: r.outer,
            kind: QuoteKind::Direct,
            parts: vec![r.inner],
            cue: Vec::new(),
            speaker: None,
            strength: Strength::Speech,
            confidence: Confidence::from_permille(500),
            reason: Some("quotation marks without a cue".to_owned()),
        })
        .collect()
}

/// A calibration table's entry for a margin, per mille; the table has steps of `unit` score units.
fn look_up_confidence(table: &[u16], margin: i32, unit: i32) -> u16 {
    let at = (margin / unit).max(0) as usize;
    table.get(at.min(table.len().saturating_sub(1))).copied().unwrap_or(500)
}

fn quote_kind(builder: &QuoteBuilder<'_>, parts: &[Range<usize>]) -> QuoteKind {
    let (mut quoted, mut all) = (0, 0);
    for i in parts.iter().cloned().flatten() {
        let Some(w) = builder.words.get(i) else { continue };
        if !w.punct {
            all += 1;
            quoted += usize::from(w.quote != OUTSIDE);
        }
    }
    if quoted == 0 {
        QuoteKind::Indirect
    } else if quoted == all {
        QuoteKind::Direct
    } else {
        QuoteKind::Mixed
    }
}

fn is_whole_paragraph(builder: &QuoteBuilder<'_>, draft: &Draft) -> bool {
    let Some(p) = builder.reading.paragraphs().get(draft.paragraph) else {
        return false;
    };
    // Words alone: of a short quote the marks and stops are half the tokens.
    let words = |tokens: Range<usize>| {
        tokens.filter(|&i| builder.words.get(i).is_some_and(|w| !w.punct)).count()
    };
    let held: usize = draft.parts.iter().cloned().map(words).sum();
    held * 10 >= words(p.tokens.clone()) * 8
}

/// The quoted regions all of whose words are in the parts: their marks belong to the quote.
fn marks_of_parts(builder: &QuoteBuilder<'_>, parts: &[Range<usize>]) -> Vec<Span> {
    let mut out = Vec::new();
    for part in parts {
        let Some(span) = builder.reading.span_of(part.clone()) else {
            continue;
        };
        let from = builder.regions.partition_point(|r| r.outer.start() + 8 < span.start());
        for r in builder.regions[from.saturating_sub(2)..]
            .iter()
            .take_while(|r| r.outer.start() < span.end())
        {
            let inner = builder.reading.tokens_in(r.inner);
            let first = inner.clone().find(|&i| !builder.words[i].punct);
            let last = inner.rev().take(6).find(|&i| !builder.words[i].punct);
            if let (Some(a), Some(z)) = (first, last)
                && part.contains(&a)
                && part.contains(&z)
            {
                out.push(r.outer);
            }
        }
    }
    out
}
