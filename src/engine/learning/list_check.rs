//! Entries of the reader's list that the reader's own corrected articles contradict.

use std::collections::BTreeMap;

use crate::document::{Body, Document, Label, Status};
use crate::text::TokenizedText;
use crate::user_words::{WordEntry, WordList, WordRule};

/// An entry, and how often the reader decided for and against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The entry.
    pub entry: WordEntry,
    /// Places where a person left or made it as the entry says.
    pub agreed: u32,
    /// Places where a person decided otherwise.
    pub contradicted: u32,
}

/// Fewer decisions against an entry say nothing.
const LEAST_CONTRADICTED: u32 = 2;

/// The entries against which more decisions stand than for them, in the list's order. Only what a
/// person decided in the documents counts: a mark that nobody touched says nothing. Linear in the
/// documents and the list.
pub fn find_contradictions(entries: &[WordEntry], documents: &[Document]) -> Vec<Contradiction> {
    let mut tally: BTreeMap<usize, (u32, u32)> = BTreeMap::new();
    let list = WordList::new(entries.to_vec());
    for document in documents {
        let reading = TokenizedText::new(&document.text);
        let mut decided: BTreeMap<(usize, usize), (Option<Label>, bool)> = BTreeMap::new();
        for a in document.annotations.iter().filter(|a| a.status != Status::Machine) {
            if let Body::Entity(e) = &a.body {
                let live = a.status != Status::Rejected;
                let key = (a.span.start(), a.span.end());
                let slot = decided.entry(key).or_insert((None, false));
                if live {
                    *slot = (Some(e.label), true);
                }
            }
        }
        for found in list.find_all(&reading) {
            let Some(&(label, _)) = decided.get(&(found.span.start(), found.span.end())) else {
                continue;
            };
            let Some(entry) = entries.get(found.entry) else {
                continue;
            };
            let fits = match entry.rule {
                WordRule::Always(wanted) => label == Some(wanted),
                WordRule::Never(None) => label.is_none(),
                WordRule::Never(Some(unwanted)) => label != Some(unwanted),
            };
            let counts = tally.entry(found.entry).or_default();
            if fits { counts.0 += 1 } else { counts.1 += 1 }
        }
    }
    let against = tally.into_iter().filter(|(_, (agreed, contradicted))| {
        *contradicted >= LEAST_CONTRADICTED && contradicted > agreed
    });
    let row = |(i, (agreed, contradicted)): (usize, (u32, u32))| {
        let entry = entries.get(i)?.clone();
        Some(Contradiction { entry, agreed, contradicted })
    };
    against.filter_map(row).collect()
}
