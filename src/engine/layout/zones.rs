//! Which part of a page each line is: title, standfirst, byline, stamp, caption, subhead, furniture,
//! sign-off or the story itself. A line is read by its own look, its neighbours and the zone of the
//! line before; the weights are learned (averaged perceptron, `cargo train layout`) and are whole
//! numbers, in `zone_weights.bin`.

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

/// What is told of each feature of a line as it is found: the pieces of its name, `["length=", "8"]`.
pub type FeatureSink<'s> = dyn FnMut(&[&str]) + 's;

/// The key of a feature in the model: FNV-1a of its name, 64 bits folded into 32.
fn feature_key(name: &[&str]) -> u32 {
    let bytes = name.iter().flat_map(|piece| piece.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 32) as u32 ^ hash as u32
}

/// Learned weights, by the key of the feature.
#[derive(Debug, Clone, Default)]
pub struct ZoneWeights {
    by_key: FxHashMap<u32, Scores>,
}

impl ZoneWeights {
    /// Reads a model: the keys in ascending order, four bytes each, then for each zone the weights of all keys, two
    /// bytes each; all of them little-endian. Bytes that are over are left unread.
    pub fn from_bytes(bytes: &[u8]) -> ZoneWeights {
        let count = bytes.len() / (4 + 2 * Zone::ALL.len());
        let (keys, columns) = bytes.split_at(4 * count);
        let (weights, _) = columns.as_chunks::<2>();
        let (keys, _) = keys.as_chunks::<4>();
        let rows = keys.iter().enumerate().map(|(row, key)| {
            let weight = |zone: usize| weights.get(zone * count + row).copied().unwrap_or_default();
            let scores = std::array::from_fn(|zone| i32::from(i16::from_le_bytes(weight(zone))));
            (u32::from_le_bytes(*key), scores)
        });
        ZoneWeights { by_key: rows.collect() }
    }

    /// The bytes that [`ZoneWeights::from_bytes`] reads; weights beyond two bytes are cut to the largest that fit.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut rows: Vec<(&u32, &Scores)> = self.by_key.iter().collect();
        rows.sort();
        let mut out: Vec<u8> = rows.iter().flat_map(|(key, _)| key.to_le_bytes()).collect();
        for zone in 0..Zone::ALL.len() {
            for (_, scores) in &rows {
                let weight = scores[zone].clamp(i16::MIN.into(), i16::MAX.into()) as i16;
                out.extend(weight.to_le_bytes());
            }
        }
        out
    }

    /// Weights by the names of their features, for a model that is being learned.
    pub fn from_names<'n>(by_name: impl IntoIterator<Item = (&'n str, Scores)>) -> ZoneWeights {
        let rows = by_name.into_iter();
        ZoneWeights { by_key: rows.map(|(name, scores)| (feature_key(&[name]), scores)).collect() }
    }

    /// Adds what a feature says.
    pub fn add_to(&self, sum: &mut Scores, feature: &[&str]) {
        if let Some(weights) = self.by_key.get(&feature_key(feature)) {
            for (sum, weight) in sum.iter_mut().zip(weights) {
                *sum = sum.saturating_add(*weight);
            }
        }
    }
}

static WEIGHTS: LazyLock<ZoneWeights> =
    LazyLock::new(|| ZoneWeights::from_bytes(include_bytes!("zone_weights.bin")));

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
    for line in lines.all() {
        let mut scores = Scores::default();
        let mut add = |feature: &[&str]| WEIGHTS.add_to(&mut scores, feature);
        looks.tell_features(line, &mut add);
        tell_zones_before(&mut add, out.iter().rev().map(|(zone, _)| *zone));
        out.push((best_zone(&scores), scores));
    }
    out
}

/// What the zones of the lines before say: the last, the last two, and whether the title is above.
pub fn tell_zones_before(tell: &mut FeatureSink<'_>, mut before: impl Iterator<Item = Zone>) {
    let name = |zone: Option<Zone>| zone.map_or("none", Zone::name);
    let (one, two) = (before.next(), before.next());
    tell(&["zone-1=", name(one)]);
    tell(&["zone-2=", name(two), "+", name(one)]);
    let titled = [one, two].contains(&Some(Zone::Title))
        || before.take(MAX_LINES_ABOVE).any(|zone| zone == Zone::Title);
    tell(&["titled=", yes_or_no(titled)]);
}

fn yes_or_no(holds: bool) -> &'static str {
    if holds { "true" } else { "false" }
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
    pub(super) fn tell_features(&self, line: &Line<'_>, tell: &mut FeatureSink<'_>) {
        let Some(look) = self.each.get(line.index) else {
            return;
        };
        tell(&["bias"]);
        tell(&["length=", look.length]);
        tell(&["ending=", look.ending]);
        tell(&["case=", look.case]);
        tell(&["length+ending=", look.length, "+", look.ending]);
        tell(&["length+case=", look.length, "+", look.case]);
        tell(&["first=", &look.first]);
        tell(&["first+second=", &look.first, "+", &look.second]);
        tell(&["first+length=", &look.first, "+", look.length]);
        if line.words <= MAX_WORDS_READ {
            for (_, word) in split_words(line.text).skip(1) {
                tell(&["word=", &word.to_lowercase()]);
            }
        } else if let Some((_, last)) = split_words(line.text).next_back() {
            tell(&["last=", &last.to_lowercase()]);
        }
        self.tell_marks(line, tell);
        self.tell_place(line, look, tell);
    }

    fn tell_marks(&self, line: &Line<'_>, tell: &mut FeatureSink<'_>) {
        let text = line.text;
        let short = text.len() <= MAX_SHORT_BYTES;
        let signs = Signs::of(text);
        let words = if short { WordsSeen::of(text) } else { WordsSeen::default() };
        let flags = [
            ("dated", short && signs.digit && find_written_date(text).is_some()),
            ("bar", signs.bar),
            ("arrow", signs.arrow),
            ("at", signs.at),
            ("link", signs.link),
            ("copyright", signs.copyright),
            ("slash", short && signs.slash),
            ("bracket", text.ends_with(')') || text.ends_with(").")),
            ("opens-bracket", text.starts_with(['(', '['])),
            ("opens-quote", text.starts_with(['"', '“', '‘', '\''])),
            ("quote", signs.quote),
            ("colon", short && signs.colon),
            ("dash", text.starts_with(['-', '—', '–'])),
            ("digits", signs.digit),
            ("only-digits", !signs.letter),
            ("clock", short && signs.digit && has_clock(text)),
            ("outlet", words.outlet),
            ("section", line.words <= 4 && words.section),
            ("credit", words.credit),
            ("published", words.published),
            ("updated", words.updated),
            ("button", short && begins_as_button(text)),
            ("repeated", self.repeated.contains(text)),
            ("body", line.body),
        ];
        for (name, _) in flags.iter().filter(|(_, holds)| *holds) {
            tell(&["has=", name]);
        }
        let on: Vec<&str> = flags.iter().filter(|(_, holds)| *holds).map(|(n, _)| *n).collect();
        for (i, one) in on.iter().enumerate() {
            for two in on.iter().skip(i + 1) {
                tell(&["has=", one, "+", two]);
            }
        }
    }

    fn tell_place(&self, line: &Line<'_>, look: &Look, tell: &mut FeatureSink<'_>) {
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
        tell(&["top=", top]);
        tell(&["end=", end]);
        tell(&["part=", part]);
        tell(&["part+length=", part, "+", look.length]);
        tell(&["part+length+ending=", part, "+", look.length, "+", look.ending]);
        tell(&["top+length=", top, "+", look.length]);
        tell(&["end+length=", end, "+", look.length]);
        let near = |back: bool, far: usize| {
            let index = if back { at.checked_sub(far)? } else { at + far };
            self.each.get(index)
        };
        for (name, back, far) in
            [("-1", true, 1), ("+1", false, 1), ("-2", true, 2), ("+2", false, 2)]
        {
            let (length, ending) = near(back, far).map_or(("no", "no"), |l| (l.length, l.ending));
            tell(&["length", name, "=", length]);
            tell(&["look", name, "=", length, "+", ending, "|", look.length]);
            if far == 1 {
                tell(&["first", name, "=", near(back, far).map_or("", |l| l.first.as_str())]);
                let body = |i: usize| self.lines.all().get(i).is_some_and(|l| l.body);
                let index = if back { at.wrapping_sub(1) } else { at + 1 };
                tell(&["body", name, "=", yes_or_no(body(index)), "|", look.length]);
            }
        }
        // A run of lines that could all be links.
        let mut run = 0;
        for step in [true, false] {
            run += (1..=3).take_while(|&far| near(step, far).is_some_and(|l| l.bare)).count();
        }
        let run = match run {
            0 => "0",
            1 => "1",
            2 => "2",
            3 => "3",
            _ => "4",
        };
        let bare = yes_or_no(look.bare);
        tell(&["run=", run, "|", bare]);
        tell(&["run+part=", run, "|", bare, "|", part]);
        let gap = |a: usize, b: usize| {
            let (Some(a), Some(b)) = (self.lines.all().get(a), self.lines.all().get(b)) else {
                return "end";
            };
            let between = self.lines.between(a, b);
            if between.bytes().filter(|&b| b == b'\n').count() > 1 { "blank" } else { "none" }
        };
        let (above, below) = (gap(at.wrapping_sub(1), at), gap(at, at + 1));
        tell(&["gap=", above, "+", below]);
        tell(&["gap+length=", above, "+", below, "+", look.length]);
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

/// Which signs a line holds.
#[derive(Default)]
struct Signs {
    bar: bool,
    arrow: bool,
    at: bool,
    link: bool,
    copyright: bool,
    slash: bool,
    quote: bool,
    colon: bool,
    /// An ASCII digit.
    digit: bool,
    letter: bool,
}

impl Signs {
    /// In one walk over the text: paragraphs are long.
    fn of(text: &str) -> Signs {
        let mut signs = Signs::default();
        for (at, c) in text.char_indices() {
            match c {
                'p' => signs.link |= text[..at].ends_with("htt"),
                '.' => signs.link |= text[..at].ends_with("www"),
                'y' => {
                    let begun = text[..at].ends_with("op");
                    signs.copyright |= begun && text[at..].starts_with("yright");
                }
                '©' => signs.copyright = true,
                '|' | '·' | '•' => signs.bar = true,
                '>' | '›' | '»' | '→' => signs.arrow = true,
                '@' => signs.at = true,
                '/' => signs.slash = true,
                '"' | '“' | '”' => signs.quote = true,
                ':' => signs.colon = true,
                '0'..='9' => signs.digit = true,
                _ => {}
            }
            signs.letter = signs.letter || c.is_alphabetic();
        }
        signs
    }
}

/// Which words of pages a short line holds.
#[derive(Default)]
struct WordsSeen {
    outlet: bool,
    section: bool,
    credit: bool,
    published: bool,
    updated: bool,
}

impl WordsSeen {
    fn of(text: &str) -> WordsSeen {
        let mut seen = WordsSeen::default();
        for (_, word) in split_words(text) {
            seen.outlet |= OUTLETS.get_any_case(word).is_some();
            seen.section |= SECTIONS.contains_any_case(word);
            seen.credit |= CREDIT_LABELS.get_any_case(word).is_some();
            seen.published |= PUBLICATION_LABELS.contains_any_case(word);
            seen.updated |= UPDATE_LABELS.contains_any_case(word);
        }
        seen
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
    lines
        .all()
        .iter()
        .map(|line| {
            let mut features = Vec::new();
            looks.tell_features(line, &mut |feature| features.push(feature.concat()));
            (line.span, features)
        })
        .collect()
}
