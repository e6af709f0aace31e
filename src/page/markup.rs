//! The source of a web page without its styles, scripts and event handlers, so that the browser's
//! parser, which the page's own policy watches over, has nothing to object to.

/// `source` without `style` and `script` elements and without `style` and `on…` attributes; else
/// as it was. Follows the tokenizer of the HTML standard as far as that needs; linear.
pub fn without_active_content(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        if tag.starts_with("<!--") {
            let end = tag.find("-->").map_or(tag.len(), |end| end + 3);
            rest = tag.get(end..).unwrap_or("");
            continue;
        }
        let inner = tag.get(1..).unwrap_or("");
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            out.push('<');
            rest = inner;
            continue;
        }
        let length = inner.find(ends_name).unwrap_or(inner.len());
        let (name, after) = inner.split_at(length);
        let from = out.len();
        out.push('<');
        out.push_str(name);
        rest = attributes(after, &mut out);
        out.push('>');
        if ["style", "script"].iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            out.truncate(from);
            rest = closing(rest, name);
        }
    }
    out.push_str(rest);
    out
}

fn ends_name(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '/' | '>')
}

/// Copies the attributes that may stay and gives what comes after the tag.
fn attributes<'a>(mut rest: &'a str, out: &mut String) -> &'a str {
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return rest;
        }
        if let Some(after) = rest.strip_prefix('>') {
            return after;
        }
        let attribute = rest;
        // An equals sign at the very start belongs to the name.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let more = rest.get(first..).unwrap_or("");
        let length = first + more.find(|c| ends_name(c) || c == '=').unwrap_or(more.len());
        let (name, after) = rest.split_at(length);
        rest = after;
        let spaced = after.trim_start_matches(|c: char| c.is_ascii_whitespace());
        if let Some(value) = spaced.strip_prefix('=') {
            rest = past_value(value.trim_start_matches(|c: char| c.is_ascii_whitespace()));
        }
        let handler = name.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on"));
        if !handler && !name.eq_ignore_ascii_case("style") {
            out.push(' ');
            out.push_str(attribute.get(..attribute.len() - rest.len()).unwrap_or(""));
        }
    }
}

fn past_value(value: &str) -> &str {
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let end = match quote {
        Some(quote) => {
            let inside = value.get(1..).unwrap_or("");
            inside.find(quote).map_or(value.len(), |end| end + 2)
        }
        None => value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len()),
    };
    value.get(end..).unwrap_or("")
}

/// What comes after the closing tag of the element `name`.
fn closing<'a>(mut rest: &'a str, name: &str) -> &'a str {
    while let Some(at) = rest.find("</") {
        rest = rest.get(at + 2..).unwrap_or("");
        let found = rest.get(..name.len());
        if found.is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            return rest.find('>').and_then(|end| rest.get(end + 1..)).unwrap_or("");
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn active_content_is_removed() {
        for (source, expected) in [
            ("<p>Plain & simple</p>", "<p>Plain & simple</p>"),
            ("a < b and <3", "a < b and <3"),
            ("<p style='color:red'>x", "<p>x"),
            ("<p STYLE = \"a>b\" class=\"c\" id=d>x", "<p class=\"c\" id=d>x"),
            ("<a href=x onclick=go() hidden>x", "<a href=x hidden>x"),
            ("<img src=x onerror='alert(1)'/>x", "<img src=x>x"),
            ("<style>p{}</style><p>x", "<p>x"),
            ("<SCRIPT>if (a</b) '</p>'</Script >x", "x"),
            ("a<!-- <p style=x> -->b", "ab"),
            ("a<script>never closed", "a"),
            ("a<p class='never closed", "a<p class='never closed>"),
            ("a<p =x style>b</p>", "a<p =x>b</p>"),
            (
                "<time datetime=\"2022-08-11\">Thursday</time>",
                "<time datetime=\"2022-08-11\">Thursday</time>",
            ),
        ] {
            assert_eq!(without_active_content(source), expected, "{source}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_source(source in "[<>/='\" a-zé!-]{0,60}|\\PC{0,60}") {
            let once = without_active_content(&source);
            proptest::prop_assert!(once.len() <= source.len() + source.matches('<').count() * 2 + 1);
        }
    }
}
