//! Packed word lists: word clusters, first names with gender, surnames, titles, places,
//! countries and demonyms.
//!
//! Owns the lists and their look-up. Must not know sentences. Words are kept as hashes (a false
//! hit on an unlisted word has odds of one in ten thousand), so a list costs two bytes a word.

mod bytes;
mod pack;
mod table;

pub use bytes::{Reader, write_varint};
pub use pack::Builder;
pub use table::Table;

use crate::asset::AssetError;
use crate::text::plain_letters;

/// Facts about one lowercase word, as bits of [`Word::flags`].
pub mod flag {
    /// A woman's first name (US census 1990).
    pub const FEMALE: u16 = 1;
    /// A man's first name (US census 1990).
    pub const MALE: u16 = 1 << 1;
    /// Among the two thousand commonest surnames (US census 1990).
    pub const SURNAME: u16 = 1 << 2;
    /// A rarer surname.
    pub const RARE_SURNAME: u16 = 1 << 3;
    /// A title or honorific that leads to a person's name.
    pub const TITLE: u16 = 1 << 4;
    /// The head of an organisation's name ("ministry", "party", "corp").
    pub const ORG_HEAD: u16 = 1 << 5;
    /// The head of a place's name ("river", "province").
    pub const PLACE_HEAD: u16 = 1 << 6;
    /// The head of a building's or road's name ("airport", "street").
    pub const FAC_HEAD: u16 = 1 << 7;
    /// The head of an event's name ("war", "olympics").
    pub const EVENT_HEAD: u16 = 1 << 8;
    /// The head of a law's name ("treaty", "act").
    pub const LAW_HEAD: u16 = 1 << 9;
    /// A particle inside names ("van", "bin", "of").
    pub const PARTICLE: u16 = 1 << 10;
    /// A month, a weekday or a holiday's word.
    pub const CALENDAR: u16 = 1 << 11;
    /// A language.
    pub const LANGUAGE: u16 = 1 << 12;
    /// A religion's or a movement's people.
    pub const GROUP: u16 = 1 << 13;
    /// A news agency or paper's word.
    pub const MEDIA: u16 = 1 << 14;
}

/// The bit of [`Word::proper`] in the packed flags.
const PROPER_BIT: u16 = 1 << 15;

/// What a phrase of the gazetteer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Place {
    /// A country, by any of its names.
    Country = 1,
    /// Its people or what is of it ("Afghan").
    Demonym = 2,
    /// A capital.
    Capital = 3,
    /// A state of the US.
    State = 4,
    /// A city of half a million or more.
    City = 5,
    /// One of a hundred thousand or more.
    Town = 6,
    /// One of fifteen thousand or more.
    SmallTown = 7,
    /// A continent or region.
    Region = 8,
}

/// What is known of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Word {
    /// Bits of [`flag`].
    pub flags: u16,
    /// News writes it with a capital in the middle of a sentence, mostly.
    pub proper: bool,
    /// k-means clusters of its vector at 64, 512 and 2000 means; 0: none, else 1 + cluster.
    pub clusters: [u16; 3],
    /// Commonness: 0 unknown, 1 the commonest hundred … 8 the rarest.
    pub rank: u8,
    /// Its place among the listed words, from 1; 0: not listed.
    pub slot: u32,
}

/// The lists.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    words: Table,
    // Flags, cluster of 512, cluster of 2000; parallel to the words' order.
    entries: Vec<[u16; 3]>,
    ranks: Vec<u8>,
    // The cluster of 64 of each of the 512.
    coarse: Vec<u16>,
    phrases: Table,
    kinds: Vec<u8>,
}

impl Lexicon {
    /// What is known of a lowercase word (accents are folded when the word itself is unknown).
    pub fn word(&self, lower: &str) -> Word {
        let found = self.words.find(hash(lower)).or_else(|| {
            (!lower.is_ascii())
                .then(|| strip_diacritics(lower))
                .and_then(|f| self.words.find(hash(&f)))
        });
        let Some(i) = found else {
            return Word::default();
        };
        let Some((&[flags, middle, fine], &rank)) = self.entries.get(i).zip(self.ranks.get(i))
        else {
            return Word::default();
        };
        let coarse = self.coarse.get(usize::from(middle)).copied();
        Word {
            flags: flags & !PROPER_BIT,
            proper: flags & PROPER_BIT != 0,
            clusters: [coarse.unwrap_or(0), middle, fine],
            rank,
            slot: i as u32 + 1,
        }
    }

    /// Whether the lists say how words are written ([`Word::proper`]).
    pub fn knows_capitals(&self) -> bool {
        self.entries.iter().any(|[flags, ..]| flags & PROPER_BIT != 0)
    }

    /// The rank of every listed word, in the order of [`Word::slot`].
    pub fn ranks(&self) -> &[u8] {
        &self.ranks
    }

    /// The kind of the phrase with this hash (see [`PhraseHash`]).
    pub fn phrase(&self, phrase: PhraseHash) -> Option<Place> {
        let i = self.phrases.find(phrase.0)?;
        Some(match self.kinds.get(i)? {
            1 => Place::Country,
            2 => Place::Demonym,
            3 => Place::Capital,
            4 => Place::State,
            5 => Place::City,
            6 => Place::Town,
            7 => Place::SmallTown,
            8 => Place::Region,
            _ => return None,
        })
    }

    /// Reads what [`Builder::pack`] wrote.
    ///
    /// # Errors
    /// [`AssetError::Payload`] for any other bytes.
    pub fn unpack(reader: &mut Reader<'_>) -> Result<Lexicon, AssetError> {
        let bad = || AssetError::Payload("word lists");
        let words = Table::unpack(reader).ok_or_else(bad)?;
        let n = words.words();
        let mut columns = [const { Vec::new() }; 3];
        for column in &mut columns {
            let low = reader.take(n).ok_or_else(bad)?;
            let high = reader.take(n).ok_or_else(bad)?;
            *column = low.iter().zip(high).map(|(&l, &h)| u16::from_le_bytes([l, h])).collect();
        }
        let [flags, middle, fine] = columns;
        let entries = flags
            .into_iter()
            .zip(middle)
            .zip(fine)
            .map(|((flags, middle), fine)| [flags, middle, fine])
            .collect();
        let ranks = reader.take(n).ok_or_else(bad)?.to_vec();
        let means = reader.varint().ok_or_else(bad)? as usize;
        let mut coarse = Vec::new();
        for _ in 0..means {
            coarse.push(reader.varint().ok_or_else(bad)? as u16);
        }
        let phrases = Table::unpack(reader).ok_or_else(bad)?;
        let kinds = reader.take(phrases.words()).ok_or_else(bad)?.to_vec();
        Ok(Lexicon { words, entries, ranks, coarse, phrases, kinds })
    }
}

/// Hash of the lowercase words of a phrase, taken in one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhraseHash(u64);

impl PhraseHash {
    /// No word yet.
    pub const EMPTY: PhraseHash = PhraseHash(0x51_7c_c1_b7_27_22_0a_95);

    /// Goes on by one word.
    pub fn push(self, lower: &str) -> PhraseHash {
        PhraseHash(mix(self.0 ^ hash(lower)))
    }

    /// Goes on by one word of which only the hash is at hand.
    pub fn push_hash(self, hash: u64) -> PhraseHash {
        PhraseHash(mix(self.0 ^ hash))
    }
}

/// Hash of a word. Apostrophes are one, whatever their shape.
pub fn hash(word: &str) -> u64 {
    mix(crate::asset::fnv(word.as_bytes()))
}

/// Spreads the bits of a hash over all 64.
pub const fn mix(h: u64) -> u64 {
    let h = (h ^ (h >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let h = (h ^ (h >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h ^ (h >> 32)
}

/// Letters whose diacritics [`strip_diacritics`] leaves: the models were trained so.
const KEPT: &str = "ǎạảấầậếềệẽĩĵŀơốồộŗŧũưŵŷ";

/// Latin letters without their diacritics: "erdoğan" → "erdogan". For lowercase words.
pub fn strip_diacritics(lower: &str) -> String {
    let mut out = String::with_capacity(lower.len());
    for c in lower.chars() {
        match plain_letters(c) {
            Some(letters) if !KEPT.contains(c) => out.push_str(letters),
            _ => out.push(c),
        }
    }
    out
}
