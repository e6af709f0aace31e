//! Labels of the reader's own, without a model: names are runs of capitals then.

use super::{OwnArticle, OwnLabels, Server, own_labels, simulate_own_label};
use crate::document::{Body, Document, EntityBody, Label, Status, Suggestion};
use crate::edits::{Edit, EditLog};
use crate::entities::Model;
use crate::text::{SourceText, Span};

const FIRMS: [&str; 12] = [
    "Acme", "Delta", "Harbor", "Linden", "Marsh", "Orchard", "Quarry", "Ridge", "Sable", "Tamar",
    "Umber", "Vale",
];
const PEOPLE: [&str; 6] = ["Ada", "Boris", "Carla", "Dirk", "Elena", "Frank"];

fn union() -> Label {
    Label::named("Union").unwrap()
}

fn text(n: usize) -> String {
    let (firm, other, who) = (FIRMS[n % 12], FIRMS[(n + 5) % 12], PEOPLE[n % 6]);
    format!(
        "Members of the {firm} Union met in town.\n\n{who} Brandt spoke for the {firm} Union, and the \
         {other} Union answered.\n\nLater {who} Brandt left for Lisbon."
    )
}

/// An article with every "… Union" marked by hand, if `marked`.
fn article(n: usize, marked: bool) -> EditLog {
    let text = SourceText::new(&text(n)).unwrap();
    let mut log = EditLog::new(Document { text: text.clone(), ..Document::default() });
    for (at, _) in text.as_str().match_indices(" Union").filter(|_| marked) {
        let start = text.as_str()[..at].rfind(' ').unwrap() + 1;
        let span = Span::new(start, at + " Union".len());
        let body = Body::Entity(EntityBody { label: union(), entity: None });
        log.apply(Edit::Add { id: log.fresh_id(), span, body }).unwrap();
    }
    log
}

fn own(document: &Document, open: bool) -> OwnArticle {
    OwnArticle::new(document, &Model::default(), false, open)
}

fn suggested(labels: &OwnLabels, document: &Document) -> Vec<Suggestion> {
    labels.suggest(&own(document, true))
}

fn learned(articles: &[OwnArticle]) -> OwnLabels {
    OwnLabels::learn(&articles.iter().collect::<Vec<_>>())
}

#[test]
fn after_five_examples_more_is_suggested_with_a_reason() {
    let articles: Vec<OwnArticle> =
        (0..4).map(|n| own(article(n, true).current(), false)).collect();
    let labels = learned(&articles[..1]);
    assert_eq!(labels.reports()[0].server, None, "three examples are too few");
    let labels = learned(&articles);
    let report = &labels.reports()[0];
    assert_eq!((report.label, report.examples, report.articles), (union(), 12, 4));
    let next = article(10, false);
    let found = suggested(&labels, next.current());
    let words: Vec<&str> = found.iter().map(|s| next.current().text.slice(s.span)).collect();
    assert!(words.contains(&"Umber Union"), "{words:?}");
    assert!(found.iter().all(|s| s.label == union() && s.reason.starts_with("suggested: ")));
    assert!(
        found
            .iter()
            .any(|s| s.reason.starts_with("suggested: like ") && s.reason.contains(" Union, "))
    );
    assert!(!words.iter().any(|w| w.contains("Brandt") || w.contains("Lisbon")), "{words:?}");
    // The same again, to the bit.
    assert_eq!(suggested(&learned(&articles), next.current()), found);
}

#[test]
fn answers_are_kept_teach_and_silence() {
    let mut kept: Vec<EditLog> = (0..3).map(|n| article(n, true)).collect();
    let read = |kept: &[EditLog]| -> Vec<OwnArticle> {
        kept.iter().map(|log| own(log.current(), false)).collect()
    };
    let mut next = article(10, false);
    let first = suggested(&learned(&read(&kept)), next.current()).remove(0);
    next.apply(Edit::Answer { id: next.fresh_id(), suggestion: first.clone(), taken: true })
        .unwrap();
    let taken = &next.current().annotations[0];
    assert_eq!((taken.status, taken.span), (Status::Accepted, first.span));
    assert_eq!(taken.reason.as_deref(), Some(&*first.reason));
    next.current().check().unwrap();
    // What was taken is not suggested again; undone, it is.
    let again = suggested(&learned(&read(&kept)), next.current());
    assert!(again.iter().all(|s| s.span != first.span));
    assert!(next.undo());
    assert!(suggested(&learned(&read(&kept)), next.current()).contains(&first));

    // Refused, it is a tombstone, and four of them are too many.
    let mut refused = 0;
    for n in [8, 9, 10, 11] {
        let mut log = article(n, false);
        for suggestion in suggested(&learned(&read(&kept)), log.current()) {
            let id = log.fresh_id();
            log.apply(Edit::Answer { id, suggestion, taken: false }).unwrap();
            refused += 1;
        }
        log.current().check().unwrap();
        assert!(log.current().annotations.iter().all(|a| a.status == Status::Rejected));
        kept.push(log);
    }
    assert!(refused >= 4, "{refused}");
    let labels = learned(&read(&kept));
    assert!(labels.reports()[0].last.is_quiet(), "{:?}", labels.reports());
    assert_eq!(suggested(&labels, article(7, false).current()), []);
    // Forgotten, they are as if they had never been.
    let labels = learned(&read(&kept[..3]));
    assert!(!labels.reports()[0].last.is_quiet());
}

#[test]
fn labels_without_a_shape_are_served_by_their_names() {
    let label = Label::named("Tool").unwrap();
    let make = |words: &str| {
        let text =
            SourceText::new(&format!("They sold a {words} and left.\n\nA {words} was found."))
                .unwrap();
        let mut log = EditLog::new(Document { text: text.clone(), ..Document::default() });
        for (at, _) in text.as_str().match_indices(words) {
            let body = Body::Entity(EntityBody { label, entity: None });
            let span = Span::new(at, at + words.len());
            log.apply(Edit::Add { id: log.fresh_id(), span, body }).unwrap();
        }
        log
    };
    let articles: Vec<OwnArticle> =
        ["hammer", "chisel", "band saw"].map(|w| own(make(w).current(), false)).into();
    let labels = learned(&articles);
    assert_eq!(labels.reports()[0].server, Some(Server::Names));
    let text = SourceText::new("He wanted a band saw, a spanner and bread.").unwrap();
    let next = Document { text, ..Document::default() };
    let found = suggested(&labels, &next);
    let words: Vec<&str> = found.iter().map(|s| next.text.slice(s.span)).collect();
    assert_eq!(words, ["band saw"]);
    assert_eq!(found[0].reason, "suggested: you marked it before");
}

#[test]
fn a_simulated_person_is_served() {
    let gold: Vec<OwnArticle> = (0..12)
        .map(|n| OwnArticle::new(article(n, true).current(), &Model::default(), true, false))
        .collect();
    let blank: Vec<OwnArticle> = (0..12).map(|n| own(article(n, false).current(), false)).collect();
    assert_eq!(own_labels(&gold.iter().collect::<Vec<_>>()), [union()]);
    let run = simulate_own_label(&gold, &blank, union(), 1, &[2, 4], 12);
    assert!(run[1].right * 10 >= run[1].found * 7, "{run:?}");
    assert!(run[1].right * 10 >= run[1].wanted * 4, "{run:?}");
}
