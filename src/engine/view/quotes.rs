//! What the lists and the filter need to know of a quote.

use crate::document::{Annotation, Body, Document, Strength};

/// A quote of a document or an attitude, not of speech.
pub fn is_report(annotation: &Annotation) -> bool {
    matches!(&annotation.body, Body::Quote(q) if q.strength != Strength::Speech)
}

/// Speech without a speaker.
pub fn is_unattributed(annotation: &Annotation) -> bool {
    matches!(&annotation.body, Body::Quote(q) if q.speaker.is_none() && q.strength == Strength::Speech)
}

/// A quote's speaker by name, or by the words of the text where no name is known.
///
/// `None`: the annotation is no quote. `Some(None)`: the quote has no speaker.
pub fn speaker_name(document: &Document, annotation: &Annotation) -> Option<Option<String>> {
    let Body::Quote(quote) = &annotation.body else {
        return None;
    };
    let Some(speaker) = &quote.speaker else {
        return Some(None);
    };
    let words = || {
        let words: Vec<&str> = speaker.mention.iter().map(|&m| document.text.slice(m)).collect();
        words.join(" ")
    };
    Some(Some(speaker.name.clone().unwrap_or_else(words)))
}
