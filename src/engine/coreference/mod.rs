//! Whom a name, a noun phrase or a pronoun refers to: "he", "it", "the minister", "the 56-year-old".
//!
//! Owns the candidates of a text, what is known of each (gender, number, roles, kind) and the choice
//! among them. Must not know quotes: it is told which tokens are reported speech, and who spoke.

mod candidate;
mod describe;
mod nouns;
mod pronouns;
mod ranker;
mod referents;
mod resolve;
mod subject;
mod token;

pub use candidate::{Candidate, Resolution};
#[doc(hidden)]
pub use describe::apposed_head;
#[doc(hidden)]
pub use ranker::{Query, QueryClass, SLOTS, UNIT, named_kind};
pub use referents::Referents;
pub use token::{FirstName, Spelling, Token};
