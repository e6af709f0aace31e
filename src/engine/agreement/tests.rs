use super::*;
use crate::document::{
    Anchor, Confidence, DateBody, EntityBody, Label, QuoteKind, Speaker, Strength, Timex,
    TimexType, TimexValue,
};
use crate::edits::{EditLog, apply};
use crate::text::SourceText;

/// Ten tokens, a letter each: "A B C D E F G H I J". Token `n` lies at byte `2n`.
const TEXT: &str = "A B C D E F G H I J";

/// "P0-1 D3 Q5-6": kind by its first letter, tokens from and to, both inclusive; after `=` a date's
/// value or a quote's speaker; with `!` rejected.
fn document(marks: &str) -> Document {
    let mut document = Document { text: SourceText::new(TEXT).unwrap(), ..Document::default() };
    for (i, mark) in marks.split_whitespace().enumerate() {
        let (mark, rejected) = (mark.trim_end_matches('!'), mark.ends_with('!'));
        let (mark, value) = mark.split_once('=').unwrap_or((mark, ""));
        let (kind, place) = mark.split_at(1);
        let (from, to) = place.split_once('-').unwrap_or((place, place));
        let token = |t: &str| 2 * t.parse::<usize>().unwrap();
        let span = Span::new(token(from), token(to) + 1);
        let entity = |label| Body::Entity(EntityBody { label, entity: None });
        let body = match kind {
            "P" => entity(Label::Person),
            "O" => entity(Label::Org),
            "G" => entity(Label::Gpe),
            "L" => entity(Label::Loc),
            "D" => Body::Date(DateBody {
                timex: Timex {
                    kind: TimexType::Date,
                    value: TimexValue::parse(value),
                    modifier: None,
                    anchor: Anchor::None,
                },
                interval: None,
                alternatives: Vec::new(),
            }),
            _ => Body::Quote(QuoteBody {
                kind: QuoteKind::Direct,
                parts: vec![span],
                cue: Vec::new(),
                speaker: (!value.is_empty()).then(|| Speaker {
                    mention: Vec::new(),
                    entity: None,
                    name: Some(value.to_owned()),
                    confidence: Confidence::CERTAIN,
                }),
                strength: Strength::Speech,
            }),
        };
        document.annotations.push(Annotation {
            id: AnnotationId(format!("a{}", i + 1)),
            span,
            body,
            confidence: Confidence::CERTAIN,
            status: if rejected { Status::Rejected } else { Status::Machine },
            reason: None,
            machine: None,
        });
    }
    document.sort_annotations();
    document.check().unwrap();
    document
}

/// "kind mine theirs f1-exact f1-overlap kappa" for each row.
fn rows(mine: &str, theirs: &str) -> Vec<String> {
    let agreement = compare(&document(mine), &document(theirs));
    let shown = |n: Option<i32>| n.map_or("-".to_owned(), |n| n.to_string());
    let rows = agreement.rows.iter().map(|r| {
        let kind = r.kind.map_or("all".to_owned(), |k| format!("{k:?}"));
        let (exact, overlap) = (shown(r.f1(r.exact)), shown(r.f1(r.overlap)));
        format!("{kind} {} {} {exact} {overlap} {}", r.mine, r.theirs, shown(r.kappa))
    });
    rows.collect()
}

/// By hand. Over ten tokens: observed (n11 + n00) / 10, by chance (a1·b1 + a0·b0) / 100.
#[test]
fn figures_by_hand() {
    for (mine, theirs, want) in [
        ("", "", vec!["all 0 0 - - -"]),
        // The same: F1 1; tokens (2, 8), kappa 1.
        ("P0-1", "P0-1", vec!["Person 1 1 1000 1000 1000", "all 1 1 1000 1000 1000"]),
        // One of two shared: exact 2·0/2, overlap 2·1/2; observed 9/10, chance (2·1 + 8·9)/100 = 0.74;
        // (0.9 − 0.74) / 0.26 = 0.615.
        ("P0-1", "P0", vec!["Person 1 1 0 1000 615", "all 1 1 0 1000 615"]),
        // Nothing in common: observed 8/10, chance (1·1 + 9·9)/100 = 0.82; −0.02/0.18 = −0.111.
        ("P0", "P5", vec!["Person 1 1 0 0 -111", "all 1 1 0 0 -111"]),
        // 2·1/3 exact; tokens: observed 9/10, chance (2·1 + 8·9)/100.
        ("P0 P2", "P0", vec!["Person 2 1 667 667 615", "all 2 1 667 667 615"]),
        // GPE and LOC are both places; a date against a person is none. All: classes person {0},
        // date {0}, place {3}: observed 9/10; chance: none 8·8, place 1·1, person 1·0, date 0·1 = 65;
        // (90 − 65) / (100 − 65) = 0.714.
        (
            "P0 G3",
            "D0=2021 L3",
            vec![
                "Person 1 0 0 0 0",
                "Place 1 1 1000 1000 1000",
                "Date 0 1 0 0 0",
                "all 2 2 500 500 714",
            ],
        ),
        // A rejected one is not there.
        ("P0! O4", "O4", vec!["Organisation 1 1 1000 1000 1000", "all 1 1 1000 1000 1000"]),
        // All tokens on both sides: chance alone agrees.
        ("Q0-9", "Q0-9", vec!["Quote 1 1 1000 1000 -", "all 1 1 1000 1000 -"]),
    ] {
        assert_eq!(rows(mine, theirs), want, "{mine} | {theirs}");
    }
}

fn said(mine: &str, theirs: &str) -> Vec<String> {
    let agreement = compare(&document(mine), &document(theirs));
    let id = |id: &Option<AnnotationId>| id.as_ref().map_or("-".to_owned(), |id| id.0.clone());
    let line = |d: &Difference| format!("{} {} {}", id(&d.mine), id(&d.theirs), d.points.join(","));
    agreement.differences.iter().map(line).collect()
}

const CASES: [(&str, &str, &[&str]); 9] = [
    ("P0 G3 D5=2021", "P0 G3 D5=2021", &[]),
    ("P0", "", &["a1 - "]),
    ("", "P0", &["- a1 "]),
    ("P0-1", "P0", &["a1 a1 boundaries"]),
    ("P0-1", "O0", &["a1 a1 boundaries,label"]),
    ("D5=2021", "D5=2022", &["a1 a1 value"]),
    ("Q0-3=Ann", "Q0-3=Bo", &["a1 a1 speaker"]),
    ("P0", "D0=2021", &["a1 - ", "- a1 "]),
    // The exact one goes before the one that shares more.
    ("P0-3 P5", "P0-3 P0-1 P5-6", &["- a2 ", "a2 a3 boundaries"]),
];

#[test]
fn differences_are_named() {
    for (mine, theirs, want) in CASES {
        assert_eq!(said(mine, theirs), want, "{mine} | {theirs}");
    }
}

#[test]
fn taking_theirs_leaves_no_difference_and_can_be_undone() {
    for (mine, theirs, _) in CASES {
        let (base, theirs) = (document(mine), document(theirs));
        let mut log = EditLog::new(base.clone());
        while let Some(first) = compare(log.current(), &theirs).differences.first() {
            let edit = take_theirs(log.current(), &theirs, first, log.fresh_id()).unwrap();
            apply(log.current(), &edit).unwrap().check().unwrap();
            log.apply(edit).unwrap();
            assert!(log.edits().len() < 9, "{mine}: it does not end");
        }
        while log.undo() {}
        assert_eq!(log.current(), &base);
    }
}

#[test]
fn another_version_of_the_text_is_fitted() {
    let mine = document("P0 G3");
    let mut theirs = document("P0 G3 P9");
    let edit = crate::edits::Edit::Revise(SourceText::new("Z Y A B C D E F G H I J").unwrap());
    theirs = apply(&theirs, &edit).unwrap();
    let (fitted, lost) = align_text(&mine, theirs);
    assert_eq!((fitted.text.as_str(), lost), (TEXT, 0));
    assert_eq!(compare(&mine, &fitted).differences.len(), 1);
}
