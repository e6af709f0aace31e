//! The tense around an expression, cheaply: the nearest verb that shows one.

use std::ops::Range;

use crate::text::{TokenKind, TokenizedText};

/// What the nearest verb says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Unknown,
    Past,
    Present,
    /// "may", "would", "could", "plans to": perhaps to come.
    Perhaps,
    /// "will", "scheduled", "due".
    Future,
    /// "holds", "is campaigning": a plan, where a weekday follows.
    Set,
}

/// Tokens looked at on either side.
const REACH: usize = 18;

/// `quoted`: the tokens stand inside quotation marks, where verbs outside do not govern.
/// The tense of the clause around `tokens` in the sentence `sentence`; true when a verb before says so.
pub(super) fn around(
    reading: &TokenizedText<'_>,
    sentence: Range<usize>,
    tokens: Range<usize>,
    quoted: bool,
) -> (Tense, bool) {
    let left = tokens.start.saturating_sub(REACH).max(sentence.start)..tokens.start;
    let right = tokens.end..(tokens.end + REACH).min(sentence.end);
    let before = nearest(reading, left.rev(), quoted);
    let after = nearest(reading, right, quoted);
    match (before, after) {
        // A plan that stands in the present is told before its day.
        (None, Some((Tense::Set, _))) => (Tense::Present, false),
        (None, Some((tense, _))) => (tense, false),
        (None, None) => (Tense::Unknown, false),
        // What stands before governs, unless a comma parts it and the verb behind is near.
        (Some((_, d1)), Some((two, d2))) if d1 > d2 + 6 && two != Tense::Set => (two, false),
        (Some((tense, _)), _) => (tense, true),
    }
}

fn nearest(
    reading: &TokenizedText<'_>,
    tokens: impl Iterator<Item = usize>,
    quoted: bool,
) -> Option<(Tense, usize)> {
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
        if let Some(tense) = of_verb(reading, i, word) {
            if tense == Tense::Past && is_attribute(reading, i) {
                continue;
            }
            let tense = if tense == Tense::Past { passive(reading, i) } else { tense };
            return Some((tense, distance));
        }
    }
    None
}

/// "an unspecified date", "the proposed sale": the participle at `i` belongs to a noun.
fn is_attribute(reading: &TokenizedText<'_>, i: usize) -> bool {
    let before = |d: usize| i.checked_sub(d).map_or("", |j| reading.word(j));
    let article = |word: &str| DETERMINERS.iter().any(|d| word.eq_ignore_ascii_case(d));
    let adverb = matches!(before(1), "still" | "newly" | "recently" | "previously" | "so");
    reading.word(i).ends_with("ed") && (article(before(1)) || adverb && article(before(2)))
}

const DETERMINERS: [&str; 11] =
    ["a", "an", "the", "its", "their", "his", "her", "our", "my", "this", "these"];

/// "will be sold", "to be published": the participle at `i` is no past.
fn passive(reading: &TokenizedText<'_>, i: usize) -> Tense {
    let word = |d: usize| i.checked_sub(d).map_or("", |j| reading.word(j));
    let Some(be) = (1..=2).find(|&d| word(d).eq_ignore_ascii_case("be")) else {
        return Tense::Past;
    };
    // "could not be reached for comment": that was tried, and lies back.
    let sought =
        ["reached", "located", "found", "determined", "confirmed", "verified", "heard", "seen"]
            .contains(&word(0));
    for d in be + 1..=be + 3 {
        match word(d) {
            "could" if sought => return Tense::Past,
            "will" | "'ll" | "’ll" | "shall" | "Will" | "wo" => return Tense::Future,
            "would" | "could" | "may" | "might" | "can" | "should" | "must" | "to" | "ca" => {
                return Tense::Perhaps;
            }
            _ => {}
        }
    }
    Tense::Past
}

/// Verbs in the past that do not end in -ed.
const PAST: [&str; 88] = [
    "arose", "ate", "became", "began", "begun", "bought", "broke", "brought", "built", "came",
    "caught", "chose", "cost", "cut", "dealt", "did", "drew", "drove", "fell", "felt", "fled",
    "flew", "forbade", "fought", "found", "froze", "gave", "given", "gone", "got", "grew", "had",
    "heard", "held", "hit", "hung", "hurt", "kept", "knew", "laid", "led", "left", "lent", "lost",
    "made", "meant", "met", "paid", "put", "quit", "ran", "rang", "read", "rode", "rose", "said",
    "sang", "sat", "saw", "seen", "sent", "shook", "shot", "shut", "slept", "sold", "sought",
    "spent", "split", "spoke", "spread", "stole", "stood", "struck", "stuck", "swept", "swore",
    "taken", "taught", "thought", "threw", "told", "took", "was", "went", "were", "won", "wrote",
];

/// Words after which a verb stands as it is.
const MODALS: [&str; 12] =
    ["will", "'ll", "’ll", "would", "could", "may", "might", "can", "should", "must", "to", "not"];

/// What somebody "is …ing" on a day to come; without the ending.
const SET_FOR: [&str; 14] = [
    "campaign", "hold", "host", "meet", "travel", "visit", "speak", "appear", "head", "return",
    "arriv", "leav", "launch", "gather",
];

/// Words in -ed that are no verbs, or tell nothing.
const NOT_PAST: [&str; 22] = [
    "need", "needed", "indeed", "speed", "hundred", "feed", "seed", "breed", "red", "bed", "naked",
    "sacred", "united", "proceed", "succeed", "exceed", "embed", "shed", "infrared", "aged",
    "so-called", "alleged",
];

fn of_verb(reading: &TokenizedText<'_>, i: usize, word: &str) -> Option<Tense> {
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
    let next = |word: &str| reading.word(i + 1).eq_ignore_ascii_case(word);
    let past_before = || {
        (1..=3).any(|d| {
            i.checked_sub(d)
                .is_some_and(|j| matches!(reading.word(j), "was" | "were" | "had" | "been"))
        })
    };
    let future = |sure: bool| {
        if past_before() {
            Some(Tense::Past)
        } else if sure {
            Some(Tense::Future)
        } else {
            Some(Tense::Perhaps)
        }
    };
    match lower {
        "will" | "'ll" | "’ll" | "wo" | "shall" => Some(Tense::Future),
        "scheduled" | "slated" | "due" => future(true),
        "set" if next("to") || next("for") => future(true),
        "set" => Some(Tense::Past),
        "predicted" if next("to") => future(true),
        "expected" | "planned" | "poised" | "intended" | "anticipated" | "forecast"
        | "projected" | "likely"
            if next("to") || next("for") || next("by") || next("on") || next("in") =>
        {
            future(true)
        }
        "plans" | "plan" | "hopes" | "expects" | "intends" | "aims" | "wants" | "going"
            if next("to") =>
        {
            future(true)
        }
        "planned" | "planning" if next("to") || next("a") || next("an") => Some(Tense::Future),
        "is" | "are" if next("to") => Some(Tense::Future),
        // "he is campaigning Wednesday", "they are holding a rally on Thursday"
        "is" | "are" | "'re" | "’re"
            if SET_FOR.contains(&reading.word(i + 1).strip_suffix("ing").unwrap_or("")) =>
        {
            Some(Tense::Set)
        }
        // What has happened lies back.
        "has" | "have" | "'ve" | "’ve" => Some(Tense::Past),
        // "said that he would be travelling on Thursday"
        "would" if next("be") && reading.word(i + 2).ends_with("ing") => Some(Tense::Future),
        "could" if next("not") || next("n't") || next("n’t") => Some(Tense::Past),
        "would" | "may" | "might" | "could" | "should" | "must" | "can" | "ca" => {
            Some(Tense::Perhaps)
        }
        "may-be" => None,
        "is" | "are" | "does" | "do" | "'s" | "’s" | "'re" | "’re"
            if lower.len() > 2 || !lower.starts_with('\'') =>
        {
            if lower.ends_with('s') && lower.len() <= 4 && lower.contains(['\'', '’']) {
                return None;
            }
            Some(Tense::Present)
        }
        // A plan that stands: "they meet Monday", "it opens on Friday".
        "meets" | "meet" | "opens" | "begins" | "starts" | "resumes" | "expires"
            if !matches!(reading.word(i.wrapping_sub(1)), "not" | "n't" | "to") =>
        {
            Some(Tense::Future)
        }
        "holds" | "convenes" | "travels" | "kicks" => Some(Tense::Set),
        "says" | "say" | "remains" | "takes" | "ends" => Some(Tense::Present),
        // "will cut rates", "to put it off": the form is the verb's own.
        "cost" | "cut" | "hit" | "hurt" | "put" | "quit" | "read" | "shut" | "split" | "spread"
            if (1..=2)
                .any(|d| i.checked_sub(d).is_some_and(|j| MODALS.contains(&reading.word(j)))) =>
        {
            None
        }
        _ if PAST.binary_search(&lower).is_ok() => Some(Tense::Past),
        _ => (lower.len() > 3 && lower.ends_with("ed") && !NOT_PAST.contains(&lower))
            .then_some(Tense::Past),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;

    #[test]
    fn the_nearest_verb_decides() {
        assert!(PAST.is_sorted());
        for (text, want) in [
            ("He arrived on X in the city.", Tense::Past),
            ("On X the ministers will meet again.", Tense::Future),
            ("The talks are scheduled for X in Oslo.", Tense::Future),
            ("The talks were supposed to end by X.", Tense::Past),
            ("They could return on X.", Tense::Perhaps),
            ("He could not be reached for comment X.", Tense::Past),
            ("She could not go on X.", Tense::Past),
            ("The bank will cut rates on X.", Tense::Future),
            ("The bank cut rates on X.", Tense::Past),
            ("He is campaigning X in Ohio.", Tense::Set),
            ("The state holds its vote on X.", Tense::Set),
            ("The deal follows X's bid by Ford, which holds a stake.", Tense::Present),
            ("X prices", Tense::Unknown),
            ("\"We will strike on X,\" he said.", Tense::Future),
            ("\"On X the ships leave,\" he said.", Tense::Unknown),
            ("He said \"we will go\" on X.", Tense::Past),
        ] {
            let source = SourceText::new(text).unwrap();
            let reading = TokenizedText::new(&source);
            let at = (0..reading.tokens().len()).find(|&i| reading.word(i) == "X").unwrap();
            let all = 0..reading.tokens().len();
            let quoted = text.starts_with('"');
            assert_eq!(around(&reading, all, at..at + 1, quoted).0, want, "{text}");
        }
    }
}
