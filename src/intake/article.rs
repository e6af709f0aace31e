//! What is read out of a file.

use crate::IntakeError;
use galley_engine::text::one_line;

/// An article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// The file's name; of a file in an archive its path, the archive's name before it.
    pub name: String,
    /// Its id where it has one, else the file's name without the extension.
    pub id: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it: names alone, without "By".
    pub byline: Option<String>,
    /// When it appeared, in ISO 8601 without a zone: a day, or a day and a clock.
    pub published: Option<String>,
    /// What is to be read: headline, byline, paragraphs.
    pub text: String,
    /// Captions of pictures; each is a paragraph of `text` too.
    pub captions: Vec<String>,
    /// What else a table's row has, by the columns' names, in their order.
    pub other: Vec<(String, String)>,
    /// It is plain text or the like, and `text` is all that the file has.
    pub is_plain: bool,
}

/// The articles of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// In the file's order.
    pub articles: Vec<Article>,
    /// What could not be read: a file of an archive, a row of a table ("row 3"), and why.
    pub left_out: Vec<(String, IntakeError)>,
}

impl Article {
    /// Of paragraphs; title and byline stand before them, once.
    pub(crate) fn from_blocks(
        title: Option<String>,
        byline: Option<String>,
        blocks: &[String],
    ) -> Article {
        let title = title.map(|t| one_line(&t)).filter(|t| !t.is_empty());
        let byline = byline.map(|b| one_line(&b)).filter(|b| !b.is_empty());
        let mut text = String::new();
        let mut put = |block: &str| {
            if !block.is_empty() {
                if !text.is_empty() {
                    text.push_str("\n\n");
                }
                text.push_str(block);
            }
        };
        put(title.as_deref().unwrap_or_default());
        if let Some(byline) = &byline {
            put(&format!("By {byline}"));
        }
        for block in blocks {
            put(block.trim_matches('\n'));
        }
        Article { title, byline, text, ..Article::default() }
    }
}
