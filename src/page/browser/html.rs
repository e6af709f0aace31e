//! A web page's source reduced to its readable text, by the browser's own parser: nothing in it
//! runs or loads.

use wasm_bindgen::JsCast;
use web_sys::{Document, DomParser, Element, Node, SupportedType};

use crate::markup;

/// What a web page says.
pub(super) struct Page {
    /// Its text, a line a block.
    pub(super) text: String,
    /// The publication date in its head, as written there.
    pub(super) published: Option<String>,
}

/// Reduces `source`. `None` when the browser's parser fails.
pub(super) fn reduce(source: &str) -> Option<Page> {
    let parser = DomParser::new().ok()?;
    let document =
        parser.parse_from_string(&markup::inert(source), SupportedType::TextHtml).ok()?;
    let body: Node = document.body()?.into();
    let mut text = read(&body);
    // The article alone, where the page says which part that is and it is most of the page.
    for part in ["article", "main", "[role=main]"] {
        if let Ok(Some(element)) = document.query_selector(part) {
            let part = read(&element);
            if part.len() > 400 && part.len() * 3 > text.len() {
                text = part;
                break;
            }
        }
    }
    Some(Page { text, published: published(&document) })
}

fn published(document: &Document) -> Option<String> {
    const META: &str = "meta[property='article:published_time'],meta[itemprop='datePublished'],\
        meta[name='date'],meta[name='pubdate'],meta[name='DC.date.issued'],meta[name='publish-date']";
    let meta = document.query_selector(META).ok()??;
    meta.get_attribute("content")
}

/// What a tag does to the text in it.
enum Effect {
    Skip,
    Block,
    Break,
    Cell,
    Pre,
    Inline,
}

fn effect(element: &Element) -> Effect {
    let hidden = element.has_attribute("hidden")
        || element.get_attribute("aria-hidden").as_deref() == Some("true");
    if hidden {
        return Effect::Skip;
    }
    match element.tag_name().to_ascii_lowercase().as_str() {
        "script" | "style" | "nav" | "aside" | "noscript" | "template" | "iframe" | "object"
        | "svg" | "math" | "canvas" | "audio" | "video" | "form" | "button" | "select"
        | "input" | "textarea" | "footer" | "dialog" | "head" | "title" => Effect::Skip,
        "p" | "div" | "section" | "article" | "main" | "header" | "h1" | "h2" | "h3" | "h4"
        | "h5" | "h6" | "ul" | "ol" | "li" | "dl" | "dt" | "dd" | "blockquote" | "figure"
        | "figcaption" | "table" | "caption" | "tr" | "hr" | "address" | "center" | "body"
        | "details" | "summary" | "fieldset" => Effect::Block,
        "br" => Effect::Break,
        "td" | "th" => Effect::Cell,
        "pre" | "listing" | "xmp" | "plaintext" => Effect::Pre,
        _ => Effect::Inline,
    }
}

/// The text below `root`; walks by the nodes' own links, so depth costs nothing.
fn read(root: &Node) -> String {
    let mut out = Lines::default();
    let mut node = root.first_child();
    let mut pre = 0usize;
    while let Some(at) = node {
        let mut down = None;
        match at.node_type() {
            Node::TEXT_NODE => out.text(&at.node_value().unwrap_or_default(), pre > 0),
            Node::ELEMENT_NODE => {
                let element: &Element = at.unchecked_ref();
                match effect(element) {
                    Effect::Skip => {}
                    Effect::Break => out.end_line(),
                    kind => {
                        match kind {
                            Effect::Block => out.end_line(),
                            Effect::Pre => {
                                out.end_line();
                                pre += usize::from(at.has_child_nodes());
                            }
                            Effect::Cell => out.text(" ", false),
                            _ => {}
                        }
                        down = at.first_child();
                    }
                }
            }
            _ => {}
        }
        node = down;
        let mut last = at;
        while node.is_none() {
            if let Some(next) = last.next_sibling() {
                node = Some(next);
                break;
            }
            let Some(up) = last.parent_node().filter(|up| !up.is_same_node(Some(root))) else {
                return out.done();
            };
            match effect(up.unchecked_ref()) {
                Effect::Block => out.end_line(),
                Effect::Pre => {
                    out.end_line();
                    pre = pre.saturating_sub(1);
                }
                _ => {}
            }
            last = up;
        }
    }
    out.done()
}

/// Lines with their white space collapsed.
#[derive(Default)]
struct Lines {
    out: String,
    line: String,
    space: bool,
}

impl Lines {
    fn text(&mut self, text: &str, pre: bool) {
        for c in text.chars() {
            if pre && c == '\n' {
                self.end_line();
            } else if c.is_ascii_whitespace() {
                self.space = true;
            } else {
                if std::mem::take(&mut self.space) && !self.line.is_empty() {
                    self.line.push(' ');
                }
                self.line.push(c);
            }
        }
    }

    fn end_line(&mut self) {
        self.space = false;
        let line = self.line.trim_matches(|c: char| c.is_whitespace());
        if !line.is_empty() {
            if !self.out.is_empty() {
                self.out.push_str("\n\n");
            }
            self.out.push_str(line);
        }
        self.line.clear();
    }

    fn done(mut self) -> String {
        self.end_line();
        self.out
    }
}
