//! What the engine's worker knows of labels of the reader's own: the articles that it learned from, made ready.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use super::protocol::{KeptDocument, LabelRow, SuggestedDocument, SuggestionRow};
use galley_engine::document::{Document, Suggestion};
use galley_engine::entities::Model;
use galley_engine::learning::{LabelReport, OwnArticle, OwnLabels, Server, Studied, own_labels};

/// An article that was made ready, and what it was made of.
struct Ready {
    key: String,
    made_of: u64,
    article: Rc<OwnArticle>,
}

/// The articles, and the choice of a learner for each label.
#[derive(Default)]
pub(super) struct LabelKnowledge {
    ready: Vec<Ready>,
    /// The choices, and the key of the document that they leave out.
    studied: Option<(Option<String>, Vec<Studied>)>,
}

/// What tells one state of a kept document from another.
fn sum_of(kept: &KeptDocument) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&kept.base, &kept.edits, &kept.parts).hash(&mut hasher);
    hasher.finish()
}

impl LabelKnowledge {
    /// Takes over the documents that there are now, in their order; what is known of them stays.
    pub(super) fn take(&mut self, documents: &[(&KeptDocument, Document)], model: &Model) {
        let mut old = std::mem::take(&mut self.ready);
        for (kept, document) in documents {
            let made_of = sum_of(kept);
            let known = old.iter().position(|r| r.key == kept.key && r.made_of == made_of);
            self.ready.push(match known {
                Some(at) => old.swap_remove(at),
                None => Ready {
                    key: kept.key.clone(),
                    made_of,
                    article: Rc::new(OwnArticle::new(document, model, false, false)),
                },
            });
        }
        self.studied = None;
    }

    /// What is known of the labels.
    pub(super) fn reports(&mut self) -> Vec<LabelRow> {
        self.labels(None, None).reports().iter().map(label_row).collect()
    }

    /// The labels as all articles teach them, with `open` in the place of the one under `key`.
    fn labels(&mut self, key: Option<&str>, open: Option<&OwnArticle>) -> OwnLabels {
        let others = self.ready.iter().filter(|r| Some(r.key.as_str()) != key);
        let others: Vec<Rc<OwnArticle>> = others.map(|r| Rc::clone(&r.article)).collect();
        let mut all: Vec<&OwnArticle> = others.iter().map(Rc::as_ref).collect();
        // Which learner serves is decided by finished articles: while one is worked on, the choice stays.
        let left_out =
            key.filter(|key| self.ready.iter().any(|r| r.key == *key)).map(str::to_owned);
        if self.studied.as_ref().is_none_or(|(known, _)| *known != left_out) {
            let labels = own_labels(&all).into_iter();
            self.studied = Some((left_out, labels.map(|l| Studied::new(&all, l)).collect()));
        }
        all.extend(open);
        let studied = self.studied.as_ref().map_or(&[][..], |(_, studied)| studied);
        OwnLabels::learn_with(studied, &all)
    }

    /// Suggestions in an open document, and what is known of the labels.
    pub(super) fn suggest(
        &mut self,
        key: &str,
        document: &Document,
        model: &Model,
    ) -> (Vec<SuggestionRow>, Vec<LabelRow>) {
        let open = OwnArticle::new(document, model, false, true);
        let labels = self.labels(Some(key), Some(&open));
        let rows = labels.suggest(&open).into_iter().map(suggestion_row);
        (rows.collect(), labels.reports().iter().map(label_row).collect())
    }

    /// The documents in which something would be suggested, most first.
    pub(super) fn suggest_everywhere(
        &mut self,
        documents: &[(&KeptDocument, Document)],
        model: &Model,
    ) -> Vec<SuggestedDocument> {
        let labels = self.labels(None, None);
        let count = |(kept, document): &(&KeptDocument, Document)| {
            // Those that were learned from are ready.
            let made_of = sum_of(kept);
            let known = self.ready.iter().find(|r| r.key == kept.key && r.made_of == made_of);
            let article = known.map_or_else(
                || Rc::new(OwnArticle::new(document, model, false, false)),
                |ready| Rc::clone(&ready.article),
            );
            SuggestedDocument {
                key: kept.key.clone(),
                title: kept.title.clone(),
                suggestions: labels.suggest(&article).len() as u32,
            }
        };
        let mut rows: Vec<SuggestedDocument> = documents.iter().map(count).collect();
        rows.retain(|row| row.suggestions > 0);
        rows.sort_by_key(|row| std::cmp::Reverse(row.suggestions));
        rows
    }
}

fn suggestion_row(suggestion: Suggestion) -> SuggestionRow {
    SuggestionRow {
        start: suggestion.span.start() as u32,
        end: suggestion.span.end() as u32,
        label: suggestion.label.name().to_owned(),
        permille: suggestion.confidence.permille(),
        reason: suggestion.reason,
    }
}

fn label_row(report: &LabelReport) -> LabelRow {
    let server = |server| match server {
        Server::Names => "the names that you marked",
        Server::Spans => "your names and what looks like them",
        Server::Tokens => "your names and words that stand like them",
    };
    LabelRow {
        label: report.label.name().to_owned(),
        examples: report.examples as u32,
        articles: report.articles as u32,
        server: report.server.map(|s| server(s).to_owned()),
        answered: report.last.answered,
        taken: report.last.taken,
        quiet: report.last.is_quiet(),
    }
}
