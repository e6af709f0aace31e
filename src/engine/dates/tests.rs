//! The cases of every rule, as data: `tests/data/dates/*.txt`.

use galley_testcases::check;

use super::*;
use crate::text::SourceText;

/// `text = value (mod); …` of everything found in `text`.
fn found(text: &str, published: Option<&str>) -> String {
    let source = SourceText::new(text).unwrap();
    let reading = TokenizedText::new(&source);
    let published = published.map(|p| Stamp::parse(p).unwrap());
    let all = find(&reading, None, published);
    let mut out = Vec::new();
    for e in all {
        let modifier = e.value.modifier.map_or(String::new(), |m| format!(" ({m})"));
        out.push(format!("{} = {}{modifier}", reading.slice(e.span), e.value.value));
    }
    out.join("; ")
}

#[test]
fn dates_of_news_sentences() {
    let cases =
        check("tests/data/dates/news.txt", |case| found(&case.input, Some("2021-07-23T19:27:00")));
    assert!(cases >= 10);
}

/// Every line of an input is a sentence of its own.
#[test]
fn sentences_without_a_date_stay_silent() {
    let mut sentences = 0;
    check("tests/data/dates/silent.txt", |case| {
        let mut out = Vec::new();
        for line in case.input.lines() {
            sentences += 1;
            let with = found(line, Some("2021-07-23T19:27:00"));
            let got = if with.is_empty() { found(line, None) } else { with };
            if !got.is_empty() {
                out.push(format!("{line} {got}"));
            }
        }
        out.join("\n")
    });
    assert!(sentences >= 200, "{sentences} sentences");
}

/// Every expression cuts the text, in order, and points back at an earlier one.
fn sound(text: &str, published: Option<Stamp>) {
    let source = SourceText::new(text).unwrap();
    let reading = TokenizedText::new(&source);
    let mut publication_line = None;
    for line in [false, true] {
        if line && let Some(span) = source.span(0, source.len().min(1)).filter(|s| !s.is_empty()) {
            let stamp = Stamp::parse("2021-07-23").unwrap();
            publication_line = Some((stamp, span));
        }
        let all = find(&reading, publication_line, published);
        assert_eq!(all, find(&reading, publication_line, published));
        let mut end = 0;
        for (i, e) in all.iter().enumerate() {
            assert!(e.span.start() >= end && !e.span.is_empty(), "{text:?} {all:?}");
            assert!(source.span(e.span.start(), e.span.end()).is_some());
            assert!(!e.value.value.to_string().is_empty() && !e.value.in_words().is_empty());
            if let Anchor::Expression(at) = e.anchor {
                assert!(at < i, "{text:?} {all:?}");
            }
            end = e.span.end();
        }
    }
}

/// Words and marks that dates are made of, so that random texts come near to dates.
const PIECES: [&str; 64] = [
    "May", "3", "2021", " ", " ", " ", "-", "/", ".", ",", "the ", "last ", "Friday", "night",
    "’s", "'", "of ", "end ", "early ", "a ", "year ", "years ", "ago", "quarter", "third ", "Q3",
    "12", "31", "32", "p.m.", "5pm", "19:27", "T", "23T19:27:00", "1990s", "90s", "twenty",
    "five ", "hundred ", "and ", "half ", "every ", "weeks", "later", "earlier", "now", "between ",
    "to ", "BC", "Easter", "Christmas Eve", "New Year", "century", "00", "0", "99999999", "é",
    "日", "\n", "\u{2028}", "½", "’98", "—", "\u{0}",
];

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,80}") {
        sound(&text, Stamp::parse("2021-07-23T19:27:00"));
    }

    #[test]
    fn texts_made_of_dates_are_read_without_a_panic(
        pieces in proptest::collection::vec(0..PIECES.len(), 0..40),
        published in proptest::option::of(-4_000_000i64..3_000_000),
    ) {
        let text: String = pieces.iter().map(|&i| PIECES[i]).collect();
        let day = published.and_then(crate::calendar::Day::from_number);
        sound(&text, day.map(|day| Stamp { day, time: Some((0, 30, 0)) }));
    }
}

/// From 10 KB to 10 MB time grows with length, whatever the text is made of.
#[test]
#[ignore = "looks at the clock: cargo xtask bench linear"]
#[allow(clippy::disallowed_methods, reason = "only the clock tells")]
fn time_grows_linearly_with_length() {
    // Of so many rounds, altogether: other work on the machine slows short and long texts alike.
    let seconds = |text: &str, rounds: usize| {
        let source = SourceText::new(text).unwrap();
        let reading = TokenizedText::new(&source);
        let stamp = Stamp::parse("2021-07-23");
        let start = std::time::Instant::now();
        for _ in 0..rounds {
            std::hint::black_box(find(&reading, None, stamp));
        }
        start.elapsed().as_secs_f64()
    };
    for (line, times) in [
        ("He said on Thursday that the talks of May 3 would go on until next week. ", 1000),
        ("the the the the the the the the the ", 50),
        ("May May May May May ", 50),
        ("2 and a half and a half and a half ", 50),
        ("twenty hundred thousand and one hundred ", 50),
        ("1-2-3/4/5.6.7 ", 50),
        ("last year's last year's ", 50),
        ("late in early mid the end of the end of ", 50),
    ] {
        let small = line.repeat(10_000 / line.len());
        let large = small.repeat(times);
        let (parts, whole) = (seconds(&small, times), seconds(&large, 1));
        assert!(
            whole < 6.0 * parts,
            "{line:?}: {parts} s for {times} times 10 KB, {whole} s for as much in one text"
        );
    }
}

/// Every rule has its cases, and reads them itself.
#[test]
fn every_rule_reads_its_cases() {
    let published = Stamp::parse("2021-07-23T19:27:00");
    let mut read = std::collections::BTreeSet::new();
    let cases = check("tests/data/dates/rules.txt", |case| {
        let source = SourceText::new(&case.input).unwrap();
        let reading = TokenizedText::new(&source);
        let all = explain(&reading, None, published);
        let rule = &case.section;
        assert!(all.iter().any(|(_, why)| why.rule == rule), "{rule}: {}", case.input);
        read.insert(rule.clone());
        found(&case.input, Some("2021-07-23T19:27:00"))
    });
    assert!(cases >= 130);
    for rule in &grammar::rules::Rule::ALL {
        assert!(read.contains(rule.name), "no case for the rule {}", rule.name);
    }
}

#[test]
fn dates_of_texts_without_a_publication_date() {
    let cases = check("tests/data/dates/stories.txt", |case| found(&case.input, None));
    assert!(cases >= 15);
}

/// A text whose years lie far from its publication is read as a story, a report of yesterday is
/// not; and the answer stays the same when the publication date is only moved a little.
#[test]
fn a_history_is_told_apart_from_news() {
    let history = "The war began in 1914 and ended in 1918. The peace of 1919 did not last: by 1933 \\
                   it was dead. In March 1936 the army moved. In May it was ready.";
    let last = |published| {
        let all = found(history, Some(published));
        all.rsplit("; ").next().unwrap().to_owned()
    };
    assert_eq!(last("2021-07-23"), "May = 1936-05");
    assert_eq!(last("2020-02-03"), "May = 1936-05");
    let news = "On Monday the minister, who took office in 1999, resigned. She had won in 2001, 2005, \\
                2010 and 2015. Her party met on Thursday and will vote in May.";
    assert!(found(news, Some("2021-03-05")).ends_with("May = 2021-05"));
}

/// Both readings of a day in figures stay with it.
#[test]
fn other_readings_are_kept() {
    let source = SourceText::new("The form of 04/03/2021 was lost.").unwrap();
    let reading = TokenizedText::new(&source);
    let all = find(&reading, None, None);
    let others: Vec<_> = all[0].alternatives.iter().map(|v| v.value.to_string()).collect();
    assert_eq!(all[0].value.value.to_string(), "2021-04-03");
    assert_eq!(others, ["2021-03-04"]);
}

/// The publication line is one expression, and those behind it still point to the right one.
#[test]
fn the_publication_line_is_read_as_it_was_laid_out() {
    let text = "Publish : 2021-07-23 19:27:00\n\nThe port fell on 3 June 1940. Two days later the line broke.";
    let source = SourceText::new(text).unwrap();
    let reading = TokenizedText::new(&source);
    let span = source.span(10, 29).unwrap();
    let stamp = Stamp::parse("2021-07-23 19:27:00").unwrap();
    let all = find(&reading, Some((stamp, span)), Some(stamp));
    let values: Vec<_> =
        all.iter().map(|e| (reading.slice(e.span), e.value.value.to_string(), e.anchor)).collect();
    let values: Vec<_> =
        values.iter().map(|(text, v, anchor)| (*text, v.as_str(), *anchor)).collect();
    assert_eq!(
        values,
        [
            ("2021-07-23 19:27:00", "2021-07-23T19:27:00", Anchor::None),
            ("3 June 1940", "1940-06-03", Anchor::None),
            ("Two days later", "1940-06-05", Anchor::Expression(1)),
        ]
    );
}
