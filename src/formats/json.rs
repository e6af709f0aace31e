//! JSON as a tree, read and written in little code: what the other formats are made from and made into.
//!
//! serde would do this with a structure a format and several times the bytes; the worker has none to
//! spare. Numbers stay as they are spelled, so that nothing is rounded on the way through.

use super::FormatError;

/// A value. Objects keep the order of their fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Value {
    #[default]
    Null,
    Bool(bool),
    /// As it is spelled.
    Number(String),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

static NULL: Value = Value::Null;

impl Value {
    /// A field of an object; null when there is none.
    pub(crate) fn get(&self, name: &str) -> &Value {
        match self {
            Value::Object(fields) => {
                fields.iter().find(|(field, _)| field == name).map_or(&NULL, |(_, value)| value)
            }
            _ => &NULL,
        }
    }

    /// What a list holds; a value that is no list is a list of itself, null an empty one.
    pub(crate) fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            Value::Null => &[],
            one => std::slice::from_ref(one),
        }
    }

    /// A text; empty for anything else.
    pub(crate) fn text(&self) -> &str {
        match self {
            Value::Text(text) => text,
            _ => "",
        }
    }

    /// A whole number, spelled as one or in a text.
    pub(crate) fn number(&self) -> Option<u32> {
        match self {
            Value::Number(n) | Value::Text(n) => n.parse().ok(),
            _ => None,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// Sets a field of an object, in its place or at the end.
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        if !matches!(self, Value::Object(_)) {
            *self = Value::Object(Vec::new());
        }
        if let Value::Object(fields) = self {
            match fields.iter_mut().find(|(field, _)| field == name) {
                Some((_, old)) => *old = value,
                None => fields.push((name.to_owned(), value)),
            }
        }
    }

    /// The object without this field.
    pub(crate) fn drop(&mut self, name: &str) {
        if let Value::Object(fields) = self {
            fields.retain(|(field, _)| field != name);
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<u32> for Value {
    fn from(n: u32) -> Value {
        Value::Number(n.to_string())
    }
}

/// A writer: fields and items one after another, commas by themselves.
#[derive(Debug, Default)]
pub(crate) struct Writer(pub(crate) String);

impl Writer {
    /// The comma after what stands there already.
    fn comma(&mut self) {
        if !matches!(self.0.as_bytes().last(), None | Some(b'{' | b'[' | b'\n' | b'\t')) {
            self.0.push(',');
        }
    }

    /// The next item begins a line.
    pub(crate) fn line(&mut self) {
        self.comma();
        self.0.push('\n');
    }

    /// What was written, as a file that ends its last line.
    pub(crate) fn file(mut self) -> Vec<u8> {
        self.0.push('\n');
        self.0.into_bytes()
    }

    /// The comma and the name before a value; an empty name for an item of a list.
    fn before(&mut self, name: &str) {
        self.comma();
        if !name.is_empty() {
            self.quoted(name);
            self.0.push(':');
        }
    }

    fn quoted(&mut self, text: &str) {
        self.0.push('"');
        for c in text.chars() {
            let short = match c {
                '"' => '"',
                '\\' => '\\',
                '\n' => 'n',
                '\r' => 'r',
                '\t' => 't',
                '\u{8}' => 'b',
                '\u{c}' => 'f',
                c if c < ' ' => {
                    self.0.push_str("\\u00");
                    for digit in [c as u32 >> 4, c as u32 & 15] {
                        self.0.push(char::from_digit(digit, 16).unwrap_or('0'));
                    }
                    continue;
                }
                c => {
                    self.0.push(c);
                    continue;
                }
            };
            self.0.push('\\');
            self.0.push(short);
        }
        self.0.push('"');
    }

    /// Opens an object or a list, with its bracket.
    pub(crate) fn open(&mut self, name: &str, bracket: char) {
        self.before(name);
        self.0.push(bracket);
    }

    /// Closes what is open, with its bracket.
    pub(crate) fn close(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    pub(crate) fn text(&mut self, name: &str, text: &str) {
        self.before(name);
        self.quoted(text);
    }

    pub(crate) fn number(&mut self, name: &str, n: usize) {
        self.before(name);
        self.0.push_str(&n.to_string());
    }

    /// `true`, `null`, or a piece of JSON that stands already.
    pub(crate) fn raw(&mut self, name: &str, json: &str) {
        self.before(name);
        self.0.push_str(json);
    }

    pub(crate) fn value(&mut self, name: &str, value: &Value) {
        match value {
            Value::Null => self.raw(name, "null"),
            Value::Bool(b) => self.raw(name, if *b { "true" } else { "false" }),
            Value::Number(n) => self.raw(name, n),
            Value::Text(text) => self.text(name, text),
            Value::List(items) => {
                self.open(name, '[');
                items.iter().for_each(|item| self.value("", item));
                self.close(']');
            }
            Value::Object(fields) => {
                self.open(name, '{');
                // A field without a name is none: it would be an item here.
                let fields = fields.iter().filter(|(field, _)| !field.is_empty());
                fields.for_each(|(field, value)| self.value(field, value));
                self.close('}');
            }
        }
    }
}

/// Objects and lists within each other; more is no file of anybody's.
const DEEPEST: u8 = 100;

/// Reads JSON.
///
/// # Errors
/// In words, with the line.
pub(crate) fn parse(json: &str) -> Result<Value, FormatError> {
    let mut parser = Parser { json, at: 0 };
    let value = parser.value(DEEPEST);
    match value {
        Some(value) if parser.peek().is_none() => Ok(value),
        _ => {
            let read = json.as_bytes().get(..parser.at).unwrap_or_default();
            let line = read.iter().filter(|&&b| b == b'\n').count() + 1;
            Err(FormatError(format!("the file is damaged: line {line} is no JSON")))
        }
    }
}

struct Parser<'j> {
    json: &'j str,
    at: usize,
}

impl Parser<'_> {
    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let b = *self.json.as_bytes().get(self.at)?;
            if !matches!(b, b' ' | b'\t' | b'\n' | b'\r') {
                return Some(b);
            }
            self.at += 1;
        }
    }

    fn eat(&mut self, want: u8) -> Option<()> {
        (self.peek()? == want).then(|| self.at += 1)
    }

    fn value(&mut self, deep: u8) -> Option<Value> {
        let deep = deep.checked_sub(1)?;
        match self.peek()? {
            b'"' => self.string().map(Value::Text),
            b'[' => {
                let mut items = Vec::new();
                self.list(b']', |parser| {
                    items.push(parser.value(deep)?);
                    Some(())
                })?;
                Some(Value::List(items))
            }
            b'{' => {
                let mut fields = Vec::new();
                self.list(b'}', |parser| {
                    parser.peek()?;
                    let name = parser.string()?;
                    parser.eat(b':')?;
                    fields.push((name, parser.value(deep)?));
                    Some(())
                })?;
                Some(Value::Object(fields))
            }
            _ => self.word(),
        }
    }

    /// What stands between brackets, parted by commas.
    fn list(&mut self, close: u8, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        if self.peek()? == close {
            self.at += 1;
            return Some(());
        }
        loop {
            item(self)?;
            if self.peek()? == close {
                self.at += 1;
                return Some(());
            }
            self.eat(b',')?;
        }
    }

    fn word(&mut self) -> Option<Value> {
        let rest = self.json.get(self.at..)?;
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c));
        let word = rest.get(..end.unwrap_or(rest.len()))?;
        let value = match word {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ if is_number(word) => Value::Number(word.to_owned()),
            _ => return None,
        };
        self.at += word.len();
        Some(value)
    }

    fn string(&mut self) -> Option<String> {
        let rest = self.json.get(self.at..)?.strip_prefix('"')?;
        let mut out = String::new();
        let mut chars = rest.chars();
        loop {
            let c = match chars.next()? {
                '"' => break,
                c if c < ' ' => return None,
                '\\' => match chars.next()? {
                    c @ ('"' | '\\' | '/') => c,
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'u' => {
                        let high = unit(&mut chars)?;
                        let mut code = high;
                        if let 0xd800..0xdc00 = high {
                            let after = chars.as_str().strip_prefix("\\u")?;
                            chars = after.chars();
                            let low = unit(&mut chars)?.checked_sub(0xdc00)?;
                            code = 0x10000 + ((high - 0xd800) << 10) + low;
                            (low < 0x400).then_some(())?;
                        }
                        char::from_u32(code)?
                    }
                    _ => return None,
                },
                c => c,
            };
            out.push(c);
        }
        self.at = self.json.len() - chars.as_str().len();
        Some(out)
    }
}

/// Four hexadecimal digits.
fn unit(chars: &mut std::str::Chars<'_>) -> Option<u32> {
    let mut n = 0;
    for _ in 0..4 {
        n = n * 16 + chars.next()?.to_digit(16)?;
    }
    Some(n)
}

/// JSON's numbers: digits with a sign, a fraction, an exponent.
fn is_number(word: &str) -> bool {
    let word = word.strip_prefix('-').unwrap_or(word);
    let (word, exponent) = match word.find(['e', 'E']) {
        Some(at) => (&word[..at], Some(&word[at + 1..])),
        None => (word, None),
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = match word.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (word, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &Value) -> String {
        let mut out = Writer::default();
        out.value("", value);
        out.0
    }

    #[test]
    fn what_is_read_is_written_again() {
        for json in [
            "null",
            "[]",
            r#"{"a":[1,-2.50e+3,"é\"\\\n\u0001👍"],"b":{"c":true,"d":false}}"#,
            r#"[[],{},"",0]"#,
        ] {
            assert_eq!(written(&parse(json).unwrap()), json);
        }
        let value = parse(" { \"a\" : \"\\ud83d\\udc4d\\u00e9\\/\" } ").unwrap();
        assert_eq!(value.get("a").text(), "👍é/");
    }

    #[test]
    fn what_is_no_json_is_refused() {
        let deep = "[".repeat(100_000);
        for json in [
            "", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "[1 2]", "01", "1.", "-", "+1", "1e", "nul",
            "\"a", "\"\n\"", "\"\\x\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"",
            "[] []", &deep,
        ] {
            assert!(parse(json).is_err(), "{json:.20}");
        }
        let why = parse("{\n\"a\": 1,\n!}").unwrap_err().0;
        assert!(why.contains("line 3"), "{why}");
    }

    proptest::proptest! {
        #[test]
        fn serde_reads_it_the_same(text: String, n: i32) {
            let mut out = Writer::default();
            out.open("", '{');
            out.text("t", &text);
            out.value("n", &Value::Number(n.to_string()));
            out.close('}');
            let read: serde_json::Value = serde_json::from_str(&out.0).unwrap();
            proptest::prop_assert_eq!(read["t"].as_str(), Some(text.as_str()));
            let again = parse(&out.0).unwrap();
            proptest::prop_assert_eq!(again.get("t").text(), text.as_str());
        }

        #[test]
        fn any_text_is_read_or_refused(json: String) {
            let ours = parse(&json).is_ok();
            let serde = serde_json::from_str::<serde_json::Value>(&json).is_ok();
            proptest::prop_assert_eq!(ours, serde);
        }
    }
}
