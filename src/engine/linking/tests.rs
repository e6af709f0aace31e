use super::*;
use crate::document::Confidence;
use crate::text::{SourceText, Span};
use crate::timex::{Period, TimexType};

/// Reads "{Kirby|PERSON} said": the text, and its mentions.
fn parse_marked(case: &str) -> (String, Vec<(usize, usize, Label)>) {
    let (mut text, mut mentions) = (String::new(), Vec::new());
    let mut rest = case;
    while let Some((before, after)) = rest.split_once('{') {
        text += before;
        let (inside, after) = after.split_once('}').expect("a mention ends with }");
        let (name, label) = inside.split_once('|').expect("a mention has a label");
        let start = text.len();
        text += name;
        let label = Label::parse(label).unwrap_or_else(|| panic!("no label {label}"));
        mentions.push((start, text.len(), label));
        rest = after;
    }
    (text + rest, mentions)
}

fn linked_entities(case: &str) -> Vec<String> {
    let (text, marks) = parse_marked(case);
    let source = SourceText::new(&text).unwrap();
    let tokenized = TokenizedText::new(&source);
    let mention = |&(start, end, label): &(usize, usize, Label)| Mention {
        span: source.span(start, end).unwrap(),
        label,
        confidence: Confidence::CERTAIN,
        reason: None,
    };
    let mentions: Vec<_> = marks.iter().map(mention).collect();
    cluster_mentions(&tokenized, &mentions)
        .iter()
        .map(|c| {
            let aliases: String = c.aliases.iter().map(|a| format!(" / {a}")).collect();
            let numbers: Vec<_> = c.mentions.iter().map(|m| (m + 1).to_string()).collect();
            format!("{}{aliases} = {}", c.name, numbers.join(" "))
        })
        .collect()
}

#[test]
fn mentions_are_linked_to_entities() {
    let files = ["tests/data/linking/people.txt", "tests/data/linking/things.txt"];
    let cases =
        galley_testcases::check_files(&files, |case| linked_entities(&case.input).join("\n"));
    assert!(cases >= 100, "{cases}");
}

#[test]
#[ignore = "looks at the clock: cargo xtask bench linear"]
#[allow(clippy::disallowed_methods, reason = "it takes the time")]
fn a_long_text_of_namesakes_stays_linear() {
    let text = |n: usize| -> String {
        let line = |i: usize| {
            format!(
                "{{G{i} Smith|PERSON}} met {{Smith|PERSON}} of {{Acme A{i}|ORG}}, {{Acme|ORG}}. "
            )
        };
        (0..n).map(line).collect()
    };
    // The best of several runs: another process may be busy beside any one of them.
    let time = |n: usize| {
        let text = text(n);
        let run = || {
            let start = std::time::Instant::now();
            assert!(linked_entities(&text).len() >= n);
            start.elapsed()
        };
        (0..3).map(|_| run()).min().unwrap()
    };
    let (small, large) = (time(1000), time(10_000));
    assert!(large < small * 40, "{small:?} for 1000, {large:?} for 10,000");
}

/// What stands of the mentions and of the dates: a text, then each with its label.
fn settled(case: &str) -> (Vec<String>, Vec<String>) {
    let names: Vec<&str> = case.split('|').collect();
    let text = names[0];
    let source = SourceText::new(text).unwrap();
    let tokenized = TokenizedText::new(&source);
    let (mut mentions, mut dates) = (Vec::new(), Vec::new());
    for part in &names[1..] {
        let (label, words) = part.trim().split_once(' ').unwrap();
        let start = text.find(words).unwrap();
        let span = source.span(start, start + words.len()).unwrap();
        let confidence = Confidence::from_permille(500);
        match Label::parse(label) {
            Some(label) => mentions.push(Mention { span, label, confidence, reason: None }),
            None => dates.push(Expression {
                span,
                value: crate::dates::DateValue::new(TimexType::Date, Period::Year(2021)),
                anchor: match dates.len() {
                    0 => crate::dates::Anchor::None,
                    n => crate::dates::Anchor::Expression(n - 1),
                },
                alternatives: Vec::new(),
                confidence,
                reason: None,
            }),
        }
    }
    settle_overlaps(&tokenized, &mut mentions, &mut dates);
    for (i, date) in dates.iter().enumerate() {
        if let crate::dates::Anchor::Expression(anchor) = date.anchor {
            assert!(anchor < i);
        }
    }
    let cut = |span| tokenized.slice(span).to_owned();
    (mentions.iter().map(|m| cut(m.span)).collect(), dates.iter().map(|d| cut(d.span)).collect())
}

#[test]
fn overlaps_are_settled() {
    for (case, mentions, dates) in [
        ("it took two weeks |CARDINAL two |DATE two weeks", vec![], vec!["two weeks"]),
        (
            "on 3 May 2021 he left |PERSON May |CARDINAL 3 |DATE 3 May 2021",
            vec![],
            vec!["3 May 2021"],
        ),
        ("the Sunday Post wrote |ORG Sunday Post |DATE Sunday", vec!["Sunday Post"], vec![]),
        (
            "the September 11 attacks |EVENT September 11 attacks |DATE September 11",
            vec!["September 11 attacks"],
            vec!["September 11"],
        ),
        (
            "Theresa May spoke. Then May left. |PERSON Theresa May |PERSON May |DATE May",
            vec!["Theresa May"],
            vec![],
        ),
        (
            "in May, Ann Field left |PERSON May |PERSON Ann Field |DATE May",
            vec!["Ann Field"],
            vec!["May"],
        ),
        (
            "a Bank of Norland Fund |ORG Bank of Norland |GPE Norland |ORG Bank of Norland Fund",
            vec!["Bank of Norland Fund"],
            vec![],
        ),
        (
            "Sunday Post, Monday and Tuesday |ORG Sunday Post |DATE Sunday |DATE Monday |DATE Tuesday",
            vec!["Sunday Post"],
            vec!["Monday", "Tuesday"],
        ),
        ("Ann Field, three |CARDINAL three |PERSON Ann Field", vec!["Ann Field", "three"], vec![]),
    ] {
        assert_eq!(
            settled(case),
            (
                mentions.iter().map(ToString::to_string).collect(),
                dates.iter().map(ToString::to_string).collect(),
            ),
            "{case}"
        );
    }
}

#[test]
fn a_month_is_a_person_where_the_text_has_the_full_name() {
    let (text, marks) = parse_marked("{Theresa May|PERSON} spoke. Then {May|PERSON} left.");
    let source = SourceText::new(&text).unwrap();
    let tokenized = TokenizedText::new(&source);
    let mut mentions: Vec<_> = marks
        .iter()
        .map(|&(start, end, label)| Mention {
            span: source.span(start, end).unwrap(),
            label,
            confidence: Confidence::CERTAIN,
            reason: None,
        })
        .collect();
    let others = mentions.iter().skip(1);
    let mut dates: Vec<Expression> = others.map(|m| expression(m.span)).collect();
    settle_overlaps(&tokenized, &mut mentions, &mut dates);
    assert_eq!((mentions.len(), dates.len()), (2, 0));
}

proptest::proptest! {
    #[test]
    fn every_name_is_in_one_cluster(
        text in "(\\PC|[A-Z]\\.|Smith |Mr |US |\\(EU\\) |of |'s |-){0,40}",
        cuts in proptest::collection::vec((0usize..120, 1usize..20, 0usize..16), 0..20),
    ) {
        let source = SourceText::new(&text).unwrap();
        let tokenized = TokenizedText::new(&source);
        let mut mentions: Vec<Mention> = cuts
            .iter()
            .filter_map(|&(at, len, label)| {
                Some(Mention {
                    span: source.span(at, at + len)?,
                    label: Label::ALL[label].0,
                    confidence: Confidence::from_permille(500),
                    reason: None,
                })
            })
            .collect();
        settle_overlaps(&tokenized, &mut mentions, &mut Vec::new());
        for pair in mentions.windows(2) {
            assert!(pair[0].span.end() <= pair[1].span.start());
        }
        let clusters = cluster_mentions(&tokenized, &mentions);
        let mut seen: Vec<usize> = clusters.iter().flat_map(|c| c.mentions.clone()).collect();
        seen.sort_unstable();
        let names: Vec<usize> = (0..mentions.len()).filter(|&m| mentions[m].label.is_name()).collect();
        assert_eq!(seen, names);
        assert_eq!(clusters, cluster_mentions(&tokenized, &mentions));
    }
}

fn expression(span: Span) -> Expression {
    Expression {
        span,
        value: crate::dates::DateValue::new(TimexType::Date, Period::Month(2021, 5)),
        anchor: crate::dates::Anchor::None,
        alternatives: Vec::new(),
        confidence: Confidence::CERTAIN,
        reason: None,
    }
}

/// Names with their bytes (`!`: by the list), dates as bytes alone.
#[test]
fn a_word_list_goes_before_the_engines() {
    use crate::user_words::{WordMatch, WordRule};
    let always = |label, a, z| WordMatch {
        span: Span::new(a, z),
        rule: WordRule::Always(label),
        reason: crate::user_words::REASON,
    };
    let never = |label, a, z| WordMatch {
        span: Span::new(a, z),
        rule: WordRule::Never(label),
        reason: crate::user_words::REASON,
    };
    let (person, org, event) = (Label::Person, Label::Org, Label::Event);
    for (matches, want) in [
        (vec![], "ORG 0-5, PERSON 10-15, 20-30, 40-50"),
        (vec![never(None, 0, 5)], "PERSON 10-15, 20-30, 40-50"),
        (vec![never(Some(org), 0, 5), never(Some(org), 10, 15)], "PERSON 10-15, 20-30, 40-50"),
        (vec![never(None, 0, 4)], "ORG 0-5, PERSON 10-15, 20-30, 40-50"),
        (vec![always(person, 0, 5)], "PERSON! 0-5, PERSON 10-15, 20-30, 40-50"),
        (vec![always(person, 1, 5)], "ORG 0-5, PERSON 10-15, 20-30, 40-50"),
        (vec![always(person, 3, 12)], "PERSON! 3-12, 20-30, 40-50"),
        (vec![always(org, 6, 8)], "ORG 0-5, ORG! 6-8, PERSON 10-15, 20-30, 40-50"),
        (vec![always(org, 20, 30)], "ORG 0-5, PERSON 10-15, ORG! 20-30, 40-50"),
        (vec![always(org, 22, 24)], "ORG 0-5, PERSON 10-15, 20-30, 40-50"),
        (vec![always(org, 18, 32)], "ORG 0-5, PERSON 10-15, ORG! 18-32, 40-50"),
        (vec![always(event, 18, 32)], "ORG 0-5, PERSON 10-15, EVENT! 18-32, 20-30, 40-50"),
        (vec![always(org, 28, 42)], "ORG 0-5, PERSON 10-15, ORG! 28-42"),
        (
            vec![never(None, 0, 5), always(person, 0, 5), always(org, 55, 60)],
            "PERSON! 0-5, PERSON 10-15, 20-30, 40-50, ORG! 55-60",
        ),
    ] {
        let mention = |label, a, z| Mention {
            span: Span::new(a, z),
            label,
            confidence: Confidence::from_permille(900),
            reason: None,
        };
        let mut mentions = vec![mention(org, 0, 5), mention(person, 10, 15)];
        let mut dates = vec![expression(Span::new(20, 30)), expression(Span::new(40, 50))];
        let mut matches = matches;
        matches.sort_by_key(|f| (f.span, f.rule));
        super::apply_word_list(&mut mentions, &mut dates, &matches);
        let place = |s: Span| format!("{}-{}", s.start(), s.end());
        let sign = |m: &Mention| if m.reason.is_some() { "!" } else { "" };
        let names = mentions
            .iter()
            .map(|m| (m.span, format!("{}{} {}", m.label.name(), sign(m), place(m.span))));
        let mut all: Vec<_> = names.chain(dates.iter().map(|d| (d.span, place(d.span)))).collect();
        all.sort();
        let all: Vec<String> = all.into_iter().map(|(_, said)| said).collect();
        assert_eq!(all.join(", "), want, "{matches:?}");
    }
}
