//! Which part of a page each line is: title, standfirst, byline, stamp, caption, subhead, furniture,
//! sign-off or the story itself. A line is read by its own look, its neighbours and the zone of the
//! line before; the weights are learned (averaged perceptron, `cargo train layout`) and are whole
//! numbers, in `zone_weights.txt`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::lines::{Line, Lines, ends_sentence, is_all_caps, is_capitalized, split_words};
use crate::calendar::find_written_date;
use crate::document::Zone;
use crate::vocabulary::organisations::OUTLETS;
use crate::vocabulary::page::{
    BUTTONS, CREDIT_LABELS, PUBLICATION_LABELS, SECTIONS, UPDATE_LABELS,
};

/// A weight for each zone.
pub type Scores = [i32; Zone::ALL.len()];

/// Learned weights, by the name of the feature.
#[derive(Debug, Clone, Default)]
pub struct ZoneWeights {
    by_feature: FxHashMap<String, Scores>,
}

impl ZoneWeights {
    /// Reads lines of a feature and its weights: `first=share<TAB>furniture 12 body -4`.
    pub fn parse(text: &str) -> ZoneWeights {
        let mut by_feature = FxHashMap::default();
        for line in text.lines().filter(|line| !line.starts_with("# ")) {
            let Some((feature, rest)) = line.split_once('\t') else {
                continue;
            };
            let mut scores = Scores::default();
            let words: Vec<&str> = rest.split(' ').collect();
            for pair in words.chunks(2) {
                if let [zone, weight] = pair
                    && let Some(zone) = Zone::from_name(zone)
                    && let Ok(weight) = weight.parse()
                    && let Some(slot) = scores.get_mut(zone as usize)
                {
                    *slot = weight;
                }
            }
            by_feature.insert(feature.to_owned(), scores);
        }
        ZoneWeights { by_feature }
    }

    /// Weights by feature, for a model that is being learned.
    pub fn new(by_feature: FxHashMap<String, Scores>) -> ZoneWeights {
        ZoneWeights { by_feature }
    }

    /// The sum of what the features say.
    pub fn score(&self, features: &[String]) -> Scores {
        let mut sum = Scores::default();
        for weights in features.iter().filter_map(|name| self.by_feature.get(name)) {
            for (sum, weight) in sum.iter_mut().zip(weights) {
                *sum = sum.saturating_add(*weight);
            }
        }
        sum
    }
}

static WEIGHTS: LazyLock<ZoneWeights> =
    LazyLock::new(|| ZoneWeights::parse(include_str!("zone_weights.txt")));

/// The zone that scores most; of equals the first.
pub fn best_zone(scores: &Scores) -> Zone {
    let mut best = (Zone::Body, i32::MIN);
    for (zone, &score) in Zone::ALL.into_iter().zip(scores) {
        if score > best.1 {
            best = (zone, score);
        }
    }
    best.0
}

/// The zone of every line, and how it scored.
pub(super) fn find_zones(lines: &Lines<'_, '_>) -> Vec<(Zone, Scores)> {
    let looks = Looks::new(lines);
    let mut out: Vec<(Zone, Scores)> = Vec::with_capacity(lines.all().len());
    let mut features = Vec::new();
    for line in lines.all() {
        looks.features_of(line, &mut features);
        push_zones_before(&mut features, out.iter().rev().map(|(zone, _)| *zone));
        let scores = WEIGHTS.score(&features);
        out.push((best_zone(&scores), scores));
    }
    out
}

/// What the zones of the lines before say: the last, the last two, and whether the title is above.
pub fn push_zones_before(features: &mut Vec<String>, mut before: impl Iterator<Item = Zone>) {
    let name = |zone: Option<Zone>| zone.map_or("none", Zone::name);
    let (one, two) = (before.next(), before.next());
    features.push(format!("zone-1={}", name(one)));
    features.push(format!("zone-2={}+{}", name(two), name(one)));
    let titled = [one, two].contains(&Some(Zone::Title))
        || before.take(MAX_LINES_ABOVE).any(|zone| zone == Zone::Title);
    features.push(format!("titled={titled}"));
}

/// Lines above in which the title is looked for.
const MAX_LINES_ABOVE: usize = 40;

/// What a line looks like by itself.
struct Look {
    length: &'static str,
    ending: &'static str,
    case: &'static str,
    /// A line that could be a link, a label or a button.
    bare: bool,
    first: String,
    second: String,
}

/// What all lines of a page look like.
pub(super) struct Looks<'l, 'r, 't> {
    lines: &'l Lines<'r, 't>,
    each: Vec<Look>,
    repeated: FxHashSet<&'t str>,
    first_body: usize,
    last_body: usize,
}

impl<'l, 'r, 't> Looks<'l, 'r, 't> {
    pub(super) fn new(lines: &'l Lines<'r, 't>) -> Looks<'l, 'r, 't> {
        let each: Vec<Look> = lines.all().iter().map(Look::new).collect();
        let mut seen = FxHashSet::default();
        let mut repeated = FxHashSet::default();
        for line in lines.all() {
            if !seen.insert(line.text) {
                repeated.insert(line.text);
            }
        }
        let body = |line: &Line<'_>| line.body;
        let first_body = lines.all().iter().position(body).unwrap_or(usize::MAX);
        let last_body = lines.all().iter().rposition(body).unwrap_or(0);
        Looks { lines, each, repeated, first_body, last_body }
    }

    /// The features of a line without the zones before it.
    pub(super) fn features_of(&self, line: &Line<'_>, out: &mut Vec<String>) {
        out.clear();
        let Some(look) = self.each.get(line.index) else {
            return;
        };
        let mut push = |feature: String| out.push(feature);
        push("bias".to_owned());
        push(format!("length={}", look.length));
        push(format!("ending={}", look.ending));
        push(format!("case={}", look.case));
        push(format!("length+ending={}+{}", look.length, look.ending));
        push(format!("length+case={}+{}", look.length, look.case));
        push(format!("first={}", look.first));
        push(format!("first+second={}+{}", look.first, look.second));
        push(format!("first+length={}+{}", look.first, look.length));
        if line.words <= MAX_WORDS_READ {
            for (_, word) in split_words(line.text).skip(1) {
                push(format!("word={}", word.to_lowercase()));
            }
        } else if let Some((_, last)) = split_words(line.text).last() {
            push(format!("last={}", last.to_lowercase()));
        }
        self.push_marks(line, &mut push);
        self.push_place(line, look, &mut push);
    }

    fn push_marks(&self, line: &Line<'_>, push: &mut dyn FnMut(String)) {
        let text = line.text;
        let short = text.len() <= MAX_SHORT_BYTES;
        let dated = short && find_written_date(text).is_some();
        let word_in = |test: &dyn Fn(&str) -> bool| split_words(text).any(|(_, w)| test(w));
        let flags = [
            ("dated", dated),
            ("bar", text.contains(['|', '·', '•'])),
            ("arrow", text.contains(['>', '›', '»', '→'])),
            ("at", text.contains('@')),
            ("link", text.contains("http") || text.contains("www.")),
            ("copyright", text.contains('©') || text.contains("opyright")),
            ("slash", short && text.contains('/')),
            ("bracket", text.ends_with(')') || text.ends_with(").")),
            ("opens-bracket", text.starts_with(['(', '['])),
            ("opens-quote", text.starts_with(['"', '“', '‘', '\''])),
            ("quote", text.contains(['"', '“', '”'])),
            ("colon", short && text.contains(':')),
            ("dash", text.starts_with(['-', '—', '–'])),
            ("digits", text.bytes().any(|b| b.is_ascii_digit())),
            ("only-digits", !text.chars().any(char::is_alphabetic)),
            ("clock", short && has_clock(text)),
            ("outlet", short && word_in(&|w| OUTLETS.get_any_case(w).is_some())),
            ("section", line.words <= 4 && word_in(&|w| SECTIONS.contains_any_case(w))),
            ("credit", short && word_in(&|w| CREDIT_LABELS.get_any_case(w).is_some())),
            ("published", short && word_in(&|w| PUBLICATION_LABELS.contains_any_case(w))),
            ("updated", short && word_in(&|w| UPDATE_LABELS.contains_any_case(w))),
            ("button", short && begins_as_button(text)),
            ("repeated", self.repeated.contains(text)),
            ("body", line.body),
        ];
        for (name, _) in flags.iter().filter(|(_, holds)| *holds) {
            push(format!("has={name}"));
        }
        let on: Vec<&str> = flags.iter().filter(|(_, holds)| *holds).map(|(n, _)| *n).collect();
        for (i, one) in on.iter().enumerate() {
            for two in on.iter().skip(i + 1) {
                push(format!("has={one}+{two}"));
            }
        }
    }

    fn push_place(&self, line: &Line<'_>, look: &Look, push: &mut dyn FnMut(String)) {
        let at = line.index;
        let count = self.each.len();
        let top = match at {
            0 => "0",
            1 => "1",
            2 => "2",
            3..=5 => "3",
            6..=10 => "6",
            _ => "11",
        };
        let end = match count - at {
            1 => "1",
            2 => "2",
            3..=5 => "3",
            _ => "6",
        };
        let part = if at < self.first_body {
            "head"
        } else if at > self.last_body {
            "foot"
        } else {
            "middle"
        };
        push(format!("top={top}"));
        push(format!("end={end}"));
        push(format!("part={part}"));
        push(format!("part+length={part}+{}", look.length));
        push(format!("part+length+ending={part}+{}+{}", look.length, look.ending));
        push(format!("top+length={top}+{}", look.length));
        push(format!("end+length={end}+{}", look.length));
        let near = |back: bool, far: usize| {
            let index = if back { at.checked_sub(far)? } else { at + far };
            self.each.get(index)
        };
        for (name, back, far) in
            [("-1", true, 1), ("+1", false, 1), ("-2", true, 2), ("+2", false, 2)]
        {
            let (length, ending) = near(back, far).map_or(("no", "no"), |l| (l.length, l.ending));
            push(format!("length{name}={length}"));
            push(format!("look{name}={length}+{ending}|{}", look.length));
            if far == 1 {
                push(format!("first{name}={}", near(back, far).map_or("", |l| l.first.as_str())));
                let body = |i: usize| self.lines.all().get(i).is_some_and(|l| l.body);
                let index = if back { at.wrapping_sub(1) } else { at + 1 };
                push(format!("body{name}={}|{}", body(index), look.length));
            }
        }
        // A run of lines that could all be links.
        let mut run = 0;
        for step in [true, false] {
            run += (1..=3).take_while(|&far| near(step, far).is_some_and(|l| l.bare)).count();
        }
        push(format!("run={}|{}", run.min(4), look.bare));
        push(format!("run+part={}|{}|{part}", run.min(4), look.bare));
        let gap = |a: usize, b: usize| {
            let (Some(a), Some(b)) = (self.lines.all().get(a), self.lines.all().get(b)) else {
                return "end";
            };
            let between = self.lines.between(a, b);
            if between.bytes().filter(|&b| b == b'\n').count() > 1 { "blank" } else { "none" }
        };
        let (above, below) = (gap(at.wrapping_sub(1), at), gap(at, at + 1));
        push(format!("gap={above}+{below}"));
        push(format!("gap+length={above}+{below}+{}", look.length));
    }
}

/// Words of longer lines are the story's, and say nothing of the line.
const MAX_WORDS_READ: usize = 24;

/// Longer lines are looked at for no labels, in bytes.
const MAX_SHORT_BYTES: usize = 240;

impl Look {
    fn new(line: &Line<'_>) -> Look {
        let text = line.text;
        let length = match line.words {
            0 => "0",
            1 => "1",
            2 => "2",
            3..=4 => "3",
            5..=7 => "5",
            8..=12 => "8",
            13..=19 => "13",
            20..=34 => "20",
            _ => "35",
        };
        let closed = text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
        let ending = match closed.chars().next_back() {
            Some('.') if closed.ends_with("...") => "ellipsis",
            Some('.') => "stop",
            Some('…') => "ellipsis",
            Some('?') => "question",
            Some('!') => "shout",
            Some(':') => "colon",
            Some(',' | ';' | '—' | '–' | '-') => "open",
            Some('|') => "bar",
            _ => "none",
        };
        let (mut long, mut large, mut caps) = (0, 0, 0);
        for (_, word) in split_words(text).take(MAX_WORDS_READ * 2) {
            if word.len() > 3 {
                long += 1;
                large += usize::from(is_capitalized(word));
                caps += usize::from(is_all_caps(word));
            }
        }
        let case = match (long, large, caps) {
            (0, ..) => "few",
            _ if caps * 3 > long * 2 => "caps",
            _ if large * 4 > long * 3 => "title",
            _ if large * 2 > long => "many",
            _ if large > 1 => "some",
            _ => "low",
        };
        let mut words = split_words(text).map(|(_, w)| w.to_lowercase());
        let (first, second) = (words.next(), words.next());
        Look {
            length,
            ending,
            case,
            bare: line.words <= 16 && !ends_sentence(text),
            first: first.unwrap_or_default(),
            second: second.unwrap_or_default(),
        }
    }
}

/// "19:27", "4.46pm", "11:30 p.m."
fn has_clock(text: &str) -> bool {
    let bytes = text.as_bytes();
    (1..bytes.len().saturating_sub(2)).any(|at| {
        let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
        matches!(bytes[at], b':' | b'.') && digit(at - 1) && digit(at + 1) && digit(at + 2) && {
            bytes[at] == b':' || !digit(at + 3)
        }
    })
}

fn begins_as_button(text: &str) -> bool {
    BUTTONS.iter().any(|button| {
        text.get(..button.len()).is_some_and(|t| t.eq_ignore_ascii_case(button))
            && !text[button.len()..].starts_with(char::is_alphanumeric)
    })
}

/// The lines of a text with their features, for the learner.
pub fn lines_with_features(
    tokenized: &crate::text::TokenizedText<'_>,
) -> Vec<(crate::text::Span, Vec<String>)> {
    let lines = Lines::new(tokenized);
    let looks = Looks::new(&lines);
    let mut features = Vec::new();
    lines
        .all()
        .iter()
        .map(|line| {
            looks.features_of(line, &mut features);
            (line.span, features.clone())
        })
        .collect()
}
