//! The tense around an expression, cheaply: the nearest verb that shows one.

use std::ops::Range;

use crate::text::{TokenKind, TokenizedText};
use crate::vocabulary::dates::{
    BEFORE_INFINITIVE, DETERMINERS, IRREGULAR_PAST_FORMS, NO_PAST_FORMS, PLANNED_ACTIVITIES,
    SOUGHT_IN_VAIN, VERB_CUES, VerbCue,
};

/// What the nearest verb says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Unknown,
    Past,
    Present,
    /// "would", "could", "plans to": perhaps to come.
    Perhaps,
    /// "may", "might", "should": perhaps to come, told of now.
    Possible,
    /// "will", "scheduled", "due".
    Future,
    /// "holds", "is campaigning": a plan, where a weekday follows.
    Set,
}

/// Tokens looked at on either side.
const REACH: usize = 18;

/// Tokens looked at before a date where no verb is near.
const CLAUSE_REACH: usize = 60;

/// The tense of a clause, and the token of the verb that shows it where that stands before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Governed {
    pub(super) tense: Tense,
    pub(super) verb: Option<usize>,
}

/// The tense of the clause around `tokens` in the sentence `sentence`.
/// `quoted`: the tokens stand inside quotation marks, where verbs outside do not govern.
pub(super) fn tense_around(
    reading: &TokenizedText<'_>,
    sentence: Range<usize>,
    tokens: Range<usize>,
    quoted: bool,
) -> Governed {
    let behind = |tense| Governed { tense, verb: None };
    let left = tokens.start.saturating_sub(REACH).max(sentence.start)..tokens.start;
    let right = tokens.end..(tokens.end + REACH).min(sentence.end);
    let before = nearest_tense(reading, left.rev(), quoted);
    let after = nearest_tense(reading, right, quoted);
    match (before, after) {
        // A plan in the present stands before its day.
        (None, Some((Tense::Set, ..))) => behind(Tense::Present),
        (None, Some((tense, ..))) => behind(tense),
        // "after they defeated the champions by two goals in …, on Monday": a long clause of the past.
        (None, None) => {
            let left = tokens.start.saturating_sub(CLAUSE_REACH).max(sentence.start)..tokens.start;
            match nearest_tense(reading, left.rev(), quoted) {
                Some((Tense::Past, ..)) => behind(Tense::Past),
                _ => behind(Tense::Unknown),
            }
        }
        // What stands before governs, unless a comma parts it and the verb behind is near.
        (Some((_, d1, _)), Some((two, d2, _))) if d1 > d2 + 6 && two != Tense::Set => behind(two),
        (Some((tense, _, verb)), _) => Governed { tense, verb: Some(verb) },
    }
}

fn nearest_tense(
    reading: &TokenizedText<'_>,
    tokens: impl Iterator<Item = usize>,
    quoted: bool,
) -> Option<(Tense, usize, usize)> {
    let mut distance = 0;
    let mut passing = false;
    for i in tokens {
        let word = reading.word(i);
        distance += 1;
        if matches!(word, "," | ";" | ":" | "—" | "--" | "(" | ")") {
            distance += 2;
            continue;
        }
        if matches!(word, "\"" | "“" | "”" | "''" | "``" | "«" | "»") {
            if quoted {
                // What is said outside says nothing of the words inside.
                return None;
            }
            // From outside the quoted words are passed over.
            passing = !passing;
            continue;
        }
        if passing {
            continue;
        }
        if reading.tokens().get(i)?.kind != TokenKind::Word {
            continue;
        }
        if let Some(tense) = tense_of_word(reading, i, word) {
            if tense == Tense::Past && is_participle_of_noun(reading, i) {
                continue;
            }
            let tense = if tense == Tense::Past { tense_of_participle(reading, i) } else { tense };
            return Some((tense, distance, i));
        }
    }
    None
}

/// "an unspecified date", "the proposed sale": the participle at `i` belongs to a noun.
fn is_participle_of_noun(reading: &TokenizedText<'_>, i: usize) -> bool {
    let before = |d: usize| i.checked_sub(d).map_or("", |j| reading.word(j));
    let article = |word: &str| DETERMINERS.contains_any_case(word);
    // "third-ranked"
    if before(1) == "-" {
        return true;
    }
    let adverb = matches!(before(1), "still" | "newly" | "recently" | "previously" | "so");
    reading.word(i).ends_with("ed") && (article(before(1)) || adverb && article(before(2)))
}

/// "will be sold", "to be published": the participle at `i` is no past.
fn tense_of_participle(reading: &TokenizedText<'_>, i: usize) -> Tense {
    let word = |d: usize| i.checked_sub(d).map_or("", |j| reading.word(j));
    let Some(be) = (1..=2).find(|&d| word(d).eq_ignore_ascii_case("be")) else {
        return Tense::Past;
    };
    // "could not be reached for comment": that was tried, and lies back.
    let sought = SOUGHT_IN_VAIN.contains(word(0));
    for d in be + 1..=be + 3 {
        match word(d) {
            "could" if sought => return Tense::Past,
            "will" | "'ll" | "’ll" | "shall" | "Will" | "wo" => return Tense::Future,
            "to" => return Tense::Perhaps,
            other if matches!(VERB_CUES.get(other), Some(VerbCue::Would | VerbCue::Could)) => {
                return Tense::Perhaps;
            }
            other if VERB_CUES.get(other) == Some(&VerbCue::Modal) => return Tense::Possible,
            _ => {}
        }
    }
    Tense::Past
}

/// "polls", "they": what a verb without an ending stands behind.
fn is_plural(word: &str) -> bool {
    let noun = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    noun || matches!(word, "they" | "we" | "They" | "We" | "people" | "who")
}

fn tense_of_word(reading: &TokenizedText<'_>, i: usize, word: &str) -> Option<Tense> {
    let mut lower = [0u8; 12];
    if word.len() > lower.len() {
        return (word.ends_with("ed") && word.is_ascii()).then_some(Tense::Past);
    }
    let lower = {
        let (lower, _) = lower.split_at_mut(word.len());
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).ok()?
    };
    let next_is = |words: &[&str]| {
        let next = reading.word(i + 1);
        words.iter().any(|word| next.eq_ignore_ascii_case(word))
    };
    let is_after = |count: usize, test: &dyn Fn(&str) -> bool| {
        (1..=count).any(|d| i.checked_sub(d).is_some_and(|j| test(reading.word(j))))
    };
    // "were scheduled to" tells of what was to come then.
    let planned = || {
        let past = is_after(3, &|word| matches!(word, "was" | "were" | "had" | "been"));
        Some(if past { Tense::Past } else { Tense::Future })
    };
    // "its last forecast in March", "the plan for May": nouns.
    let noun = || {
        is_after(1, &|word| {
            DETERMINERS.contains_any_case(word)
                || matches!(
                    word,
                    "'s" | "’s"
                        | "last"
                        | "latest"
                        | "previous"
                        | "new"
                        | "first"
                        | "own"
                        | "earlier"
                )
        })
    };
    match VERB_CUES.get(lower) {
        Some(VerbCue::Will) => Some(Tense::Future),
        Some(VerbCue::Expected | VerbCue::Intends | VerbCue::Planned) if noun() => None,
        // "is forecast to be colder": the participle says more.
        Some(VerbCue::Be | VerbCue::ShortBe)
            if matches!(
                VERB_CUES.get_any_case(reading.word(i + 1)),
                Some(
                    VerbCue::Scheduled
                        | VerbCue::Set
                        | VerbCue::Predicted
                        | VerbCue::Expected
                        | VerbCue::Planned
                )
            ) && matches!(reading.word(i + 2), "to" | "for" | "on" | "in" | "by") =>
        {
            None
        }
        Some(VerbCue::Scheduled) => planned(),
        Some(VerbCue::Set) if next_is(&["to", "for"]) => planned(),
        Some(VerbCue::Set) => Some(Tense::Past),
        Some(VerbCue::Predicted) if next_is(&["to"]) => planned(),
        Some(VerbCue::Expected | VerbCue::Planned) if next_is(&["to", "for", "by", "on", "in"]) => {
            planned()
        }
        Some(VerbCue::Intends) if next_is(&["to"]) => planned(),
        Some(VerbCue::Planned | VerbCue::Planning) if next_is(&["to", "a", "an"]) => {
            Some(Tense::Future)
        }
        Some(VerbCue::Be) if next_is(&["to"]) => Some(Tense::Future),
        // "he is campaigning Wednesday", "they are holding a rally on Thursday"
        Some(VerbCue::Be | VerbCue::ShortBe)
            if PLANNED_ACTIVITIES
                .contains(reading.word(i + 1).strip_suffix("ing").unwrap_or("")) =>
        {
            Some(Tense::Set)
        }
        Some(VerbCue::Be | VerbCue::ShortBe | VerbCue::Do) => Some(Tense::Present),
        Some(VerbCue::Have) => Some(Tense::Past),
        // "said that he would be travelling on Thursday"
        Some(VerbCue::Would) if next_is(&["be"]) && reading.word(i + 2).ends_with("ing") => {
            Some(Tense::Future)
        }
        Some(VerbCue::Could) if next_is(&["not", "n't", "n’t"]) => Some(Tense::Past),
        Some(VerbCue::Could) if !next_is(&["have", "be"]) => Some(Tense::Possible),
        Some(VerbCue::Would | VerbCue::Could) => Some(Tense::Perhaps),
        // "may have left in May" tells of what is over.
        Some(VerbCue::Modal)
            if next_is(&["have"]) || next_is(&["not"]) && reading.word(i + 2) == "have" =>
        {
            Some(Tense::Past)
        }
        // The month.
        Some(VerbCue::Modal) if word == "May" => None,
        Some(VerbCue::Modal) if matches!(lower, "may" | "might" | "should") => {
            Some(Tense::Possible)
        }
        Some(VerbCue::Modal) => Some(Tense::Perhaps),
        // A plan that stands: "they meet Monday", "it opens on Friday".
        Some(VerbCue::Opens) if !is_after(1, &|word| matches!(word, "not" | "n't" | "to")) => {
            Some(Tense::Future)
        }
        // "polls open Tuesday": the form is a verb's behind a plural.
        Some(VerbCue::Open) if is_after(1, &is_plural) => Some(Tense::Future),
        Some(VerbCue::Open) => None,
        Some(VerbCue::Holds) => Some(Tense::Set),
        Some(VerbCue::Present) => Some(Tense::Present),
        // "will cut rates", "to put it off": the form is the verb's own.
        Some(VerbCue::OneForm) if is_after(2, &|word| BEFORE_INFINITIVE.contains(word)) => None,
        _ if IRREGULAR_PAST_FORMS.contains(lower) => Some(Tense::Past),
        _ => (lower.len() > 3 && lower.ends_with("ed") && !NO_PAST_FORMS.contains(lower))
            .then_some(Tense::Past),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;

    #[test]
    fn the_nearest_verb_decides() {
        for (text, want) in [
            ("He arrived on X in the city.", Tense::Past),
            ("On X the ministers will meet again.", Tense::Future),
            ("The talks are scheduled for X in Oslo.", Tense::Future),
            ("The vote may be held in X.", Tense::Possible),
            ("He may have left in X.", Tense::Past),
            ("Polls open on X.", Tense::Future),
            ("The two parks open to all X.", Tense::Future),
            ("X is forecast to be colder.", Tense::Future),
            ("The talks were supposed to end by X.", Tense::Past),
            ("They could return on X.", Tense::Possible),
            ("He could not be reached for comment X.", Tense::Past),
            ("She could not go on X.", Tense::Past),
            ("The bank will cut rates on X.", Tense::Future),
            ("The bank cut rates on X.", Tense::Past),
            ("He is campaigning X in Ohio.", Tense::Set),
            ("The state holds its vote on X.", Tense::Set),
            ("The deal follows X's bid by Ford, which holds a stake.", Tense::Present),
            ("X prices", Tense::Unknown),
            ("\"We will strike on X,\" he said.", Tense::Future),
            ("\"On X the ships leave,\" he said.", Tense::Future),
            ("He said \"we will go\" on X.", Tense::Past),
        ] {
            let source = SourceText::new(text).unwrap();
            let reading = TokenizedText::new(&source);
            let at = (0..reading.tokens().len()).find(|&i| reading.word(i) == "X").unwrap();
            let all = 0..reading.tokens().len();
            let quoted = text.starts_with('"');
            assert_eq!(tense_around(&reading, all, at..at + 1, quoted).tense, want, "{text}");
        }
    }
}
