//! What each fuzz target checks, as plain functions: any bytes at all, and no panic but for a broken
//! promise.

use std::sync::OnceLock;

use galley_engine::asset;
use galley_engine::calendar::Stamp;
use galley_engine::document::{
    AnnotationId, Body, Document, EntityBody, EntityId, Label, QuoteKind,
};
use galley_engine::edits::{Edit, EditLog};
use galley_engine::text::{SourceText, Span};
use galley_engine::{Models, Options, analyze, dates, entities, quotes, user_words};
use galley_formats::galley_json;

const ENTITIES: &[u8] = include_bytes!("../../www/model/entities.bin");
const QUOTES: &[u8] = include_bytes!("../../www/model/quotes.bin");
const ARTICLE: &str = include_str!("../data/articles/harbour.txt");

/// The shipped models.
pub(crate) fn models() -> &'static Models {
    static MODELS: OnceLock<Models> = OnceLock::new();
    MODELS.get_or_init(|| Models::from_bytes(ENTITIES, QUOTES).expect("the models are sound"))
}

/// The article that edits and files begin with.
pub(crate) fn article() -> &'static Document {
    static DOCUMENT: OnceLock<Document> = OnceLock::new();
    DOCUMENT.get_or_init(|| analyze(ARTICLE, &Options::default(), models()).expect("short enough"))
}

/// Any text gives a sound document, the same one each time, and its file reads back.
pub(crate) fn check_analysis(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let options = Options {
        published: Stamp::parse("2021-07-23").filter(|_| data.len().is_multiple_of(2)),
        ..Options::default()
    };
    let Ok(document) = analyze(&text, &options, models()) else {
        assert!(text.len() > galley_engine::text::MAX_BYTES);
        return;
    };
    assert_eq!(document.check(), Ok(()));
    assert_eq!(analyze(&text, &options, models()).as_ref(), Ok(&document));
    let json = galley_json::write(&document, false).expect("a sound document is written");
    assert_eq!(galley_json::read(&json).expect("what was written is read"), document);
}

/// Edits made of the bytes leave the document sound; undo and redo lead back and forth.
pub(crate) fn check_edit_log(data: &[u8]) {
    let mut bytes = data.iter().copied();
    let mut log = EditLog::new(article().clone());
    while let Some(edit) = next_edit(&mut bytes, &log, 2) {
        if log.apply(edit).is_ok() {
            assert_eq!(log.current().check(), Ok(()));
        }
    }
    let done = log.current().clone();
    while log.undo() {
        assert_eq!(log.current().check(), Ok(()));
    }
    assert_eq!(log.current(), article());
    while log.redo() {}
    assert_eq!(log.current(), &done);
}

/// The next edit that the bytes tell, sensible or not; `None` at their end.
fn next_edit(bytes: &mut impl Iterator<Item = u8>, log: &EditLog, depth: u8) -> Option<Edit> {
    let document = log.current();
    let mut byte = || bytes.next().map(usize::from);
    let (action, a, b, c) = (byte()?, byte()?, byte()?, byte()?);
    let annotation = |n: usize| {
        let known = document.annotations.get(n % (document.annotations.len() + 1));
        known.map_or(AnnotationId("a999".to_owned()), |a| a.id.clone())
    };
    let entity = |n: usize| {
        let known = document.entities.get(n % (document.entities.len() + 1));
        known.map_or(EntityId("e999".to_owned()), |e| e.id.clone())
    };
    let at: Option<Span> = document.text.span(b * 8, b * 8 + c).filter(|s| !s.is_empty());
    let label = Label::ALL[c % Label::ALL.len()].0;
    let id = annotation(a);
    Some(match action % 15 {
        0 => Edit::Accept(id),
        1 => Edit::Reject(id),
        2 => Edit::Restore(id),
        3 => Edit::Relabel { id, label, whole_entity: b % 2 == 0 },
        4 => Edit::Resize { id, span: at? },
        5 => {
            let body = Body::Entity(EntityBody { label, entity: Some(entity(a)) });
            Edit::Add { id: log.fresh_id(), span: at?, body }
        }
        6 => Edit::SetQuoteKind {
            id,
            kind: [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect][b % 3],
        },
        7 => Edit::SetCue { id, cue: at.into_iter().collect() },
        8 => Edit::SetSpeaker { id, speaker: None },
        9 => Edit::Rename { entity: entity(a), name: " name".repeat(b % 3) },
        10 => Edit::Merge { from: entity(a), into: entity(b) },
        11 => {
            Edit::Split { id, entity: if b % 2 == 0 { entity(c) } else { log.fresh_entity_id() } }
        }
        12 => Edit::SetPublished(Stamp::parse("2020-01-02").filter(|_| b % 2 == 0)),
        13 => {
            let text = document.text.as_str();
            let cut = at.map_or(0..0, |span| span.range());
            let twice = text[cut.clone()].repeat(a % 3);
            let revised = format!("{}{twice}{}", &text[..cut.start], &text[cut.end..]);
            Edit::Revise(SourceText::new(&revised).ok()?)
        }
        _ if depth == 0 => Edit::Accept(id),
        _ => Edit::Batch((0..b % 4).map_while(|_| next_edit(bytes, log, depth - 1)).collect()),
    })
}

/// Names that files may have: each leads to other readers.
const NAMES: [&str; 6] =
    ["project.json", "news.jsonld", "news.ann", "corpus.zip", "rows.jsonl", "news.txt"];

/// Files of other programs give sound documents or words for people. The first byte chooses the name,
/// and whether the text stands beside it.
pub(crate) fn check_file_readers(data: &[u8]) {
    let Some((&first, content)) = data.split_first() else {
        return;
    };
    let name = NAMES[usize::from(first) % NAMES.len()];
    galley_formats::is_importable(name, content);
    let mut files = vec![(name.to_owned(), content.to_vec())];
    if usize::from(first) / NAMES.len() % 2 == 1 {
        files.push(("news.txt".to_owned(), ARTICLE.as_bytes().to_vec()));
    }
    if let Ok(found) = galley_formats::import(files) {
        for (document, _) in found.into_iter().flatten() {
            assert_eq!(document.check(), Ok(()));
        }
    }
    let text = String::from_utf8_lossy(content);
    let (words, _) = user_words::parse_word_list(&text);
    let written = user_words::format_word_list(&words);
    assert_eq!(user_words::parse_word_list(&written), (words, Vec::new()));
    let _ = dates::parse_value(&text, Stamp::parse("2021-07-23"));
    galley_formats::read_edits(article().clone(), &text);
}

/// Names of what newsrooms have: each leads to other readers where the bytes do not say.
const INTAKE_NAMES: [&str; 10] = [
    "page.html", "saved.mhtml", "mail.eml", "letter.docx", "letter.fodt", "notes.md", "rows.csv",
    "rows.jsonl", "news.txt", "report.pdf",
];

/// What a newsroom has is read or refused in words. The first byte chooses the name.
pub(crate) fn check_intake(data: &[u8]) {
    let Some((&first, content)) = data.split_first() else {
        return;
    };
    let name = INTAKE_NAMES[usize::from(first) % INTAKE_NAMES.len()];
    match galley_intake::read_all(name, content) {
        Ok(reading) => assert!(!reading.articles.is_empty()),
        Err(why) => assert!(!why.to_string().is_empty()),
    }
}

/// What can be read of a damaged Galley document is sound, and is written and read again.
pub(crate) fn check_salvage(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let strict = galley_json::read(&text);
    match galley_json::salvage(&text) {
        Ok((document, _)) => {
            assert_eq!(document.check(), Ok(()));
            let json = galley_json::write(&document, true).expect("a sound document is written");
            assert_eq!(galley_json::read(&json).expect("what was written is read"), document);
        }
        Err(_) => assert!(strict.is_err(), "what is sound is salvaged"),
    }
    if let Ok(document) = strict {
        assert_eq!(document.check(), Ok(()));
    }
}

/// A damaged model is an error, or a model that reads a text. The bytes are the file; and they damage
/// the contents of the shipped one: five a damage, four for the place and one for the value.
pub(crate) fn check_models(data: &[u8]) {
    let _ = Models::from_bytes(data, data);
    let (shipped, is_entities) =
        if data.len().is_multiple_of(2) { (ENTITIES, true) } else { (QUOTES, false) };
    let (kind, version, features, payload) = unframe(shipped);
    let mut payload = payload.to_vec();
    for damage in data.chunks_exact(5) {
        let at = u32::from_le_bytes([damage[0], damage[1], damage[2], damage[3]]);
        let at = at as usize % payload.len();
        payload[at] = damage[4];
    }
    let framed = asset::write(kind, version, features, "{}", &payload);
    let mut damaged = models().clone();
    match is_entities {
        true => match entities::Model::from_bytes(&framed) {
            Ok(model) => damaged.entities = model,
            Err(_) => return,
        },
        false => match quotes::Model::from_bytes(&framed) {
            Ok(model) => damaged.quotes = model,
            Err(_) => return,
        },
    }
    let text = "“We stay,” Ms. Ann Smith of the UN said on Friday. She met Ada Byron in Kigali.";
    let document = analyze(text, &Options::default(), &damaged).expect("short enough");
    assert_eq!(document.check(), Ok(()));
}

/// Kind, version, feature hash and payload of a sound asset.
fn unframe(file: &[u8]) -> (&str, u32, u64, &[u8]) {
    let length = usize::from(file[8]);
    let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().expect("four bytes"));
    let features = file[13 + length..21 + length].try_into().expect("eight bytes");
    let payload = 21 + length + 4 + number(21 + length) as usize + 4;
    let kind = std::str::from_utf8(&file[9..9 + length]).expect("kinds are ASCII");
    let payload = &file[payload..file.len() - asset::CHECKSUM_BYTES];
    (kind, number(9 + length), u64::from_le_bytes(features), payload)
}
