//! Galley reads a news article: who and what is named, who said what, and which dates are meant.
//!
//! One way through: text → reading → {layout, entities, dates, quotes} → linking → [`document`]
//! → [`edits`] → [`view`] or [`formats`]. Every arrow is a pure function; nothing here knows a
//! clock, a file, a network or (outside [`app`]) a browser.

#![cfg(feature = "engine")]
// The page's `draw!` takes an element token by token.
#![recursion_limit = "512"]

pub mod agreement;
pub mod analysis;
pub mod asset;
pub mod calendar;
pub mod dates;
pub mod document;
pub mod edits;
pub mod entities;
pub mod formats;
pub mod layout;
pub mod lexicon;
pub mod linking;
mod order;
pub mod quotes;
pub mod revision;
pub mod text;
pub mod view;
pub mod wordlist;

#[cfg(any(feature = "app", feature = "worker", feature = "files", test))]
pub mod app;

#[cfg(feature = "training")]
pub mod training;

pub use analysis::{Models, Options, analyze};
pub use document::Document;
