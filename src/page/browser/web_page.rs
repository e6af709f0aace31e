//! Extracts the readable text of a web page with the browser's own parser: nothing in it runs or loads.

use wasm_bindgen::JsCast;
use web_sys::{Document, DomParser, Element, Node, SupportedType};

use crate::markup;

/// What is read from a web page.
pub(super) struct WebPage {
    /// Its text, one line for each block.
    pub(super) text: String,
    /// The publication date in its head, as written there.
    pub(super) published: Option<String>,
}

/// Reads a page's source. `None` when the browser's parser fails.
pub(super) fn read_web_page(source: &str) -> Option<WebPage> {
    let parser = DomParser::new().ok()?;
    let document = parser
        .parse_from_string(&markup::without_active_content(source), SupportedType::TextHtml)
        .ok()?;
    let body: Node = document.body()?.into();
    let mut text = readable_text(&body);
    // Only the article, if the page marks it and it is a good part of the text.
    for part in ["article", "main", "[role=main]"] {
        if let Ok(Some(element)) = document.query_selector(part) {
            let part = readable_text(&element);
            if part.len() > 400 && part.len() * 3 > text.len() {
                text = part;
                break;
            }
        }
    }
    Some(WebPage { text, published: publication_date(&document) })
}

fn publication_date(document: &Document) -> Option<String> {
    const META: &str = "meta[property='article:published_time'],meta[itemprop='datePublished'],\
        meta[name='date'],meta[name='pubdate'],meta[name='DC.date.issued'],meta[name='publish-date']";
    let meta = document.query_selector(META).ok()??;
    meta.get_attribute("content")
}

/// What a tag does with the text in it.
enum TagEffect {
    Skip,
    Block,
    Break,
    Cell,
    Pre,
    Inline,
}

fn tag_effect(element: &Element) -> TagEffect {
    let hidden = element.has_attribute("hidden")
        || element.get_attribute("aria-hidden").as_deref() == Some("true");
    if hidden {
        return TagEffect::Skip;
    }
    match element.tag_name().to_ascii_lowercase().as_str() {
        "script" | "style" | "nav" | "aside" | "noscript" | "template" | "iframe" | "object"
        | "svg" | "math" | "canvas" | "audio" | "video" | "form" | "button" | "select"
        | "input" | "textarea" | "footer" | "dialog" | "head" | "title" => TagEffect::Skip,
        "p" | "div" | "section" | "article" | "main" | "header" | "h1" | "h2" | "h3" | "h4"
        | "h5" | "h6" | "ul" | "ol" | "li" | "dl" | "dt" | "dd" | "blockquote" | "figure"
        | "figcaption" | "table" | "caption" | "tr" | "hr" | "address" | "center" | "body"
        | "details" | "summary" | "fieldset" => TagEffect::Block,
        "br" => TagEffect::Break,
        "td" | "th" => TagEffect::Cell,
        "pre" | "listing" | "xmp" | "plaintext" => TagEffect::Pre,
        _ => TagEffect::Inline,
    }
}

/// The text below `root`. Walks the sibling and parent links, so that deep nesting needs no stack.
fn readable_text(root: &Node) -> String {
    let mut out = TextLines::default();
    let mut node = root.first_child();
    let mut pre = 0usize;
    while let Some(at) = node {
        let mut down = None;
        match at.node_type() {
            Node::TEXT_NODE => out.push_text(&at.node_value().unwrap_or_default(), pre > 0),
            Node::ELEMENT_NODE => {
                let element: &Element = at.unchecked_ref();
                match tag_effect(element) {
                    TagEffect::Skip => {}
                    TagEffect::Break => out.end_line(),
                    effect => {
                        match effect {
                            TagEffect::Block => out.end_line(),
                            TagEffect::Pre => {
                                out.end_line();
                                pre += usize::from(at.has_child_nodes());
                            }
                            TagEffect::Cell => out.push_text(" ", false),
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
                return out.into_text();
            };
            match tag_effect(up.unchecked_ref()) {
                TagEffect::Block => out.end_line(),
                TagEffect::Pre => {
                    out.end_line();
                    pre = pre.saturating_sub(1);
                }
                _ => {}
            }
            last = up;
        }
    }
    out.into_text()
}

/// Lines with collapsed white space.
#[derive(Default)]
struct TextLines {
    out: String,
    line: String,
    space: bool,
}

impl TextLines {
    fn push_text(&mut self, text: &str, pre: bool) {
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

    fn into_text(mut self) -> String {
        self.end_line();
        self.out
    }
}
