//! Plain text, and what readers share about names and lines.

use crate::Article;

/// Plain text stays as it is: its title and date are for the engine to find.
pub(crate) fn read(text: &str) -> Article {
    Article { text: text.to_owned(), is_plain: true, ..Article::default() }
}

/// A path's last part without its extension.
pub(crate) fn stem(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.is_empty() { name } else { stem }.to_owned()
}

/// A path's extension in lowercase.
pub(crate) fn extension(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_ascii_lowercase())
}

/// Takes room on no screen: white space, and the characters that only steer how others are set.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
