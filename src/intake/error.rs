//! Why a file cannot be read, in words that follow its name, with a way out.

use std::fmt;

use crate::{MAX_ARTICLES, MAX_DEPTH, MAX_FILE_BYTES, MAX_UNPACKED_BYTES};

/// Why a file gives no article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntakeError {
    /// There is no text in it.
    Empty,
    /// It is larger than is read.
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// An archive unpacks to more than is read.
    ZipBomb,
    /// Elements or archives lie too deep in each other.
    TooDeep,
    /// It has more articles than are read at once.
    TooManyArticles,
    /// A PDF whose pages are pictures.
    ScannedPdf,
    /// It is protected by a password.
    Protected(&'static str),
    /// It begins as this and is damaged.
    Broken(&'static str),
    /// It is this, which holds no text that is read here.
    NotText(&'static str),
    /// A web page without readable text.
    NoArticle,
    /// A table or a list without a column of texts; the columns that it has.
    NoTextColumn(String),
    /// A document that is annotated already.
    Annotated,
    /// A row or a line of a table, and what is wrong with it.
    BadRow(String),
}

impl fmt::Display for IntakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mb = |bytes: u64| bytes / 1_000_000;
        match self {
            IntakeError::Empty => write!(f, "has no text in it"),
            IntakeError::TooLarge { bytes } => write!(
                f,
                "is {} MB; at most {} MB are read at once: split it and try again",
                mb(*bytes),
                mb(MAX_FILE_BYTES as u64)
            ),
            IntakeError::ZipBomb => write!(
                f,
                "unpacks to more than {} MB, which is not read: unpack it and open what is needed",
                mb(MAX_UNPACKED_BYTES as u64)
            ),
            IntakeError::TooDeep => write!(
                f,
                "has parts within parts more than {MAX_DEPTH} deep, which no article has: copy the text and paste it"
            ),
            IntakeError::TooManyArticles => {
                write!(f, "has more than {MAX_ARTICLES} articles: split it and try again")
            }
            IntakeError::ScannedPdf => write!(
                f,
                "is a scanned PDF: its pages are pictures without text. Run text recognition (OCR) over it first"
            ),
            IntakeError::Protected(what) => write!(
                f,
                "is {what} protected by a password: open it in its own program and save it without one"
            ),
            IntakeError::Broken(what) => {
                write!(f, "is {what} that is damaged: save it again, or copy the text and paste it")
            }
            IntakeError::NotText(what) => {
                write!(f, "is {what}, not text: copy the article's text and paste it")
            }
            IntakeError::NoArticle => write!(
                f,
                "is a web page without readable text: open it in a browser, copy the article and paste it"
            ),
            IntakeError::NoTextColumn(columns) => write!(
                f,
                "has no column of texts (it has {columns}): call the one with the articles \"text\""
            ),
            IntakeError::Annotated => write!(
                f,
                "is annotated already: open it in the page, or turn it into another format with galley convert"
            ),
            IntakeError::BadRow(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for IntakeError {}
