//! Sentences that are one attribution and nothing more: what variants are made from.

use super::super::corpus::{Article, Gold};
use galley_engine::text::{Span, TokenizedText};

/// Where the speaker and the cue stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// "Lee said it rains."
    SpeakerFirst,
    /// "It rains, said Lee." or "It rains, Lee said."
    ContentFirst,
}

/// One attribution that is a whole sentence.
pub(super) struct Simple<'a> {
    pub speaker: &'a str,
    pub cue: &'a str,
    pub content: &'a str,
    pub order: Order,
    /// The content stands in quotation marks.
    pub quoted: bool,
    /// "that" leads to the content.
    pub that: bool,
}

/// All of an article.
pub(super) fn find_simple<'a>(
    article: &'a Article,
    reading: &TokenizedText<'_>,
) -> Vec<Simple<'a>> {
    article.quotes.iter().filter_map(|q| read_simple(article, reading, q)).collect()
}

fn read_simple<'a>(
    article: &'a Article,
    reading: &TokenizedText<'_>,
    q: &Gold,
) -> Option<Simple<'a>> {
    let ([content], [cue], [speaker]) =
        (q.content.as_slice(), q.cue.as_slice(), q.speaker.as_slice())
    else {
        return None;
    };
    let sentence = reading.sentences().get(reading.sentence_at(content.start())?)?;
    let sentence = reading.span_of(sentence.tokens.clone())?;
    let all = content.hull(*cue).hull(*speaker);
    let text = article.source.as_str();
    if all.start() != sentence.start() || all.end() > sentence.end() {
        return None;
    }
    let other =
        |g: &Gold| g.content != q.content && g.content.iter().any(|s: &Span| s.overlaps(sentence));
    if article.quotes.iter().any(other) {
        return None;
    }
    let between = |a: Span, b: Span| text.get(a.end()..b.start()).map(str::trim);
    let order = if speaker.end() <= cue.start() && cue.end() <= content.start() {
        Order::SpeakerFirst
    } else {
        Order::ContentFirst
    };
    let (that, opens) = match order {
        Order::SpeakerFirst => {
            let to = between(*cue, *content)?;
            if !between(*speaker, *cue)?.is_empty()
                || !matches!(to, "" | "that" | ", “" | "“" | ", \"")
            {
                return None;
            }
            (to == "that", to.ends_with(['“', '"']))
        }
        Order::ContentFirst => {
            let (first, second) =
                if cue.start() < speaker.start() { (*cue, *speaker) } else { (*speaker, *cue) };
            let from = between(*content, first)?;
            if !between(first, second)?.is_empty() || !matches!(from, "," | ",”" | "”" | ",\"" | "")
            {
                return None;
            }
            (false, from.ends_with(['”', '"']))
        }
    };
    let slice = |s: &Span| &text[s.range()];
    let inside = slice(content);
    let marked = inside.starts_with(['“', '"']);
    let inner = inside.trim_matches(['“', '”', '"', ' ', '.', ',']);
    let inner = inner.strip_prefix("that ").or(inner.strip_prefix("That ")).unwrap_or(inner);
    let quoted = marked || opens;
    // "Lee endorsed the plan": what comes after such cues is no clause that could stand first.
    let clause = that || quoted || order == Order::ContentFirst || takes_clause(slice(cue));
    let words = inner.split(' ').count();
    let lowercase = inner.split(' ').filter(|w| w.starts_with(char::is_lowercase)).count();
    if !clause || inner.starts_with("to ") || words < 4 || 2 * lowercase < words {
        return None;
    }
    let good =
        !inner.contains(['“', '”', '"', '\n', '<', '{']) && inner.len() > 15 && inner.len() < 260;
    let names = [slice(speaker), slice(cue)];
    let clean =
        names.iter().all(|s| !s.contains(['\n', '<', '{', '“', '”', '"', ',']) && s.len() < 60);
    (good && clean).then_some(Simple {
        speaker: slice(speaker).trim(),
        cue: slice(cue),
        content: inner,
        order,
        quoted,
        that,
    })
}

/// Whether a cue's last word takes a clause without "that".
fn takes_clause(cue: &str) -> bool {
    const VERBS: &[&str] = &[
        "said", "says", "say", "saying", "thinks", "think", "thought", "believes", "believe",
        "claimed", "claims", "argued", "argues", "suggested", "noted", "insisted", "predicted",
        "acknowledged", "warned", "added", "reported", "reports", "announced", "told", "reporters",
        "found", "indicated", "tweeted", "estimated",
    ];
    cue.rsplit(' ').next().is_some_and(|last| VERBS.contains(&last))
}
