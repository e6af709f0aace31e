//! Reads attributed text: one JSON object a line, `text` and `quotes` with `content`, `cue` and
//! `speaker` in code points.

use serde::Deserialize;

use galley_engine::document::QuoteKind;
use galley_engine::text::{SourceText, Span, TokenizedText};

/// An article with its gold quotes.
pub(crate) struct Article {
    pub source: SourceText,
    pub quotes: Vec<Gold>,
}

/// A gold quote, in bytes.
pub(crate) struct Gold {
    #[allow(dead_code, reason = "the corpus says it; the engine derives it from the marks")]
    pub kind: QuoteKind,
    pub content: Vec<Span>,
    pub cue: Vec<Span>,
    pub speaker: Vec<Span>,
}

#[derive(Deserialize)]
struct Line {
    text: String,
    quotes: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    kind: String,
    content: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    speaker: Vec<[usize; 2]>,
}

/// All articles of a file's text.
///
/// # Errors
/// The number of the line and what is wrong with it.
pub(crate) fn read_articles(jsonl: &str) -> Result<Vec<Article>, String> {
    let mut out = Vec::new();
    for (n, line) in jsonl.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(line).map_err(|e| format!("line {}: {e}", n + 1))?;
        let source = SourceText::new(&line.text).map_err(|e| format!("line {}: {e}", n + 1))?;
        let mut bytes: Vec<usize> = source.as_str().char_indices().map(|(i, _)| i).collect();
        bytes.push(source.len());
        let spans = |list: &[[usize; 2]]| -> Vec<Span> {
            list.iter().filter_map(|&[a, z]| source.span(*bytes.get(a)?, *bytes.get(z)?)).collect()
        };
        let quotes = line
            .quotes
            .iter()
            .map(|q| Gold {
                kind: match q.kind.as_str() {
                    "direct" => QuoteKind::Direct,
                    "mixed" => QuoteKind::Mixed,
                    _ => QuoteKind::Indirect,
                },
                content: spans(&q.content),
                cue: spans(&q.cue),
                speaker: spans(&q.speaker),
            })
            .collect();
        out.push(Article { source, quotes });
    }
    Ok(out)
}

/// The texts of a file of articles without gold.
///
/// # Errors
/// The number of the line and what is wrong with it.
pub(crate) fn read_texts(jsonl: &str) -> Result<Vec<String>, String> {
    #[derive(Deserialize)]
    struct Line {
        text: String,
    }
    let read = |(n, line): (usize, &str)| {
        let line: Line = serde_json::from_str(line).map_err(|e| format!("line {}: {e}", n + 1))?;
        Ok(line.text)
    };
    jsonl.lines().filter(|l| !l.trim().is_empty()).enumerate().map(read).collect()
}

/// Content as the tagger is to find it: parts joined over marks alone, without marks and stops at
/// the ends and without a leading "that"; as token ranges.
pub(crate) fn content_segments(
    reading: &TokenizedText<'_>,
    content: &[Span],
) -> Vec<std::ops::Range<usize>> {
    let mut spans = content.to_vec();
    spans.sort_unstable();
    let is_word = |i: usize| reading.word(i).chars().any(char::is_alphanumeric);
    let mut joined: Vec<std::ops::Range<usize>> = Vec::new();
    for s in spans {
        let range = reading.tokens_in(s);
        match joined.last_mut() {
            Some(last) if !(last.end..range.start).any(is_word) => {
                last.end = range.end.max(last.end)
            }
            _ => joined.push(range),
        }
    }
    joined
        .into_iter()
        .filter_map(|mut r| {
            while r.start < r.end && !is_word(r.start) {
                r.start += 1;
            }
            while r.start < r.end && !is_word(r.end - 1) {
                r.end -= 1;
            }
            if r.len() > 1 && reading.word(r.start).eq_ignore_ascii_case("that") {
                r.start += 1;
                while r.start < r.end && !is_word(r.start) {
                    r.start += 1;
                }
            }
            (r.start < r.end).then_some(r)
        })
        .collect()
}

/// Gold tags, one a token.
pub(crate) fn gold_tags(reading: &TokenizedText<'_>, quotes: &[Gold]) -> Vec<u8> {
    use galley_engine::quotes::training::{CONTENT_AFTER, CONTENT_BEFORE, CUE, SPEAKER};
    let mut tags = vec![0u8; reading.tokens().len()];
    let mut put = |range: std::ops::Range<usize>, tag: u8, over: bool| {
        let mut first = true;
        for i in range {
            if tags[i] == 0 || over {
                tags[i] = if first { tag } else { tag + 1 };
                first = false;
            } else {
                first = true;
            }
        }
    };
    for q in quotes {
        let cue = q.cue.first().map_or(usize::MAX, |c| c.start());
        for r in content_segments(reading, &q.content) {
            let before = reading.tokens()[r.start].span.start() < cue;
            put(r, if before { CONTENT_BEFORE } else { CONTENT_AFTER }, true);
        }
    }
    let words = |s: &Span| {
        let mut r = reading.tokens_in(*s);
        let is_word = |i: usize| reading.word(i).chars().any(char::is_alphanumeric);
        while r.len() > 1 && !is_word(r.end - 1) {
            r.end -= 1;
        }
        while r.len() > 1 && !is_word(r.start) {
            r.start += 1;
        }
        r
    };
    for q in quotes {
        for c in &q.cue {
            put(words(c), CUE, false);
        }
    }
    for q in quotes {
        for s in &q.speaker {
            put(words(s), SPEAKER, false);
        }
    }
    // A tag of another paragraph never goes on; nor does one after a tag it cannot follow.
    for p in reading.paragraphs() {
        let mut before = 0u8;
        for i in p.tokens.clone() {
            let t = tags[i];
            if t != 0 && t % 2 == 0 && before != t && before + 1 != t {
                tags[i] = t - 1;
            }
            before = tags[i];
        }
    }
    tags
}
