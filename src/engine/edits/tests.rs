//! Each edit's meaning, on one small article.

use super::*;
use crate::document::{
    Anchor, Annotation, Confidence, DateBody, Entity, EntityBody, QuoteBody, Status, Strength,
    TimexType, TimexValue,
};
use crate::text::SourceText;

pub(super) const TEXT: &str = "Ann Ray met May Lee in Paris. “We will open soon,” Ray said on Friday. \
                    May agreed. Paris cheered, and Ray left in May.";

/// The `n`th place (from 0) where these words stand.
fn at(words: &str, n: usize) -> Span {
    let (start, _) = TEXT.match_indices(words).nth(n).unwrap();
    Span::new(start, start + words.len())
}

pub(super) fn aid(id: &str) -> AnnotationId {
    AnnotationId(id.to_owned())
}

fn eid(id: &str) -> EntityId {
    EntityId(id.to_owned())
}

fn timex(value: &str) -> Timex {
    Timex {
        kind: TimexType::Date,
        value: TimexValue::parse(value),
        modifier: None,
        anchor: Anchor::Published,
    }
}

pub(super) fn article() -> Document {
    let mention =
        |label, entity: &str| Body::Entity(EntityBody { label, entity: Some(eid(entity)) });
    let date = |value| {
        Body::Date(DateBody { timex: timex(value), interval: None, alternatives: Vec::new() })
    };
    let quote = Body::Quote(QuoteBody {
        kind: QuoteKind::Direct,
        parts: vec![at("We will open soon", 0)],
        cue: vec![at("said", 0)],
        speaker: Some(Speaker {
            mention: vec![at("Ray", 1)],
            entity: Some(eid("e1")),
            name: Some("Ann Ray".to_owned()),
            confidence: Confidence::from_permille(800),
        }),
        strength: Strength::Speech,
    });
    let person = Label::Person;
    let rows = [
        ("a1", at("Ann Ray", 0), mention(person, "e1")),
        ("a2", at("May Lee", 0), mention(person, "e2")),
        ("a3", at("Paris", 0), mention(Label::Gpe, "e3")),
        ("a4", at("“We will open soon,”", 0), quote),
        ("a5", at("Ray", 1), mention(person, "e1")),
        ("a6", at("Friday", 0), date("2021-07-23")),
        ("a7", at("May", 1), mention(person, "e2")),
        ("a8", at("Paris", 1), mention(Label::Gpe, "e3")),
        ("a9", at("Ray", 2), mention(person, "e1")),
        ("a10", at("May", 2), date("2021-05")),
    ];
    let annotations = rows.map(|(id, span, body)| Annotation {
        id: aid(id),
        span,
        body,
        confidence: Confidence::from_permille(700),
        status: Status::Machine,
        reason: None,
        machine: None,
    });
    let entity = |id, label, name: &str, aliases: &[&str], mentions: &[&str]| Entity {
        id: eid(id),
        label,
        name: name.to_owned(),
        aliases: aliases.iter().map(|&a| a.to_owned()).collect(),
        mentions: mentions.iter().map(|m| aid(m)).collect(),
        status: Status::Machine,
    };
    let document = Document {
        text: SourceText::new(TEXT).unwrap(),
        annotations: annotations.into(),
        entities: vec![
            entity("e1", person, "Ann Ray", &["Ray"], &["a1", "a5", "a9"]),
            entity("e2", person, "May Lee", &["May"], &["a2", "a7"]),
            entity("e3", Label::Gpe, "Paris", &[], &["a3", "a8"]),
        ],
        ..Document::default()
    };
    assert_eq!(document.check(), Ok(()));
    document
}

#[track_caller]
pub(super) fn after(document: &Document, edit: Edit) -> Document {
    let after = apply(document, &edit).unwrap();
    assert_eq!(after.check(), Ok(()));
    let mut log = EditLog::new(document.clone());
    log.apply(edit).unwrap();
    assert_eq!(log.current(), &after);
    if log.undo() {
        assert_eq!(log.current(), document);
        assert!(log.redo());
        assert_eq!(log.current(), &after);
    }
    after
}

/// `id:status` of every annotation that is not the machine's alone.
fn decided(document: &Document) -> String {
    let rows = document.annotations.iter();
    let rows = rows.filter(|a| a.status != Status::Machine);
    let rows: Vec<_> = rows.map(|a| format!("{}:{}", a.id, a.status.name())).collect();
    rows.join(" ")
}

/// `id label name [aliases] mentions` of every entity.
pub(super) fn entities(document: &Document) -> Vec<String> {
    let join = |ids: &[AnnotationId]| {
        let ids: Vec<_> = ids.iter().map(|m| m.0.clone()).collect();
        ids.join(" ")
    };
    let line = |e: &Entity| {
        let aliases = e.aliases.join(", ");
        format!("{} {} {} [{aliases}] {}", e.id, e.label.name(), e.name, join(&e.mentions))
    };
    document.entities.iter().map(line).collect()
}

pub(super) fn speaker(document: &Document) -> Option<(Option<&str>, Option<&str>)> {
    let Body::Quote(q) = &document.annotation(&aid("a4"))?.body else {
        return None;
    };
    let s = q.speaker.as_ref()?;
    Some((s.entity.as_ref().map(|e| e.0.as_str()), s.name.as_deref()))
}

pub(super) fn words<'d>(document: &'d Document, id: &str) -> &'d str {
    let a = document.annotation(&aid(id)).unwrap();
    document.text.slice(a.span)
}

#[test]
fn accept_reject_restore() {
    let base = article();
    let accepted = after(&base, Edit::Accept(aid("a2")));
    assert_eq!(decided(&accepted), "a2:accepted");
    assert_eq!(accepted.annotations[1].confidence.permille(), 700, "the machine's own");
    assert_eq!(after(&accepted, Edit::Restore(aid("a2"))), base);
    let rejected = after(&base, Edit::Reject(aid("a7")));
    assert_eq!(decided(&rejected), "a7:rejected");
    assert_eq!(entities(&rejected)[1], "e2 PERSON May Lee [May] a2");
    assert_eq!(after(&rejected, Edit::Restore(aid("a7"))), base);
    let back = after(&rejected, Edit::Accept(aid("a7")));
    assert_eq!(decided(&back), "a7:accepted");
    assert_eq!(entities(&back), entities(&base));
}

#[test]
fn an_entity_goes_with_its_last_mention_and_comes_back() {
    let all = ["a1", "a5", "a9"].map(|id| Edit::Reject(aid(id)));
    let gone = after(&article(), Edit::Batch(all.into()));
    assert_eq!(gone.entity(&eid("e1")), None);
    assert_eq!(speaker(&gone), Some((None, Some("Ann Ray"))), "the name still stands there");
    let back = after(&gone, Edit::Restore(aid("a5")));
    assert_eq!(entities(&back)[2], "e1 PERSON Ray [] a5", "after Paris: by first mention");
}

#[test]
fn what_was_added_goes_altogether() {
    let log = EditLog::new(article());
    let body = Body::Entity(EntityBody { label: Label::Person, entity: None });
    let add = Edit::Add { id: log.fresh_id(), span: at("soon", 0), body };
    let added = after(&article(), add);
    assert_eq!(decided(&added), "a11:added");
    assert!(entities(&added).contains(&"e4 PERSON soon [] a11".to_owned()));
    assert_eq!(after(&added, Edit::Reject(aid("a11"))), article());
}

#[test]
fn what_is_added_joins_the_entity_of_its_name() {
    let mut document = article();
    for id in ["a9", "a5"] {
        let i = document.annotations.iter().position(|a| a.id.0 == id).unwrap();
        document.annotations.remove(i);
        document.entities[0].mentions.retain(|m| m.0 != id);
    }
    let body = Body::Entity(EntityBody { label: Label::Person, entity: None });
    let add = |id: &str, n| Edit::Add { id: aid(id), span: at("Ray", n), body: body.clone() };
    let both = Edit::Batch(vec![add("a21", 2), add("a20", 1)]);
    let added = after(&document, both);
    assert_eq!(entities(&added)[0], "e1 PERSON Ann Ray [Ray] a1 a20 a21");
    let taken = apply(&added, &add("a20", 0));
    assert_eq!(taken, Err(EditError::IdInUse("a20".to_owned())));
}

#[test]
fn relabel_one_or_all() {
    let base = article();
    let relabel =
        |id: &str, label, whole_entity| Edit::Relabel { id: aid(id), label, whole_entity };
    let all = after(&base, relabel("a3", Label::Org, true));
    assert_eq!(decided(&all), "a3:corrected a8:corrected");
    assert_eq!(entities(&all)[2], "e3 ORG Paris [] a3 a8");
    let machine = all.annotation(&aid("a8")).unwrap().machine.as_ref().unwrap();
    assert_eq!(machine.body, base.annotations[7].body, "the first reading is kept");
    assert_eq!(machine.confidence.permille(), 700);

    let one = after(&base, relabel("a8", Label::Org, false));
    assert_eq!(entities(&one)[2..], ["e3 GPE Paris [] a3", "e4 ORG Paris [] a8"]);
    let back = after(&one, relabel("a8", Label::Gpe, false));
    assert_eq!(entities(&back), entities(&base), "where its name is at home");
    assert_eq!(decided(&back), "a8:accepted", "the machine was right");

    let amount = after(&base, relabel("a3", Label::Cardinal, true));
    assert_eq!(amount.entity(&eid("e3")), None);
    let same = after(&base, relabel("a3", Label::Gpe, false));
    assert_eq!(same, base);
}

#[test]
fn a_date_becomes_a_name_and_a_name_a_date() {
    let base = article();
    let person = Edit::Relabel { id: aid("a10"), label: Label::Person, whole_entity: false };
    let named = after(&base, person);
    assert_eq!(entities(&named)[1], "e2 PERSON May Lee [May] a2 a7 a10");
    assert_eq!(decided(&named), "a10:corrected");
    let date = Edit::SetDate { id: aid("a7"), timex: timex("2021-05"), interval: None };
    let dated = after(&base, date.clone());
    assert_eq!(entities(&dated)[1], "e2 PERSON May Lee [May] a2");
    assert_eq!(dated.annotation(&aid("a7")).unwrap().kind(), crate::document::Kind::Date);
    let Edit::SetDate { timex, interval, .. } = date else {
        return;
    };
    let quote = Edit::SetDate { id: aid("a4"), timex, interval };
    assert_eq!(apply(&base, &quote), Err(EditError::WrongKind(aid("a4"))));
}

#[test]
fn another_value_and_back() {
    let set = |value: &str| Edit::SetDate { id: aid("a6"), timex: timex(value), interval: None };
    let other = after(&article(), set("2021-07-30"));
    let Body::Date(d) = &other.annotation(&aid("a6")).unwrap().body else {
        panic!("a date");
    };
    assert_eq!(d.alternatives[0].timex.value.to_string(), "2021-07-23", "can be picked again");
    let back = after(&other, set("2021-07-23"));
    assert_eq!(decided(&back), "a6:accepted");
    assert_eq!(back.annotation(&aid("a6")).unwrap().confidence.permille(), 700);
}

#[test]
fn boundaries_of_names() {
    let base = article();
    let resize = |id: &str, span| Edit::Resize { id: aid(id), span };
    let wider = after(&base, resize("a3", at("in Paris", 0)));
    assert_eq!(words(&wider, "a3"), "in Paris");
    assert_eq!(entities(&wider)[2], "e3 GPE Paris [in Paris] a3 a8");
    let short = after(&base, resize("a1", at("Ray", 0)));
    assert_eq!(entities(&short)[0], "e1 PERSON Ray [] a1 a5 a9", "nobody says Ann any more");
    assert_eq!(speaker(&short), Some((Some("e1"), Some("Ray"))));
    let end = Span::new(TEXT.len(), TEXT.len());
    assert_eq!(apply(&base, &resize("a1", end)), Err(EditError::BadSpan));
    let inside = Span::new(at("“", 0).start() + 1, at("We", 0).end());
    assert_eq!(apply(&base, &resize("a1", inside)), Err(EditError::BadSpan));
}

#[test]
fn boundaries_of_quotes() {
    let parts = |span| {
        let edit = Edit::Resize { id: aid("a4"), span };
        let after = after(&article(), edit);
        let Body::Quote(q) = &after.annotation(&aid("a4")).unwrap().body else {
            panic!("a quote");
        };
        q.parts.iter().map(|&p| after.text.slice(p).to_owned()).collect::<Vec<_>>()
    };
    let from = |a: &str, b: &str| at(a, 0).hull(at(b, 0));
    assert_eq!(parts(from("“We", "open")), ["We will open"]);
    assert_eq!(parts(from("will", "soon,”")), ["will open soon"]);
    assert_eq!(parts(from("Paris. “We", "soon,”")), ["Paris. “We will open soon"]);
    assert_eq!(
        parts(from("“We will open soon,”", "Friday")),
        ["We will open soon,” Ray said on Friday"]
    );
    assert_eq!(parts(at("Ray", 1)), ["Ray"]);
}

#[test]
fn renaming_reaches_the_speakers() {
    let rename = |name: &str| Edit::Rename { entity: eid("e1"), name: name.to_owned() };
    let named = after(&article(), rename(" Anna  Ray "));
    assert_eq!(entities(&named)[0], "e1 PERSON Anna Ray [Ann Ray, Ray] a1 a5 a9");
    assert_eq!(speaker(&named), Some((Some("e1"), Some("Anna Ray"))));
    assert_eq!(apply(&named, &rename("\u{a0} ")), Err(EditError::BlankName));
    let again = after(&named, rename("Anna"));
    assert_eq!(entities(&again)[0], "e1 PERSON Anna [Ann Ray, Ray] a1 a5 a9");
}

#[test]
fn merge_and_split() {
    let merge = Edit::Merge { from: eid("e1"), into: eid("e2") };
    let merged = after(&article(), merge);
    assert_eq!(entities(&merged)[0], "e2 PERSON May Lee [May, Ann Ray, Ray] a1 a2 a5 a7 a9");
    assert_eq!(speaker(&merged), Some((Some("e2"), Some("May Lee"))));
    assert_eq!(decided(&merged), "a1:corrected a5:corrected a9:corrected");

    let split = |id: &str| Edit::Split { id: aid(id), entity: eid("e9") };
    let apart = after(&article(), split("a5"));
    assert_eq!(entities(&apart)[0], "e1 PERSON Ann Ray [Ray] a1 a9");
    assert_eq!(entities(&apart)[3], "e9 PERSON Ray [] a5");
    assert_eq!(speaker(&apart), Some((Some("e9"), Some("Ray"))), "said by this Ray");
    let first = after(&article(), split("a1"));
    assert_eq!(entities(&first)[..2], ["e9 PERSON Ann Ray [] a1", "e2 PERSON May Lee [May] a2 a7"]);
    assert_eq!(entities(&first)[3], "e1 PERSON Ray [] a5 a9");
    let there = Edit::Split { id: aid("a5"), entity: eid("e2") };
    let moved = after(&article(), there);
    assert_eq!(
        entities(&moved)[..2],
        ["e1 PERSON Ann Ray [Ray] a1 a9", "e2 PERSON May Lee [May, Ray] a2 a5 a7"]
    );
    assert_eq!(speaker(&moved), Some((Some("e2"), Some("May Lee"))));
}

#[test]
fn quotes() {
    let base = article();
    let set = |speaker| Edit::SetSpeaker { id: aid("a4"), speaker };
    let nobody = after(&base, set(None));
    assert_eq!((speaker(&nobody), decided(&nobody).as_str()), (None, "a4:corrected"));
    let lee = Speaker {
        mention: vec![at("May", 1)],
        entity: Some(eid("e2")),
        name: None,
        confidence: Confidence::from_permille(0),
    };
    let other = after(&base, set(Some(lee.clone())));
    assert_eq!(speaker(&other), Some((Some("e2"), Some("May Lee"))));
    let unknown = Speaker { entity: Some(eid("e8")), ..lee };
    assert_eq!(apply(&base, &set(Some(unknown))), Err(EditError::NoEntity(eid("e8"))));
    let kind = Edit::SetQuoteKind { id: aid("a4"), kind: QuoteKind::Mixed };
    assert_eq!(decided(&after(&base, kind)), "a4:corrected");
    let cue = Edit::SetCue { id: aid("a1"), cue: Vec::new() };
    assert_eq!(apply(&base, &cue), Err(EditError::WrongKind(aid("a1"))));
}

#[test]
fn a_batch_is_whole_or_nothing() {
    let mut log = EditLog::new(article());
    let edits = vec![Edit::Reject(aid("a1")), Edit::Accept(aid("a99"))];
    assert_eq!(log.apply(Edit::Batch(edits)), Err(EditError::NoAnnotation(aid("a99"))));
    assert_eq!((log.current(), log.cursor()), (&article(), 0));
    log.apply(Edit::Accept(aid("a1"))).unwrap();
    log.apply(Edit::Accept(aid("a1"))).unwrap();
    assert_eq!(log.cursor(), 1, "what changes nothing is no step");
    log.undo();
    log.apply(Edit::Accept(aid("a1"))).unwrap();
    assert!(!log.can_redo());
}

/// What the machine says of the same text another time: the same, with ids of its own.
fn another_reading() -> Document {
    let mut new = article();
    let other =
        |id: &mut String| *id = format!("{}{}", &id[..1], 30 - id[1..].parse::<u32>().unwrap());
    for a in &mut new.annotations {
        other(&mut a.id.0);
        match &mut a.body {
            Body::Entity(e) => e.entity.iter_mut().for_each(|e| other(&mut e.0)),
            Body::Quote(q) => {
                q.speaker.iter_mut().filter_map(|s| s.entity.as_mut()).for_each(|e| other(&mut e.0))
            }
            Body::Date(_) => {}
        }
    }
    for e in &mut new.entities {
        other(&mut e.id.0);
        e.mentions.iter_mut().for_each(|m| other(&mut m.0));
    }
    new
}

#[test]
fn read_again_unchanged_it_is_the_same() {
    assert_ne!(another_reading(), article());
    let same = after(&article(), Edit::Reread(Box::new(another_reading())));
    assert_eq!(same, article(), "ids are stable");
}

#[test]
fn a_new_reading_leaves_what_was_decided() {
    let mut log = EditLog::new(article());
    let deeds = [
        Edit::Reject(aid("a10")),
        Edit::Accept(aid("a6")),
        Edit::Resize { id: aid("a3"), span: at("in Paris", 0) },
        Edit::Merge { from: eid("e2"), into: eid("e1") },
        Edit::Rename { entity: eid("e1"), name: "The couple".to_owned() },
        Edit::Split { id: aid("a9"), entity: eid("e7") },
    ];
    for deed in deeds {
        log.apply(deed).unwrap();
    }
    let before = log.current().clone();
    let mut new = another_reading();
    // The machine now reads Friday otherwise, and finds one more name.
    if let Body::Date(d) = &mut new.annotations[5].body {
        d.timex.value = TimexValue::parse("2021-07-30");
    }
    let mut more = new.annotations[0].clone();
    more.id = aid("a1");
    more.span = at("cheered", 0);
    new.annotations.push(more);
    new.entities[0].mentions.push(aid("a1"));
    new.sort_annotations();
    let list = new.entities[0].mentions.len();
    new.entities[0].mentions.swap(list - 1, list - 2);
    assert_eq!(new.check(), Ok(()));
    log.apply(Edit::Reread(Box::new(new))).unwrap();
    let now = log.current();
    assert_eq!(now.check(), Ok(()));
    assert_eq!(decided(now), decided(&before));
    assert_eq!(words(now, "a3"), "in Paris");
    let found = now.annotations.iter().find(|a| a.span == at("cheered", 0)).unwrap();
    assert!(before.annotation(&found.id).is_none(), "a name of its own");
    assert_eq!(
        entities(now)[0],
        format!("e1 PERSON The couple [Ann Ray, Ray, May Lee, May] a1 a2 a5 a7 {}", found.id)
    );
    assert_eq!(entities(now)[2], "e7 PERSON Ray [] a9");
    assert_eq!(speaker(now), Some((Some("e1"), Some("The couple"))));
    let Body::Date(d) = &now.annotation(&aid("a6")).unwrap().body else {
        panic!("a date");
    };
    assert_eq!(d.timex.value.to_string(), "2021-07-23", "accepted is accepted");
    assert_eq!(now.annotations.len(), before.annotations.len() + 1);
    log.undo();
    assert_eq!(log.current(), &before);
}

#[test]
fn another_text_is_no_new_reading() {
    let other =
        Document { text: SourceText::new("Something else.").unwrap(), ..Document::default() };
    let edit = Edit::Reread(Box::new(other));
    assert_eq!(apply(&article(), &edit), Err(EditError::OtherText));
}

#[test]
fn the_publication_date() {
    let stamp = Stamp::parse("2021-07-22");
    let set = after(&article(), Edit::SetPublished(stamp));
    assert_eq!(set.published, stamp);
    assert_eq!(set.published_source, crate::document::PublishedSource::Given);
}
