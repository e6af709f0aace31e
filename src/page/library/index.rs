//! What is known of every document, ready for search and for lists over all of them.

use std::collections::HashMap;
use std::rc::Rc;

use super::digest::Digest;
use crate::search::FoldedText;
use crate::words::{characters_around, with_spaces};

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
    let (mut left, mut right) = characters_around(text, start, end, CONTEXT);
    let len = |piece: Option<&str>| piece.map_or(0, str::len);
    let cut_before = left.len() < len(text.get(..start));
    let cut_after = right.len() < len(text.get(end..));
    // Words that are cut are left out.
    if cut_before {
        left = left.split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
    }
    if cut_after {
        right = right.rsplit_once(char::is_whitespace).map_or("", |(rest, _)| rest);
    }
    let (left, right) = (with_spaces(left), with_spaces(right));
    (
        if cut_before { format!("… {left}") } else { left },
        if cut_after { format!("{right} …") } else { right },
    )
}
