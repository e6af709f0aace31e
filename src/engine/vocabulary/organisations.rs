//! Words of organisations' names, in lowercase.

use super::{WordMap, WordSet};

/// Endings of companies' names that papers leave out after the first time: "inc".
pub static LEGAL_FORMS: WordSet = WordSet::new(include_str!("organisations/legal_forms.txt"));

/// Names that their organisations' full names do not give away, with the name that stands for all.
pub static ORGANISATION_ALIASES: WordMap<&'static str> =
    WordMap::new(include_str!("organisations/organisation_aliases.txt"), Some);

/// Words that organisations end with and lose after their first mention: "group".
pub static ORGANISATION_ENDINGS: WordSet =
    WordSet::new(include_str!("organisations/organisation_endings.txt"));

/// Words of bodies that are part of another body: "committee".
pub static ORGANISATION_BODIES: WordSet =
    WordSet::new(include_str!("organisations/organisation_bodies.txt"));

/// Words that end a firm's name after a family's: "bros".
pub static FAMILY_ENDINGS: WordSet = WordSet::new(include_str!("organisations/family_endings.txt"));

/// Firms of one word that is hardly anything else: "ryanair".
pub static ONE_WORD_FIRMS: WordSet = WordSet::new(include_str!("organisations/one_word_firms.txt"));

/// Those who judge firms and markets, before their names: "Jefferies analyst Ann Lee".
pub static ANALYST_NOUNS: WordSet = WordSet::new(include_str!("organisations/analyst_nouns.txt"));

/// Exchanges, as they stand before the code of a share: "nyse".
pub static EXCHANGES: WordSet = WordSet::new(include_str!("organisations/exchanges.txt"));

/// Exchanges behind the code of a share, as Reuters writes them: "N" of "MOT.N".
pub static EXCHANGE_SUFFIXES: WordSet =
    WordSet::new(include_str!("organisations/exchange_suffixes.txt"));

/// Whose indices bear a number, with the numbers: "russell" ("2000").
pub static INDEX_MAKERS: WordMap<&'static str> =
    WordMap::new(include_str!("organisations/index_makers.txt"), Some);

/// What clubs have, behind their names: "coach".
pub static CLUB_PARTS: WordSet = WordSet::new(include_str!("organisations/club_parts.txt"));

/// What clubs do, behind their names: "won".
pub static CLUB_VERBS: WordSet = WordSet::new(include_str!("organisations/club_verbs.txt"));

/// Heads of bodies that stand first in other languages: "museo".
pub static FOREIGN_HEADS: WordSet = WordSet::new(include_str!("organisations/foreign_heads.txt"));

/// Nouns for firms, beside a firm's name: "the retailer Halberd".
pub static FIRM_NOUNS: WordSet = WordSet::new(include_str!("organisations/firm_nouns.txt"));

/// What firms have and people do not: "shares", "chief executive".
pub static FIRM_PARTS: WordSet = WordSet::new(include_str!("organisations/firm_parts.txt"));

/// Names of firms that end in 's, without it: "mcdonald".
pub static POSSESSIVE_FIRMS: WordSet =
    WordSet::new(include_str!("organisations/possessive_firms.txt"));

/// Common nouns in capitals, which name nobody: "GDP".
pub static COMMON_ACRONYMS: WordSet =
    WordSet::new(include_str!("organisations/common_acronyms.txt"));

/// Firms that write their names in lowercase: "adidas".
pub static LOWERCASE_BRANDS: WordSet =
    WordSet::new(include_str!("organisations/lowercase_brands.txt"));

/// Heads of bodies that are over two things: "bureau" ("of Engraving and Printing").
pub static JOINT_BODY_HEADS: WordSet =
    WordSet::new(include_str!("organisations/joint_body_heads.txt"));

/// Heads that stand before "of" or at the end: "ministry".
pub static INSTITUTION_HEADS: WordSet =
    WordSet::new(include_str!("organisations/institution_heads.txt"));

/// Single words that name an institution when its country is left out: "senate".
pub static NATIONAL_INSTITUTIONS: WordSet =
    WordSet::new(include_str!("organisations/national_institutions.txt"));

/// Words that begin many names and alone mean none of them: "national".
pub static GENERIC_NAME_WORDS: WordSet =
    WordSet::new(include_str!("organisations/generic_name_words.txt"));

/// Function words that acronyms mostly leave out: "of".
pub static ACRONYM_STOPWORDS: WordSet =
    WordSet::new(include_str!("organisations/acronym_stopwords.txt"));

/// News agencies, words of papers' names, and what their people are called.
pub static OUTLETS: WordMap<Outlet> =
    WordMap::new(include_str!("organisations/outlets.txt"), Outlet::parse);

/// How an outlet's word stands beside a writer's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outlet {
    /// It may follow a writer's name, and never is one.
    pub after_writers: bool,
    /// It does so without a mark, and ends no outlet's own name.
    pub alone: bool,
    /// It signs photographs.
    pub signs_pictures: bool,
}

impl Outlet {
    fn parse(flags: &'static str) -> Option<Outlet> {
        let mut outlet = Outlet::default();
        for flag in flags.split(' ') {
            match flag {
                "outlet" => outlet.after_writers = true,
                "alone" => outlet.alone = true,
                "pictures" => outlet.signs_pictures = true,
                _ => return None,
            }
        }
        Some(outlet)
    }
}
