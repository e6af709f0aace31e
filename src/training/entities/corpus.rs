//! Reading the corpora: texts with gold names, what each source leaves open, and made-up capitals.

use std::fs;
use std::io;
use std::path::Path;

use serde::Deserialize;

use crate::random::SplitMix;
use galley_engine::document::Label;
use galley_engine::entities::tagger::trim_name;
use galley_engine::entities::tags::{self, OUTSIDE, TAGS, Tag};
use galley_engine::text::{OffsetMap, SourceText, Span, TokenizedText};

/// A set of tags, a bit each.
pub(super) type TagSet = u32;
pub(super) const ALL: TagSet = u32::MAX;

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    source: String,
    text: String,
    #[serde(default)]
    ents: Vec<(usize, usize, String)>,
    #[serde(default)]
    ignore: Vec<(usize, usize)>,
    #[serde(default)]
    labels: Option<Vec<String>>,
}

// `ignore` may carry a label as a third field.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stretch {
    Two(usize, usize),
    Three(usize, usize, serde::de::IgnoredAny),
}

#[derive(Deserialize)]
struct Row {
    #[serde(flatten)]
    rest: serde_json::Map<String, serde_json::Value>,
}

/// A text with its gold.
#[derive(Debug, Clone)]
pub(super) struct Doc {
    pub(super) source: String,
    pub(super) text: SourceText,
    /// Bytes and label; amounts, dates and titles are left out.
    pub(super) names: Vec<(Span, Label)>,
    pub(super) ignore: Vec<Span>,
    /// The labels that the source annotates.
    pub(super) known: Vec<Label>,
}

/// Reads a JSONL set.
pub(super) fn read_docs(path: &Path) -> io::Result<Vec<Doc>> {
    let text = fs::read_to_string(path)?;
    let bad = |n: usize, e: &dyn std::fmt::Display| {
        io::Error::other(format!("{}:{}: {e}", path.display(), n + 1))
    };
    let mut docs = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let row: Row = serde_json::from_str(line).map_err(|e| bad(n, &e))?;
        let mut rest = row.rest;
        let ignore: Vec<Stretch> = match rest.remove("ignore") {
            Some(v) => serde_json::from_value(v).map_err(|e| bad(n, &e))?,
            None => Vec::new(),
        };
        let mut line: Line =
            serde_json::from_value(serde_json::Value::Object(rest)).map_err(|e| bad(n, &e))?;
        line.ignore = ignore
            .into_iter()
            .map(|s| match s {
                Stretch::Two(a, z) | Stretch::Three(a, z, _) => (a, z),
            })
            .collect();
        docs.push(parse_doc(line).ok_or_else(|| bad(n, &"a span lies outside the text"))?);
    }
    Ok(docs)
}

fn parse_doc(line: Line) -> Option<Doc> {
    let text = SourceText::new(&line.text).ok()?;
    let map = OffsetMap::new(&text);
    let span = |a: usize, z: usize| text.span(map.byte_of_point(a), map.byte_of_point(z));
    let mut names = Vec::new();
    for (a, z, label) in &line.ents {
        if let Some(label) = Label::parse(label).filter(|l| l.is_name()) {
            names.push((span(*a, *z)?, label));
        }
    }
    names.sort_by_key(|(s, l)| (s.start(), std::cmp::Reverse(s.end()), *l));
    let ignore = line.ignore.iter().filter_map(|&(a, z)| span(a, z)).collect();
    let known = match &line.labels {
        Some(labels) => labels.iter().filter_map(|l| Label::parse(l)).collect(),
        None => vec![Label::Person, Label::Org, Label::Gpe, Label::Loc, Label::Norp],
    };
    Some(Doc { source: line.source, text, names, ignore, known })
}

/// Single sentences of one article in a row become one text again, `size` at a time.
pub(super) fn glue_sentences(docs: Vec<Doc>, size: usize) -> Vec<Doc> {
    let mut out = Vec::new();
    for group in docs.chunks(size) {
        let mut text = String::new();
        let (mut names, mut ignore) = (Vec::new(), Vec::new());
        for d in group {
            let base = text.len();
            let moved = |s: Span| (base + s.start(), base + s.end());
            names.extend(d.names.iter().map(|&(s, l)| (moved(s), l)));
            ignore.extend(d.ignore.iter().map(|&s| moved(s)));
            text.push_str(d.text.as_str());
            text.push('\n');
        }
        let Ok(text) = SourceText::new(&text) else {
            continue;
        };
        let span = |(a, z): (usize, usize)| text.span(a, z);
        out.push(Doc {
            source: group[0].source.clone(),
            names: names.into_iter().filter_map(|(s, l)| Some((span(s)?, l))).collect(),
            ignore: ignore.into_iter().filter_map(span).collect(),
            known: group[0].known.clone(),
            text,
        });
    }
    out
}

/// A copy with some paragraphs and some names in capitals, so that such lines are known.
/// `None` when chance chose nothing.
pub(super) fn uppercase_some(
    doc: &Doc,
    random: &mut SplitMix,
    lines: u64,
    names: u64,
) -> Option<Doc> {
    let raw = doc.text.as_str();
    let mut bytes = raw.as_bytes().to_vec();
    let mut any = false;
    let mut at = 0;
    for line in raw.split('\n') {
        if random.below(1000) < lines && line.len() < 400 {
            bytes[at..at + line.len()].make_ascii_uppercase();
            any = true;
        }
        at += line.len() + 1;
    }
    for (span, _) in &doc.names {
        if random.below(1000) < names {
            bytes[span.range()].make_ascii_uppercase();
            any = true;
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    any.then(|| Doc { text: SourceText::new(&text).unwrap_or_default(), ..doc.clone() })
}

/// Which tags each token may have, by the gold and by what the source does not say.
pub(super) fn allowed_tags(
    doc: &Doc,
    reading: &TokenizedText<'_>,
    either_place: bool,
) -> Vec<TagSet> {
    let mut open: TagSet = 1 << OUTSIDE;
    for t in 0..TAGS as Tag {
        if tags::meaning(t).is_some_and(|(l, _)| !doc.known.contains(&l)) {
            open |= 1 << t;
        }
    }
    let tokens = reading.tokens();
    let mut sets = vec![open; tokens.len()];
    let mut end = 0;
    for &(span, label) in &doc.names {
        let range = reading.tokens_in(span);
        let whole = tokens.get(range.start).is_some_and(|t| t.span.start() >= span.start())
            && range.end > range.start
            && tokens.get(range.end - 1).is_some_and(|t| t.span.end() <= span.end());
        if !whole || range.start < end {
            // Gold that cuts a token, or nested gold: nothing is learned here.
            for set in &mut sets[range.clone()] {
                *set = ALL;
            }
            end = end.max(range.end);
            continue;
        }
        let inner = trim_name(reading, range.clone());
        for (k, i) in inner.clone().enumerate() {
            sets[i] = 1 << tags::tag(label, k, inner.len());
            if either_place && matches!(label, Label::Gpe | Label::Loc) {
                for place in [Label::Gpe, Label::Loc] {
                    sets[i] |= 1 << tags::tag(place, k, inner.len());
                }
            }
        }
        end = range.end;
    }
    for &span in &doc.ignore {
        for set in &mut sets[reading.tokens_in(span)] {
            *set = ALL;
        }
    }
    sets
}
