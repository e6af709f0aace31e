//! Galley's engine reads a news article: who and what is named, who said what, and which dates are
//! meant. Text in, [`Document`] out; then what people correct in it.
//!
//! ```
//! use galley_engine::calendar::Stamp;
//! use galley_engine::document::Body;
//! use galley_engine::{Models, Options, analyze};
//!
//! let models = Models::from_bytes(
//!     &std::fs::read("../../www/model/entities.bin")?,
//!     &std::fs::read("../../www/model/quotes.bin")?,
//! )?;
//! let text = "Mayor Ann Lee said on Friday: “The bridge in Doha will open again.”";
//! let options = Options { published: Stamp::parse("2021-07-23"), ..Options::default() };
//! let document = analyze(text, &options, &models)?;
//!
//! let mut found = Vec::new();
//! for annotation in &document.annotations {
//!     let words = document.text.slice(annotation.span);
//!     found.push(match &annotation.body {
//!         Body::Entity(entity) => format!("{words}: {}", entity.label.name()),
//!         Body::Date(date) => format!("{words}: {}", date.timex.value),
//!         Body::Quote(quote) => {
//!             let speaker = quote.speaker.as_ref().and_then(|speaker| speaker.name.as_deref());
//!             format!("a quote of {}", speaker.unwrap_or("nobody named"))
//!         }
//!     });
//! }
//! assert_eq!(found, ["Ann Lee: PERSON", "Friday: 2021-07-23", "a quote of Ann Lee", "Doha: GPE"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Models
//!
//! [`Models`] are two files, made by `cargo train` and kept in `www/model`: names with word lists
//! (`entities.bin`), and quotes (`quotes.bin`). Read them, or build them in with `include_bytes!`, and
//! open them once with [`Models::from_bytes`]; analyses share them, also across threads.
//! [`Models::default()`](Models) is empty: dates and amounts are found without it, names and most quotes
//! are not.
//!
//! # The way of a text
//!
//! | step | module | makes |
//! |---|---|---|
//! | text | [`text`] | [`SourceText`](text::SourceText), tokens, sentences, paragraphs |
//! | layout | [`layout`] | title, byline, dateline, publication date |
//! | engines | [`entities`], [`dates`], [`quotes`] | mentions; TIMEX3 expressions; quotes with cue and speaker |
//! | coreference | [`coreference`] | whom noun phrases and pronouns refer to |
//! | linking | [`linking`] | entities out of mentions, and one reading where two overlap |
//! | all of them | [`analysis`] | [`analyze`]: the [`Document`] |
//! | correction | [`edits`] | a log of what people changed, undo |
//! | versions | [`revision`], [`agreement`] | annotations carried over to another version of the text; two people compared |
//! | learning | [`learning`] | what corrections teach the entity tagger; how good annotations are |
//! | display | [`view`] | flat segments of the text, lanes of the timeline, lists |
//!
//! [`document`] is the data model with its invariants, [`calendar`] the arithmetic of days, [`user_words`]
//! the reader's own names, [`patterns`] what is found by regular expressions. [`vocabulary`], [`lexicon`], [`asset`] and [`network`] are what the engines and
//! models are made of. Files are `galley-formats`'s.
//!
//! # Units
//!
//! - A [`Span`](text::Span) counts UTF-8 bytes of the document's text, its end exclusive, on character
//!   boundaries; [`OffsetMap`](text::OffsetMap) turns it into code points (Galley JSON) and UTF-16 (the
//!   DOM). A text has at most [`MAX_BYTES`](text::MAX_BYTES).
//! - A [`Confidence`](document::Confidence) counts thousandths; 1000 is certain, or said by a person.
//! - Dates are TIMEX3 values (`2021-07-23`, `P3D`, `XXXX-WXX-4`), without a time zone.
//!
//! # Errors
//!
//! Reading is total: [`analyze`] refuses only a text that is too long ([`TextError`](text::TextError)),
//! and no input makes it panic. A damaged model is an [`AssetError`](asset::AssetError), a value that a
//! person typed wrongly a [`ValueError`](dates::ValueError), a document that breaks an invariant a
//! [`Violation`](document::Violation).
//!
//! Every function is pure: nothing here knows a clock, a file, a network or a browser, and native and
//! WebAssembly give the same document, bit for bit.

pub mod agreement;
pub mod analysis;
pub mod asset;
pub mod calendar;
pub mod chain;
pub mod coreference;
pub mod dates;
pub mod document;
pub mod edits;
pub mod entities;
mod feature_hash;
pub mod layout;
pub mod learning;
pub mod lexicon;
pub mod linking;
pub mod network;
pub mod patterns;
pub mod quotes;
pub mod revision;
pub mod text;
pub mod timex;
pub mod user_words;
pub mod view;
pub mod vocabulary;

pub use analysis::{Models, Options, analyze};
pub use document::Document;
