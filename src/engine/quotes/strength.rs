//! Speech, document or attitude: what kind of attribution a cue and its speaker make.

use std::ops::Range;

use crate::document::{QuoteKind, Strength};
use crate::text::TokenizedText;

/// Stems of verbs and nouns that report words spoken or written: a cue verb is one entry.
const SPEECH: &[&str] = &[
    "say", "said", "tell", "told", "add", "ask", "explain", "not", "argu", "claim", "insist",
    "announc", "declar", "state", "report", "acknowledg", "admit", "concede", "conced", "warn",
    "accus", "critic", "prais", "call", "describ", "respond", "repl", "answer", "continu",
    "conclud", "write", "wrote", "written", "tweet", "post", "publish", "testif", "promis",
    "pledg", "vow", "threaten", "urg", "suggest", "propos", "recommend", "predict", "demand",
    "deny", "denie", "confirm", "reveal", "disclos", "allege", "alleg", "assert", "stress",
    "emphasi", "reiterat", "repeat", "recall", "joke", "quip", "shout", "yell", "scream",
    "whisper", "mutter", "murmur", "cry", "cried", "boast", "brag", "complain", "lament", "mock",
    "ridicul", "denounc", "condemn", "blast", "slam", "attack", "defend", "dismiss", "reject",
    "refus", "blam", "credit", "thank", "apolog", "congratulat", "endors", "advis", "inform",
    "notif", "brief", "relate", "relay", "mention", "refer", "cite", "citing", "point",
    "highlight", "comment", "remark", "observ", "talk", "speak", "spoke", "speech", "discuss",
    "debat", "interview", "statement", "quot", "utter", "voice", "express", "outlin", "detail",
    "elaborat", "clarif", "counter", "rebut", "retort", "snap", "challeng", "question", "invit",
    "order", "according", "swear", "swore",
];

/// Stems of cues that report a state of mind.
const ATTITUDE: &[&str] = &[
    "believ", "think", "thought", "want", "hope", "hoping", "fear", "expect", "feel", "felt",
    "like", "love", "hate", "support", "oppos", "consider", "plan", "intend", "wonder", "worr",
    "doubt", "know", "knew", "see", "saw", "seen", "regard", "decid", "tri", "try", "seek",
    "sought", "prefer", "wish", "desir", "favor", "favour", "agree", "disagree", "understand",
    "understood", "view", "assum", "suspect", "trust", "concern", "convinc", "confident", "eager",
    "willing", "hop", "enjoy", "admir", "respect", "dislik", "optimis", "pessimis", "skeptic",
    "sceptic", "guess", "imagin", "reluct",
];

/// Things that speak by being read.
const DOCUMENTS: &[&str] = &[
    "report", "reports", "poll", "polls", "polling", "survey", "surveys", "study", "studies",
    "data", "figures", "statistics", "research", "analysis", "document", "documents", "letter",
    "letters", "memo", "email", "emails", "e-mail", "book", "article", "editorial", "column",
    "story", "bill", "law", "legislation", "act", "amendment", "constitution", "treaty",
    "agreement", "accord", "deal", "contract", "filing", "filings", "lawsuit", "indictment",
    "complaint", "affidavit", "ruling", "opinion", "rule", "rules", "policy", "platform", "ad",
    "ads", "advertisement", "website", "headline", "transcript", "record", "records",
];

fn begins(list: &[&str], word: &str) -> bool {
    list.iter().any(|stem| word.starts_with(stem))
}

/// Decides from the cue's words, the speaker's head and the kind of quote.
pub(super) fn of(
    reading: &TokenizedText<'_>,
    kind: QuoteKind,
    cue: Option<&Range<usize>>,
    speaker: Option<&Range<usize>>,
) -> Strength {
    if speaker.is_some_and(|s| is_document(reading, s)) {
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
        if word == "not" || word == "post" || word == "like" && cue.len() > 1 {
            continue;
        }
        if begins(ATTITUDE, &word) {
            return Strength::Attitude;
        }
        if begins(SPEECH, &word)
            && !(word.starts_with("not")
                && !word.starts_with("note")
                && !word.starts_with("noti")
                && !word.starts_with("noting"))
        {
            return Strength::Speech;
        }
        if word == ":" || word == "," {
            return Strength::Speech;
        }
    }
    if kind == QuoteKind::Mixed { Strength::Speech } else { Strength::Attitude }
}

/// The head of the speaker's words is a document: "the original pullout agreement arranged by …".
fn is_document(reading: &TokenizedText<'_>, speaker: &Range<usize>) -> bool {
    let mut head = None;
    for i in speaker.clone().take(12) {
        let word = reading.word(i).to_lowercase();
        let ends = matches!(
            word.as_str(),
            "of" | "for"
                | "from"
                | "by"
                | "in"
                | "on"
                | "at"
                | ","
                | "that"
                | "which"
                | "with"
                | "about"
                | "'s"
                | "’s"
                | "released"
                | "published"
                | "arranged"
                | "obtained"
                | "conducted"
                | "signed"
        );
        if ends && i > speaker.start {
            if matches!(word.as_str(), "'s" | "’s") {
                head = None;
                continue;
            }
            break;
        }
        head = Some(word);
    }
    head.is_some_and(|h| DOCUMENTS.contains(&h.as_str()))
}
