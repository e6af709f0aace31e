//! A corrected document as the learner reads it.

use std::ops::Range;

use super::corrections::MarkedName;
use crate::document::{Body, Document, Label, Status};
use crate::entities::features::extract_features;
use crate::entities::sequence::Row;
use crate::entities::tagger::{self, Prepared};
use crate::entities::tags::{self, OUTSIDE, Tag};
use crate::entities::{LearnedWeights, Model};
use crate::text::{NormalizedText, SourceText, Span, TokenizedText, one_line};

/// How far a word's tag is to be believed, in tenths.
pub type Evidence = u8;

/// A person looked at it.
const SEEN: Evidence = 10;
/// The machine read it, in an article that a person worked on: never unknown, as corrections alone say
/// nothing of "no name", and the tagger would drown in marks.
const UNSEEN: Evidence = 3;
/// Nothing is known of it: it is part of a date, or bears a label that the tagger does not know.
const UNKNOWN: Evidence = 0;

/// Words of a longer article that teach.
const MAX_TOKENS: usize = 6000;

/// Has a person accepted, corrected, added or rejected a name in it?
pub fn was_worked_on(document: &Document) -> bool {
    let mut names = document.annotations.iter().filter(|a| matches!(a.body, Body::Entity(_)));
    names.any(|a| a.status != Status::Machine)
}

/// Has a person gone through all of its names?
pub fn is_reviewed(document: &Document) -> bool {
    let unseen = |a: &crate::document::Annotation| {
        matches!(&a.body, Body::Entity(e) if e.label.is_name()) && a.status == Status::Machine
    };
    was_worked_on(document) && !document.annotations.iter().any(unseen)
}

/// One corrected article: its scores by the program alone, its features, and what its words are.
pub struct Lesson {
    pub(super) prepared: Prepared,
    /// The program's own scores.
    pub(super) rows: Vec<Row>,
    features: Vec<u32>,
    /// Where each token's features begin; one more than tokens.
    starts: Vec<usize>,
    /// The tag of each token, as corrected.
    pub(super) tags: Vec<Tag>,
    pub(super) evidence: Vec<Evidence>,
    /// The names, in tokens, in text order.
    pub(super) names: Vec<MarkedName>,
    /// Where each token stands in the document's text.
    pub(super) spans: Vec<Span>,
    /// The labels that were corrected; empty: all.
    labels: Vec<Label>,
    text: SourceText,
}

impl Lesson {
    /// Reads a corrected document. `reviewed`: all of it was looked at; else what nobody touched counts
    /// less. `labels`: those that were corrected (none: all of the tagger's); what bears another label
    /// is as if unknown.
    pub fn new(document: &Document, model: &Model, reviewed: bool, labels: &[Label]) -> Lesson {
        let lexicon = model.lexicon();
        let known = |word: &str| lexicon.word(word) != crate::lexicon::Word::default();
        let copy = NormalizedText::new(&document.text, known);
        let plain = || TokenizedText::new(&document.text);
        let reading = copy.as_ref().map_or_else(plain, NormalizedText::tokenized);
        let in_source = |span: Span| copy.as_ref().map_or(span, |copy| copy.source_span(span));
        let spans: Vec<Span> = reading.tokens().iter().map(|t| in_source(t.span)).collect();
        let prepared = Prepared::new(&reading, lexicon);
        let rows = tagger::score_tokens(&prepared, model, &LearnedWeights::default()).own;

        let n = spans.len();
        let untouched = if reviewed { SEEN } else { UNSEEN };
        let mut lesson = Lesson {
            tags: vec![OUTSIDE; n],
            evidence: vec![untouched; n],
            names: Vec::new(),
            features: Vec::new(),
            starts: vec![0; n + 1],
            prepared,
            rows,
            spans,
            labels: Vec::new(),
            text: document.text.clone(),
        };
        lesson.read_annotations(document, untouched);
        if !labels.is_empty() {
            lesson.leave_out_others(model, labels);
        }
        lesson.extract_features();
        lesson
    }

    /// What the program gives a label that nobody corrected is unknown, where no corrected name is.
    fn leave_out_others(&mut self, model: &Model, labels: &[Label]) {
        let counts = |name: &MarkedName| labels.contains(&name.label);
        let found = self.find_names(model, self.rows.clone()).into_iter();
        let own: Vec<MarkedName> = std::mem::take(&mut self.names);
        let (names, other): (Vec<_>, Vec<_>) = own.into_iter().partition(counts);
        for name in found.filter(|n| !counts(n)).chain(other) {
            let free = !names.iter().any(|n| n.at.start < name.at.end && name.at.start < n.at.end);
            if free {
                self.evidence[name.at].fill(UNKNOWN);
            }
        }
        self.names = names;
        self.labels = labels.to_vec();
    }

    fn read_annotations(&mut self, document: &Document, untouched: Evidence) {
        // Tombstones first: what was marked anew in the same place goes over them.
        let dead = document.annotations.iter().filter(|a| a.status == Status::Rejected);
        for a in dead.filter(|a| matches!(a.body, Body::Entity(_))) {
            let (tokens, _) = self.tokens_of(a.span);
            self.evidence[tokens].fill(SEEN);
        }
        let mut taken = 0;
        for a in document.annotations.iter().filter(|a| a.status != Status::Rejected) {
            let (tokens, whole) = self.tokens_of(a.span);
            match &a.body {
                Body::Quote(_) => {}
                Body::Date(_) => self.evidence[tokens].fill(UNKNOWN),
                Body::Entity(e) => {
                    let tag = tags::tag(e.label, 0, tokens.len().max(1));
                    let touched = a.status != Status::Machine;
                    if tag == OUTSIDE {
                        let custom = matches!(e.label, Label::Custom(_));
                        let said = if custom || !touched { UNKNOWN } else { SEEN };
                        self.evidence[tokens].fill(said);
                    } else if !whole || tokens.start < taken || tokens.is_empty() {
                        self.evidence[tokens].fill(UNKNOWN);
                    } else {
                        taken = tokens.end;
                        let len = tokens.len();
                        for (at, slot) in self.tags[tokens.clone()].iter_mut().enumerate() {
                            *slot = tags::tag(e.label, at, len);
                        }
                        self.evidence[tokens.clone()].fill(if touched { SEEN } else { untouched });
                        self.names.push(MarkedName { label: e.label, at: tokens });
                    }
                }
            }
        }
    }

    /// The tokens that a span touches, and whether it cuts none of them.
    pub(super) fn tokens_of(&self, span: Span) -> (Range<usize>, bool) {
        let start = self.spans.partition_point(|t| t.end() <= span.start());
        let end = self.spans.partition_point(|t| t.start() < span.end()).max(start);
        let first = self.spans.get(start).is_some_and(|t| t.start() >= span.start());
        let last = end.checked_sub(1).and_then(|i| self.spans.get(i));
        (start..end, first && last.is_some_and(|t| t.end() <= span.end()))
    }

    fn extract_features(&mut self) {
        let mut features = Vec::new();
        let page = self.prepared.feature_input();
        for seq in &self.prepared.sequences {
            for i in seq.clone() {
                self.starts[i] = features.len();
                if i < MAX_TOKENS && !tagger::is_caseless(&self.prepared, i) {
                    extract_features(&page, i, seq.start, seq.end, &mut features);
                }
            }
        }
        self.starts[self.spans.len()] = features.len();
        self.features = features;
    }

    /// The words of a stretch of tokens, on one line.
    pub(super) fn words(&self, at: &Range<usize>) -> String {
        let first = self.spans.get(at.start);
        let last = at.end.checked_sub(1).and_then(|i| self.spans.get(i));
        let cut = first.zip(last).map(|(a, z)| a.hull(*z));
        cut.map_or(String::new(), |span| one_line(self.text.slice(span)))
    }

    /// The features of a token.
    pub(super) fn features_of(&self, token: usize) -> &[u32] {
        let range = self.starts.get(token).zip(self.starts.get(token + 1));
        range.and_then(|(&from, &to)| self.features.get(from..to)).unwrap_or(&[])
    }

    /// The names that the tagger finds where tokens' tags score `rows`; without those of which nothing
    /// is known.
    pub(super) fn find_names(&self, model: &Model, rows: Vec<Row>) -> Vec<MarkedName> {
        let found = tagger::find_names(&self.prepared, model, rows).into_iter();
        let known = |at: &Range<usize>| {
            self.evidence.get(at.clone()).is_some_and(|e| e.iter().all(|&e| e != UNKNOWN))
        };
        let names = found.map(|name| MarkedName { label: name.label, at: name.tokens });
        let counts = |l: Label| self.labels.is_empty() || self.labels.contains(&l);
        names.filter(|name| known(&name.at) && counts(name.label)).collect()
    }
}
