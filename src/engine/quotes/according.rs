//! "According to the fire chief, the blaze began in the loft.": the construction says what is reported and by whom.
//!
//! Owns this construction at the start of a sentence. Must not know who the speaker is.

use std::ops::Range;

use super::tagger::{CONTENT_AFTER, CUE, GIVEN_MARGIN, SPEAKER, tag_run};
use super::words::{OUTSIDE, Word};
use crate::text::TokenizedText;
use crate::vocabulary::speech::{look_up_function_word, look_up_noun};

/// Fewest tokens of a clause that is reported.
const SHORTEST_CLAUSE: usize = 3;
/// Commas within the phrase that names the source: "Ann Lee, a baker, who lives there,".
const MAX_COMMAS: usize = 5;

/// Tags the sentences that open with "According to", where the tagger saw nothing or took words about the source for
/// what the source says.
pub(super) fn tag_according_to(
    reading: &TokenizedText<'_>,
    words: &[Word],
    tags: &mut [u8],
    margins: &mut [i32],
) {
    for s in reading.sentences() {
        let tokens = s.tokens.clone();
        let start = tokens.start;
        let plain = |r: Range<usize>| {
            words.get(r).is_some_and(|run| run.iter().all(|w| w.quote == OUTSIDE))
        };
        if tokens.len() < 3 + SHORTEST_CLAUSE
            || !reading.word(start).eq_ignore_ascii_case("according")
            || reading.word(start + 1) != "to"
        {
            continue;
        }
        let Some((source, clause)) = split_source_and_clause(reading, words, &tokens) else {
            continue;
        };
        // "According to plan", "according to tradition": nobody says that.
        if source.len() == 1
            && words[source.start].is_lowercase()
            && is_idiom(reading.word(source.start))
        {
            tags[tokens].fill(0);
            continue;
        }
        if !plain(start..clause.end) || clause.len() < SHORTEST_CLAUSE {
            continue;
        }
        let content = |i: &usize| tags.get(*i).is_some_and(|&tag| tag >= CONTENT_AFTER);
        let first = tokens.clone().find(content);
        if first.is_some_and(|i| i >= clause.start) {
            continue;
        }
        tags[tokens].fill(0);
        for (range, tag) in [(start..start + 2, CUE), (source, SPEAKER), (clause, CONTENT_AFTER)] {
            margins[range.clone()].fill(GIVEN_MARGIN);
            tag_run(tags, range, tag);
        }
    }
}

/// Whether a bare noun after "according to" is how something is done, not who says it.
fn is_idiom(word: &str) -> bool {
    let noun = look_up_noun(word);
    !(noun.person || noun.people || noun.body || noun.plural || noun.role || word.ends_with('s'))
}

/// The words that name the source, and the clause it is the source of. `None` where no comma parts them.
fn split_source_and_clause(
    reading: &TokenizedText<'_>,
    words: &[Word],
    tokens: &Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let word = |i: usize| reading.word(i);
    let last = tokens.clone().rev().find(|&i| !words[i].punct)? + 1;
    let mut commas = (tokens.start + 2..last).filter(|&i| word(i) == ",").take(MAX_COMMAS);
    let first = commas.next()?;
    let named = words.get(first.checked_sub(1)?).is_some_and(Word::is_capitalized);
    let mut start = first + 1;
    for comma in commas {
        let about = start..comma;
        if !is_about_source(reading, words, &about, named) {
            break;
        }
        start = comma + 1;
    }
    (first > tokens.start + 2 && start < last).then_some((tokens.start + 2..first, start..last))
}

/// Whether the words between two commas are about the source: a relative clause, a participle, an apposition to a name.
fn is_about_source(
    reading: &TokenizedText<'_>,
    words: &[Word],
    about: &Range<usize>,
    named: bool,
) -> bool {
    let first = reading.word(about.start);
    if matches!(first, "who" | "which" | "whose" | "where" | "whom") {
        return true;
    }
    let participle = first.ends_with("ed")
        || matches!(first, "speaking" | "writing" | "citing" | "quoting" | "seen");
    if participle {
        return true;
    }
    let function = |i: usize| look_up_function_word(reading.word(i));
    let verb = about.clone().any(|i| function(i).verb);
    // "Ann Lee, a baker," "Ann Lee, head of the union," but not "police, the driver, a man of 40, fled".
    let determiner = matches!(first, "a" | "an");
    let belongs = about.clone().any(|i| matches!(reading.word(i), "of" | "'s" | "’s" | "at"));
    let role = words.get(about.start).is_some_and(Word::is_lowercase) && belongs;
    let age = about.len() == 1 && first.bytes().all(|b| b.is_ascii_digit());
    named && !verb && (determiner || role || age)
}
