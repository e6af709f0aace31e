//! Two people's annotations of one article: how far they agree, where they differ, and what to do
//! about a difference.
//!
//! Owns the measures and the list of differences. Must not know files or buttons. Rejected
//! annotations count as not there.

mod merge;
mod pairs;

pub use merge::take_theirs;

use crate::document::{Annotation, AnnotationId, Body, Document, Kind, QuoteBody, Status};
use crate::edits;
use crate::text::{Span, TokenizedText};
use std::cmp::Reverse;

/// How far two people agree on one kind, or on all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgreementRow {
    /// The kind; `None`: all kinds together.
    pub kind: Option<Kind>,
    /// How many there are on the one side.
    pub mine: usize,
    /// And on the other.
    pub theirs: usize,
    /// Pairs of the same kind over the same characters.
    pub exact: usize,
    /// Pairs of the same kind that share a character; the exact ones among them.
    pub overlap: usize,
    /// Cohen's kappa over the tokens, in thousandths: is a token in an annotation of this kind, or
    /// not; for all kinds: in annotations of which kinds. `None` where chance alone would agree
    /// everywhere.
    pub kappa: Option<i32>,
}

impl AgreementRow {
    /// F1 of `pairs`, in thousandths: twice the pairs by the annotations of both sides. `None`
    /// when there are no annotations.
    pub fn f1(&self, pairs: usize) -> Option<i32> {
        thousandths(2 * pairs as i64, (self.mine + self.theirs) as i64)
    }
}

/// Something that the two say differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The annotation on the one side; `None`: only the other side has one.
    pub mine: Option<AnnotationId>,
    /// The annotation on the other side.
    pub theirs: Option<AnnotationId>,
    /// In what a pair differs, in words for people; empty when one side has none.
    pub points: Vec<&'static str>,
}

/// All that is to be said of two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The kinds that either side has, in the order of [`Kind`], then all of them.
    pub rows: Vec<AgreementRow>,
    /// In the order of the text.
    pub differences: Vec<Difference>,
}

/// `theirs` over the text of `mine`, where it was made of another version of it; and how many of
/// its annotations that version alone has.
pub fn align_text(mine: &Document, theirs: Document) -> (Document, usize) {
    if theirs.text == mine.text {
        return (theirs, 0);
    }
    match edits::revise(&theirs, &mine.text) {
        Ok(revision) => (revision.document, revision.lost.len()),
        Err(_) => {
            let bare = Document { text: mine.text.clone(), ..Document::default() };
            (bare, theirs.annotations.len())
        }
    }
}

/// Compares two documents of the same text ([`align_text`] makes it so). O(n log n), but for annotations
/// that all lie over one another.
pub fn compare(mine: &Document, theirs: &Document) -> Agreement {
    let (a, b) = (live_annotations(mine), live_annotations(theirs));
    let tokens = TokenizedText::new(&mine.text);
    let (masks_a, masks_b) = (token_masks(&tokens, &a), token_masks(&tokens, &b));
    let mut rows = Vec::new();
    let mut all = AgreementRow {
        kind: None,
        mine: a.len(),
        theirs: b.len(),
        exact: 0,
        overlap: 0,
        kappa: cohens_kappa(masks_a.iter().copied().zip(masks_b.iter().copied())),
    };
    for (bit, kind) in Kind::ALL.into_iter().enumerate() {
        let of = |side: &[&Annotation]| -> Vec<Span> {
            let side = side.iter().filter(|a| a.kind() == kind);
            side.map(|a| a.span).collect()
        };
        let (x, y) = (of(&a), of(&b));
        if x.is_empty() && y.is_empty() {
            continue;
        }
        let pairs = pairs::pair_spans(&x, &y);
        let same = |(i, j): &&(usize, usize)| x.get(*i) == y.get(*j);
        let bits = masks_a.iter().zip(&masks_b);
        let row = AgreementRow {
            kind: Some(kind),
            mine: x.len(),
            theirs: y.len(),
            exact: pairs.iter().filter(same).count(),
            overlap: pairs.len(),
            kappa: cohens_kappa(bits.map(|(a, b)| (a >> bit & 1, b >> bit & 1))),
        };
        all.exact += row.exact;
        all.overlap += row.overlap;
        rows.push(row);
    }
    rows.push(all);
    Agreement { rows, differences: list_differences(mine, theirs, &a, &b) }
}

fn live_annotations(document: &Document) -> Vec<&Annotation> {
    let all = document.annotations.iter();
    all.filter(|a| a.status != Status::Rejected).collect()
}

/// For each token the kinds that cover it, a bit a kind.
fn token_masks(reading: &TokenizedText<'_>, annotations: &[&Annotation]) -> Vec<u8> {
    let mut masks = vec![0u8; reading.tokens().len()];
    for a in annotations {
        let bit = Kind::ALL.iter().position(|&k| k == a.kind()).unwrap_or(0);
        for mask in masks.get_mut(reading.tokens_in(a.span)).unwrap_or(&mut []) {
            *mask |= 1 << bit;
        }
    }
    masks
}

/// Cohen's kappa (1960) of two codings into at most 64 classes, in thousandths.
fn cohens_kappa(codes: impl Iterator<Item = (u8, u8)>) -> Option<i32> {
    let (mut a, mut b) = ([0i64; 64], [0i64; 64]);
    let (mut total, mut agreed) = (0i64, 0i64);
    for (x, y) in codes {
        total += 1;
        agreed += i64::from(x == y);
        for (counts, code) in [(&mut a, x), (&mut b, y)] {
            if let Some(count) = counts.get_mut(usize::from(code)) {
                *count += 1;
            }
        }
    }
    // (observed − by chance) / (1 − by chance), all times the square of the tokens.
    let chance: i64 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
    thousandths(total * agreed - chance, total * total - chance)
}

/// In thousandths, rounded; `None` without a whole.
fn thousandths(part: i64, whole: i64) -> Option<i32> {
    if whole <= 0 {
        return None;
    }
    // The square of the most tokens that a text can have, and thousands of it, are far from i64's end.
    let twice = 2000 * part + whole;
    i32::try_from(twice.div_euclid(2 * whole)).ok()
}

fn list_differences(
    mine: &Document,
    theirs: &Document,
    a: &[&Annotation],
    b: &[&Annotation],
) -> Vec<Difference> {
    // Entities stand against entities, dates against dates, quotes against quotes.
    let class = |a: &Annotation| match a.body {
        Body::Entity(_) => 0,
        Body::Date(_) => 1,
        Body::Quote(_) => 2,
    };
    let mut out: Vec<(Span, Difference)> = Vec::new();
    for c in 0..3 {
        let of = |side: &[&'_ Annotation]| -> Vec<usize> {
            let side = side.iter().enumerate().filter(|(_, a)| class(a) == c);
            side.map(|(i, _)| i).collect()
        };
        let (x, y) = (of(a), of(b));
        let spans = |side: &[&Annotation], these: &[usize]| -> Vec<Span> {
            let spans = these.iter().filter_map(|&i| side.get(i));
            spans.map(|a| a.span).collect()
        };
        let pairs = pairs::pair_spans(&spans(a, &x), &spans(b, &y));
        let (mut left, mut right) = (vec![true; x.len()], vec![true; y.len()]);
        for (i, j) in pairs {
            left[i] = false;
            right[j] = false;
            let (p, q) = (a[x[i]], b[y[j]]);
            let points = differing_aspects(mine, p, theirs, q);
            if !points.is_empty() {
                let (mine, theirs) = (Some(p.id.clone()), Some(q.id.clone()));
                let difference = Difference { mine, theirs, points };
                out.push((p.span, difference));
            }
        }
        let alone = |side: &[&Annotation], these: Vec<usize>, alone: Vec<bool>| {
            let these = these.into_iter().zip(alone).filter(|(_, alone)| *alone);
            let these = these.filter_map(|(i, _)| side.get(i));
            these.map(|a| (a.span, a.id.clone())).collect::<Vec<_>>()
        };
        for (span, id) in alone(a, x, left) {
            out.push((span, Difference { mine: Some(id), theirs: None, points: Vec::new() }));
        }
        for (span, id) in alone(b, y, right) {
            out.push((span, Difference { mine: None, theirs: Some(id), points: Vec::new() }));
        }
    }
    out.sort_by_key(|(span, _)| (span.start(), Reverse(span.end())));
    out.into_iter().map(|(_, difference)| difference).collect()
}

/// In what two annotations of one class differ.
fn differing_aspects(
    mine: &Document,
    a: &Annotation,
    theirs: &Document,
    b: &Annotation,
) -> Vec<&'static str> {
    let mut points = Vec::new();
    let mut differ = |differ: bool, point| {
        if differ {
            points.push(point);
        }
    };
    differ(a.span != b.span, "boundaries");
    match (&a.body, &b.body) {
        (Body::Entity(a), Body::Entity(b)) => differ(a.label != b.label, "label"),
        (Body::Date(a), Body::Date(b)) => {
            let value = |t: &crate::document::Timex| (t.kind, t.value.clone(), t.modifier.clone());
            differ(value(&a.timex) != value(&b.timex), "value");
        }
        (Body::Quote(a), Body::Quote(b)) => {
            differ(a.kind != b.kind, "kind of quote");
            differ(speaker_name(mine, a) != speaker_name(theirs, b), "speaker");
            differ(a.cue != b.cue, "cue");
        }
        _ => {}
    }
    points
}

/// Who speaks, by name where that is known, else by the words of the text.
pub fn speaker_name(document: &Document, quote: &QuoteBody) -> Option<String> {
    let speaker = quote.speaker.as_ref()?;
    let said = || {
        let words = speaker.mention.iter().map(|&m| document.text.slice(m));
        words.collect::<Vec<_>>().join(" ")
    };
    let name = speaker.name.clone().unwrap_or_else(said);
    Some(name).filter(|n| !n.is_empty())
}

#[cfg(test)]
mod tests;
