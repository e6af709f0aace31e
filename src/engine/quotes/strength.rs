//! How strong an attribution is: speech, document or attitude, by its cue and speaker.

use std::ops::Range;

use crate::document::{QuoteKind, Strength};
use crate::text::TokenizedText;
use crate::vocabulary::speech::{CUE_STEMS, CueKind, look_up_function_word, look_up_noun};

/// The strength of the cue stem that a word begins with; an attitude wins over speech.
fn stem_strength(word: &str) -> Option<Strength> {
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    let stems = ends.filter_map(|end| CUE_STEMS.get(&word[..end]));
    let strengths = stems.map(|kind| match kind {
        CueKind::Speech => Strength::Speech,
        CueKind::Attitude => Strength::Attitude,
    });
    strengths.reduce(|a, b| if b == Strength::Attitude { b } else { a })
}

/// Decides from the cue's words, the speaker's head and the kind of quote.
pub(super) fn classify_strength(
    reading: &TokenizedText<'_>,
    kind: QuoteKind,
    cue: Option<&Range<usize>>,
    content: Option<&Range<usize>>,
    speaker: Option<&Range<usize>>,
) -> Strength {
    if speaker.is_some_and(|s| is_document_phrase(reading, s)) {
        return Strength::Document;
    }
    if kind == QuoteKind::Direct {
        return Strength::Speech;
    }
    let Some(cue) = cue else {
        return Strength::Speech;
    };
    if content.is_some_and(|c| is_indirect_question(reading, cue, c.start)) {
        return Strength::Attitude;
    }
    if kind == QuoteKind::Indirect && content.is_some_and(|c| names_a_thing(reading, cue, c)) {
        return Strength::Attitude;
    }
    // The first word that is in a list decides; longer cues say their verb early.
    for i in cue.clone().take(12) {
        let word = reading.word(i).to_lowercase();
        if word == "post" || word == "like" && cue.len() > 1 {
            continue;
        }
        if let Some(strength) = stem_strength(&word) {
            return strength;
        }
        if word == ":" || word == "," {
            return Strength::Speech;
        }
    }
    if kind == QuoteKind::Mixed { Strength::Speech } else { Strength::Attitude }
}

/// "asked whether he would go": the content is a question, which nobody says is so.
fn is_indirect_question(reading: &TokenizedText<'_>, cue: &Range<usize>, content: usize) -> bool {
    let asks = cue.clone().take(12).any(|i| {
        let word = reading.word(i).to_lowercase();
        ["ask", "wonder", "question", "quer", "press"].iter().any(|stem| word.starts_with(stem))
    });
    let first = reading.word(content);
    let opens = ["whether", "if", "why", "how", "what", "when", "where", "who", "which"];
    asks && opens.iter().any(|word| first.eq_ignore_ascii_case(word))
}

/// "have been carried out to support": nobody does what the cue tells.
fn is_passive(reading: &TokenizedText<'_>, cue: &Range<usize>) -> bool {
    let word = |i: usize| reading.word(i).to_lowercase();
    let be = |i: &usize| {
        matches!(
            word(*i).as_str(),
            "is" | "are" | "was" | "were" | "be" | "been" | "being" | "'s" | "’s"
        )
    };
    let by = cue.clone().any(|i| reading.word(i) == "by");
    let Some(be) = cue.clone().take(3).find(be) else { return false };
    let participle = |i: usize| {
        word(i).ends_with("ed")
            || matches!(
                word(i).as_str(),
                "seen" | "known" | "set" | "told" | "said" | "held" | "thought" | "understood"
            )
    };
    !by && (be + 1..cue.end.min(be + 3)).any(participle)
}

/// "rejected the offer", "endorsed Lee": what the cue is about, where no words are reported.
fn names_a_thing(reading: &TokenizedText<'_>, cue: &Range<usize>, content: &Range<usize>) -> bool {
    /// In tokens.
    const LONGEST_NAME: usize = 4;
    let word = |i: usize| reading.word(i).to_lowercase();
    let takes_clause = cue.clone().take(12).any(|i| {
        let word = word(i);
        let stems = ["said", "say", "told", "tell", "accord", "think", "thought", "believ", ":"];
        stems.iter().any(|stem| word.starts_with(stem))
    });
    let verb = |i: usize| {
        let function = look_up_function_word(reading.word(i));
        function.verb || function.subject || word(i).ends_with("ed") || word(i) == "to"
    };
    !takes_clause && content.len() <= LONGEST_NAME && !content.clone().any(verb)
}

/// Whether a report is too weak to be kept: unquoted content that nobody says, or that a cue which no list knows gives to
/// somebody, where the tagger is not sure.
pub(super) fn is_too_weak(
    reading: &TokenizedText<'_>,
    cue: Option<&Range<usize>>,
    speaker: bool,
    confidence: u16,
) -> bool {
    /// Of a cue that no list knows, per mille.
    const LEAST_CONFIDENCE: u16 = 550;
    let Some(cue) = cue else { return !speaker };
    let passive = is_passive(reading, cue);
    // "Anyone with information is asked to call the police": whoever asks is not told.
    let bids = |i: usize| {
        let word = reading.word(i).to_lowercase();
        let stems = ["ask", "urg", "advis", "invit", "encourag", "request", "requir", "remind"];
        stems.iter().any(|stem| word.starts_with(stem))
    };
    if passive && cue.clone().any(bids) {
        return true;
    }
    let known = |i: usize| {
        stem_strength(&reading.word(i).to_lowercase()).is_some() || reading.word(i) == ":"
    };
    !speaker || (confidence < LEAST_CONFIDENCE && (passive || !cue.clone().any(known)))
}

/// Whether the head of the speaker's words is a document: "the original pullout agreement arranged by …".
fn is_document_phrase(reading: &TokenizedText<'_>, speaker: &Range<usize>) -> bool {
    let mut head = None;
    for i in speaker.clone().take(12) {
        let word = reading.word(i).to_lowercase();
        let ends = look_up_function_word(&word).ends_source;
        if ends && i > speaker.start {
            if matches!(word.as_str(), "'s" | "’s") {
                head = None;
                continue;
            }
            break;
        }
        head = Some(word);
    }
    head.is_some_and(|head| look_up_noun(&head).source)
}
