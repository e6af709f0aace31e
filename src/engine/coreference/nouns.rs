//! What a noun says about whoever it names, by the word lists and by its ending.
//!
//! Must not know texts.

use crate::vocabulary::speech::look_up_noun;

/// Endings of nouns for one person.
const PERSON_ENDINGS: [&str; 10] =
    ["man", "woman", "ist", "ian", "eer", "ant", "ician", "yer", "cher", "driver"];
/// Endings of nouns for people.
const PEOPLE_ENDINGS: [&str; 7] = ["ers", "ors", "ists", "ants", "ians", "eers", "ees"];

/// Whether a noun means one person.
pub(super) fn is_person(noun: &str) -> bool {
    let listed = look_up_noun(noun);
    listed.gender.is_some()
        || listed.role
        || listed.person
        || PERSON_ENDINGS.iter().any(|e| noun.ends_with(e))
}

/// Whether a noun means something written that "it" may stand for ("it read", "the letter said")?
pub(super) fn is_document(noun: &str) -> bool {
    look_up_noun(noun).document
}

/// Whether a noun means a body that speaks and that "it" may stand for ("the ministry").
pub(super) fn is_body(noun: &str) -> bool {
    look_up_noun(noun).body
}

/// Whether a plural noun means people or bodies of them.
pub(super) fn are_people(noun: &str) -> bool {
    let listed = look_up_noun(noun);
    let ends = || PEOPLE_ENDINGS.iter().any(|e| noun.ends_with(e));
    listed.people || noun.len() > 5 && ends() && !listed.not_people
}
