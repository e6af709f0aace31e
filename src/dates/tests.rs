//! The cases of every rule, as data: `tests/data/dates/*.txt`.

use super::*;
use crate::text::SourceText;

/// `text = value (mod); …` of everything found in `text`.
fn found(text: &str, published: Option<&str>) -> String {
    let source = SourceText::new(text).unwrap();
    let reading = Reading::new(&source);
    let published = published.map(|p| Stamp::parse(p).unwrap());
    let all = find(&reading, &Layout::default(), published);
    let mut out = Vec::new();
    for e in all {
        let modifier = e.value.modifier.map(|m| format!(" ({m})"));
        out.push(format!(
            "{} = {}{}",
            reading.slice(e.span),
            e.value.value,
            modifier.unwrap_or_default()
        ));
    }
    out.join("; ")
}

/// Runs every `text => expected` line; returns how many there were.
fn run(cases: &str, published: Option<&str>) -> usize {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in cases.lines().filter(|l| !l.starts_with('#')) {
        let Some((text, want)) = line.split_once("=>") else {
            continue;
        };
        count += 1;
        let got = found(text.trim_end(), published);
        if got != want.trim() {
            wrong.push(format!("{text}\n  want {}\n  got  {got}", want.trim()));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    count
}

#[test]
fn news() {
    let cases = include_str!("../../tests/data/dates/news.txt");
    assert!(run(cases, Some("2021-07-23T19:27:00")) >= 10);
}
