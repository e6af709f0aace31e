//! What a page's raw source says of itself, when somebody pastes the source.

use crate::calendar::{Stamp, find_written_date};
use crate::text::{SourceText, Span};
use crate::vocabulary::page::PUBLICATION_META_NAMES;

#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) title: Option<Span>,
    pub(super) published: Option<(Stamp, Span)>,
}

/// A tag's source is looked at this far, in bytes.
const LONGEST_TAG: usize = 2000;

/// So many tags are looked into.
const MOST_TAGS: usize = 1000;

pub(super) fn find(source: &SourceText) -> Page {
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
        if looked >= MOST_TAGS {
            break;
        }
        looked += usize::from(named("meta ") || named("time ") || named("title>"));
        if page.published.is_none() && named("meta ") {
            page.published = meta(tag(rest)).and_then(|value| stamp(source, value));
        } else if time.is_none() && named("time ") {
            time = attribute(tag(rest), "datetime").and_then(|value| stamp(source, value));
        } else if page.title.is_none() && named("title>") {
            let inside = &rest["title>".len()..];
            let end = inside.find('<').filter(|&end| end < LONGEST_TAG);
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
            stamp(source, &value[..value.find('"')?])
        };
        page.published = linked().or(time);
    }
    page
}

/// The inside of a tag, up to its `>`.
fn tag(rest: &str) -> &str {
    let end = rest
        .char_indices()
        .find(|&(i, c)| c == '>' || i > LONGEST_TAG)
        .map_or(rest.len(), |(i, _)| i);
    &rest[..end]
}

fn meta(tag: &str) -> Option<&str> {
    let name = ["property", "name", "itemprop"].iter().find_map(|key| attribute(tag, key))?;
    PUBLICATION_META_NAMES.contains_any_case(name).then(|| attribute(tag, "content")).flatten()
}

/// The value of `key="…"` or `key='…'`.
fn attribute<'a>(tag: &'a str, key: &str) -> Option<&'a str> {
    tag.match_indices(key).find_map(|(at, _)| {
        let before = tag[..at].chars().next_back()?;
        let value = tag[at + key.len()..].trim_start().strip_prefix('=')?;
        let value = value.trim_start();
        let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = &value[1..];
        before.is_whitespace().then(|| value.find(mark).map(|end| &value[..end])).flatten()
    })
}

fn stamp(source: &SourceText, value: &str) -> Option<(Stamp, Span)> {
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
