//! Paragraphs made for training: the corpus' own attributions in other orders, and marks and acts where nobody speaks.
//!
//! Owns what is made and how often. Must not know how taggers learn. PolNeAR has few fronted "according to", inverted
//! indirect speech, rare cue verbs, titles in quotation marks, court acts, market reports and furniture; a tagger that
//! never saw them takes them for what they resemble. Each article has one made article beside it, in the same
//! fold.

mod frames;
mod simple;

use std::collections::{BTreeMap, BTreeSet};

use super::corpus::{Article, Gold};
use crate::random::{RandomSource, SplitMix};
use galley_engine::document::QuoteKind;
use galley_engine::text::{SourceText, Span, TokenizedText};
use galley_engine::vocabulary::speech::{CUE_STEMS, look_up_function_word};
use simple::{Order, Simple, find_simple};

/// Folds are taken by an article's number modulo 2 and 3: a made article keeps its source's.
const FOLDS: usize = 6;

/// Words of the corpus that variants are made with.
struct Lexicon {
    /// Seen in lower case again and again: such a word at a sentence's start loses its capital in the middle.
    lowercase: BTreeSet<String>,
    /// Lower-case words in -ed.
    participles: Vec<String>,
    /// What trails after content, outside it, to the sentence's end.
    tails: Vec<String>,
}

/// A made article that grows.
#[derive(Default)]
struct Made {
    text: String,
    quotes: Vec<Gold>,
}

impl Made {
    fn push(&mut self, text: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(text);
        Span::new(start, self.text.len())
    }

    /// Adds a sentence in which `<s>`, `<c>` and `<d>` mark the parts of one quote; further parts of content are
    /// marked `<d>` again.
    fn push_marked(&mut self, sentence: &str) {
        let mut gold = Gold {
            kind: QuoteKind::Indirect,
            content: Vec::new(),
            cue: Vec::new(),
            speaker: Vec::new(),
        };
        let mut rest = sentence;
        while let Some(at) = rest.find('<') {
            self.push(&rest[..at]);
            let (Some(role), Some(end)) = (rest.get(at + 1..at + 2), rest[at..].find("</")) else {
                break;
            };
            let inside = self.push(rest.get(at + 3..at + end).unwrap_or_default());
            match role {
                "s" => gold.speaker.push(inside),
                "c" => gold.cue.push(inside),
                _ => gold.content.push(inside),
            }
            rest = rest.get(at + end + 4..).unwrap_or_default();
        }
        self.push(rest);
        if !gold.content.is_empty() {
            self.quotes.push(gold);
        }
    }

    fn end_paragraph(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push_str("\n\n");
        }
    }
}

/// One made article for each of `articles`, in their order, after so many empty ones that both share a fold.
/// `silent`: texts whose sentences without any cue are shown as such.
///
/// # Errors
/// A made text that is no source text.
pub(super) fn make_articles(
    articles: &[Article],
    silent: &[String],
    seed: u64,
) -> Result<Vec<Article>, String> {
    let lexicon = build_lexicon(articles);
    let silent = silent_sentences(silent);
    let mut out: Vec<Article> = Vec::new();
    let empty = || -> Result<Article, String> {
        let source = SourceText::new("None.").map_err(|e| e.to_string())?;
        Ok(Article { source, quotes: Vec::new() })
    };
    while (articles.len() + out.len()) % FOLDS != 0 {
        out.push(empty()?);
    }
    for (i, article) in articles.iter().enumerate() {
        let mut random = SplitMix::new(seed.wrapping_mul(1_000_003) + i as u64);
        let made = make_article(article, &lexicon, &silent, &mut random);
        match SourceText::new(&made.text) {
            // Spans are good where the text was taken over as it stands.
            Ok(source) if source.as_str() == made.text && !made.text.trim().is_empty() => {
                out.push(Article { source, quotes: made.quotes });
            }
            _ => out.push(empty()?),
        }
    }
    Ok(out)
}

/// An article's text with `<s>`, `<c>` and `<d>` round its gold, to be read.
pub(super) fn mark_gold(article: &Article) -> String {
    let mut marks: Vec<(usize, String)> = Vec::new();
    for q in &article.quotes {
        for (role, spans) in [("s", &q.speaker), ("c", &q.cue), ("d", &q.content)] {
            for span in spans {
                marks.push((span.start(), format!("<{role}>")));
                marks.push((span.end(), format!("</{role}>")));
            }
        }
    }
    marks.sort_by_key(|m| std::cmp::Reverse(m.0));
    let mut text = article.source.as_str().to_owned();
    for (at, mark) in marks {
        text.insert_str(at, &mark);
    }
    text
}

/// What an article gives to variants.
struct Stock<'a> {
    simple: Vec<Simple<'a>>,
    /// Sentences outside all quotes.
    plain: Vec<&'a str>,
    people: Vec<&'a str>,
    /// Runs of words that make titles.
    words: Vec<&'a str>,
    lexicon: &'a Lexicon,
}

fn pick<'a, T>(items: &'a [T], random: &mut SplitMix) -> Option<&'a T> {
    items.get(random.below(items.len() as u64) as usize)
}

fn chance(share: f32, random: &mut SplitMix) -> bool {
    random.next_unit() < share
}

fn make_article(
    article: &Article,
    lexicon: &Lexicon,
    silent: &[String],
    random: &mut SplitMix,
) -> Made {
    let reading = TokenizedText::new(&article.source);
    let covered = |span: Span| {
        article
            .quotes
            .iter()
            .any(|q| q.content.iter().chain(&q.cue).chain(&q.speaker).any(|s| s.overlaps(span)))
    };
    let plain: Vec<&str> = reading
        .sentences()
        .iter()
        .filter_map(|s| reading.span_of(s.tokens.clone()))
        .filter(|s| !covered(*s))
        .map(|s| reading.slice(s))
        .filter(|s| {
            s.ends_with('.') && !s.contains(['“', '"', '\n', '‘', '<', '{']) && s.len() > 40
        })
        .collect();
    let people = article.quotes.iter().flat_map(|q| &q.speaker).map(|s| reading.slice(*s));
    let mut people: Vec<&str> = people
        .filter(|s| s.len() < 40 && s.split(' ').all(|w| w.starts_with(char::is_uppercase)))
        .filter(|s| {
            !s.contains(['\n', '<']) && !matches!(*s, "He" | "She" | "They" | "I" | "We" | "It")
        })
        .collect();
    people.extend(["Ines Caldwell", "Joseph Marsh", "Harwell Group"]);
    let words = reading.tokens().iter().map(|t| reading.slice(t.span));
    let stock = Stock {
        simple: find_simple(article, &reading),
        plain,
        people,
        words: words.filter(|w| w.chars().all(char::is_alphabetic)).collect(),
        lexicon,
    };
    let mut out = Made::default();
    // The first paragraph is read as a headline.
    out.push(stock.plain.first().copied().unwrap_or("News of the day"));
    out.end_paragraph();
    // How many of each kind an article has on average.
    type Maker = fn(&Stock<'_>, &mut SplitMix) -> Option<String>;
    let makers: [(f32, Maker); 9] = [
        (1.0, |s, r| front_according(s, r)),
        (0.7, |s, r| invert(s, r)),
        (0.5, |s, r| add_date(s, r)),
        (0.5, |s, r| add_tail(s, r)),
        (0.8, |s, r| rare_verb(s, r)),
        (1.0, |s, r| scare_quote(s, r)),
        (1.4, |s, r| fill_frame(pick(frames::TITLES, r)?, s, r)),
        (1.4, |s, r| fill_frame(pick(frames::SILENT, r)?, s, r)),
        (1.2, |s, r| fill_frame(pick(frames::REPORTS, r)?, s, r)),
    ];
    let mut paragraphs: Vec<String> = Vec::new();
    for (mean, make) in makers {
        let count = mean as usize + usize::from(chance(mean.fract(), random));
        for _ in 0..count {
            let Some(mut sentence) = make(&stock, random) else { continue };
            let marked = sentence.contains('<');
            if !marked && chance(0.3, random) {
                sentence = straighten_marks(&sentence, random);
            }
            // What comes after is no content; a sentence before shows that the place in the paragraph says nothing.
            if chance(0.35, random)
                && let Some(more) = pick(&stock.plain, random)
            {
                sentence = format!("{sentence} {more}");
            } else if chance(0.25, random)
                && let Some(more) = pick(&stock.plain, random)
            {
                sentence = format!("{more} {sentence}");
            }
            paragraphs.push(sentence);
        }
    }
    for _ in 0..2 {
        paragraphs.extend(pick(silent, random).cloned());
    }
    random.shuffle(&mut paragraphs);
    for p in paragraphs {
        out.push_marked(&p);
        out.end_paragraph();
    }
    out
}

/// Other marks for “ and ”.
fn straighten_marks(text: &str, random: &mut SplitMix) -> String {
    if chance(0.5, random) {
        text.replace(['“', '”'], "\"")
    } else {
        text.replace('“', "‘").replace('”', "’")
    }
}

/// "the Mayor of X": without the capital that its place at a sentence's start gave it.
fn lower_start(text: &str, lexicon: &Lexicon) -> String {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let low = text[..end].to_lowercase();
    if lexicon.lowercase.contains(&low) { low + &text[end..] } else { text.to_owned() }
}

fn upper_start(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

/// The speaker of a quote, or somebody by office.
fn speaker_of(s: &Simple<'_>, stock: &Stock<'_>, random: &mut SplitMix) -> Option<String> {
    let low = lower_start(s.speaker, stock.lexicon);
    let pronoun = look_up_function_word(&s.speaker.to_lowercase()).pronoun;
    if pronoun || matches!(low.as_str(), "who" | "which" | "that") || chance(0.3, random) {
        pick(frames::ROLES, random).map(|r| (*r).to_owned())
    } else {
        Some(low)
    }
}

fn clause(s: &Simple<'_>, stock: &Stock<'_>) -> String {
    if s.order == Order::SpeakerFirst {
        s.content.to_owned()
    } else {
        lower_start(s.content, stock.lexicon)
    }
}

fn indirect<'a>(stock: &'a Stock<'_>, random: &mut SplitMix) -> Option<&'a Simple<'a>> {
    let all: Vec<&Simple<'_>> = stock.simple.iter().filter(|s| !s.quoted).collect();
    pick(&all, random).copied()
}

/// How a fronted attribution begins.
const LEADS: [&str; 5] = [
    "<c>According to</c>",
    "<c>According to</c>",
    "<c>According to</c>",
    "But <c>according to</c>",
    "And <c>according to</c>",
];

fn front_according(stock: &Stock<'_>, random: &mut SplitMix) -> Option<String> {
    let s = indirect(stock, random)?;
    let speaker = speaker_of(s, stock, random)?;
    let lead = pick(&LEADS, random)?;
    Some(format!("{lead} <s>{speaker}</s>, <d>{}</d>.", clause(s, stock)))
}

/// Verbs of speech that stand before their subject.
const INVERTED: &[&str] = &[
    "said", "said", "said", "says", "says", "warned", "argued", "claimed", "insisted", "added",
    "reported", "predicted", "conceded", "announced", "claims", "warns", "explained",
];

fn invert(stock: &Stock<'_>, random: &mut SplitMix) -> Option<String> {
    let s = indirect(stock, random)?;
    let speaker = speaker_of(s, stock, random)?;
    let content = upper_start(&clause(s, stock));
    let verb = pick(INVERTED, random)?;
    Some(format!("<d>{content}</d>, <c>{verb}</c> <s>{speaker}</s>."))
}

fn add_date(stock: &Stock<'_>, random: &mut SplitMix) -> Option<String> {
    let s = indirect(stock, random).filter(|s| s.order == Order::SpeakerFirst)?;
    let day = pick(frames::WEEKDAYS, random)?;
    let n = 1 + random.below(28);
    let when = match random.below(6) {
        0 => format!("on {day}"),
        1 => format!("on {day}, May {n},"),
        2 => (*day).to_owned(),
        3 => format!("late on {day}"),
        4 => format!("on {n} March"),
        _ => "in April".to_owned(),
    };
    Some(format!("<s>{}</s> <c>{}</c> {when} that <d>{}</d>.", s.speaker, s.cue, s.content))
}

fn add_tail(stock: &Stock<'_>, random: &mut SplitMix) -> Option<String> {
    let s = indirect(stock, random).filter(|s| s.order == Order::SpeakerFirst)?;
    let tail = pick(&stock.lexicon.tails, random)?;
    let that = if s.that { "that " } else { "" };
    Some(format!("<s>{}</s> <c>{}</c> {that}<d>{}</d>{tail}", s.speaker, s.cue, s.content))
}

/// A quotation in marks with an uncommon verb, or with a second one that is very short.
fn rare_verb(stock: &Stock<'_>, random: &mut SplitMix) -> Option<String> {
    let all: Vec<&Simple<'_>> = stock.simple.iter().filter(|s| s.quoted).collect();
    let s = *pick(&all, random)?;
    let content = upper_start(s.content.trim_end_matches([',', '.']));
    let speaker = pick(&stock.people, random).filter(|_| chance(0.7, random)).copied();
    let speaker = speaker.or_else(|| pick(frames::ROLES, random).copied())?;
    let rare = pick(&stock.lexicon.participles, random)?.as_str();
    let verb = if chance(0.3, random) { "said" } else { rare };
    let cue = if chance(0.8, random) {
        format!("<c>{verb}</c> <s>{speaker}</s>")
    } else {
        format!("<s>{speaker}</s> <c>{verb}</c>")
    };
    let more = if chance(0.35, random) {
        format!(" “<d>{}</d>”", pick(frames::SHORT_SPEECH, random)?)
    } else {
        String::new()
    };
    let tail = pick(
        &["", "", "", " of the plan", " on Monday", ", shaking her head", ", who runs a shop"],
        random,
    )?;
    let comma = if content.ends_with(['?', '!', '…']) { "" } else { "," };
    Some(format!("“<d>{content}</d>{comma}” {cue}{tail}.{more}"))
}

/// A sentence of the article with marks round a word or two after an article.
fn scare_quote(stock: &Stock<'_>, random: &mut SplitMix) -> Option<String> {
    let sentence = *pick(&stock.plain, random)?;
    let words: Vec<&str> = sentence.split(' ').collect();
    let open = |w: &str| {
        matches!(w.to_lowercase().as_str(), "the" | "a" | "an" | "his" | "her" | "their" | "its")
    };
    let plain = |w: &str| {
        w.len() > 3
            && w.chars().all(|c| c.is_alphabetic() || c == '-')
            && look_up_function_word(&w.to_lowercase()) == Default::default()
    };
    let places: Vec<usize> =
        (1..words.len()).filter(|&i| open(words[i - 1]) && plain(words[i])).collect();
    let &at = pick(&places, random)?;
    let more = words.get(at + 1).is_some_and(|w| plain(w)) && chance(0.4, random);
    let last = at + usize::from(more);
    let so_called = if chance(0.25, random) { "so-called " } else { "" };
    let mut out: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
    out[at] = format!("{so_called}“{}", out[at]);
    out[last] = format!("{}”", out[last]);
    Some(out.join(" "))
}

/// A frame with its places filled.
fn fill_frame(frame: &str, stock: &Stock<'_>, random: &mut SplitMix) -> Option<String> {
    let mut out = String::new();
    let mut rest = frame;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let place = rest.get(at + 1..at + 2)?;
        out += &match place {
            "P" => (*pick(&stock.people, random)?).to_owned(),
            "R" => (*pick(frames::ROLES, random)?).to_owned(),
            "D" => (*pick(frames::DOCUMENTS, random)?).to_owned(),
            "T" => make_title(stock, random)?,
            "X" => clause(indirect(stock, random)?, stock),
            "C" => upper_start(&clause(indirect(stock, random)?, stock)),
            "Y" => format!("{}", 1950 + random.below(73)),
            "K" => format!("{}", 1 + random.below(28)),
            "N" => match random.below(3) {
                0 => format!("{}", 2 + random.below(90)),
                1 => format!("{}.{}", 1 + random.below(99), random.below(100)),
                _ => format!("{},{:03}", 1 + random.below(30), random.below(1000)),
            },
            "W" => (*pick(frames::WEEKDAYS, random)?).to_owned(),
            _ => pick(&stock.lexicon.participles, random)?.clone(),
        };
        rest = rest.get(at + 3..)?;
    }
    out.push_str(rest);
    Some(out)
}

/// Up to five words that follow one another, with capitals as titles have them.
fn make_title(stock: &Stock<'_>, random: &mut SplitMix) -> Option<String> {
    let n = 1 + (random.below(3) + random.below(3)) as usize;
    let from = random.below(stock.words.len().saturating_sub(n) as u64) as usize;
    let words = stock.words.get(from..from + n)?;
    let small = |w: &str| matches!(w, "of" | "the" | "a" | "an" | "in" | "and" | "to" | "for");
    let title = words
        .iter()
        .enumerate()
        .map(|(i, w)| if i > 0 && small(w) { (*w).to_owned() } else { upper_start(w) });
    Some(title.collect::<Vec<_>>().join(" "))
}

fn build_lexicon(articles: &[Article]) -> Lexicon {
    let mut counts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut tails = BTreeSet::new();
    for article in articles {
        let reading = TokenizedText::new(&article.source);
        for t in reading.tokens() {
            let word = reading.slice(t.span);
            if word.chars().all(char::is_alphabetic) {
                let count = counts.entry(word.to_lowercase()).or_default();
                if word.starts_with(char::is_lowercase) { count.0 += 1 } else { count.1 += 1 }
            }
        }
        find_tails(article, &reading, &mut tails);
    }
    let often = |least: u32| {
        let counts = counts.iter().filter(move |(_, c)| c.0 >= least && c.0 > c.1);
        counts.map(|(w, _)| w.clone())
    };
    Lexicon {
        lowercase: often(10).collect(),
        participles: often(3).filter(|w| w.ends_with("ed") && w.len() > 4).collect(),
        tails: tails.into_iter().collect(),
    }
}

/// ", but Cook did not say when.": what the annotators left outside content, after a comma.
fn find_tails(article: &Article, reading: &TokenizedText<'_>, tails: &mut BTreeSet<String>) {
    let text = article.source.as_str();
    for q in &article.quotes {
        let (Some(last), Some(cue)) = (q.content.last(), q.cue.first()) else { continue };
        let end = reading.sentence_at(last.start()).and_then(|s| reading.sentences().get(s));
        let Some(end) = end.and_then(|s| reading.span_of(s.tokens.clone())).map(Span::end) else {
            continue;
        };
        if cue.start() > last.start() || last.end() >= end {
            continue;
        }
        let tail = Span::new(last.end(), end);
        let free = !article
            .quotes
            .iter()
            .any(|q| q.content.iter().chain(&q.cue).chain(&q.speaker).any(|s| s.overlaps(tail)));
        let tail = &text[tail.range()];
        let Some(first) = tail.strip_prefix(", ").and_then(|t| t.split(' ').next()) else {
            continue;
        };
        let turns = matches!(first, "but" | "although" | "though")
            || first.ends_with("ing") && !matches!(first, "including" | "something" | "nothing");
        if free
            && turns
            && tail.ends_with('.')
            && tail.len() < 160
            && !tail.contains(['\n', '<', '“'])
        {
            tails.insert(tail.to_owned());
        }
    }
}

/// Sentences in which no word begins like a cue, and no quotation marks stand.
fn silent_sentences(texts: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    for text in texts {
        let Ok(source) = SourceText::new(text) else { continue };
        let reading = TokenizedText::new(&source);
        for s in reading.sentences() {
            let Some(span) = reading.span_of(s.tokens.clone()) else { continue };
            let sentence = reading.slice(span);
            let cue = s.tokens.clone().any(|i| {
                let word = reading.word(i).to_lowercase();
                let mut ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
                ends.any(|end| CUE_STEMS.get(&word[..end]).is_some())
            });
            let marks = sentence.contains(['"', '“', '‘', '\n', '<', ':']);
            if !cue && !marks && sentence.ends_with('.') && (8..45).contains(&s.tokens.len()) {
                out.push(sentence.to_owned());
            }
        }
    }
    out
}
