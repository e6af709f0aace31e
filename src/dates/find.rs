//! The way through a text: lex, read, filter, resolve.

use super::context::{is_narrative, is_report, place_quarters, place_times, share_years};
use super::grammar::Parser;
use super::lexer::{Lexeme, lex};
use super::meaning::{Found, Meaning, YearRef};
use super::period::{Period, interval_of};
use super::resolve::{Cue, Hung, Resolved, Scene, resolve};
use super::tense::{self, Tense};
use super::vocabulary::{Kind, Unit, Word as W};
use super::{Anchor, Expression, Value, filter};
use crate::calendar::Stamp;
use crate::document::{Confidence, TimexType};
use crate::layout::Layout;
use crate::text::{Reading, Span};

/// An expression that was read and not yet resolved.
pub(super) struct Read {
    pub(super) found: Found,
    pub(super) span: Span,
    pub(super) tense: Tense,
    pub(super) cue: Cue,
    pub(super) paragraph: usize,
    pub(super) sentence: usize,
    /// A quarter whose last day is told after it.
    pub(super) ended: bool,
    /// "and", "to" or a dash comes right after.
    pub(super) joins: bool,
}

/// What `galley explain` prints of one expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The name of the grammar's rule, and what it reads.
    pub rule: &'static str,
    /// What the rule reads, in words.
    pub about: &'static str,
    /// The tense that the nearest verb shows.
    pub tense: &'static str,
    /// Whether the text was taken for a story far from its publication date.
    pub narrative: bool,
}

/// See [`super::find`].
pub(super) fn find(
    reading: &Reading<'_>,
    layout: &Layout,
    published: Option<Stamp>,
) -> Vec<(Expression, Explanation)> {
    let mut reads = read_all(reading);
    share_years(&mut reads);
    place_quarters(&mut reads, reading);
    place_times(&mut reads);
    let narrative = is_narrative(&reads, published);
    let report = is_report(&reads);
    let mut out: Vec<(Expression, Explanation)> = Vec::with_capacity(reads.len());
    let mut scene = Scene {
        published,
        narrative,
        report,
        told: None,
        told_day: None,
        told_past: None,
        ahead: false,
        paragraph: 0,
        told_in: 0,
        story: None,
        aside: None,
        quarter: None,
        tense: Tense::Unknown,
        cue: Cue::None,
    };
    let mut told_by: Option<usize> = None;
    let mut scene_sentence = usize::MAX;
    let mut quarter_told_in = 0;
    let published_span = layout.published.as_ref().map(|(_, span)| *span);
    for read in reads {
        scene.tense = read.tense;
        if read.sentence != scene_sentence {
            scene.aside = None;
            scene.ahead = false;
            scene_sentence = read.sentence;
        }
        scene.cue = read.cue;
        scene.paragraph = read.paragraph;
        // A quarter is remembered for as long as the report speaks of it.
        if scene.quarter.is_some() && read.paragraph > quarter_told_in + 6 {
            scene.quarter = None;
        }

        let Some(resolved) = resolve(&read.found, &scene) else {
            continue;
        };
        let index = out.len();
        let is_line = published_span.is_some_and(|s| s.overlaps(read.span));
        let explanation = Explanation {
            rule: read.found.rule,
            about: about(read.found.rule),
            tense: tense_name(read.tense),
            narrative,
        };
        let told_index = told_by;
        if !is_line {
            remember(
                &mut scene,
                &mut told_by,
                &resolved,
                index,
                read.ended,
                read.paragraph,
            );
            if matches!(resolved.period, Some(Period::Quarter(..))) {
                quarter_told_in = read.paragraph;
            }
        }
        out.push((
            dress(resolved, read.span, told_index, read.found.rule),
            explanation,
        ));
    }
    if let Some((stamp, span)) = &layout.published {
        out = with_publication(out, *stamp, *span);
    }
    out
}

fn about(rule: &str) -> &'static str {
    super::grammar::rules::Rule::ALL
        .iter()
        .find(|r| r.name == rule)
        .map_or("", |r| r.about)
}

fn tense_name(tense: Tense) -> &'static str {
    match tense {
        Tense::Unknown => "none",
        Tense::Past => "past",
        Tense::Present => "present",
        Tense::Perhaps => "perhaps to come",
        Tense::Future => "future",
    }
}

/// Everything that the grammar reads, in text order, filtered.
fn read_all(reading: &Reading<'_>) -> Vec<Read> {
    let text = reading.source().as_str();
    let mut lexemes: Vec<Lexeme> = Vec::new();
    let mut out = Vec::new();
    for (index, paragraph) in reading.paragraphs().iter().enumerate() {
        lexemes.clear();
        let mut sentence_of = Vec::new();
        for s in paragraph.sentences.clone() {
            let Some(sentence) = reading.sentences().get(s) else {
                continue;
            };
            sentence_of.push((lexemes.len(), s));
            lex(reading, sentence.tokens.clone(), true, &mut lexemes);
        }
        let parser = Parser {
            lexemes: &lexemes,
            text,
        };
        let mut sentences = sentence_of.iter().peekable();
        let mut sentence = 0;
        // Quotation marks passed so far: are we inside?
        let (mut quoted, mut passed) = (false, 0);
        let mut i = 0;
        while i < lexemes.len() {
            while let Some(&&(at, s)) = sentences.peek()
                && at <= i
            {
                sentence = s;
                sentences.next();
            }
            let Some(found) = parser
                .read(i)
                .filter(|f| f.to > f.from && filter::keep(&parser, f))
            else {
                i += 1;
                continue;
            };
            let next = found.to.max(i + 1);
            let second = parser.second_day(&found).filter(|f| f.to > f.from);
            // "June 10 - 31": neither is meant.
            if second.is_some_and(|f| !filter::exists(&f)) {
                i = second.map_or(next, |f| f.to.max(next));
                continue;
            }
            for lexeme in lexemes.get(passed..found.from).unwrap_or_default() {
                quoted = match lexeme.kind {
                    Kind::Mark('"') => !quoted,
                    Kind::Mark('“' | '«' | '„') => true,
                    Kind::Mark('”' | '»') => false,
                    _ => quoted,
                };
            }
            passed = found.from;
            push(reading, &parser, found, index, sentence, quoted, &mut out);
            i = next;
            if let Some(second) = second {
                i = second.to.max(i);
                push(reading, &parser, second, index, sentence, quoted, &mut out);
            }
        }
    }
    out
}

fn push(
    reading: &Reading<'_>,
    parser: &Parser<'_>,
    found: Found,
    paragraph: usize,
    sentence: usize,
    quoted: bool,
    out: &mut Vec<Read>,
) {
    let (Some(first), Some(last)) = (
        parser.lexemes.get(found.from),
        found.to.checked_sub(1).and_then(|i| parser.lexemes.get(i)),
    ) else {
        return;
    };
    let Some(span) = reading
        .source()
        .span(first.start as usize, last.end as usize)
    else {
        return;
    };
    let tokens = first.token as usize..last.token as usize + 1;
    let bounds = reading
        .sentences()
        .get(sentence)
        .map_or(tokens.clone(), |s| s.tokens.clone());
    let needs = needs_tense(&found.meaning);
    let tense = if needs {
        tense::around(reading, bounds, tokens, quoted)
    } else {
        Tense::Unknown
    };
    out.push(Read {
        ended: false,
        sentence,
        joins: matches!(
            parser.kind(found.to),
            Kind::Mark('-' | '—' | '&')
                | Kind::Word(W::And | W::To | W::Or | W::Until | W::Through)
        ),
        cue: cue(parser, found.from),
        found,
        span,
        tense,
        paragraph,
    });
}

fn needs_tense(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Partial(p) => p.year == YearRef::Open,
        Meaning::Near(..) | Meaning::Either(..) | Meaning::FiscalQuarter(..) => true,
        Meaning::Around(..) => true,
        Meaning::Shift(unit, ..) => *unit == Unit::Weekend,

        _ => false,
    }
}

/// Words after which a date lies ahead.
const AHEAD: [&str; 8] = [
    "due",
    "effective",
    "payable",
    "expire",
    "expires",
    "record",
    "redeemable",
    "deadline",
];

fn cue(parser: &Parser<'_>, from: usize) -> Cue {
    let at = |d: usize| from.checked_sub(d).map_or(Kind::Other, |i| parser.kind(i));
    match at(1) {
        Kind::Word(W::By | W::Until | W::Through) => Cue::Ahead,
        Kind::Word(W::Since) => Cue::Behind,
        Kind::Word(W::On) if from > 1 && parser.says_any(from - 2, &AHEAD) => Cue::Ahead,
        _ if from > 0 && parser.says_any(from - 1, &AHEAD) => Cue::Ahead,
        // "as early as Tuesday", "as soon as May", "between now and Feb. 10"
        _ if from > 1
            && parser.says(from - 1, "as")
            && parser.says_any(from - 2, &["early", "soon"]) =>
        {
            Cue::Surely
        }
        Kind::Word(W::And) if at(2) == Kind::Word(W::Now) => Cue::Ahead,
        _ => Cue::None,
    }
}

fn remember(
    scene: &mut Scene,
    told_by: &mut Option<usize>,
    resolved: &Resolved,
    index: usize,
    ended: bool,
    paragraph: usize,
) {
    let Some(period) = resolved.period else {
        return;
    };
    match period {
        Period::Century(_) | Period::Decade(_) => return,
        Period::Day(day) | Period::Part(day, _) | Period::Clock(day, _) => {
            scene.told_day = Some(day);
            scene.ahead = scene.published.is_some_and(|s| day > s.day);
            if scene.published.is_none_or(|s| day <= s.day) {
                scene.told_past = Some((day, paragraph));
            }
            scene.told = Some(Period::Day(day));
            scene.story = Some((day.year(), day.month()));
        }
        Period::Month(year, month) => {
            scene.told_day = None;
            scene.told = Some(period);
            scene.story = Some((year, month));
        }
        Period::Year(year) => {
            scene.told_day = None;
            scene.told = Some(period);
            // A year before the story's own is told in passing, and holds for its sentence.
            match scene.story {
                Some((y, _)) if year < y || year > y + 8 => scene.aside = Some(year),
                _ => scene.story = Some((year, 0)),
            }
        }
        Period::Quarter(year, q) => {
            // "a year earlier" looks back and "the third quarter of 1990" ahead: neither is what
            // the report goes on about.
            let ended = ended
                || scene
                    .published
                    .is_none_or(|s| period.days().is_some_and(|(_, to)| to <= s.day));
            let own = resolved.hung != Hung::Nothing || scene.quarter.is_none();
            if ended && own && scene.quarter.is_none_or(|(y, _)| year >= y) {
                scene.quarter = Some((year, q));
            }
            if resolved.hung == Hung::Told {
                return;
            }
            scene.told_day = None;
            scene.told = Some(period);
        }
        _ => {
            scene.told_day = None;
            scene.told = Some(period);
        }
    }
    scene.told_in = paragraph;
    *told_by = Some(index);
}

/// Rules whose readings people share less often than their resolution alone would tell
/// (measured on annotated news and histories).
fn ceiling(rule: &str) -> u16 {
    match rule {
        "bare length" | "some time" => 520,
        "daily" | "plural seasons" => 600,
        "year end" | "nth day" => 620,
        "offset" => 800,
        "rate" | "this part" | "day and time" | "time and day" => 850,
        "told" => 770,
        _ => 1000,
    }
}

fn dress(resolved: Resolved, span: Span, told_by: Option<usize>, rule: &str) -> Expression {
    let anchor = match resolved.hung {
        Hung::Nothing => Anchor::None,
        Hung::Published => Anchor::Published,
        Hung::Told => told_by.map_or(Anchor::None, Anchor::Expression),
    };
    let modifier = resolved.modifier.map(|m| m.name());
    let value = |text: String| Value {
        kind: resolved.kind,
        interval: interval_of(&text),
        value: text,
        modifier,
    };
    Expression {
        span,
        alternatives: resolved.others.iter().cloned().map(value).collect(),
        value: value(resolved.value.clone()),
        anchor,
        confidence: Confidence::per_mille(resolved.sure.min(ceiling(rule))),
        reason: Some(resolved.reason.to_owned()),
    }
}

/// The publication line is one expression: what the layout read there, as it read it.
fn with_publication(
    mut all: Vec<(Expression, Explanation)>,
    stamp: Stamp,
    span: Span,
) -> Vec<(Expression, Explanation)> {
    let from = all.partition_point(|(e, _)| e.span.end() <= span.start());
    let to = all.partition_point(|(e, _)| e.span.start() < span.end());
    let removed = to.saturating_sub(from);
    let text = stamp.to_string();
    let line = Expression {
        span,
        value: Value {
            kind: if stamp.time.is_some() {
                TimexType::Time
            } else {
                TimexType::Date
            },
            interval: interval_of(&text),
            value: text,
            modifier: None,
        },
        anchor: Anchor::None,
        alternatives: Vec::new(),
        confidence: Confidence::per_mille(980),
        reason: Some("the publication date".to_owned()),
    };
    let explanation = Explanation {
        rule: "publication",
        about: "the publication line",
        tense: "none",
        narrative: false,
    };
    all.splice(from..to.max(from), [(line, explanation)]);
    // Indices behind the line moved; those that pointed into it point to it.
    for (expression, _) in &mut all {
        if let Anchor::Expression(i) = expression.anchor {
            expression.anchor = Anchor::Expression(if i < from {
                i
            } else if i < from + removed {
                from
            } else {
                i + 1 - removed
            });
        }
    }
    all
}
