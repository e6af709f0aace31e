//! The article's own paragraphs: where in a page they lie, and what stands around them.

use super::furniture;
use super::metadata::{Metadata, clean_byline, without_site};
use super::tree::{Node, Sums, Tree};
use crate::dates;
use galley_engine::text::one_line;

/// A paragraph, a heading, an item of a list, a row of a table, a caption.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) text: String,
    /// The place of its first text in the page.
    pub(super) at: usize,
    /// The place of the block-level element around it.
    element: usize,
    /// Bytes of it that are links.
    links: usize,
    kind: BlockKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BlockKind {
    Paragraph,
    /// Text right in a `div` or the like.
    Loose,
    Heading,
    Item,
    Row,
    Caption,
    Preformatted,
}

/// The article of a page.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) blocks: Vec<String>,
    pub(super) captions: Vec<String>,
}

/// A page, cut into blocks; what is the site's is left out.
pub(super) struct Page<'t> {
    tree: &'t Tree,
    left_out: Vec<bool>,
    blocks: Vec<Block>,
}

/// Bytes from which on a block counts as a paragraph of an article.
const MIN_PARAGRAPH_BYTES: usize = 60;
/// Of an element's paragraphs, the percentage that one element in it must hold to be the article itself.
const CONTAINER_SHARE: usize = 80;

impl Block {
    /// The percentage of it that is links.
    fn link_share(&self) -> usize {
        self.links * 100 / self.text.len().max(1)
    }

    /// How much it tells of where the article is.
    fn weight(&self) -> usize {
        let is_prose = self.text.len() >= MIN_PARAGRAPH_BYTES
            && self.link_share() < 50
            && self.kind != BlockKind::Caption
            && self.kind != BlockKind::Heading;
        if is_prose { self.text.len() } else { 0 }
    }

    fn ends_sentence(&self) -> bool {
        self.text
            .trim_end_matches(['”', '"', '’', '\'', ')', '»', ']'])
            .ends_with(['.', '!', '?', '…', ':', ',', ';', '—'])
    }

    /// A date, with a label or without.
    fn is_stamp(&self) -> bool {
        let lower = self.text.to_lowercase();
        self.text.len() < 100
            && !self.text.ends_with('.')
            && (dates::parse(&self.text).is_some()
                || [
                    "published", "updated", "last updated", "last modified", "posted",
                    "first published",
                ]
                .iter()
                .any(|label| lower.starts_with(label)))
    }

    fn is_byline_of(&self, byline: Option<&str>) -> bool {
        let Some(byline) = byline else { return false };
        let first = byline.split([',', '&']).next().unwrap_or(byline);
        let first = first.split(" and ").next().unwrap_or(first).trim();
        // Names, a post, perhaps a date: no sentence.
        self.kind != BlockKind::Caption
            && self.text.len() < byline.len() + 90
            && !self.text.ends_with(['.', '”'])
            && !first.is_empty()
            && (self.text.contains(first)
                || self.text.to_lowercase().starts_with("by ")
                    && self.text.to_lowercase().contains(&first.to_lowercase()))
    }
}

impl<'t> Page<'t> {
    pub(super) fn new(tree: &'t Tree) -> Page<'t> {
        let left_out = furniture::mark(tree);
        let blocks = cut_blocks(tree, &left_out);
        Page { tree, left_out, blocks }
    }

    /// The headline in the page: the heading that says what the head says, else the only one of its level.
    pub(super) fn find_title(&self, head: &Metadata) -> Option<&Block> {
        let headings = self.blocks.iter().filter(|block| {
            self.level_of(block) == Some(1) && block.text.len() > 2 && block.text.len() < 400
        });
        let headings: Vec<&Block> = headings.collect();
        let likeness = |block: &Block| {
            let known = head
                .titles
                .iter()
                .map(|title| shared_words(&block.text, &without_site(title, head.site.as_deref())));
            known.max().unwrap_or_default()
        };
        let best =
            headings.iter().max_by_key(|block| (likeness(block), std::cmp::Reverse(block.at)));
        if let Some(best) = best.filter(|block| likeness(block) >= 50) {
            return Some(best);
        }
        if let [only] = headings[..]
            && head.titles.is_empty()
        {
            return Some(only);
        }
        // Some papers set their headlines as second-level headings.
        let second = self.blocks.iter().filter(|block| self.level_of(block) == Some(2));
        second.filter(|block| likeness(block) >= 70).min_by_key(|block| block.at).or_else(|| {
            headings.first().copied().filter(|block| {
                head.site.as_deref() != Some(block.text.as_str()) && head.titles.is_empty()
            })
        })
    }

    /// 1 for `h1`; of a block in one.
    fn level_of(&self, block: &Block) -> Option<u32> {
        let tag = self.tree.at(block.element).tag.as_bytes();
        match tag {
            [b'h', level @ b'1'..=b'6'] => Some(u32::from(level - b'0')),
            _ => None,
        }
    }

    /// Writers' names in the page: marked as such, else in an element of that name.
    pub(super) fn find_byline(&self) -> Option<String> {
        let shown = || {
            self.tree
                .nodes
                .iter()
                .enumerate()
                .filter(|(at, node)| !node.is_text() && !self.is_left_out(*at))
        };
        let names_of = |at: usize| clean_byline(&self.tree.text_of(at)).filter(|n| n.len() < 100);
        let marked = shown().filter(|(_, node)| {
            let is_author = |name: &str| {
                node.attribute(name).is_some_and(|v| v.split_whitespace().any(|w| w == "author"))
            };
            is_author("itemprop") || is_author("rel")
        });
        let mut marked: Vec<String> = marked.take(8).filter_map(|(at, _)| names_of(at)).collect();
        marked.dedup();
        if !marked.is_empty() {
            // An author's element often holds another one for the name.
            let inner: Vec<String> = marked
                .iter()
                .filter(|name| {
                    !marked.iter().any(|other| other != *name && name.contains(other.as_str()))
                })
                .cloned()
                .collect();
            let mut unique: Vec<String> = Vec::new();
            for name in inner {
                if !unique.contains(&name) {
                    unique.push(name);
                }
            }
            return Some(unique.join(" and "));
        }
        let is_named = |node: &Node| {
            let words = node.words();
            let has = |word: &str| words.iter().any(|w| w == word);
            has("byline")
                || has("bylines")
                || has("submitted")
                || (has("author") || has("authors") || has("contributor"))
                    && !has("image")
                    && !has("avatar")
                    && !has("photo")
        };
        let named = shown().filter(|(_, node)| is_named(node)).filter_map(|(at, node)| {
            let text = one_line(&self.tree.text_of(at));
            (text.len() < 160 && node.tag != "body").then_some(text)
        });
        let mut named = named.filter_map(|text| clean_byline(&text));
        named.next().or_else(|| {
            let first_lines = self.blocks.iter().filter_map(|block| block.text.lines().next());
            let mut written = first_lines.filter(|line| {
                line.len() < 90
                    && line.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "))
                    && line.get(3..).is_some_and(|name| name.starts_with(char::is_uppercase))
                    && !line.ends_with(['.', '?', '!', ':', ',', '”'])
            });
            clean_byline(written.next()?)
        })
    }

    /// When the article appeared, by the page's `time` elements and what is marked as a date.
    pub(super) fn find_published(&self) -> Option<String> {
        let mut best: Option<(u8, String)> = None;
        for (at, node) in self.tree.nodes.iter().enumerate() {
            let is_time = node.tag == "time" || node.tag == "abbr";
            let marked = node.attribute("itemprop") == Some("datePublished");
            if node.is_text()
                || !is_time && !marked && !matches!(node.tag.as_str(), "span" | "div" | "p")
            {
                continue;
            }
            let words = node.words();
            let has = |names: &[&str]| words.iter().any(|w| names.contains(&w.as_str()));
            let is_update = has(&["updated", "modified", "update"])
                || node.attribute("itemprop") == Some("dateModified");
            let named = has(&[
                "published", "publish", "pubdate", "posted", "date", "dateline", "timestamp",
                "time", "datetime",
            ]);
            let rank = match (marked, is_time, named) {
                (true, ..) => 5,
                (_, true, _) if node.attribute("pubdate").is_some() => 5,
                (_, true, true) => 4,
                (_, true, _) => 3,
                (_, _, true) => 2,
                _ => continue,
            };
            let rank = if is_update { 1 } else { rank };
            let rank = if self.is_left_out(at) { 0 } else { rank };
            if rank == 0 || best.as_ref().is_some_and(|(r, _)| *r >= rank) {
                continue;
            }
            let written = node.attribute("datetime").or_else(|| node.attribute("content"));
            let text = || Some(one_line(&self.tree.text_of(at))).filter(|t| t.len() < 120);
            let parsed =
                written.and_then(dates::parse).or_else(|| text().and_then(|t| dates::parse(&t)));
            if let Some(date) = parsed {
                best = Some((rank, date));
            }
        }
        best.map(|(_, date)| date).or_else(|| self.stamp_above_story())
    }

    /// A line above the first paragraph that is a date and little else.
    fn stamp_above_story(&self) -> Option<String> {
        const MAX_LINES_BELOW: usize = 6;
        let container = self.container();
        let range = container..self.tree.at(container).end;
        let is_body = |block: &Block| range.contains(&block.at) && block.weight() > 0;
        let first = self.blocks.iter().position(is_body)?;
        let head = self.blocks.get(..(first + MAX_LINES_BELOW).min(self.blocks.len()))?;
        let mut lines = head.iter().rev().flat_map(|block| block.text.lines());
        lines.find_map(|line| {
            let is_short = line.len() < 80 && !line.ends_with('.');
            dates::parse(line).filter(|_| is_short && line.split(' ').count() <= 12)
        })
    }

    fn is_left_out(&self, at: usize) -> bool {
        self.left_out.get(at).is_some_and(|out| *out)
    }

    /// The smallest element that holds nearly all paragraphs.
    fn container(&self) -> usize {
        let mut blocks = self.blocks.iter().peekable();
        let sums = Sums::new((0..self.tree.nodes.len()).map(|at| {
            let mut weight = 0;
            while let Some(block) = blocks.next_if(|block| block.at <= at) {
                weight += block.weight();
            }
            weight
        }));
        let weight = |at: usize| sums.of(at..self.tree.at(at).end);
        let mut at = 0;
        let all = weight(0);
        if all == 0 {
            return 0;
        }
        while let Some(inner) = self
            .tree
            .children(at)
            .filter(|child| !self.tree.at(*child).is_text())
            .find(|child| weight(*child) * 100 >= weight(at) * CONTAINER_SHARE)
        {
            // One paragraph that is nearly all of a short article is not its element.
            let tag = self.tree.at(inner).tag.as_str();
            if matches!(tag, "p" | "li" | "blockquote" | "h1" | "h2" | "pre" | "span" | "a" | "td" if weight(inner) < 4000)
                && tag != "td"
            {
                break;
            }
            at = inner;
        }
        at
    }

    /// The element around the container that is marked as an article.
    fn article_around(&self, container: usize) -> usize {
        let mut at = container;
        loop {
            let node = self.tree.at(at);
            let is_article = matches!(node.tag.as_str(), "article" | "main")
                || node.attribute("role") == Some("main")
                || node.attribute("role") == Some("article");
            if is_article {
                return at;
            }
            if node.parent == at {
                return 0;
            }
            at = node.parent;
        }
    }

    /// The article's paragraphs. `heading`: where the headline stands.
    pub(super) fn find_story(
        &self,
        heading: Option<usize>,
        title: Option<&str>,
        byline: Option<&str>,
    ) -> Story {
        let container = self.container();
        let inside = container..self.tree.at(container).end;
        let around = self.article_around(container);
        let around = around..self.tree.at(around).end;
        let in_container = |block: &&Block| inside.contains(&block.at) || container == 0;
        let body: Vec<&Block> = self.blocks.iter().filter(in_container).collect();
        let first = body.iter().position(|block| block.weight() > 0).unwrap_or_default();
        let last = body
            .iter()
            .rposition(|block| block.weight() > 0)
            .unwrap_or(body.len().saturating_sub(1));
        let mut story = Story::default();
        // Above the paragraphs: the standfirst and the caption of the picture.
        for block in
            self.blocks.iter().filter(|block| around.contains(&block.at) && block.at < inside.start)
        {
            let is_below_title = heading.is_none_or(|heading| block.at > heading);
            let is_standfirst = is_below_title
                && self.is_standfirst(block)
                && !block.is_stamp()
                && !block.is_byline_of(byline);
            if is_standfirst || block.kind == BlockKind::Caption {
                story.put(block, title);
            }
        }
        let is_heading_here = heading.is_some_and(|heading| inside.contains(&heading));
        for (i, block) in body.iter().enumerate() {
            let is_short = block.text.len() < MIN_PARAGRAPH_BYTES && !block.ends_sentence();
            let is_plain =
                matches!(block.kind, BlockKind::Paragraph | BlockKind::Loose | BlockKind::Item);
            let is_edge = i < first || i > last;
            // Where writer and date stand: above the story, below the standfirst, or at its very end.
            let is_head = i <= first + 5;
            let is_site = heading == Some(block.at)
                || furniture::is_label(&block.text, block.link_share())
                || block.is_byline_of(byline) && (is_head || i > last)
                || block.is_stamp() && (is_edge || is_head)
                || block.link_share() > 80 && is_short
                // Lists of links to other stories.
                || block.link_share() > 60 && block.kind != BlockKind::Paragraph && (is_edge || is_short || block.kind == BlockKind::Item)
                || i < first && is_heading_here && heading.is_some_and(|heading| block.at < heading)
                || is_edge && is_short && is_plain && !is_signoff(&block.text) && !self.is_standfirst(block)
                || i > last && block.kind == BlockKind::Heading;
            if !is_site {
                story.put(block, title);
            }
        }
        story
    }

    /// All blocks, but for a first one that is the title.
    pub(super) fn whole_story(&self, title: Option<&str>) -> Story {
        let mut story = Story::default();
        self.blocks.iter().for_each(|block| story.put(block, title));
        story
    }

    /// What stands below a headline and sums the story up.
    fn is_standfirst(&self, block: &Block) -> bool {
        const NAMES: [&str; 20] = [
            "standfirst", "dek", "deck", "subtitle", "subheadline", "subhead", "summary", "lede",
            "lead", "intro", "introduction", "description", "excerpt", "strapline", "kicker",
            "abstract", "teaser", "subheading", "preamble", "synopsis",
        ];
        let node = self.tree.at(block.element);
        let around = self.tree.at(node.parent);
        let is_named = [node, around].iter().any(|node| {
            node.words().iter().any(|word| NAMES.contains(&word.as_str()))
                || matches!(node.attribute("itemprop"), Some("description" | "alternativeHeadline"))
        });
        let is_prose = block.text.len() >= 40 && block.link_share() < 30;
        let is_paragraph = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading);
        block.text.len() > 15 && is_named
            || is_prose
                && is_paragraph
                && (block.ends_sentence() || block.text.split(' ').count() >= 9)
    }
}

/// "Reporting by …", "Additional reporting by …", "Source: …".
fn is_signoff(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "reporting by",
        "additional reporting",
        "editing by",
        "source:",
        "with reporting",
        "with additional",
    ]
    .iter()
    .any(|start| lower.trim_start_matches(['(', '[']).starts_with(start))
}

impl Story {
    fn put(&mut self, block: &Block, title: Option<&str>) {
        let is_first = self.blocks.is_empty();
        // The headline again; a picture's caption twice, for small screens and for large ones.
        let again = is_first && title.is_some_and(|t| one_line(&block.text) == one_line(t));
        if again || self.blocks.last() == Some(&block.text) {
            return;
        }
        if block.kind == BlockKind::Caption {
            if self.captions.contains(&block.text) {
                return;
            }
            self.captions.push(block.text.clone());
        }
        self.blocks.push(block.text.clone());
    }
}

/// The percentage of the words of the shorter text that are in the other.
fn shared_words(a: &str, b: &str) -> usize {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let shared = short.iter().filter(|word| long.contains(word)).count();
    // One word of a site's name in a headline says nothing.
    if short.len() * 4 < long.len() {
        return 0;
    }
    shared * 100 / short.len().max(1)
}

fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "blockquote"
            | "figure"
            | "figcaption"
            | "table"
            | "caption"
            | "tr"
            | "hr"
            | "address"
            | "center"
            | "body"
            | "details"
            | "summary"
            | "fieldset"
            | "pre"
            | "aside"
            | "nav"
            | "footer"
            | "form"
            | "html"
            | "#document"
            | "tbody"
            | "thead"
            | "legend"
            | "hgroup"
            | "search"
    )
}

/// A block that is being read.
#[derive(Default)]
struct Open {
    text: String,
    at: Option<usize>,
    links: usize,
    has_space: bool,
    breaks: usize,
}

/// A caption by its class, whatever the element is.
fn is_caption_by_class(node: &Node) -> bool {
    node.attribute("class").is_some_and(|class| class.to_ascii_lowercase().contains("caption"))
        && !matches!(node.tag.as_str(), "body" | "html" | "main" | "article")
        && node.words().iter().any(|word| {
            matches!(word.as_str(), "caption" | "figcaption" | "photocaption" | "imagecaption")
        })
}

/// For each node: does its text stand apart? A cell does where a page is laid out by tables.
fn apart(tree: &Tree) -> Vec<bool> {
    /// Cells of tables of figures are shorter, in bytes.
    const MAX_CELL_BYTES: usize = 200;
    let text = Sums::new(tree.nodes.iter().map(|node| node.text.trim().len()));
    let is_cut = |node: &Node| is_block(&node.tag) && node.tag != "p" || node.tag == "br";
    let blocks = Sums::new(tree.nodes.iter().map(|node| usize::from(is_cut(node))));
    let is_apart = |(at, node): (usize, &Node)| match node.tag.as_str() {
        "td" | "th" => text.of(at..node.end) > MAX_CELL_BYTES || blocks.of(at..node.end) > 0,
        tag => is_block(tag) || !node.is_text() && is_caption_by_class(node),
    };
    tree.nodes.iter().enumerate().map(is_apart).collect()
}

fn cut_blocks(tree: &Tree, left_out: &[bool]) -> Vec<Block> {
    let apart = apart(tree);
    let is_apart = |at: usize| apart.get(at).is_some_and(|apart| *apart);
    let mut blocks = Vec::new();
    let mut open = Open::default();
    // Elements around the place, each with its end.
    let mut around: Vec<usize> = Vec::new();
    let (mut links_until, mut pre_until) = (0, 0);
    let mut at = 0;
    while at < tree.nodes.len() {
        while let Some(&element) = around.last().filter(|e| tree.at(**e).end <= at) {
            if is_apart(element) {
                end_block(tree, &mut open, &around, &mut blocks);
            }
            around.pop();
        }
        let node = tree.at(at);
        if left_out.get(at).is_some_and(|out| *out) {
            open.has_space = true;
            at = node.end.max(at + 1);
            continue;
        }
        if node.is_text() {
            push_text(&mut open, &node.text, at, at < links_until, at < pre_until);
        } else {
            match node.tag.as_str() {
                "br" => open.breaks += 1,
                "td" | "th" if !is_apart(at) => {
                    if !open.text.is_empty() {
                        open.text = format!("{}\t", open.text.trim_end());
                        open.has_space = false;
                    }
                }
                "a" => links_until = links_until.max(node.end),
                tag => {
                    if is_apart(at) {
                        end_block(tree, &mut open, &around, &mut blocks);
                    }
                    if matches!(tag, "pre" | "listing" | "xmp" | "plaintext") {
                        pre_until = pre_until.max(node.end);
                    }
                }
            }
            around.push(at);
        }
        at += 1;
    }
    end_block(tree, &mut open, &around, &mut blocks);
    blocks
}

fn push_text(open: &mut Open, text: &str, at: usize, is_link: bool, is_pre: bool) {
    for c in text.chars() {
        if is_pre && c == '\n' {
            open.breaks += 1;
        } else if c.is_ascii_whitespace() {
            open.has_space = true;
        } else if !matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}') {
            let breaks = std::mem::take(&mut open.breaks);
            let space = std::mem::take(&mut open.has_space);
            if !open.text.is_empty() {
                match breaks {
                    0 if space && !open.text.ends_with('\t') => open.text.push(' '),
                    0 => {}
                    1 => open.text.push('\n'),
                    _ => open.text.push_str("\n\n"),
                }
            }
            open.at.get_or_insert(at);
            open.text.push(c);
            if is_link {
                open.links += c.len_utf8();
            }
        }
    }
}

fn end_block(tree: &Tree, open: &mut Open, around: &[usize], blocks: &mut Vec<Block>) {
    let done = std::mem::take(open);
    let Some(at) = done.at else { return };
    let element = around.iter().rev().copied().find(|e| is_block(&tree.at(*e).tag));
    let element = element.unwrap_or_default();
    let is_caption = |e: &usize| {
        let node = tree.at(*e);
        node.tag == "figcaption" || node.tag == "figure" || is_caption_by_class(node)
    };
    let kind = if around.iter().rev().take(6).any(is_caption) {
        BlockKind::Caption
    } else {
        match tree.at(element).tag.as_str() {
            "p" | "blockquote" => BlockKind::Paragraph,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
            "li" | "dt" | "dd" => BlockKind::Item,
            "tr" if done.text.contains('\t') => BlockKind::Row,
            "pre" => BlockKind::Preformatted,
            _ => BlockKind::Loose,
        }
    };
    // Two line ends part paragraphs, as a block's end does.
    let parts: Vec<&str> =
        done.text.split("\n\n").map(str::trim).filter(|t| !t.is_empty()).collect();
    let several = parts.len() > 1;
    for part in parts {
        let links =
            if several { done.links * part.len() / done.text.len().max(1) } else { done.links };
        // The rows of a table are lines of one block.
        if kind == BlockKind::Row
            && let Some(before) = blocks.last_mut().filter(|b| b.kind == BlockKind::Row)
        {
            before.text.push('\n');
            before.text.push_str(part);
            before.links += links;
            continue;
        }
        blocks.push(Block { text: part.to_owned(), at, element, links, kind });
    }
}
