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
