//! What must hold of every document, whatever the text and whatever people do.

use galley_engine::calendar::Stamp;
use galley_engine::document::{
    Anchor, Annotation, AnnotationId, Body, Confidence, DateBody, DateReading, Document, Entity,
    EntityBody, EntityId, Interval, Label, MachineReading, Modifier, PublishedSource, QuoteBody,
    QuoteKind, Speaker, Status, Strength, Timex, TimexType, TimexValue,
};
use galley_engine::edits::{Edit, EditLog, apply, revise};
use galley_engine::text::{OffsetMap, SourceText, Span};
use galley_engine::view;
use galley_formats::galley_json as json;
use proptest::prelude::*;

/// Words, emoji with joiners and modifiers, flags, combining marks, right-to-left, Hangul parts,
/// every kind of line end and quotation mark, and any other character at all.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[a-zA-Z]{1,8}",
        6 => Just(" ".to_owned()),
        1 => prop::sample::select(vec![
            "\n", "\r\n", "\r", "\n\n", "\t", "\u{a0}", "\u{2028}", "\u{feff}", "\0",
            "👩‍👩‍👧", "👍🏽", "🇩🇪", "🇩", "e\u{301}", "\u{301}", "क्षि", "각", "\u{1100}\u{1161}",
            "שלום", "مرحبا", "\u{202e}", "“", "”", "\"", "‘", "’", "'", "«", "»", ",", ".",
            "ﬁ", "İ", "ß", "日本",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|p| p.concat())
}

/// Raw numbers to build from: whatever they are, the document is sound.
type Raw = (u16, u16, u8, u8);

fn raw() -> impl Strategy<Value = Vec<Raw>> {
    prop::collection::vec(any::<Raw>(), 0..24)
}

/// A stretch of the text between two of its characters; `None` when there is no text.
fn span(text: &SourceText, a: u16, b: u16) -> Option<Span> {
    let bounds: Vec<usize> =
        (0..=text.len()).filter(|&i| text.as_str().is_char_boundary(i)).collect();
    let (i, j) = (usize::from(a) % bounds.len(), usize::from(b) % 24 + 1);
    let (start, end) = (bounds[i], bounds[(i + j).min(bounds.len() - 1)]);
    text.span(start, end).filter(|s| !s.is_empty())
}

fn timex(n: u8, anchor: Option<AnnotationId>) -> Timex {
    let kinds = [TimexType::Date, TimexType::Time, TimexType::Duration, TimexType::Set];
    Timex {
        kind: kinds[usize::from(n % 4)],
        value: TimexValue::parse(&format!("20{:02}-07", n % 100)),
        modifier: (n & 64 != 0).then_some(Modifier::Approx),
        anchor: match anchor {
            Some(id) => Anchor::Annotation(id),
            None if n & 32 != 0 => Anchor::Published,
            None => Anchor::None,
        },
    }
}

fn interval(n: u8) -> Option<Interval> {
    (n & 16 != 0)
        .then(|| Interval { from: format!("2021-07-{:02}", n % 31), to: "2021-08".to_owned() })
}

fn body(text: &SourceText, at: Span, n: u8, m: u8) -> Body {
    let label = Label::ALL[usize::from(m) % Label::ALL.len()].0;
    match n % 4 {
        0 | 1 => Body::Entity(EntityBody { label, entity: None }),
        2 => Body::Date(DateBody {
            timex: timex(m, None),
            interval: interval(m),
            alternatives: (0..m % 3)
                .map(|i| DateReading { timex: timex(i, None), interval: interval(m) })
                .collect(),
        }),
        _ => Body::Quote(QuoteBody {
            kind: [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect][usize::from(m % 3)],
            parts: vec![at],
            cue: span(text, u16::from(m) * 7, 3).into_iter().collect(),
            speaker: span(text, u16::from(m), 5).map(|s| Speaker {
                mention: vec![s],
                entity: None,
                name: (m & 1 != 0).then(|| text.slice(s).to_owned()),
                confidence: Confidence::from_permille(u16::from(m) * 4),
            }),
            strength: [Strength::Speech, Strength::Document, Strength::Attitude]
                [usize::from(n / 4 % 3)],
        }),
    }
}

fn build(text: &str, raw: &[Raw]) -> Document {
    let text = SourceText::new(text).unwrap();
    let mut document = Document {
        id: raw.first().map(|r| format!("doc {}", r.0)),
        title: raw.get(1).map(|r| format!("“{}”\u{0}\n", r.0)),
        language: "en".to_owned(),
        published: Stamp::parse("2021-07-23T19:27:00").filter(|_| raw.len().is_multiple_of(2)),
        published_source: [PublishedSource::Unknown, PublishedSource::Text][raw.len() % 2],
        ..Document::default()
    };
    let entities = usize::from(raw.len() > 3) * (raw.len() / 3);
    for (i, &(a, b, n, m)) in raw.iter().enumerate() {
        let Some(at) = span(&text, a, b) else {
            continue;
        };
        let mut body = body(&text, at, n, m);
        let entity = (entities > 0).then(|| usize::from(m) % (entities + 1));
        let entity = entity.filter(|&e| e < entities).map(|e| EntityId(format!("e{}", e + 1)));
        let status = [
            Status::Machine,
            Status::Machine,
            Status::Accepted,
            Status::Corrected,
            Status::Added,
            Status::Rejected,
        ][usize::from(n) % 6];
        match &mut body {
            Body::Entity(e) => e.entity = entity,
            Body::Quote(q) => {
                if let Some(s) = &mut q.speaker {
                    s.entity = entity;
                }
            }
            Body::Date(_) => {}
        }
        let machine = (status == Status::Corrected).then(|| {
            let at = span(&text, b, a).unwrap_or(at);
            let kind = if m & 8 == 0 { n } else { m };
            let mut body = self::body(&text, at, kind, n ^ m);
            if let Body::Entity(e) = &mut body {
                e.entity = (m & 2 != 0).then(|| EntityId("e77".to_owned()));
            }
            Box::new(MachineReading {
                span: at,
                body,
                confidence: Confidence::from_permille(u16::from(n) * 5),
            })
        });
        document.annotations.push(Annotation {
            id: AnnotationId(format!("a{}", i + 1)),
            span: at,
            body,
            confidence: Confidence::from_permille(a % 1001),
            status,
            reason: (n & 4 != 0).then(|| format!("because\t{m}")),
            machine,
        });
    }
    document.text = text;
    document.sort_annotations();
    let dates = document.annotations.iter();
    let dates = dates.filter(|a| matches!(a.body, Body::Date(_)));
    let dates: Vec<AnnotationId> = dates.map(|a| a.id.clone()).collect();
    for (i, a) in document.annotations.iter_mut().enumerate() {
        if let (Body::Date(d), Some(id)) = (&mut a.body, dates.get(i / 2))
            && a.id != *id
        {
            d.timex.anchor = Anchor::Annotation(id.clone());
        }
    }
    for e in 0..entities {
        let id = EntityId(format!("e{}", e + 1));
        let live = |a: &&Annotation| a.entity() == Some(&id) && a.status != Status::Rejected;
        let mentions = document.annotations.iter().filter(live);
        document.entities.push(Entity {
            label: Label::ALL[e % 11].0,
            name: format!("Name {e}"),
            aliases: (0..e % 3).map(|i| format!("alias {i}")).collect(),
            mentions: mentions.map(|a| a.id.clone()).collect(),
            status: [Status::Machine, Status::Machine, Status::Corrected][e % 3],
            id,
        });
    }
    document.check().unwrap();
    document
}

/// Any edit at all, sensible or not, on what there is or is not.
fn edit(log: &EditLog, other: &Document, &(a, b, n, m): &Raw, depth: u8) -> Edit {
    let document = log.current();
    let id = |n: u16| {
        let known = document.annotations.get(usize::from(n) % (document.annotations.len() + 1));
        known.map_or(AnnotationId("a999".to_owned()), |a| a.id.clone())
    };
    let entity = |n: u16| {
        let known = document.entities.get(usize::from(n) % (document.entities.len() + 1));
        known.map_or(EntityId("e999".to_owned()), |e| e.id.clone())
    };
    let label = Label::ALL[usize::from(m) % Label::ALL.len()].0;
    let at = span(&document.text, b, a);
    let speaker = at.map(|s| Speaker {
        mention: vec![s],
        entity: (m & 1 != 0).then(|| entity(b)),
        name: None,
        confidence: Confidence::from_permille(10),
    });
    match n % 18 {
        0 => Edit::Accept(id(a)),
        1 | 2 => Edit::Reject(id(a)),
        3 => Edit::Restore(id(a)),
        4 | 5 => Edit::Relabel { id: id(a), label, whole_entity: m & 16 != 0 },
        6 | 7 => match at {
            Some(span) => Edit::Resize { id: id(a), span },
            None => Edit::Accept(id(a)),
        },
        8 => match at {
            Some(span) => {
                let mut body = body(&document.text, span, m, m.wrapping_mul(31));
                if let Body::Entity(e) = &mut body {
                    e.entity = (m & 8 != 0).then(|| entity(a));
                }
                Edit::Add { id: log.fresh_id(), span, body }
            }
            None => Edit::Accept(id(a)),
        },
        9 => Edit::SetDate {
            id: id(a),
            timex: timex(m, (m & 4 != 0).then(|| id(b))),
            interval: interval(m),
        },
        10 => Edit::SetSpeaker { id: id(a), speaker },
        11 => Edit::SetQuoteKind { id: id(a), kind: QuoteKind::Mixed },
        12 => Edit::SetCue { id: id(a), cue: at.into_iter().collect() },
        13 => Edit::Rename {
            entity: entity(a),
            name: format!(" N {} ", m % 3).repeat(usize::from(m > 9)),
        },
        14 => Edit::Merge { from: entity(a), into: entity(b) },
        15 => Edit::Split {
            id: id(a),
            entity: if m % 2 == 0 { entity(b) } else { log.fresh_entity_id() },
        },
        16 if m % 4 == 0 => Edit::Reread(Box::new(other.clone())),
        16 if m % 4 == 1 => Edit::Revise(revised(&document.text, a, b)),
        16 if m % 4 == 2 => Edit::SetTitle((m % 8 == 2).then(|| "Another title".to_owned())),
        16 => Edit::SetPublished(Stamp::parse("2020-01-02").filter(|_| m & 8 == 0)),
        _ if depth == 0 => Edit::Accept(id(b)),
        _ => Edit::Batch(vec![
            edit(log, other, &(b, a, m, n), depth - 1),
            edit(log, other, &(a ^ b, a, m / 3, n), depth - 1),
            Edit::Accept(id(m.into())),
        ]),
    }
}

/// The text with a stretch of it taken out, or said twice.
fn revised(text: &SourceText, a: u16, b: u16) -> SourceText {
    let Some(at) = span(text, a, b) else {
        return SourceText::new("Something new.").unwrap();
    };
    let (before, after) = (&text.as_str()[..at.start()], &text.as_str()[at.end()..]);
    let twice = text.slice(at).repeat(usize::from(b % 3));
    SourceText::new(&format!("{before}{twice}{after}")).unwrap()
}

/// The same text, read anew by another machine.
fn reread(document: &Document, raw: &[Raw]) -> Document {
    let turned: Vec<Raw> = raw.iter().rev().map(|&(a, b, n, m)| (a, b, n & !1, m ^ 3)).collect();
    let mut new = build(document.text.as_str(), &turned);
    for a in &mut new.annotations {
        a.machine = None;
        if a.status != Status::Rejected {
            a.status = Status::Machine;
        }
    }
    new
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_cut_their_text_in_all_three_units(text in any_text(), raw in raw()) {
        let document = build(&text, &raw);
        let map = OffsetMap::new(&document.text);
        let text = document.text.as_str();
        let points: Vec<char> = text.chars().collect();
        let units: Vec<u16> = text.encode_utf16().collect();
        for a in &document.annotations {
            let (start, end) = (a.span.start(), a.span.end());
            let cut = document.text.slice(a.span);
            prop_assert_eq!(&text[start..end], cut);
            let by_point: String = points[map.point_of_byte(start)..map.point_of_byte(end)].iter().collect();
            prop_assert_eq!(&by_point, cut);
            let by_unit = String::from_utf16(&units[map.utf16_of_byte(start)..map.utf16_of_byte(end)]);
            prop_assert_eq!(by_unit.unwrap(), cut);
        }
    }

    #[test]
    fn a_file_loses_nothing(text in any_text(), raw in raw(), pretty in any::<bool>()) {
        let document = build(&text, &raw);
        let file = json::write(&document, pretty).unwrap();
        let again = json::read(&file).unwrap();
        prop_assert_eq!(json::write(&again, pretty).unwrap(), file);
        prop_assert_eq!(again, document);
    }

    #[test]
    fn a_damaged_file_is_an_error_or_sound(
        text in any_text(), raw in raw(), at in any::<prop::sample::Index>(), with in any::<char>(),
    ) {
        let mut file: Vec<char> = json::write(&build(&text, &raw), false).unwrap().chars().collect();
        let i = at.index(file.len());
        file[i] = with;
        let file: String = file.into_iter().collect();
        if let Ok(document) = json::read(&file) {
            prop_assert_eq!(document.check(), Ok(()));
        }
    }

    #[test]
    fn people_cannot_break_a_document(
        text in any_text(), raw in raw(), deeds in prop::collection::vec(any::<Raw>(), 0..40),
    ) {
        let base = build(&text, &raw);
        let other = reread(&base, &raw);
        let mut log = EditLog::new(base.clone());
        let mut states = vec![base.clone()];
        for deed in &deeds {
            let edit = edit(&log, &other, deed, 2);
            let before = log.current().clone();
            let applied = apply(&before, &edit);
            match log.apply(edit.clone()) {
                Ok(()) => {
                    prop_assert_eq!(applied.as_ref(), Ok(log.current()), "{:?}", edit);
                    prop_assert_eq!(log.current().check(), Ok(()), "{:?}", edit);
                    prop_assert!(log.current().annotation(&log.fresh_id()).is_none());
                    prop_assert!(log.current().entity(&log.fresh_entity_id()).is_none());
                }
                Err(error) => {
                    prop_assert_eq!(applied.unwrap_err(), error);
                    prop_assert_eq!(log.current(), &before, "what fails changes nothing");
                }
            }
            if log.cursor() == states.len() {
                states.push(log.current().clone());
            }
        }
        // Undo after undo is the way back, redo after redo the way there again.
        for state in states.iter().rev().skip(1) {
            prop_assert!(log.undo());
            prop_assert_eq!(log.current(), state);
        }
        prop_assert!(!log.undo());
        prop_assert_eq!(log.current(), &base);
        for state in states.iter().skip(1) {
            prop_assert!(log.redo());
            prop_assert_eq!(log.current(), state);
        }
        prop_assert!(!log.redo());
        let (again, lost) = EditLog::replay(base, log.edits().to_vec(), log.cursor());
        prop_assert_eq!((again.current(), lost), (log.current(), 0));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_revised_text_keeps_what_it_still_has(text in any_text(), raw in raw(), at in any::<(u16, u16)>()) {
        let base = build(&text, &raw);
        let revision = revise(&base, &base.text).unwrap();
        prop_assert_eq!(&revision.document, &base);

        let longer = SourceText::new(&format!("Qzx\n{}\nXzq", base.text.as_str())).unwrap();
        let revision = revise(&base, &longer).unwrap();
        for a in &base.annotations {
            let words = base.text.slice(a.span);
            let now = revision.document.annotation(&a.id).map(|a| longer.slice(a.span));
            let plain = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
            if !words.trim().is_empty() {
                prop_assert_eq!(now.map(plain), Some(plain(words)));
            }
        }

        let revision = revise(&base, &revised(&base.text, at.0, at.1)).unwrap();
        let rejected = |d: &Document| d.annotations.iter().filter(|a| a.status == Status::Rejected).count();
        let gone = rejected(&base) - rejected(&revision.document);
        prop_assert_eq!(revision.same + revision.changed.len(), revision.document.annotations.len());
        prop_assert_eq!(revision.document.annotations.len() + revision.lost.len() + gone, base.annotations.len());
    }

    #[test]
    fn segments_give_the_text(text in any_text(), raw in raw(), mask in any::<u32>()) {
        let document = build(&text, &raw);
        let shown = |a: &Annotation| mask >> (a.span.start() % 32) & 1 == 1;
        let blocks = view::segment_document(&document, shown);
        let segments: Vec<_> = blocks.iter().flat_map(|b| &b.segments).collect();
        let whole: String = segments.iter().map(|s| document.text.slice(s.span)).collect();
        prop_assert_eq!(whole.as_str(), document.text.as_str());
        let paragraphs = galley_engine::text::paragraphs(&document.text);
        prop_assert_eq!(blocks.len(), paragraphs.len().max(usize::from(!document.text.is_empty())));
        for block in &blocks {
            let words: String = block.segments.iter().map(|s| document.text.slice(s.span)).collect();
            prop_assert_eq!(words, document.text.slice(block.span));
            // One paragraph a block, though a wrapped one has several lines.
            let inside = paragraphs.iter().filter(|p| block.span.contains(**p)).count();
            prop_assert!(inside == 1 || paragraphs.is_empty());
        }
        for segment in &segments {
            prop_assert!(!segment.span.is_empty());
            let mut lanes: Vec<u8> = segment.marks.iter().map(|m| m.lane).collect();
            lanes.sort_unstable();
            lanes.dedup();
            prop_assert_eq!(lanes.len(), segment.marks.len(), "no two in one lane");
        }
        for a in &document.annotations {
            let over = segments.iter().filter(|s| s.marks.iter().any(|m| m.id == a.id));
            let words: String = over.clone().map(|s| document.text.slice(s.span)).collect();
            if !shown(a) || a.status == Status::Rejected {
                prop_assert_eq!(words, "");
                continue;
            }
            // Up to `DEEPEST` are drawn over each other; so many are never built here but by chance.
            if segments.iter().any(|s| s.marks.len() == view::MAX_MARKS_PER_SEGMENT) {
                continue;
            }
            prop_assert_eq!(words, document.text.slice(a.span));
            let marks: Vec<_> = over.flat_map(|s| &s.marks).filter(|m| m.id == a.id).collect();
            prop_assert!(marks.iter().all(|m| m.lane == marks[0].lane));
            prop_assert_eq!(marks.iter().filter(|m| m.first).count(), 1);
            prop_assert_eq!(marks.iter().filter(|m| m.last).count(), 1);
            prop_assert!(marks[0].first && marks[marks.len() - 1].last);
        }
    }
}
