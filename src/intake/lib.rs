//! What newsrooms have, made into articles: saved web pages, mail, Word, LibreOffice, RTF, PDF, Markdown,
//! tables of articles, plain text in most encodings, and archives of any of these.
//!
//! ```
//! use galley_intake::read;
//!
//! let page = b"<title>Rain | The Post</title><h1>Rain</h1><p>It rained in Lagos on Monday, the mayor said.";
//! let articles = read("page.html", page)?;
//! assert_eq!(articles[0].title.as_deref(), Some("Rain"));
//! assert!(articles[0].text.ends_with("It rained in Lagos on Monday, the mayor said."));
//! # Ok::<(), galley_intake::IntakeError>(())
//! ```
//!
//! [`read`] tells by the bytes what a file is, and by its name only where the bytes do not say. An
//! [`Article`]'s `text` is what is to be read: title, byline, then a paragraph a block, blank lines between
//! them; what belongs to the site and not to the article is left out. Plain text stays as it is.
//!
//! **Limits.** [`MAX_FILE_BYTES`], [`MAX_UNPACKED_BYTES`], [`MAX_DEPTH`], [`MAX_ARTICLES`]. Time is linear in
//! the file's length. **Errors.** [`IntakeError`] is a sentence that follows the file's name.
//!
//! Owns what a file says and how. Must not know what the words mean.

mod article;
mod dates;
mod encoding;
mod error;
mod html;
mod kind;
mod limits;
mod mail;
mod markdown;
mod office;
mod pdf;
mod plain;
mod reader;
mod rtf;
mod sniff;
mod table;
mod zip;

pub use article::{Article, Reading};
pub use encoding::decode;
pub use error::IntakeError;
pub use kind::FileKind;
pub use limits::{MAX_ARTICLES, MAX_DEPTH, MAX_FILE_BYTES, MAX_UNPACKED_BYTES};
pub use reader::{read, read_all};
pub use sniff::kind_of;
