//! What XML and HTML have in common: their signs in a text.

/// Adds a text, with the signs that mean something in mark-up spelled out and what XML cannot hold as "�".
pub(super) fn text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            c if c < ' ' || matches!(c, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}') => {
                out.push('\u{fffd}')
            }
            c => out.push(c),
        }
    }
}

/// Adds an attribute, unless it is empty.
pub(super) fn attribute(out: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        text(out, value);
        out.push('"');
    }
}

/// Adds an element that holds a text.
pub(super) fn element(out: &mut String, name: &str, words: &str) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    text(out, words);
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}
