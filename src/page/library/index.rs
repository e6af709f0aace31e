//! What is known of every document, ready for search and for lists over all of them.

use std::collections::HashMap;
use std::rc::Rc;

use super::digest::Digest;
use crate::search::FoldedText;

/// A document made ready for many queries.
#[derive(Debug)]
pub struct Searchable {
    /// What is known of it.
    pub digest: Digest,
    /// Its revision.
    pub revision: u32,
    /// Its text, folded.
    pub folded: FoldedText,
}

/// What is known of every document without opening it.
#[derive(Debug, Default)]
pub struct Library {
    /// Whether the digests were loaded.
    pub loading: Loading,
    /// By the document's key.
    pub documents: HashMap<String, Rc<Searchable>>,
    /// Keys of documents whose digest is missing or out of date, to be read one after another.
    pub missing: Vec<String>,
}

/// How far the digests are loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Loading {
    /// Nothing has needed them.
    #[default]
    NotAsked,
    /// They were asked for.
    Asked,
    /// They are there, but for those that are made anew.
    Done,
}

impl Library {
    /// Takes a digest in.
    pub fn insert(&mut self, key: String, revision: u32, digest: Digest) {
        let folded = FoldedText::new(&digest.text);
        self.missing.retain(|k| *k != key);
        self.documents.insert(key, Rc::new(Searchable { digest, revision, folded }));
    }
}

/// Characters of the context on either side.
const CONTEXT: usize = 48;

/// What stands before and after a stretch of a text, on one line, cut at words.
pub(super) fn around(text: &str, start: usize, end: usize) -> (String, String) {
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(i, _)| i);
    let to = after.char_indices().nth(CONTEXT).map_or(after.len(), |(i, _)| i);
    let (mut left, mut right) =
        (before.get(from..).unwrap_or_default(), after.get(..to).unwrap_or_default());
    // Words that are cut are left out.
    if from > 0 {
        left = left.split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
    }
    if to < after.len() {
        right = right.rsplit_once(char::is_whitespace).map_or("", |(rest, _)| rest);
    }
    let line = |s: &str| s.replace(char::is_whitespace, " ");
    let (left, right) = (line(left), line(right));
    (
        if from > 0 { format!("… {left}") } else { left },
        if to < after.len() { format!("{right} …") } else { right },
    )
}
