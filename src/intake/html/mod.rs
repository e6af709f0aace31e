//! Web pages as articles: what the page's head says of the article, and the article's own paragraphs.
//!
//! The parser is html5ever's, by way of `dom_query`. Owns what of a page is its article. Readability's port
//! (`dom_smoothie`) keeps newsletter boxes and glues paragraphs.

mod body;
mod furniture;
mod metadata;
mod tree;

use crate::article::Article;
use crate::{IntakeError, dates};
use galley_engine::text::one_line;
use tree::Tree;

/// How much of a page is searched for the name of its encoding, in bytes.
const HEAD_BYTES: usize = 4096;

/// The encoding that a page's source names; empty when it names none.
pub(crate) fn declared_encoding(bytes: &[u8]) -> String {
    let head = bytes.get(..bytes.len().min(HEAD_BYTES)).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let after = head.split("charset=").nth(1).or_else(|| head.split("encoding=").nth(1));
    let name = after.unwrap_or_default().trim_start_matches(['"', '\'', ' ']);
    name.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c)).collect()
}

/// Is this cell of a table markup rather than text?
pub(crate) fn is_markup(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with('<')
        && ["</p>", "</div>", "<br", "</span>", "</article>"].iter().any(|tag| text.contains(tag))
}

/// The article of a page's source.
///
/// # Errors
/// When elements lie deeper than is read, or no readable text is found.
pub(crate) fn read(source: &str) -> Result<Article, IntakeError> {
    let tree = Tree::parse(source)?;
    let mut head = metadata::read(&tree);
    let page = body::Page::new(&tree);
    let heading = page.find_title(&head);
    let title = heading.map(|h| h.text.clone()).or_else(|| head.title_without_site());
    let byline = head.byline.take().or_else(|| page.find_byline());
    let mut story = page.find_story(heading.map(|h| h.at), title.as_deref(), byline.as_deref());
    // A page that a script draws has its text in its head alone.
    let length: usize = story.blocks.iter().map(String::len).sum();
    if let Some(text) = head.body.take().filter(|text| length < 250 && text.len() > length * 2) {
        let lines = text.split('\n').map(one_line).filter(|line| !line.is_empty());
        story = body::Story { blocks: lines.collect(), ..body::Story::default() };
    }
    if story.blocks.is_empty() {
        return Err(IntakeError::NoArticle);
    }
    let published = head.published.take().or_else(|| page.find_published());
    let published = published.or_else(|| head.address.as_deref().and_then(dates::in_address));
    let article = Article::from_blocks(title, byline, &story.blocks);
    Ok(Article { published, captions: story.captions, ..article })
}

/// All text of a piece of markup, a cell or a mail, below this title and byline.
///
/// # Errors
/// As for [`read`].
pub(crate) fn read_fragment(
    source: &str,
    title: Option<&str>,
    byline: Option<String>,
) -> Result<Article, IntakeError> {
    let tree = Tree::parse(source)?;
    let story = body::Page::new(&tree).whole_story(title);
    if story.blocks.is_empty() {
        return Err(IntakeError::Empty);
    }
    let article = Article::from_blocks(title.map(str::to_owned), byline, &story.blocks);
    Ok(Article { captions: story.captions, ..article })
}

/// For tests: a page in bytes.
#[cfg(test)]
fn read_bytes(bytes: &[u8]) -> Result<Article, IntakeError> {
    read(&crate::decode(bytes, Some(&declared_encoding(bytes)))?)
}

#[cfg(test)]
mod tests;
