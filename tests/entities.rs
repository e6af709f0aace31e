//! The shipped entity model: what it must find, and what it must refuse.

use std::sync::OnceLock;

use galley_engine::asset::{self, AssetError};
use galley_engine::document::Body;
use galley_engine::entities::Model;
use galley_engine::{Models, Options, analyze};
use proptest::prelude::*;

static MODEL: &[u8] = include_bytes!("../www/model/entities.bin");

fn models() -> &'static Models {
    static MODELS: OnceLock<Models> = OnceLock::new();
    MODELS.get_or_init(|| Models {
        entities: Model::from_bytes(MODEL).expect("the shipped model is sound"),
        ..Models::default()
    })
}

/// "words/LABEL" of every name, in order.
fn names(text: &str) -> Vec<String> {
    let document = analyze(text, &Options::default(), models()).unwrap();
    document
        .annotations
        .iter()
        .filter_map(|a| match &a.body {
            Body::Entity(e) if e.label.is_name() => {
                Some(format!("{}/{}", document.text.slice(a.span), e.label.name()))
            }
            _ => None,
        })
        .collect()
}

/// A claim ("name/LABEL", "name/LABEL|LABEL", "!name/LABEL" for not found) as it is if it holds;
/// else what holds instead.
fn checked_claim(claim: &str, found: &[String]) -> String {
    if let Some(refused) = claim.strip_prefix('!') {
        let absent = !found.iter().any(|f| f == refused);
        return if absent { claim } else { refused }.to_owned();
    }
    let Some((name, labels)) = claim.split_once('/') else {
        return format!("no claim: {claim}");
    };
    if labels.split('|').any(|label| found.contains(&format!("{name}/{label}"))) {
        return claim.to_owned();
    }
    let other = found.iter().find(|f| f.rsplit_once('/').is_some_and(|(n, _)| n == name));
    other.cloned().unwrap_or_else(|| format!("!{claim}"))
}

#[test]
fn claims_about_names_hold() {
    let cases = galley_testcases::check("tests/data/entities/names.txt", |case| {
        let found = names(&case.input);
        let claims: Vec<String> =
            case.expected.lines().map(|claim| checked_claim(claim, &found)).collect();
        claims.join("\n")
    });
    assert!(cases >= 10, "{cases} cases");
    let found = ["Ann/ORG".to_owned()];
    for (claim, holds) in [
        ("Ann/ORG", "Ann/ORG"),
        ("Ann/PERSON", "Ann/ORG"),
        ("Ann/GPE|ORG", "Ann/GPE|ORG"),
        ("Bo/GPE|ORG", "!Bo/GPE|ORG"),
        ("!Ann/ORG", "Ann/ORG"),
        ("!Ann/GPE", "!Ann/GPE"),
    ] {
        assert_eq!(checked_claim(claim, &found), holds);
    }
}

#[test]
fn constructions_tell_what_a_name_is() {
    let cases = galley_testcases::check("tests/data/entities/constructions.txt", |case| {
        let found = names(&case.input);
        let claims: Vec<String> =
            case.expected.lines().map(|claim| checked_claim(claim, &found)).collect();
        claims.join("\n")
    });
    assert!(cases >= 34, "{cases} cases");
}

/// Whole sentences of such a script were once read as one name.
#[test]
fn no_name_goes_into_a_script_without_capitals() {
    let sentences = [
        "पुल कल फिर खुलेगा और बाज़ार भी, ऐसा Mehta ने कहा।",
        "السوق يفتح غداً في Nairobi كما قالت البلدية",
        "大桥明天重新开放，市长 Holmquist 说。",
        "สะพานจะเปิดอีกครั้งพรุ่งนี้ COVID-19",
    ];
    let caseless = |c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase();
    for foreign in sentences {
        for text in [
            foreign.to_owned(),
            format!("Anna Holmquist wrote: \"{foreign}\" She met Peter Lindgren in Doha."),
            format!("Interview\n\nReuters: What did you say?\n\n{foreign} {foreign}"),
        ] {
            let found = names(&text);
            assert!(!found.iter().any(|f| f.contains(caseless)), "{text}: {found:?}");
            if text.contains("Doha") {
                assert!(found.contains(&"Doha/GPE".to_owned()), "{text}: {found:?}");
            }
        }
    }
}

#[test]
fn damaged_models_are_refused() {
    let n = MODEL.len();
    for i in 0..40 {
        let cut = n * i / 40;
        Model::from_bytes(&MODEL[..cut]).unwrap_err();
        let mut bytes = MODEL.to_vec();
        bytes[(cut + i * 37) % n] ^= 1 << (i % 8);
        Model::from_bytes(&bytes).unwrap_err();
    }
    for i in 0..64 {
        Model::from_bytes(&MODEL[..i]).unwrap_err();
        let mut bytes = MODEL.to_vec();
        bytes[i] ^= 0x55;
        Model::from_bytes(&bytes).unwrap_err();
    }
    let other = asset::write("quotes-en", 1, 0, "{}", &[]);
    assert!(matches!(Model::from_bytes(&other), Err(AssetError::Kind(..))));
    assert_eq!(Model::from_bytes(b"<!doctype html>").unwrap_err(), AssetError::NotAnAsset);
}

/// Payload, version and features of the shipped model.
fn unframed() -> (&'static [u8], u32, u64) {
    let kind = usize::from(MODEL[8]);
    let u32_at = |at: usize| u32::from_le_bytes(MODEL[at..at + 4].try_into().unwrap());
    let version = u32_at(9 + kind);
    let features = u64::from_le_bytes(MODEL[13 + kind..21 + kind].try_into().unwrap());
    let payload = 21 + kind + 4 + u32_at(21 + kind) as usize + 4;
    (&MODEL[payload..MODEL.len() - asset::CHECKSUM_BYTES], version, features)
}

/// A sound frame around a damaged payload: an error or a model that still tags, never a panic.
/// True when it opened.
fn opens(payload: &[u8]) -> bool {
    let (_, version, features) = unframed();
    let framed = asset::write("entities-en", version, features, "{}", payload);
    let Ok(entities) = Model::from_bytes(&framed) else {
        return false;
    };
    let models = Models { entities, ..Models::default() };
    let text = "Ms. Smith of the UN met Ada Lovelace (REUTERS) in Kigali. Lovelace left.";
    analyze(text, &Options::default(), &models).unwrap();
    true
}

#[test]
fn damaged_payloads_never_panic() {
    let (body, ..) = unframed();
    let mut seed = 7u64;
    let mut opened = 0;
    for i in 0..32 {
        // By turns anywhere, in the last tenth (the network), and in what lies before it (weights).
        let (from, to) = match i % 4 {
            0 | 1 => (0, body.len()),
            2 => (body.len() / 10 * 9, body.len()),
            _ => (body.len() / 2, body.len() / 10 * 8),
        };
        let mut bad = body.to_vec();
        for _ in 0..=i {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            bad[from + (seed >> 20) as usize % (to - from)] = (seed >> 11) as u8;
        }
        if i % 4 == 1 {
            bad.truncate((seed >> 17) as usize % bad.len());
        }
        opened += usize::from(opens(&bad));
    }
    assert!(opened > 4, "only {opened} of the damaged models opened: the taggers were not reached");
}

#[test]
fn cut_networks_are_refused() {
    let (body, ..) = unframed();
    for left in 1..40 {
        assert!(!opens(&body[..body.len() - left * left * 600]));
    }
}

#[test]
fn long_texts_of_one_piece_are_read() {
    // One line without a full stop, half a megabyte of capitals, thousands of parentheses.
    for text in [
        "Ada Byron and ".repeat(20_000),
        "A".repeat(500_000),
        "(UN) ".repeat(60_000),
        "ÀÉ Ô ".repeat(60_000),
    ] {
        analyze(&text, &Options::default(), models()).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        analyze(&text, &Options::default(), models()).unwrap();
    }

    #[test]
    fn any_mix_of_names_and_marks_is_read(text in "([A-Z][a-zé]{0,6}|[A-Z]{1,5}|the|of|van|[0-9]{1,4}|[($%€'’\"./,-]|\n| |\u{301}|🇩🇪|ß|İ|ǆ){0,60}") {
        let document = analyze(&text, &Options::default(), models()).unwrap();
        for pair in document.annotations.windows(2) {
            prop_assert!(pair[0].span.start() <= pair[1].span.start());
        }
    }
}
