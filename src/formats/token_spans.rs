//! Spans that are counted in tokens too, and relations between them: what spaCy and Prodigy have in common.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;

use super::export::{ExportDocument, Token};
use super::imported::ImportedDocument;
use super::json_text::{items, number, text};

/// The label of the relation from a quote to the words that name its speaker.
const SPEAKER: &str = "speaker";

/// An annotation without the blanks at its ends, in code points and in tokens.
#[derive(Serialize, Clone, Copy)]
pub(super) struct TokenSpan<'a> {
    start: usize,
    end: usize,
    token_start: usize,
    /// The last one.
    token_end: usize,
    label: &'a str,
}

/// Who speaks a quote: the head is the quote, the child the speaker, each by its last token.
#[derive(Serialize)]
pub(super) struct SpeakerRelation<'a> {
    head: usize,
    child: usize,
    head_span: TokenSpan<'a>,
    child_span: TokenSpan<'a>,
    label: &'static str,
}

/// Of an annotation; `None` when it is nothing but blanks.
pub(super) fn token_span<'a>(
    export: &ExportDocument<'a>,
    tokens: &[Token],
    annotation: usize,
) -> Option<TokenSpan<'a>> {
    let annotation = export.annotations.get(annotation)?;
    let (start, end) = export.trimmed(annotation);
    (start < end).then(|| TokenSpan {
        start: export.offsets.point_of_byte(start),
        end: export.offsets.point_of_byte(end),
        token_start: tokens.partition_point(|t| t.end <= start),
        token_end: tokens.partition_point(|t| t.start < end).saturating_sub(1),
        label: annotation.label,
    })
}

/// Of all quotes whose speaker is an annotation.
pub(super) fn speaker_relations<'a>(
    export: &ExportDocument<'a>,
    tokens: &[Token],
) -> Vec<SpeakerRelation<'a>> {
    let relation = |(quote, speaker)| {
        let head_span = token_span(export, tokens, quote)?;
        let child_span = token_span(export, tokens, speaker)?;
        let (head, child) = (head_span.token_end, child_span.token_end);
        Some(SpeakerRelation { head, child, head_span, child_span, label: SPEAKER })
    };
    export.speaker_pairs().into_iter().filter_map(relation).collect()
}

/// Places of annotations by their range and label in the file.
pub(super) type SpanPlaces<'v> = HashMap<(u32, u32, &'v str), Vec<usize>>;

fn span_key(span: &Value) -> Option<(u32, u32, &str)> {
    Some((number(&span["start"])?, number(&span["end"])?, text(&span["label"])))
}

/// Adds the spans of several lists: one that is in two of them is one annotation.
pub(super) fn read_spans<'v>(
    document: &mut ImportedDocument,
    groups: impl Iterator<Item = &'v Value>,
) -> SpanPlaces<'v> {
    let mut places = SpanPlaces::new();
    let mut counts: HashMap<(u32, u32, &str), usize> = HashMap::new();
    for group in groups {
        let mut here: HashMap<(u32, u32, &str), usize> = HashMap::new();
        for key in items(group).iter().filter_map(span_key) {
            let (start, end, label) = key;
            let now = here.entry(key).or_default();
            *now += 1;
            let known = counts.entry(key).or_default();
            if *now <= *known {
                continue;
            }
            *known = *now;
            let range = [document.point(start), document.point(end)];
            let place = document.add_annotation("", label, range, &Value::Null);
            places.entry(key).or_default().push(place);
        }
    }
    document.match_by_place();
    places
}

/// Reads who speaks what.
pub(super) fn read_relations(
    document: &mut ImportedDocument,
    places: &SpanPlaces<'_>,
    relations: &Value,
) {
    if relations.is_array() {
        document.has_all_relations();
    }
    for relation in items(relations) {
        if text(&relation["label"]).eq_ignore_ascii_case(SPEAKER) {
            read_pair(document, places, &relation["head_span"], &relation["child_span"]);
        }
    }
}

/// Reads who speaks what from two lists of spans of equal length.
pub(super) fn read_pairs(
    document: &mut ImportedDocument,
    places: &SpanPlaces<'_>,
    quotes: &Value,
    speakers: &Value,
) {
    let (quotes, speakers) = (items(quotes), items(speakers));
    // Lists of which one was cut say nothing of who belongs to whom.
    if quotes.len() != speakers.len() {
        return;
    }
    document.has_all_relations();
    for (quote, speaker) in quotes.iter().zip(speakers) {
        read_pair(document, places, quote, speaker);
    }
}

/// A quote and who speaks it. Which one of several quotes at one place is meant, a span does not tell.
fn read_pair(
    document: &mut ImportedDocument,
    places: &SpanPlaces<'_>,
    quote: &Value,
    speaker: &Value,
) {
    let places = |span: &Value| places.get(&span_key(span)?).cloned();
    let (Some(quotes), Some(speakers)) = (places(quote), places(speaker)) else {
        return;
    };
    match (quotes.as_slice(), speakers.first()) {
        ([quote], Some(speaker)) => document.set_speaker(*quote, *speaker),
        (several, _) => several.iter().for_each(|quote| document.leave_speaker(*quote)),
    }
}
