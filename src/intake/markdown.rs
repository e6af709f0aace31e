//! Markdown as text: no marks, no addresses; front matter gives title, byline and date.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::article::Article;
use crate::dates;
use galley_engine::text::one_line;

/// Reads a document.
pub(crate) fn read(text: &str) -> Article {
    let text = text.trim_start_matches('\u{feff}');
    let (front, body) = split_front_matter(text);
    let field = |names: &[&str]| {
        front.iter().find(|(key, _)| names.contains(&key.as_str())).map(|(_, value)| value.clone())
    };
    let mut blocks = Blocks::default();
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(body, options) {
        blocks.take(event);
    }
    blocks.end();
    let front_title = field(&["title", "headline"]).filter(|t| !t.is_empty());
    let title = front_title.or_else(|| blocks.title.clone());
    if let Some(title) = &title
        && blocks.blocks.first().is_some_and(|first| one_line(first) == one_line(title))
    {
        blocks.blocks.remove(0);
    }
    let byline = field(&["author", "authors", "byline", "by"]);
    let published = field(&["date", "published", "publishdate", "pubdate", "published_at"]);
    let published = published.as_deref().and_then(dates::parse);
    Article { published, ..Article::from_blocks(title, byline, &blocks.blocks) }
}

/// The fields of front matter (YAML between `---`, TOML between `+++`), and what stands below it.
fn split_front_matter(text: &str) -> (Vec<(String, String)>, &str) {
    let fence = text.get(..3).unwrap_or_default();
    let none = (Vec::new(), text);
    if !matches!(fence, "---" | "+++")
        || !text.get(3..).is_some_and(|t| t.trim_start_matches([' ', '\r']).starts_with('\n'))
    {
        return none;
    }
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut at = 0;
    for (i, line) in text.split_inclusive('\n').enumerate() {
        at += line.len();
        let line = line.trim_end();
        if i > 0 && (line == fence || fence == "---" && line == "...") {
            return (fields, text.get(at..).unwrap_or_default());
        }
        if i == 0 {
            continue;
        }
        // A list of authors, an item a line.
        if let Some(item) = line.trim_start().strip_prefix("- ")
            && let Some((_, value)) = fields.last_mut()
        {
            let name = item.strip_prefix("name:").unwrap_or(item);
            if !value.is_empty() {
                value.push_str(", ");
            }
            value.push_str(&unquoted(name));
        } else if let Some((key, value)) = line.split_once(if fence == "+++" { '=' } else { ':' })
            && !key.starts_with([' ', '\t', '#'])
        {
            fields.push((key.trim().to_ascii_lowercase(), unquoted(value)));
        }
        if i > 200 {
            break;
        }
    }
    none
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    let value = value.strip_prefix('[').and_then(|v| v.strip_suffix(']')).unwrap_or(value);
    let parts = value.split("\", \"").flat_map(|part| part.split("', '"));
    let parts = parts.map(|part| part.trim().trim_matches(['"', '\'']).trim());
    parts.collect::<Vec<_>>().join(", ")
}

/// Paragraphs, as the events of a document come.
#[derive(Default)]
struct Blocks {
    blocks: Vec<String>,
    block: String,
    /// The first heading of the first level.
    title: Option<String>,
    in_title: bool,
    in_image: usize,
    in_code: bool,
    in_row: bool,
}

impl Blocks {
    fn end(&mut self) {
        let block = std::mem::take(&mut self.block);
        let block = block.trim();
        if !block.is_empty() {
            self.blocks.push(block.to_owned());
        }
    }

    fn put(&mut self, text: &str) {
        if self.in_image == 0 {
            self.block.push_str(text);
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.put(&text),
            Event::SoftBreak => self.put(" "),
            Event::HardBreak => self.put("\n"),
            Event::Start(tag) => match tag {
                Tag::Heading { level, .. } => {
                    self.end();
                    self.in_title = level == HeadingLevel::H1 && self.title.is_none();
                }
                Tag::Image { .. } => self.in_image += 1,
                Tag::CodeBlock(_) => {
                    self.end();
                    self.in_code = true;
                }
                Tag::TableRow | Tag::TableHead => {
                    if !self.block.is_empty() {
                        self.block.push('\n');
                    }
                    self.in_row = false;
                }
                Tag::TableCell => {
                    if std::mem::replace(&mut self.in_row, true) {
                        self.block.push('\t');
                    }
                }
                Tag::Paragraph
                | Tag::BlockQuote(_)
                | Tag::HtmlBlock
                | Tag::List(_)
                | Tag::Item
                | Tag::FootnoteDefinition(_)
                | Tag::Table(_)
                | Tag::DefinitionList
                | Tag::DefinitionListTitle
                | Tag::DefinitionListDefinition
                | Tag::MetadataBlock(_) => self.end(),
                Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. } => {}
            },
            Event::End(tag) => match tag {
                TagEnd::Heading(_) => {
                    if std::mem::take(&mut self.in_title) {
                        self.title = Some(one_line(&self.block)).filter(|t| !t.is_empty());
                    }
                    self.end();
                }
                TagEnd::Image => self.in_image = self.in_image.saturating_sub(1),
                TagEnd::CodeBlock => {
                    self.in_code = false;
                    self.end();
                }
                TagEnd::TableRow | TagEnd::TableHead | TagEnd::TableCell => {}
                TagEnd::Paragraph
                | TagEnd::BlockQuote(_)
                | TagEnd::HtmlBlock
                | TagEnd::List(_)
                | TagEnd::Item
                | TagEnd::FootnoteDefinition
                | TagEnd::Table
                | TagEnd::DefinitionList
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition
                | TagEnd::MetadataBlock(_) => self.end(),
                TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Superscript
                | TagEnd::Subscript
                | TagEnd::Link => {}
            },
            Event::Html(html) | Event::InlineHtml(html) => {
                if html.starts_with("<br") {
                    self.put("\n");
                }
            }
            Event::Rule => self.end(),
            Event::InlineMath(math) | Event::DisplayMath(math) => self.put(&math),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_marks_and_lists() {
        let text = "---\ntitle: \"Rain: a story\"\ndate: 2024-03-14\nauthors:\n  - Ann Ray\n  - Bo Li\ntags: [a]\n---\n\n# Rain: a story\n\nIt *rained* in\n[Lagos](http://a.example) on **Monday**.\n![a boat](x.png)\n\n> “No,” she said.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
        let article = read(text);
        assert_eq!(article.title.as_deref(), Some("Rain: a story"));
        assert_eq!(article.byline.as_deref(), Some("Ann Ray, Bo Li"));
        assert_eq!(article.published.as_deref(), Some("2024-03-14"));
        assert_eq!(
            article.text,
            "Rain: a story\n\nBy Ann Ray, Bo Li\n\nIt rained in Lagos on Monday.\n\n“No,” she said.\n\none\n\ntwo\n\na\tb\n1\t2"
        );
        assert_eq!(read("It rained in Lagos.").text, "It rained in Lagos.");
        assert_eq!(read("---\nno end").title, None);
    }

    proptest::proptest! {
        #[test]
        fn any_text(text: String) {
            let _ = (read(&text), read(&format!("---\n{text}\n---\n# {text}")));
        }
    }
}
