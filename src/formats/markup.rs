//! Text in XML and HTML.

use std::borrow::Cow;

use quick_xml::escape::{escape, partial_escape};

/// Text between tags, with the signs that mean something in markup spelled out.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    partial_escape(printable(text))
}

/// Text in an attribute's quotation marks.
pub(super) fn attribute(text: &str) -> Cow<'_, str> {
    escape(printable(text))
}

/// The text with "�" for characters that XML cannot hold, and for control characters.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    let is_unprintable = |c: char| {
        c < ' ' && c != '\t' && c != '\n'
            || matches!(c, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
    };
    match text.contains(is_unprintable) {
        true => text.replace(is_unprintable, "\u{fffd}").into(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn signs_of_markup_and_control_characters_are_replaced() {
        let raw = "a<b> & \"c\" 'd'\u{1}\r\n";
        assert_eq!(super::text(raw), "a&lt;b&gt; &amp; \"c\" 'd'\u{fffd}\u{fffd}\n");
        let attribute = "a&lt;b&gt; &amp; &quot;c&quot; &apos;d&apos;\u{fffd}\u{fffd}\n";
        assert_eq!(super::attribute(raw), attribute);
    }
}
