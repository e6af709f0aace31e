//! Words of what stands around a story: bylines, photo credits, datelines, buttons. All in
//! lowercase.

use super::{WordMap, WordSet};

/// Phrases that lead to a writer's name at the start of a line, tokens with a space between them.
pub static BYLINE_OPENERS: WordSet = WordSet::new(include_str!("page/byline_openers.txt"));

/// Phrases that lead to a writer's name anywhere in the last lines, likewise.
pub static BYLINE_CREDITS: WordSet = WordSet::new(include_str!("page/byline_credits.txt"));

/// Words that end a writer's name or are none. True: the byline may go on with it.
pub static BYLINE_STOPWORDS: WordMap<bool> =
    WordMap::new(include_str!("page/byline_stopwords.txt"), |value| match value {
        "after" => Some(true),
        "end" => Some(false),
        _ => None,
    });

/// Words of a sentence's verb: a line that holds one is no byline.
pub static BYLINE_VERBS: WordSet = WordSet::new(include_str!("page/byline_verbs.txt"));

/// Words that open a photo credit.
pub static CREDIT_LABELS: WordMap<CreditWord> =
    WordMap::new(include_str!("page/credit_labels.txt"), |value| match value {
        "label" => Some(CreditWord::Label),
        "lead" => Some(CreditWord::BeforeLabel),
        _ => None,
    });

/// Function words that a photo credit may hold.
pub static CREDIT_STOPWORDS: WordSet = WordSet::new(include_str!("page/credit_stopwords.txt"));

/// Words in uppercase that open a line and are no place.
pub static DATELINE_STOPWORDS: WordSet = WordSet::new(include_str!("page/dateline_stopwords.txt"));

/// Names under which a `<meta>` tells when the article appeared.
pub static PUBLICATION_META_NAMES: WordSet =
    WordSet::new(include_str!("page/publication_meta_names.txt"));

/// Buttons and notices, by how they begin.
pub static BUTTONS: WordSet = WordSet::new(include_str!("page/buttons.txt"));

/// Names of a paper's sections: never a headline by themselves.
pub static SECTIONS: WordSet = WordSet::new(include_str!("page/sections.txt"));

/// What a word does at the start of a photo credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreditWord {
    /// "Photo": a colon, "by" or a slash follows.
    Label,
    /// "File", before "photo".
    BeforeLabel,
}

/// Words before the date of first publication.
pub static PUBLICATION_LABELS: WordSet = WordSet::new(include_str!("page/publication_labels.txt"));

/// Words before the date of a later change.
pub static UPDATE_LABELS: WordSet = WordSet::new(include_str!("page/update_labels.txt"));

/// Words that may stand between a label and its date.
pub static BETWEEN_LABEL_AND_DATE: WordSet =
    WordSet::new(include_str!("page/between_label_and_date.txt"));

/// Words that may stand before a label of a date.
pub static BEFORE_DATE_LABEL: WordSet = WordSet::new(include_str!("page/before_date_label.txt"));

/// Words about the clock beside a date.
pub static CLOCK_WORDS: WordSet = WordSet::new(include_str!("page/clock_words.txt"));

/// Words beside a date that is not the publication's: "died 23 July 2021".
pub static OTHER_DATE_LABELS: WordSet = WordSet::new(include_str!("page/other_date_labels.txt"));

/// Lowercase words that may stand in a line of names beside a date: "5 min read".
pub static LOWERCASE_BESIDE_DATE: WordSet =
    WordSet::new(include_str!("page/lowercase_beside_date.txt"));

/// Words beside a number of minutes that tell how long a page takes: "Estimated reading time".
pub static READING_TIME_WORDS: WordSet = WordSet::new(include_str!("page/reading_time_words.txt"));

/// Words of lines at a story's end that are about the page or who wrote it, not about the story.
pub static SIGNOFF_WORDS: WordSet = WordSet::new(include_str!("page/signoff_words.txt"));
