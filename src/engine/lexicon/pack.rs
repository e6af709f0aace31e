//! Builds packed word lists.

use std::collections::BTreeMap;

use super::{Lexicon, PROPER_BIT, PhraseHash, Place, Reader, Table, Word, hash, write_varint};

/// Collects words and phrases, then packs them.
#[derive(Debug, Default)]
pub struct Builder {
    words: BTreeMap<u32, Word>,
    phrases: BTreeMap<u32, Place>,
}

impl Builder {
    /// Adds bits of [`super::flag`] to a lowercase word.
    pub fn add_flags(&mut self, lower: &str, flags: u16) {
        self.words.entry(Table::key(hash(lower))).or_default().flags |= flags;
    }

    /// Sets clusters (1 + cluster of 64, 512 and 2000 means) and rank; the first call for a word counts.
    pub fn set_clusters(&mut self, lower: &str, clusters: [u16; 3], rank: u8) {
        let word = self.words.entry(Table::key(hash(lower))).or_default();
        if word.rank == 0 {
            (word.clusters, word.rank) = (clusters, rank);
        }
    }

    /// Marks a lowercase word as one that is mostly written with a capital.
    pub fn set_proper(&mut self, lower: &str) {
        self.words.entry(Table::key(hash(lower))).or_default().proper = true;
    }

    /// Adds a phrase of lowercase words; the lower [`Place`] wins.
    pub fn add_phrase<'a>(&mut self, words: impl IntoIterator<Item = &'a str>, place: Place) {
        let key = words.into_iter().fold(PhraseHash::EMPTY, PhraseHash::push);
        let known = self.phrases.entry(Table::key(key.0)).or_insert(place);
        *known = place.min(*known);
    }

    /// The lists as bytes, as [`Lexicon::unpack`] reads them.
    pub fn pack(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let keys: Vec<u32> = self.words.keys().copied().collect();
        Table::pack(&keys, &mut out);
        let column = |out: &mut Vec<u8>, of: &dyn Fn(&Word) -> u16| {
            out.extend(self.words.values().map(|w| of(w).to_le_bytes()[0]));
            out.extend(self.words.values().map(|w| of(w).to_le_bytes()[1]));
        };
        column(&mut out, &|w| w.flags | if w.proper { PROPER_BIT } else { 0 });
        column(&mut out, &|w| w.clusters[1]);
        column(&mut out, &|w| w.clusters[2]);
        out.extend(self.words.values().map(|w| w.rank));
        // The cluster of 64 of one of 512: where its words mostly are.
        let most = self.words.values().map(|w| w.clusters[1]).max();
        let mut coarse = vec![BTreeMap::new(); usize::from(most.unwrap_or(0)) + 1];
        for word in self.words.values() {
            *coarse[usize::from(word.clusters[1])].entry(word.clusters[0]).or_insert(0u32) += 1;
        }
        write_varint(&mut out, coarse.len() as u32);
        for (middle, counts) in coarse.iter().enumerate() {
            let best = counts.iter().max_by_key(|(_, n)| **n);
            let best = best.map_or(0, |(&c, _)| u32::from(c));
            write_varint(&mut out, if middle == 0 { 0 } else { best });
        }
        let keys: Vec<u32> = self.phrases.keys().copied().collect();
        Table::pack(&keys, &mut out);
        out.extend(self.phrases.values().map(|&p| p as u8));
        out
    }

    /// The lists as they will be read from the packed bytes.
    pub fn build(&self) -> Lexicon {
        let bytes = self.pack();
        Lexicon::unpack(&mut Reader::new(&bytes)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::flag;
    use super::*;

    #[test]
    fn what_was_packed_is_found_again() {
        let mut b = Builder::default();
        b.add_flags("maria", flag::FEMALE);
        b.set_proper("maria");
        b.set_clusters("maria", [3, 40, 900], 4);
        b.set_clusters("joão", [3, 40, 900], 5);
        b.set_clusters("muller", [1, 2, 3], 5);
        b.add_phrase(["sri", "lanka"], Place::Country);
        b.add_phrase(["georgia"], Place::State);
        b.add_phrase(["georgia"], Place::Country);
        let lexicon = b.build();
        let maria = lexicon.word("maria");
        assert_eq!((maria.flags, maria.clusters, maria.rank), (flag::FEMALE, [3, 40, 900], 4));
        assert!(maria.proper && !lexicon.word("joão").proper);
        assert_eq!(lexicon.word("müller").clusters, [1, 2, 3]);
        assert_eq!(lexicon.word("unknown"), Word::default());
        let phrase =
            |words: &[&str]| lexicon.phrase(words.iter().fold(PhraseHash::EMPTY, |h, w| h.push(w)));
        assert_eq!(phrase(&["sri", "lanka"]), Some(Place::Country));
        assert_eq!(phrase(&["georgia"]), Some(Place::Country));
        assert_eq!(phrase(&["sri"]), None);
    }
}
