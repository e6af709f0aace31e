//! Galley's engine reads a news article: who and what is named, who said what, and which dates are
//! meant.
//!
//! One way through: text → reading → {layout, entities, dates, quotes} → linking → [`document`]
//! → [`edits`] → [`view`]. Every arrow is a pure function; nothing here knows a clock, a file, a
//! network or a browser.

pub mod agreement;
pub mod analysis;
pub mod asset;
pub mod calendar;
pub mod chain;
pub mod dates;
pub mod document;
pub mod edits;
pub mod entities;
pub mod layout;
pub mod lexicon;
pub mod linking;
pub mod network;
pub mod quotes;
pub mod revision;
pub mod text;
pub mod timex;
pub mod view;
pub mod vocabulary;
pub mod wordlist;

pub use analysis::{Models, Options, analyze};
pub use document::Document;
