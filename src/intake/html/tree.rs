//! A page's elements and texts in one list, in the order of the source: what lies in an element stands
//! right behind it, up to its end.

use dom_query::{Document, NodeData, NodeRef};
use std::ops::Range;

use crate::{IntakeError, MAX_DEPTH};
use galley_engine::text::one_line;

/// A page.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// What stands at a place that the page does not have.
    nowhere: Node,
}

/// An element or a text.
#[derive(Default)]
pub(super) struct Node {
    /// The element around it; its own place for the root.
    pub(super) parent: usize,
    /// The place after all that lies in it.
    pub(super) end: usize,
    /// The element's name; empty for a text.
    pub(super) tag: String,
    /// A text's words; empty for an element.
    pub(super) text: String,
    attributes: Vec<(&'static str, String)>,
}

/// Attributes that anything is read from.
const ATTRIBUTES: [&str; 18] = [
    "class", "id", "role", "itemprop", "datetime", "content", "name", "property", "rel", "type",
    "style", "hidden", "aria-hidden", "href", "pubdate", "data-testid", "data-component",
    "http-equiv",
];

impl Node {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn is_text(&self) -> bool {
        self.tag.is_empty()
    }

    /// The words in its class and id, in lowercase: `articleBody main-2` has `article`, `body`, `main`.
    pub(super) fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        for name in ["class", "id", "data-testid", "data-component"] {
            let Some(value) = self.attribute(name) else { continue };
            let mut word = String::new();
            let mut is_lower = false;
            for c in value.chars().take(400).chain([' ']) {
                // "articleBody" is two words.
                let is_end = !c.is_alphabetic() || c.is_uppercase() && is_lower;
                if is_end && !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                is_lower = c.is_lowercase();
                if c.is_alphabetic() {
                    word.extend(c.to_lowercase());
                }
            }
            // Pairs of words do not reach over two attributes.
            words.push(String::new());
        }
        words
    }
}

impl Tree {
    /// The node at a place.
    pub(super) fn at(&self, place: usize) -> &Node {
        self.nodes.get(place).unwrap_or(&self.nowhere)
    }

    fn set_end(&mut self, place: usize) {
        let end = self.nodes.len();
        if let Some(node) = self.nodes.get_mut(place) {
            node.end = end;
        }
    }

    /// Parses a page's source.
    ///
    /// # Errors
    /// When its elements lie deeper than is read: the parser's time would grow with the square of that.
    pub(super) fn parse(source: &str) -> Result<Tree, IntakeError> {
        if is_too_deep(source) {
            return Err(IntakeError::TooDeep);
        }
        let document = Document::from(source);
        let mut tree = Tree { nodes: Vec::new(), nowhere: Node::default() };
        // Nodes whose children come next, with their places.
        let root = document.root();
        tree.nodes.push(node(&root, 0));
        let mut next = root.first_child();
        let mut around = vec![0usize];
        while let Some(at) = next {
            let parent = around.last().copied().unwrap_or_default();
            let place = tree.nodes.len();
            let is_kept = at.is_element() || at.is_text();
            if is_kept {
                tree.nodes.push(node(&at, parent));
            }
            let down = if is_kept { at.first_child() } else { None };
            if down.is_some() {
                around.push(place);
                next = down;
                continue;
            }
            if is_kept {
                tree.set_end(place);
            }
            let mut last = at;
            next = loop {
                if let Some(sibling) = last.next_sibling() {
                    break Some(sibling);
                }
                let Some(up) = last.parent() else { break None };
                let Some(place) = around.pop() else { break None };
                tree.set_end(place);
                if around.is_empty() {
                    break None;
                }
                last = up;
            };
        }
        tree.set_end(0);
        Ok(tree)
    }

    /// All text in an element, white space as it stands.
    pub(super) fn text_of(&self, at: usize) -> String {
        let mut out = String::new();
        let end = self.at(at).end;
        for node in self.nodes.get(at..end).unwrap_or_default() {
            if node.is_text() {
                out.push_str(&node.text);
            } else if !matches!(node.tag.as_str(), "a" | "b" | "i" | "em" | "strong" | "span") {
                out.push(' ');
            }
        }
        out
    }

    /// The places of the elements right in this one.
    pub(super) fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.at(at).end;
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let place = next;
            next = self.nodes.get(place).filter(|_| place < end)?.end.max(place + 1);
            Some(place)
        })
    }

    /// The elements of this name.
    pub(super) fn elements(&self, tag: &str) -> impl Iterator<Item = (usize, &Node)> {
        self.nodes.iter().enumerate().filter(move |(_, node)| node.tag == tag)
    }
}

/// How much there is before each place of a tree, so that what lies in an element is a difference.
pub(super) struct Sums(Vec<usize>);

impl Sums {
    /// `amount`: what a place adds.
    pub(super) fn new(amounts: impl Iterator<Item = usize>) -> Sums {
        let mut sum = 0;
        let after = amounts.map(|amount| {
            sum += amount;
            sum
        });
        Sums(std::iter::once(0).chain(after).collect())
    }

    /// Of all places.
    pub(super) fn all(&self) -> usize {
        self.0.last().copied().unwrap_or_default()
    }

    /// Of the places in a range.
    pub(super) fn of(&self, places: Range<usize>) -> usize {
        let before = |place: usize| self.0.get(place).copied().unwrap_or_default();
        before(places.end).saturating_sub(before(places.start))
    }
}

/// Text with its character references resolved, as JSON in pages often has them.
pub(super) fn without_references(text: &str) -> String {
    if !text.contains('&') && !text.contains('<') {
        return one_line(text);
    }
    Tree::parse(text).map_or_else(|_| one_line(text), |tree| one_line(&tree.text_of(0)))
}

fn node(node: &NodeRef<'_>, parent: usize) -> Node {
    let mut out = Node { parent, ..Node::default() };
    node.query(|inner| match &inner.data {
        NodeData::Text { contents } => out.text = contents.to_string(),
        NodeData::Element(element) => {
            out.tag = element.name.local.to_string();
            for attribute in &element.attrs {
                let name: &str = &attribute.name.local;
                if let Some(known) = ATTRIBUTES.iter().find(|known| **known == name) {
                    out.attributes.push((known, attribute.value.to_string()));
                }
            }
        }
        _ => out.tag = "#document".to_owned(),
    });
    out
}

/// Do elements lie deeper in each other than any page's? Elements that need no end tag are not counted.
fn is_too_deep(source: &str) -> bool {
    const NOT_COUNTED: [&str; 34] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr", "p", "li", "tr", "td", "th", "dt", "dd", "option", "tbody",
        "thead", "tfoot", "colgroup", "html", "head", "body", "rp", "rt", "optgroup", "path",
        "!doctype",
    ];
    let bytes = source.as_bytes();
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'<')) {
        at += next + 1;
        let rest = bytes.get(at..).unwrap_or_default();
        if rest.starts_with(b"!--") {
            at += find(rest, b"-->").unwrap_or(rest.len());
            continue;
        }
        let is_end = rest.first() == Some(&b'/');
        let name = rest.get(usize::from(is_end)..).unwrap_or_default();
        let length =
            name.iter().take(20).take_while(|b| b.is_ascii_alphanumeric() || **b == b'!').count();
        let name =
            String::from_utf8_lossy(name.get(..length).unwrap_or_default()).to_ascii_lowercase();
        if name.is_empty() || NOT_COUNTED.contains(&name.as_str()) {
            continue;
        }
        if is_end {
            depth = depth.saturating_sub(1);
            continue;
        }
        if matches!(name.as_str(), "script" | "style" | "textarea" | "title" | "noscript") {
            let end = format!("</{name}");
            at += find_any_case(rest, end.as_bytes()).unwrap_or(rest.len());
            continue;
        }
        let tag = rest.iter().take(5000).position(|b| *b == b'>').and_then(|end| rest.get(..end));
        let is_closed = tag.is_some_and(|tag| tag.ends_with(b"/"));
        if !is_closed {
            depth += 1;
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}

fn find_any_case(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w.eq_ignore_ascii_case(what))
}
