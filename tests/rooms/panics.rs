//! What could panic in the crates that read other people's bytes: counted, and listed with reasons.
//!
//! **Indexing.** `a[i]` and `a[i..j]` outside of tests, by room. `panics.txt` holds the number of each room; a new
//! one fails the test, and so does one less, until the number is lowered: it only falls. Full ranges (`a[..]`)
//! and fields of JSON (`row["text"]`, null where there is none) cannot panic when they are read and do not
//! count, nor does what is computed at compile time.
//!
//! **Words that panic.** `unwrap`, `expect`, `panic!`, `unreachable!`, `todo!`, `unimplemented!` and `assert!` each
//! stand in `panics.txt` with the reason why no input reaches them. `debug_assert!` is not in what is shipped.

use crate::modules::{is_for_tests, name_and_attributes};
use crate::{PROJECT, Project, map, read, root};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeMap;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Item};

/// Where input is read that somebody else wrote.
const CRATES: [&str; 3] = ["galley_engine", "galley_formats", "galley_intake"];

/// Macros that panic when a program is shipped.
const MACROS: [&str; 7] =
    ["panic", "unreachable", "todo", "unimplemented", "assert", "assert_eq", "assert_ne"];

/// Methods that panic on `None` or an error.
const METHODS: [&str; 4] = ["unwrap", "expect", "unwrap_err", "expect_err"];

/// Words before `[` that make it an array or a pattern, not an index.
const KEYWORDS: [&str; 12] =
    ["in", "return", "match", "if", "else", "let", "mut", "ref", "move", "break", "const", "as"];

/// What could panic in a file.
#[derive(Default)]
struct Panics {
    indexes: usize,
    /// By the word that panics.
    words: BTreeMap<String, usize>,
}

impl Panics {
    /// Of a file's source.
    fn of(source: &str) -> Result<Self, syn::Error> {
        let mut found = Self::default();
        found.visit_file(&syn::parse_file(source)?);
        Ok(found)
    }

    fn add_word(&mut self, word: String) {
        *self.words.entry(word).or_default() += 1;
    }

    /// What a macro is called with, which has no grammar of its own.
    fn scan_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &tokens[before]);
            match token {
                TokenTree::Group(group) => {
                    let inside = group.stream().to_string();
                    let is_index = group.delimiter() == Delimiter::Bracket
                        && before.is_some_and(|before| ends_value(&tokens, before, at))
                        && inside != ".."
                        && !inside.starts_with('"');
                    self.indexes += usize::from(is_index);
                    self.scan_tokens(group.stream());
                }
                TokenTree::Ident(ident) => {
                    let word = ident.to_string();
                    let is_method =
                        matches!(before, Some(TokenTree::Punct(dot)) if dot.as_char() == '.');
                    let is_macro = matches!(tokens.get(at + 1), Some(TokenTree::Punct(p)) if p.as_char() == '!');
                    if is_method && METHODS.contains(&word.as_str())
                        || is_macro && MACROS.contains(&word.as_str())
                    {
                        self.add_word(word);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether a token may end a value that brackets then index.
fn ends_value(tokens: &[TokenTree], before: &TokenTree, at: usize) -> bool {
    match before {
        TokenTree::Ident(ident) => {
            let is_lifetime = at.checked_sub(2).is_some_and(
                |at| matches!(&tokens[at], TokenTree::Punct(mark) if mark.as_char() == '\''),
            );
            !is_lifetime && !KEYWORDS.contains(&ident.to_string().as_str())
        }
        TokenTree::Group(group) => group.delimiter() != Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == '?',
        TokenTree::Literal(_) => true,
    }
}

impl<'ast> Visit<'ast> for Panics {
    fn visit_item(&mut self, item: &'ast Item) {
        let (_, attributes) = name_and_attributes(item);
        let at_compile_time = match item {
            Item::Const(_) => true,
            Item::Fn(function) => function.sig.constness.is_some(),
            _ => false,
        };
        if !at_compile_time && !is_for_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if !is_for_tests(&function.attrs) {
            visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_expr_index(&mut self, index: &'ast syn::ExprIndex) {
        let is_total = match &*index.index {
            Expr::Range(range) => range.start.is_none() && range.end.is_none(),
            at => is_field(at),
        };
        self.indexes += usize::from(!is_total);
        visit::visit_expr_index(self, index);
    }

    fn visit_expr_assign(&mut self, assigned: &'ast syn::ExprAssign) {
        // A field is made where an object has none; what is no object has no place for it.
        if matches!(&*assigned.left, Expr::Index(index) if is_field(&index.index)) {
            self.indexes += 1;
        }
        visit::visit_expr_assign(self, assigned);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let method = call.method.to_string();
        if METHODS.contains(&method.as_str()) {
            self.add_word(method);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let name = call.path.segments.last().map(|part| part.ident.to_string()).unwrap_or_default();
        if name.starts_with("debug_assert") {
            return;
        }
        if MACROS.contains(&name.as_str()) {
            self.add_word(name);
        }
        self.scan_tokens(call.tokens.clone());
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

/// Whether this names a field of a JSON object.
fn is_field(index: &Expr) -> bool {
    matches!(index, Expr::Lit(literal) if matches!(literal.lit, syn::Lit::Str(_)))
}

/// What `panics.txt` says.
struct Listed {
    /// By room.
    indexes: BTreeMap<String, usize>,
    /// By file and word.
    words: BTreeMap<(String, String), usize>,
}

/// Lines such as `indexes src/engine/dates 45` and `expect src/engine/text/span.rs 1: why it cannot panic`;
/// empty lines and those with `#` are for people.
fn parse(list: &str) -> Listed {
    let mut listed = Listed { indexes: BTreeMap::new(), words: BTreeMap::new() };
    let lines = list.lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (head, reason) = line.split_once(": ").unwrap_or((line, ""));
        let parts: Vec<&str> = head.split(' ').collect();
        let [word, path, count] = parts[..] else { panic!("what, where and how often: {line}") };
        let count = count.parse().unwrap_or_else(|_| panic!("no number: {line}"));
        if word == "indexes" {
            listed.indexes.insert(path.to_owned(), count);
        } else {
            assert!(!reason.trim().is_empty(), "no reason: {line}");
            listed.words.insert((path.to_owned(), word.to_owned()), count);
        }
    }
    listed
}

#[test]
fn what_could_panic_is_counted_and_only_becomes_less() {
    let Project { modules, rooms, .. } = &*PROJECT;
    let mut found = Listed { indexes: BTreeMap::new(), words: BTreeMap::new() };
    for module in modules {
        if module.is_test || !CRATES.contains(&module.crate_name.as_str()) {
            continue;
        }
        let panics = Panics::of(&read(&module.path)).unwrap();
        let room = map::room_of(rooms, &module.path).map_or(&module.path, |room| &room.path);
        if panics.indexes > 0 {
            *found.indexes.entry(room.clone()).or_default() += panics.indexes;
        }
        for (word, count) in panics.words {
            found.words.insert((module.path.clone(), word), count);
        }
    }
    let listed = parse(&std::fs::read_to_string(root().join("tests/rooms/panics.txt")).unwrap());
    let mut failures = Vec::new();
    compare(&found.indexes, &listed.indexes, |room, now, before| {
        failures.push(match now > before {
            true => format!(
                "{room} indexes {now} times, {before} before: use get, an iterator or a pattern"
            ),
            false => format!(
                "{room} indexes {now} times only: say so in panics.txt (indexes {room} {now})"
            ),
        });
    });
    compare(&found.words, &listed.words, |(file, word), now, before| {
        failures.push(format!(
            "{file}: {word} stands there {now} times, panics.txt says {before}; it wants the reason why no input reaches it"
        ));
    });
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

/// Calls `differ` where two counts are not the same.
fn compare<K: Ord>(
    found: &BTreeMap<K, usize>,
    listed: &BTreeMap<K, usize>,
    mut differ: impl FnMut(&K, usize, usize),
) {
    for (key, now) in found {
        let before = listed.get(key).copied().unwrap_or(0);
        if before != *now {
            differ(key, *now, before);
        }
    }
    for (key, before) in listed.iter().filter(|(key, _)| !found.contains_key(key)) {
        differ(key, 0, *before);
    }
}

#[test]
fn panics_are_found() {
    let source = r#"
        const FIRST: u8 = TABLE[0];
        fn f<'a>(a: &'a [u8], i: usize) -> Option<u8> {
            let all = &a[..];
            let [x, ..] = all else { return None };
            debug_assert!(a[i] > 0);
            println!("{} {:?}", a[i], vec![1, 2][0]);
            for n in [1, 2] { g(n, row["text"]).unwrap(); }
            row["text"] = i;
            assert!(a.len() > 1, "{}", a.iter().max().expect("one"));
            Some(a[i..][0] + x)
        }
        #[cfg(test)]
        mod tests { fn f(a: &[u8]) { a[0]; panic!(); } }
    "#;
    let found = Panics::of(source).unwrap();
    assert_eq!(found.indexes, 5);
    let words: Vec<_> = found.words.iter().map(|(word, n)| format!("{word} {n}")).collect();
    assert_eq!(words, ["assert 1", "expect 1", "unwrap 1"]);
}
