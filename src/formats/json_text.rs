//! JSON as files of other programs have it, and what their looser spellings mean.
//!
//! Owns layout and lenient reading. Must not know any format.

use serde::Serialize;
use serde_json::Value;

/// One line of JSON, as a file.
pub(super) fn to_line(value: &impl Serialize) -> Vec<u8> {
    let mut json = to_string(value);
    json.push('\n');
    json.into_bytes()
}

/// One line of JSON in ASCII, other characters as `\u` and four digits: for programs that guess encodings.
pub(super) fn to_ascii_line(value: &impl Serialize) -> Vec<u8> {
    let mut out = String::new();
    for c in to_string(value).chars() {
        match c {
            ' '..='~' => out.push(c),
            c => c
                .encode_utf16(&mut [0; 2])
                .iter()
                .for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
        }
    }
    out.push('\n');
    out.into_bytes()
}

/// JSON whose last list, empty in `frame`, holds these items, one a line: such files can be compared line by line.
pub(super) fn to_lines<T: Serialize>(
    frame: &impl Serialize,
    items: impl Iterator<Item = T>,
) -> Vec<u8> {
    let frame = to_string(frame);
    let (before, after) = frame.rsplit_once("[]").unwrap_or((&frame, ""));
    let items: Vec<String> = items.map(|item| format!("\n{}", to_string(&item))).collect();
    format!("{before}[{}]{after}\n", items.join(",")).into_bytes()
}

/// Structures with names for keys always have a spelling in JSON.
fn to_string(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The text of a value; empty for anything else.
pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A whole number, also one that is spelled as a text.
pub(super) fn number(value: &Value) -> Option<u32> {
    match value {
        Value::String(digits) => digits.parse().ok(),
        value => value.as_u64()?.try_into().ok(),
    }
}

/// The items of a list. A single value counts as a list of one, null as an empty list.
pub(super) fn items(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        Value::Null => &[],
        single => std::slice::from_ref(single),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_last_empty_list_gets_the_items_one_a_line() {
        let frame = json!({"a": [], "b": [[]]});
        assert_eq!(to_lines(&frame, [1, 2].into_iter()), b"{\"a\":[],\"b\":[[\n1,\n2]]}\n");
    }

    #[test]
    fn loose_spellings_are_understood() {
        assert_eq!(number(&json!("12")), Some(12));
        for no_number in [json!(-1), json!(1.5), json!(4_294_967_296_u64), json!("x"), json!([1])] {
            assert_eq!(number(&no_number), None, "{no_number}");
        }
        assert_eq!(items(&json!([1, 2])).len(), 2);
        assert_eq!(items(&json!({"a": 1})).len(), 1);
        assert_eq!(items(&Value::Null).len(), 0);
        assert_eq!((text(&json!("a")), text(&json!(1))), ("a", ""));
    }
}
