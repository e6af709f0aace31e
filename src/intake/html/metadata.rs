//! What a page's head says of its article: JSON-LD, then meta tags.

use serde_json::{Map, Value};

use super::tree::{Tree, without_references};
use crate::dates;
use galley_engine::text::one_line;

/// What is known of the article.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// Its headline, the most trusted spelling first.
    pub(super) titles: Vec<String>,
    /// Its writers' names.
    pub(super) byline: Option<String>,
    pub(super) published: Option<String>,
    /// The paper's name.
    pub(super) site: Option<String>,
    /// Its text.
    pub(super) body: Option<String>,
    /// Its address.
    pub(super) address: Option<String>,
}

impl Metadata {
    /// The headline without the paper's name behind it.
    pub(super) fn title_without_site(&self) -> Option<String> {
        let title = self.titles.first()?;
        Some(without_site(title, self.site.as_deref()))
    }
}

/// "Rain in Lagos | The Post": the headline is the longer part.
pub(super) fn without_site(title: &str, site: Option<&str>) -> String {
    const SIGNS: [&str; 9] = [" | ", " – ", " — ", " - ", " :: ", " » ", " · ", " • ", " / "];
    let mut title = title.trim();
    if let Some(site) = site.filter(|site| !site.is_empty()) {
        for sign in SIGNS {
            if let Some(rest) = title.strip_suffix(site).and_then(|t| t.strip_suffix(sign)) {
                return rest.trim().to_owned();
            }
            if let Some(rest) = title.strip_prefix(site).and_then(|t| t.strip_prefix(sign)) {
                return rest.trim().to_owned();
            }
        }
    }
    let words = |text: &str| text.split_whitespace().count();
    for sign in SIGNS {
        while let Some((before, after)) = title.rsplit_once(sign)
            && words(before) >= 3
            && words(after) <= 5
        {
            title = before.trim();
        }
    }
    title.to_owned()
}

/// Names of meta tags, in the order in which they are trusted; in lowercase.
const DATES: [&str; 24] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "published_time",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "publication_date",
    "publish-date",
    "publish_date",
    "pubdate",
    "originalpublicationdate",
    "article_date_original",
    "bt:pubdate",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "date",
];
const TITLES: [&str; 8] = [
    "og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title",
    "hdl", "headline",
];
const BYLINES: [&str; 9] = [
    "author", "parsely-author", "sailthru.author", "article:author", "dc.creator",
    "dcterms.creator", "byl", "byline", "twitter:data1",
];

/// Reads a page's head.
pub(super) fn read(tree: &Tree) -> Metadata {
    let mut found = Metadata::default();
    let mut metas: Vec<(String, String)> = Vec::new();
    for (_, node) in tree.elements("meta") {
        let names = ["property", "name", "itemprop"];
        let name = names.iter().find_map(|name| node.attribute(name));
        if let (Some(name), Some(content)) = (name, node.attribute("content"))
            && !content.trim().is_empty()
        {
            metas.push((name.trim().to_ascii_lowercase(), one_line(content)));
        }
    }
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| {
            metas.iter().find(|(n, _)| n == name).map(|(_, content)| content.clone())
        })
    };
    found.site = meta(&["og:site_name", "application-name", "al:ios:app_name"]);
    found.address = meta(&["og:url", "parsely-link"]).or_else(|| {
        let canonical =
            tree.elements("link").find(|(_, n)| n.attribute("rel") == Some("canonical"));
        canonical.and_then(|(_, node)| node.attribute("href").map(str::to_owned))
    });
    let mut organisation = None;
    for (at, node) in tree.elements("script") {
        if node.attribute("type").is_some_and(|t| t.contains("ld+json"))
            && let Some(root) = parse_json(&tree.text_of(at))
        {
            let mut objects = Vec::new();
            collect_articles(&root, &mut objects, 0);
            for article in objects {
                take_article(&mut found, &mut organisation, article);
            }
        }
    }
    found.titles.extend(TITLES.iter().filter_map(|name| meta(&[name])));
    let title = tree.elements("title").next().map(|(at, _)| one_line(&tree.text_of(at)));
    found.titles.extend(title.filter(|title| !title.is_empty()));
    found.titles =
        found.titles.iter().map(|t| without_references(t)).filter(|t| !t.is_empty()).collect();
    if found.published.is_none() {
        let written = DATES.iter().filter_map(|name| meta(&[name]));
        found.published = written.filter_map(|date| dates::parse(&date)).next();
    }
    if found.byline.is_none() {
        let written = BYLINES.iter().filter_map(|name| meta(&[name]));
        let mut names = written.filter_map(|name| clean_byline(&without_references(&name)));
        found.byline = names.find(|name| found.site.as_deref() != Some(name));
    }
    if found.byline.is_none() {
        // A paper that signs for its writers.
        found.byline = organisation.filter(|name| found.site.as_deref() != Some(name));
    }
    found
}

/// JSON as pages have it: in comments, with line ends inside of strings.
fn parse_json(text: &str) -> Option<Value> {
    let text = text.trim();
    let text = text.strip_prefix("<!--").unwrap_or(text);
    let text = text.strip_suffix("-->").unwrap_or(text);
    let text = text.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>");
    let text = text.trim().trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        let flat: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&flat).ok()
    })
}

/// Objects that are articles, wherever they lie.
fn collect_articles<'v>(value: &'v Value, out: &mut Vec<&'v Map<String, Value>>, depth: usize) {
    if depth > 8 || out.len() > 50 {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_articles(item, out, depth + 1)),
        Value::Object(fields) => {
            if is_article(fields) {
                out.push(fields);
            } else {
                for name in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"]
                {
                    if let Some(inner) = fields.get(name) {
                        collect_articles(inner, out, depth + 1);
                    }
                }
            }
        }
        _ => {}
    }
}

fn is_article(fields: &Map<String, Value>) -> bool {
    let is_known = |name: &str| {
        name.ends_with("Article")
            || name.ends_with("BlogPosting")
            || matches!(name, "Report" | "CreativeWork" | "Review")
    };
    let kind = match fields.get("@type") {
        Some(Value::String(name)) => is_known(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is_known),
        _ => false,
    };
    kind && (fields.contains_key("headline")
        || fields.contains_key("datePublished")
        || fields.contains_key("articleBody"))
}

fn take_article(
    found: &mut Metadata,
    organisation: &mut Option<String>,
    fields: &Map<String, Value>,
) {
    let string =
        |name: &str| fields.get(name).and_then(Value::as_str).filter(|t| !t.trim().is_empty());
    // A list of other stories may follow: the first one is the page's.
    if !found.titles.is_empty() && found.published.is_some() {
        return;
    }
    if let Some(title) = string("headline").or_else(|| string("name")) {
        found.titles.push(title.to_owned());
    }
    let date = string("datePublished").or_else(|| string("dateCreated")).and_then(dates::parse);
    found.published = found.published.take().or(date);
    if found.byline.is_none() {
        let mut names = Vec::new();
        for field in ["author", "creator"] {
            if names.is_empty()
                && let Some(author) = fields.get(field)
            {
                collect_names(author, &mut names, organisation);
            }
        }
        if !names.is_empty() {
            found.byline = Some(join_names(&names));
        }
    }
    if let Some(text) = string("articleBody") {
        let paragraphs: Vec<String> = match text.contains('<') {
            true => vec![without_references(text)],
            false => text.split('\n').map(without_references).filter(|p| !p.is_empty()).collect(),
        };
        found.body.get_or_insert(paragraphs.join("\n"));
    }
    if let Some(publisher) = fields.get("publisher").and_then(|p| p["name"].as_str()) {
        found.site.get_or_insert(publisher.to_owned());
    }
}

fn collect_names(author: &Value, names: &mut Vec<String>, organisation: &mut Option<String>) {
    match author {
        Value::String(name) => names.extend(clean_byline(&without_references(name))),
        Value::Array(authors) => {
            authors.iter().take(20).for_each(|author| collect_names(author, names, organisation));
        }
        Value::Object(fields) => {
            let name = match fields.get("name") {
                Some(Value::String(name)) => clean_byline(&without_references(name)),
                Some(Value::Array(all)) => {
                    all.iter()
                        .filter_map(Value::as_str)
                        .for_each(|n| names.extend(clean_byline(&without_references(n))));
                    None
                }
                _ => None,
            };
            let kind = fields.get("@type").and_then(Value::as_str).unwrap_or_default();
            match kind.ends_with("Organization") {
                true => *organisation = organisation.take().or(name),
                false => names.extend(name),
            }
        }
        _ => {}
    }
}

/// "Ann Ray", "Ann Ray and Bo Li", "Ann Ray, Bo Li and Cy Oh".
fn join_names(names: &[String]) -> String {
    let mut unique: Vec<&str> = Vec::new();
    for name in names {
        if !unique.contains(&name.as_str()) {
            unique.push(name);
        }
    }
    match unique.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => (*last).to_owned(),
        None => String::new(),
    }
}

/// Words of posts, in lowercase: what follows a name and a comma is not one.
const POSTS: [&str; 20] = [
    "editor", "reporter", "correspondent", "writer", "journalist", "columnist", "producer",
    "staff", "critic", "contributor", "political", "health", "business", "science", "chief",
    "senior", "news", "deputy", "analyst", "bureau",
];

/// The names in a byline: no "By", no post, no date; `None` for addresses, handles and what is no name.
pub(super) fn clean_byline(written: &str) -> Option<String> {
    let mut names = one_line(written);
    if names.contains("://") || names.contains('@') || names.starts_with("www.") {
        return None;
    }
    for lead in [
        "Words by", "Written by", "Reported by", "Story by", "Posted by", "Submitted by",
        "Published by", "Reporting by", "Author:", "By:", "By",
    ] {
        let head = names.get(..lead.len()).is_some_and(|head| head.eq_ignore_ascii_case(lead));
        let rest = names.get(lead.len()..).unwrap_or_default();
        if head && (rest.starts_with([' ', '\u{a0}']) || lead.ends_with(':')) {
            names = rest.trim().to_owned();
            break;
        }
    }
    for sign in [" | ", " • ", " · ", " — ", " – ", " - ", "\t"] {
        if let Some((first, _)) = names.split_once(sign) {
            names = first.trim().to_owned();
        }
    }
    // A date or a post after the names.
    let mut kept: Vec<&str> = Vec::new();
    for part in names.split(", ") {
        let lower = part.to_lowercase();
        let mut words = lower.split_whitespace();
        let is_post = words.any(|word| POSTS.contains(&word));
        let is_date = part.contains(|c: char| c.is_ascii_digit());
        let is_place = lower.starts_with("in ") || lower.starts_with("at ");
        if !kept.is_empty() && (is_post || is_date || is_place) {
            break;
        }
        kept.push(part);
    }
    let mut names = kept.join(", ");
    // "Ann Ray in Lagos", "Ann Ray for The Post", "Ann Ray Published 14 March 2024"
    for sign in [" in ", " for ", " at ", " Published", " Updated", " Posted", " published", " on "]
    {
        if let Some(at) = names.find(sign) {
            names.truncate(at);
        }
    }
    let names = names.trim_matches([' ', ',', '.', ':', ';', '-']).to_owned();
    let is_name = names.chars().filter(|c| c.is_alphabetic()).count() > 2
        && names.split_whitespace().count() <= 16
        && names.len() < 160
        && !names.contains(|c: char| c.is_ascii_digit());
    is_name.then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        for (written, names) in [
            ("By Ann Ray", "Ann Ray"),
            ("By Ann Ray and Bo Li", "Ann Ray and Bo Li"),
            ("Ann Ray, Political editor", "Ann Ray"),
            ("By Ann Ray, Bo Li, staff writers", "Ann Ray, Bo Li"),
            ("Words by Ann Ray in Lagos", "Ann Ray"),
            ("By Ann Ray | 14 March 2024", "Ann Ray"),
            ("Byron Ann", "Byron Ann"),
        ] {
            assert_eq!(clean_byline(written).as_deref(), Some(names), "{written}");
        }
        assert_eq!(clean_byline("https://www.facebook.com/ann"), None);
        assert_eq!(without_site("Rain in Lagos, again | The Post", None), "Rain in Lagos, again");
        assert_eq!(without_site("The Post - Rain", Some("The Post")), "Rain");
        assert_eq!(without_site("Rain - again", None), "Rain - again");
    }
}
