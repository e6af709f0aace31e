//! The room as a whole: any text, the shipped model, articles written for it.

use proptest::prelude::*;

use super::*;
use crate::text::SourceText;

fn model() -> &'static Model {
    static MODEL: std::sync::OnceLock<Model> = std::sync::OnceLock::new();
    MODEL.get_or_init(|| {
        let bytes = include_bytes!("../../../www/model/quotes.bin");
        Model::from_bytes(bytes).expect("the shipped model is sound")
    })
}

fn check(text: &str, model: &Model) {
    let source = SourceText::new(text).unwrap();
    let reading = TokenizedText::new(&source);
    let layout = crate::layout::find_layout(&reading);
    let entities = crate::entities::Model::default();
    let vectors = entities.vectors();
    let quotes = find(&reading, &layout, &[], &[], model, vectors);
    for q in &quotes {
        for s in q.parts.iter().chain(&q.cue).chain([&q.span]) {
            assert!(source.span(s.start(), s.end()).is_some(), "{s:?} in {text:?}");
        }
        for s in &q.parts {
            assert!(q.span.contains(*s) && !s.is_empty());
        }
        for s in q.speaker.iter().flat_map(|s| &s.mention) {
            assert!(source.span(s.start(), s.end()).is_some());
        }
    }
    assert!(quotes.windows(2).all(|w| w[0].parts[0].start() <= w[1].parts[0].start()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text(text in any::<String>()) {
        check(&text, model());
        check(&text, &Model::default());
    }

    #[test]
    fn any_marks(parts in prop::collection::vec(prop::sample::select(vec![
        "\"", "“", "”", "'", "‘", "’", "«", "»", "„", "''", "``", " ", "\n", ",", ".", ":", "—",
        "said", "He", "Ann Lee", "we go", "s", "5", "according to", "that", "é", "日本", "Q:",
    ]), 0..120)) {
        let text = parts.concat();
        check(&text, model());
        let spaced = parts.join(" ");
        check(&spaced, model());
    }
}

#[test]
fn damaged_models_are_refused() {
    let bytes = include_bytes!("../../../www/model/quotes.bin");
    assert!(Model::from_bytes(&[]).is_err());
    for cut in (0..bytes.len()).step_by(bytes.len() / 17 + 1) {
        assert!(Model::from_bytes(&bytes[..cut]).is_err());
    }
}

/// Time grows with the text, not with its square: a page of nothing but marks is read too.
#[test]
fn long_runs_of_marks_are_read() {
    for unit in ["“", "\"", "' ", "‘a ", "said ", "\"a\" said. ", "He said it. "] {
        check(&unit.repeat(20_000), model());
    }
}
