//! Words of people's names and what stands before them. All in lowercase, unless it is said.

use super::{WordMap, WordSet};

/// Titles and ranks that stand before people's names, without full stop.
pub static TITLES: WordMap<Title> = WordMap::new(include_str!("people/titles.txt"), Title::parse);

/// Small words inside people's names: "von", "de", "bin".
pub static NAME_PARTICLES: WordSet = WordSet::new(include_str!("people/name_particles.txt"));

/// Endings of people's names that tell generations apart: "jr", "iii".
pub static NAME_SUFFIXES: WordSet = WordSet::new(include_str!("people/name_suffixes.txt"));

/// Letters for degrees, honours and seats, as they are written without full stops ("QC", "MP"), with
/// where they stand: "after" a name, or on "either" side of it.
pub static POST_NOMINALS: WordMap<&'static str> =
    WordMap::new(include_str!("people/post_nominals.txt"), Some);

/// Adherents of parties and the adjectives for them: "republicans".
pub static PARTY_ADHERENTS: WordSet = WordSet::new(include_str!("people/party_adherents.txt"));

/// Nouns that bring somebody in as another one's relative: "wife".
pub static RELATIVES: WordSet = WordSet::new(include_str!("people/relatives.txt"));

/// First names that nearly always are women's or men's.
pub static GIVEN_NAMES: WordMap<Gender> =
    WordMap::new(include_str!("people/given_names.txt"), Gender::parse);

/// Short forms of first names; those with the same value are one name.
pub static NICKNAMES: WordMap<&'static str> =
    WordMap::new(include_str!("people/nicknames.txt"), Some);

/// Roles that are written in lowercase before one person's name: "spokesman".
pub static PERSONAL_ROLES: WordSet = WordSet::new(include_str!("people/personal_roles.txt"));

/// Bodies whose members are people: "council".
pub static ASSEMBLED_BODIES: WordSet = WordSet::new(include_str!("people/assembled_bodies.txt"));

/// Ranks of the police in uppercase ("DCI"), as they are written.
pub static POLICE_RANKS: WordSet = WordSet::new(include_str!("people/police_ranks.txt"));

/// What a secretary or chief is over and no place: "Secretary of State Kerry".
pub static GOVERNMENT_DEPARTMENTS: WordSet =
    WordSet::new(include_str!("people/government_departments.txt"));

/// Last words of names that bear a person's name and are no person ("Prize"), with the name of
/// their label.
pub static HEAD_NOUNS: WordMap<&'static str> =
    WordMap::new(include_str!("people/head_nouns.txt"), Some);

/// Woman or man, as far as a title or a first name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// A woman.
    Female,
    /// A man.
    Male,
}

impl Gender {
    fn parse(name: &'static str) -> Option<Gender> {
        match name {
            "female" => Some(Gender::Female),
            "male" => Some(Gender::Male),
            _ => None,
        }
    }
}

/// What a title says of its bearer's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Title {
    /// The name without it is the person's.
    pub before_names: bool,
    /// Whose title it is.
    pub gender: Option<Gender>,
    /// It tells nobody apart: "Mr".
    pub plain: bool,
    /// Its bearers go by their first names: "Pope".
    pub regal: bool,
    /// A full stop belongs to it, and ends no sentence.
    pub abbreviation: bool,
    /// A short form of a rank, cut off names that were found with it.
    pub short_rank: bool,
    /// Before a capitalized word it leads to a person, whatever the word: "Officer".
    pub only_people: bool,
}

impl Title {
    fn parse(flags: &'static str) -> Option<Title> {
        let mut title = Title::default();
        for flag in flags.split(' ') {
            match flag {
                "title" => title.before_names = true,
                "plain" => title.plain = true,
                "regal" => title.regal = true,
                "abbreviation" => title.abbreviation = true,
                "rank" => title.short_rank = true,
                "people" => title.only_people = true,
                gender => title.gender = Some(Gender::parse(gender)?),
            }
        }
        Some(title)
    }
}
