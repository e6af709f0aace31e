//! Title and publication date from a page's HTML source, when somebody pastes the source.

use crate::calendar::{Stamp, find_written_date};
use crate::text::{SourceText, Span};
use crate::vocabulary::page::PUBLICATION_META_NAMES;

#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) title: Option<Span>,
    pub(super) published: Option<(Stamp, Span)>,
}

/// How much of a tag is read, in bytes.
const MAX_TAG_BYTES: usize = 2000;

/// How many tags are read.
const MAX_TAGS: usize = 1000;

pub(super) fn read_html(source: &SourceText) -> Page {
    let text = source.as_str();
    let mut page = Page::default();
    if !text.contains('<') {
        return page;
    }
    let mut time = None;
    let mut looked = 0;
    for (at, _) in text.match_indices('<') {
        let rest = &text[at + 1..];
        let named =
            |name: &str| rest.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
        if looked >= MAX_TAGS {
            break;
        }
        looked += usize::from(named("meta ") || named("time ") || named("title>"));
        if page.published.is_none() && named("meta ") {
            page.published =
                meta_date(tag_contents(rest)).and_then(|value| parse_stamp(source, value));
        } else if time.is_none() && named("time ") {
            time = attribute_value(tag_contents(rest), "datetime")
                .and_then(|value| parse_stamp(source, value));
        } else if page.title.is_none() && named("title>") {
            let inside = &rest["title>".len()..];
            let end = inside.find('<').filter(|&end| end < MAX_TAG_BYTES);
            page.title = end.and_then(|end| {
                let span = source.trim(span_of(source, &inside[..end]));
                (!span.is_empty()).then_some(span)
            });
        }
    }
    if page.published.is_none() {
        let linked = || {
            let (at, key) = text.match_indices("\"datePublished\"").next()?;
            let value = text[at + key.len()..].trim_start().strip_prefix(':')?;
            let value = value.trim_start().strip_prefix('"')?;
            parse_stamp(source, &value[..value.find('"')?])
        };
        page.published = linked().or(time);
    }
    page
}

/// The inside of a tag, up to its `>`.
fn tag_contents(rest: &str) -> &str {
    let end = rest
        .char_indices()
        .find(|&(i, c)| c == '>' || i > MAX_TAG_BYTES)
        .map_or(rest.len(), |(i, _)| i);
    &rest[..end]
}

fn meta_date(tag: &str) -> Option<&str> {
    let name = ["property", "name", "itemprop"].iter().find_map(|key| attribute_value(tag, key))?;
    PUBLICATION_META_NAMES
        .contains_any_case(name)
        .then(|| attribute_value(tag, "content"))
        .flatten()
}

/// The value of `key="…"` or `key='…'`.
fn attribute_value<'a>(tag: &'a str, key: &str) -> Option<&'a str> {
    tag.match_indices(key).find_map(|(at, _)| {
        let before = tag[..at].chars().next_back()?;
        let value = tag[at + key.len()..].trim_start().strip_prefix('=')?;
        let value = value.trim_start();
        let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = &value[1..];
        before.is_whitespace().then(|| value.find(mark).map(|end| &value[..end])).flatten()
    })
}

fn parse_stamp(source: &SourceText, value: &str) -> Option<(Stamp, Span)> {
    let value = value.trim();
    let short = value.get(..value.len().min(64))?;
    let stamp = Stamp::parse(short).or_else(|| find_written_date(short).map(|(s, _)| s))?;
    Some((stamp, span_of(source, value)))
}

/// Where a slice of the source stands in it.
fn span_of(source: &SourceText, part: &str) -> Span {
    let at = part.as_ptr() as usize - source.as_str().as_ptr() as usize;
    Span::new(at, at + part.len())
}
