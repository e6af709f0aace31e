//! Whether every element is closed in its turn, every attribute quoted and unlike its neighbours, every
//! sign spelled out, every id there once.

use std::collections::HashSet;

/// Elements of HTML that are not closed.
const VOID: [&str; 2] = ["meta", "!DOCTYPE"];

pub(crate) fn check(markup: &str, xml: bool) {
    let mut open: Vec<&str> = Vec::new();
    let (mut ids, mut pointers) = (HashSet::new(), Vec::new());
    let mut rest = markup;
    while let Some(at) = rest.find('<') {
        text(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find('>').expect("a tag ends");
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if tag.starts_with('?') {
            assert!(xml);
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "…{}", &rest[..rest.len().min(80)]);
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap();
        assert!(
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '!'),
            "{tag}"
        );
        let mut names = HashSet::new();
        let mut attributes = tag[name.len()..].trim_end_matches('/');
        while let Some((attribute, after)) =
            attributes.split_once("=\"").filter(|_| name != "!DOCTYPE")
        {
            let (value, after) = after.split_once('"').expect("a value ends");
            text(value);
            assert!(names.insert(attribute.trim()), "{tag}");
            match attribute.trim() {
                "xml:id" => assert!(ids.insert(value), "{value} is there twice"),
                "ref" | "who" | "prev" => pointers.push(value.strip_prefix('#').unwrap()),
                _ => {}
            }
            attributes = after;
        }
        assert!(attributes.trim().is_empty() || name == "!DOCTYPE", "{tag}");
        if !tag.ends_with('/') && (xml || !VOID.contains(&name)) {
            open.push(name);
        }
    }
    text(rest);
    assert!(open.is_empty(), "{open:?}");
    for pointer in pointers {
        assert!(ids.contains(pointer), "{pointer} points nowhere");
    }
}

fn text(text: &str) {
    for (at, _) in text.match_indices('&') {
        let name = text[at + 1..].split(';').next().unwrap();
        assert!(["amp", "lt", "gt", "quot", "apos"].contains(&name), "&{name}");
    }
    let bad = |c: char| c < ' ' && !"\t\n\r".contains(c) || matches!(c, '\u{fffe}' | '\u{ffff}');
    assert!(!text.contains(bad));
}
