//! The name that was just corrected, in the other articles of the list.

use std::collections::BTreeSet;

use super::change::Correction;
use super::over_all::{Place, Source};
use galley_engine::document::Label;

/// A correction that may hold in other articles too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The words that were corrected.
    pub words: String,
    /// What was done.
    pub correction: Correction,
    /// The document where it was done, and how many edits were in force after it.
    pub here: (String, usize),
    /// Where the same words stand otherwise, by article.
    pub places: Vec<Place>,
    /// Places that a person has unticked.
    pub unticked: BTreeSet<usize>,
    /// Where they stand was looked up.
    pub found: bool,
}

impl Elsewhere {
    /// How many articles the places are in.
    pub fn articles(&self) -> usize {
        let mut keys: Vec<&str> = self.places.iter().map(|p| p.document.as_str()).collect();
        keys.dedup();
        keys.len()
    }

    /// The places that are ticked.
    pub fn ticked(&self) -> impl Iterator<Item = &Place> {
        let all = self.places.iter().enumerate();
        all.filter(|(i, _)| !self.unticked.contains(i)).map(|(_, place)| place)
    }

    /// Looks up where the same words are a name that this correction would change. What a person has checked there is
    /// left out of what is ticked. Linear.
    pub fn find(&mut self, sources: &[Source]) {
        self.found = true;
        self.places.clear();
        self.unticked.clear();
        for &source in sources.iter().filter(|(key, _)| *key != self.here.0) {
            let digest = &source.1.digest;
            for name in &digest.names {
                let is_so = match self.correction {
                    Correction::Relabel(label) => Label::named(&name.label) == Some(label),
                    Correction::Accept | Correction::Reject => false,
                };
                if is_so {
                    continue;
                }
                for mention in &name.mentions {
                    let span = mention.start as usize..mention.end as usize;
                    if digest.text.get(span) == Some(self.words.as_str()) {
                        if mention.checked {
                            self.unticked.insert(self.places.len());
                        }
                        let span = (mention.start, mention.end);
                        self.places.push(Place::new(source, &mention.id, span, mention.checked));
                    }
                }
            }
        }
    }

    /// What was done, for people: "is Organisation".
    pub fn done_in_words(&self) -> String {
        match self.correction {
            Correction::Accept => "is right".to_owned(),
            Correction::Reject => "is no annotation".to_owned(),
            Correction::Relabel(label) => format!("is {}", label.title()),
        }
    }
}
