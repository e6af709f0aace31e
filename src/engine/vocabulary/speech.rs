//! Words that tell who says something and how: nouns for speakers, cues, and the function words
//! between them. All in lowercase.

use super::people::Gender;
use super::{WordMap, WordSet};

/// Nouns and titles that say who or what somebody is.
pub static NOUNS: WordMap<Noun> = WordMap::new(include_str!("speech/nouns.txt"), Noun::parse);

/// Function words with the rules that they play a part in.
pub static FUNCTION_WORDS: WordMap<FunctionWord> =
    WordMap::new(include_str!("speech/function_words.txt"), FunctionWord::parse);

/// What is called by a noun, as far as names in apposition tell: "club".
pub static NOUN_KINDS: WordMap<NamedKind> =
    WordMap::new(include_str!("speech/noun_kinds.txt"), NamedKind::parse);

/// Stems of cues, and what they report.
pub static CUE_STEMS: WordMap<CueKind> =
    WordMap::new(include_str!("speech/cue_stems.txt"), CueKind::parse);

/// Titles that are written short, without full stop, and the nouns that they stand for.
pub static TITLE_ABBREVIATIONS: WordMap<&'static str> =
    WordMap::new(include_str!("speech/title_abbreviations.txt"), Some);

/// One of a people or a party: "german".
pub static SINGULAR_PEOPLES: WordSet = WordSet::new(include_str!("speech/singular_peoples.txt"));

/// What stands before a colon and names no speaker: "photo".
pub static LABEL_WORDS: WordSet = WordSet::new(include_str!("speech/label_words.txt"));

/// Words that begin with an apostrophe of their own, without it: "til".
pub static ELIDED_WORDS: WordSet = WordSet::new(include_str!("speech/elided_words.txt"));

/// Words whose "in" at the end is no dropped g: "again".
pub static WORDS_IN_IN: WordSet = WordSet::new(include_str!("speech/words_in_in.txt"));

/// Participles with which a writer goes on after what somebody said: "angering".
pub static REMARK_PARTICIPLES: WordSet =
    WordSet::new(include_str!("speech/remark_participles.txt"));

/// Stems of what somebody did not tell: "elaborat".
pub static TELLING_STEMS: WordSet = WordSet::new(include_str!("speech/telling_stems.txt"));

/// What a noun says of whoever is called so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Noun {
    /// One woman or one man.
    pub gender: Option<Gender>,
    /// One person, of either gender.
    pub person: bool,
    /// It stands for a person who has been named: "the president".
    pub role: bool,
    /// As a title before a name: whose it is.
    pub title_gender: Option<Gender>,
    /// Many, without an s.
    pub plural: bool,
    /// A plural that means people, or bodies of them.
    pub people: bool,
    /// A plural whose ending looks as if it meant people.
    pub not_people: bool,
    /// A body with a voice of its own.
    pub body: bool,
    /// Something written that is read: "it read".
    pub document: bool,
    /// What it says is attributed to a document.
    pub source: bool,
    /// Headlines name it as their speaker.
    pub headline: bool,
}

impl Noun {
    fn parse(flags: &'static str) -> Option<Noun> {
        let mut noun = Noun::default();
        for flag in flags.split(' ') {
            match flag {
                "woman" => noun.gender = Some(Gender::Female),
                "man" => noun.gender = Some(Gender::Male),
                "person" => noun.person = true,
                "role" => noun.role = true,
                "woman-title" => noun.title_gender = Some(Gender::Female),
                "man-title" => noun.title_gender = Some(Gender::Male),
                "plural" => noun.plural = true,
                "people" => noun.people = true,
                "not-people" => noun.not_people = true,
                "body" => noun.body = true,
                "document" => noun.document = true,
                "source" => noun.source = true,
                "headline" => noun.headline = true,
                _ => return None,
            }
        }
        Some(noun)
    }
}

/// The rules that a function word plays a part in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FunctionWord {
    /// It ends the part of a noun phrase that holds its head.
    pub ends_head: bool,
    /// The same where the head is a role.
    pub ends_role: bool,
    /// The same where the head is a document.
    pub ends_source: bool,
    /// The name after it is no subject.
    pub preposition: bool,
    /// The name before it is a subject.
    pub verb: bool,
    /// It begins a noun phrase.
    pub determiner: bool,
    /// It stands between noun phrases.
    pub connective: bool,
    /// It may follow a name without making it another noun's.
    pub follows_name: bool,
    /// What follows it is not the head of the phrase.
    pub leads_away: bool,
    /// It stands for a noun.
    pub pronoun: bool,
    /// A pronoun that may speak.
    pub subject: bool,
    /// It may stand between a subject and its verb, or a verb and its inverted subject.
    pub beside_verb: bool,
    /// No noun phrase that is read without a parser goes beyond it.
    pub boundary: bool,
}

impl FunctionWord {
    fn parse(flags: &'static str) -> Option<FunctionWord> {
        let mut word = FunctionWord::default();
        for flag in flags.split(' ') {
            let slot = match flag {
                "ends-head" => &mut word.ends_head,
                "ends-role" => &mut word.ends_role,
                "ends-source" => &mut word.ends_source,
                "preposition" => &mut word.preposition,
                "verb" => &mut word.verb,
                "determiner" => &mut word.determiner,
                "connective" => &mut word.connective,
                "follows-name" => &mut word.follows_name,
                "leads-away" => &mut word.leads_away,
                "pronoun" => &mut word.pronoun,
                "subject" => &mut word.subject,
                "beside-verb" => &mut word.beside_verb,
                "boundary" => &mut word.boundary,
                _ => return None,
            };
            *slot = true;
        }
        Some(word)
    }
}

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NamedKind {
    /// One person.
    Person,
    /// A firm, a body, a club.
    Organisation,
    /// A country, a town.
    Place,
    /// Anything else that bears a name.
    Thing,
}

impl NamedKind {
    /// All of them, with their names.
    pub const ALL: [(NamedKind, &str); 4] = [
        (NamedKind::Person, "person"),
        (NamedKind::Organisation, "organisation"),
        (NamedKind::Place, "place"),
        (NamedKind::Thing, "thing"),
    ];

    fn parse(name: &'static str) -> Option<NamedKind> {
        NamedKind::ALL.iter().find(|k| k.1 == name).map(|k| k.0)
    }
}

/// What a cue reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CueKind {
    /// Words spoken or written.
    Speech,
    /// A state of mind.
    Attitude,
}

impl CueKind {
    fn parse(name: &'static str) -> Option<CueKind> {
        match name {
            "speech" => Some(CueKind::Speech),
            "attitude" => Some(CueKind::Attitude),
            _ => None,
        }
    }
}

/// What the list knows of a noun, whatever its case.
pub fn look_up_noun(word: &str) -> Noun {
    NOUNS.get_any_case(word).copied().unwrap_or_default()
}

/// What the list knows of a function word, whatever its case.
pub fn look_up_function_word(word: &str) -> FunctionWord {
    FUNCTION_WORDS.get_any_case(word).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_a_value_that_is_known() {
        let lines = |file: &str| file.lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(NOUNS.iter().count(), lines(include_str!("speech/nouns.txt")));
        assert_eq!(FUNCTION_WORDS.iter().count(), lines(include_str!("speech/function_words.txt")));
        assert_eq!(CUE_STEMS.iter().count(), lines(include_str!("speech/cue_stems.txt")));
    }
}
