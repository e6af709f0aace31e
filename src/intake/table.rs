//! Tables and lists of articles: CSV, TSV, JSON lines, a JSON list.
//!
//! Owns which column is which. What no column is for is carried along as it is.

use serde_json::Value;

use crate::article::{Article, Reading};
use crate::{IntakeError, MAX_ARTICLES, dates, html};

/// Names of columns, without signs and in lowercase; the first that a table has counts.
const TEXT: [&str; 16] = [
    "text", "body", "articlebody", "bodytext", "articletext", "fulltext", "content", "contenttext",
    "maintext", "plaintext", "rawtext", "article", "story", "storytext", "document", "transcript",
];
const HTML: [&str; 5] = ["html", "contenthtml", "bodyhtml", "articlehtml", "rawhtml"];
const ID: [&str; 10] =
    ["id", "articleid", "documentid", "docid", "storyid", "uid", "uuid", "guid", "slug", "url"];
const TITLE: [&str; 7] =
    ["title", "headline", "heading", "articletitle", "webtitle", "hed", "name"];
const PUBLISHED: [&str; 17] = [
    "published",
    "publishedat",
    "publicationdate",
    "publishdate",
    "publisheddate",
    "datepublished",
    "dateofpublication",
    "pubdate",
    "webpublicationdate",
    "firstpublicationdate",
    "date",
    "datetime",
    "day",
    "timestamp",
    "createdat",
    "created",
    "time",
];
const BYLINE: [&str; 8] =
    ["byline", "author", "authors", "by", "creator", "writer", "journalist", "reporter"];

/// A column without a known name is the texts' when its cells are this long, in bytes.
const MIN_TEXT_BYTES: usize = 200;

/// The sign between a table's cells: the one that its first line has most of outside of quotation marks.
pub(crate) fn separator(head: &str, is_tab_likely: bool) -> u8 {
    let mut quoted = false;
    let mut counts = [(b'|', 0), (b';', 0), (b',', 0), (b'\t', 0)];
    for byte in head.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                counts.iter_mut().filter(|(sign, _)| *sign == byte).for_each(|(_, n)| *n += 1);
            }
            _ => {}
        }
    }
    // Of two that are as frequent the last one in this order.
    match counts.into_iter().max_by_key(|(_, n)| *n) {
        Some((sign, 1..)) => sign,
        _ if is_tab_likely => b'\t',
        _ => b',',
    }
}

/// Does this JSON hold articles? Of its beginning alone.
pub(crate) fn is_articles(start: &str) -> bool {
    let known = |name: &str| start.contains(&format!("\"{name}\""));
    let is_object = start.strip_prefix('[').unwrap_or(start).trim_start().starts_with('{');
    is_object && (known("text") || known("body") || known("content") || known("articleBody"))
}

fn plain_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Which columns are which.
#[derive(Debug, Default)]
struct Columns {
    text: Option<usize>,
    html: Option<usize>,
    id: Option<usize>,
    title: Option<usize>,
    published: Option<usize>,
    byline: Option<usize>,
}

impl Columns {
    /// `longest`: for each column the mean length of its cells.
    fn of(names: &[String], longest: &[usize]) -> Columns {
        let plain: Vec<String> = names.iter().map(|name| plain_name(name)).collect();
        let find = |known: &[&str]| known.iter().find_map(|k| plain.iter().position(|p| p == k));
        let mut columns = Columns {
            text: find(&TEXT),
            html: find(&HTML),
            id: find(&ID),
            title: find(&TITLE),
            published: find(&PUBLISHED),
            byline: find(&BYLINE),
        };
        if columns.text.is_none() && columns.html.is_none() {
            let longest = longest.iter().enumerate().max_by_key(|(_, length)| **length);
            columns.text = longest.filter(|(_, length)| **length >= MIN_TEXT_BYTES).map(|(i, _)| i);
        }
        columns
    }

    fn has_text(&self) -> bool {
        self.text.is_some() || self.html.is_some()
    }

    /// The article of a row; cells that are absent are empty.
    fn article(&self, names: &[String], cells: &[String]) -> Result<Article, IntakeError> {
        let cell = |column: Option<usize>| {
            let cell = column.and_then(|i| cells.get(i)).map(|cell| cell.trim());
            cell.filter(|cell| !cell.is_empty())
        };
        let (title, byline) = (cell(self.title), cell(self.byline));
        let byline = byline.map(|b| b.strip_prefix("By ").unwrap_or(b).to_owned());
        let mut article = match (cell(self.text), cell(self.html)) {
            (Some(text), _) if html::is_markup(text) => html::read_fragment(text, title, byline)?,
            (Some(text), _) => {
                // The text itself, where it begins with the headline.
                let begins = title.is_some_and(|title| text.starts_with(title));
                match begins || title.is_none() && byline.is_none() {
                    true => Article {
                        text: text.to_owned(),
                        title: title.map(str::to_owned),
                        byline,
                        ..Article::default()
                    },
                    false => {
                        Article::from_blocks(title.map(str::to_owned), byline, &[text.to_owned()])
                    }
                }
            }
            (None, Some(source)) => html::read_fragment(source, title, byline)?,
            (None, None) => return Err(IntakeError::BadRow("has no text".to_owned())),
        };
        article.id = cell(self.id).map(str::to_owned);
        article.published = cell(self.published).and_then(dates::parse);
        let used = [self.text, self.html, self.id, self.title, self.byline];
        let known_date = self.published.filter(|_| article.published.is_some());
        article.other = names
            .iter()
            .zip(cells)
            .enumerate()
            .filter(|(i, _)| !used.contains(&Some(*i)) && known_date != Some(*i))
            .map(|(_, (name, cell))| (name.clone(), cell.clone()))
            .collect();
        Ok(article)
    }
}

/// Rows as articles; rows without a text are named.
fn read_rows(
    names: &[String],
    rows: impl Iterator<Item = (String, Result<Vec<String>, String>)>,
    into: &mut Reading,
) -> Result<Vec<Article>, IntakeError> {
    let rows: Vec<_> = rows.take(MAX_ARTICLES + 1).collect();
    if rows.len() > MAX_ARTICLES {
        return Err(IntakeError::TooManyArticles);
    }
    let sound = || rows.iter().filter_map(|(_, row)| row.as_ref().ok());
    let mean = |column: usize| {
        let total: usize =
            sound().take(100).filter_map(|row| row.get(column)).map(String::len).sum();
        total / sound().take(100).count().max(1)
    };
    let longest: Vec<usize> = (0..names.len()).map(mean).collect();
    let columns = Columns::of(names, &longest);
    if !columns.has_text() {
        return Err(IntakeError::NoTextColumn(if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        }));
    }
    let mut articles = Vec::new();
    for (place, row) in &rows {
        let read = row.as_ref().map_err(|why| IntakeError::BadRow(why.clone()));
        match read.and_then(|row| columns.article(names, row)) {
            Ok(article) => articles.push(article),
            Err(why) => into.left_out.push((place.clone(), why)),
        }
    }
    Ok(articles)
}

/// Reads a table whose first row names its columns.
///
/// # Errors
/// When no column holds texts.
pub(crate) fn read_table(
    text: &str,
    separator: u8,
    into: &mut Reading,
) -> Result<Vec<Article>, IntakeError> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut records = reader.records().map(|record| match record {
        Ok(record) => Ok(record.iter().map(str::to_owned).collect::<Vec<String>>()),
        Err(why) => Err(format!("cannot be read: {why}")),
    });
    let names = match records.next() {
        Some(Ok(names)) => names,
        _ => return Err(IntakeError::Empty),
    };
    let rows = (2..).zip(records).map(|(n, row)| (format!("row {n}"), row));
    read_rows(&names, rows, into)
}

/// Reads an article, a list of them, or one a line.
///
/// # Errors
/// When it is no JSON, or none of its fields holds texts.
pub(crate) fn read_json(text: &str, into: &mut Reading) -> Result<Vec<Article>, IntakeError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let whole: Result<Value, _> = serde_json::from_str(text);
    let rows: Vec<(String, Result<Value, String>)> = match whole {
        Ok(Value::Array(items)) => {
            (1..).zip(items).map(|(n, item)| (format!("item {n}"), Ok(item))).collect()
        }
        Ok(Value::Object(fields)) => {
            if fields.get("format").and_then(Value::as_str) == Some("galley")
                || fields.contains_key("@context") && fields.contains_key("items")
            {
                return Err(IntakeError::Annotated);
            }
            let list = fields.iter().find(|(_, value)| {
                value.as_array().is_some_and(|items| items.first().is_some_and(Value::is_object))
            });
            match list {
                // A list of articles under some name, and no article itself.
                Some((_, Value::Array(items)))
                    if !fields.keys().any(|k| TEXT.contains(&plain_name(k).as_str())) =>
                {
                    (1..)
                        .zip(items.clone())
                        .map(|(n, item)| (format!("item {n}"), Ok(item)))
                        .collect()
                }
                _ => vec![("the article".to_owned(), Ok(Value::Object(fields)))],
            }
        }
        Ok(_) => return Err(IntakeError::NoTextColumn("none".to_owned())),
        Err(why) => {
            if text.lines().filter(|line| !line.trim().is_empty()).nth(1).is_none() {
                return Err(IntakeError::BadRow(format!("is damaged JSON: {why}")));
            }
            let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
            let parse = |line: &str| {
                serde_json::from_str(line.trim()).map_err(|why| format!("is no JSON: {why}"))
            };
            lines.map(|(n, line)| (format!("line {n}"), parse(line))).collect()
        }
    };
    let mut names: Vec<String> = Vec::new();
    for (_, row) in rows.iter().take(1000) {
        if let Ok(Value::Object(fields)) = row {
            for key in fields.keys() {
                if names.len() < 500 && !names.contains(key) {
                    names.push(key.clone());
                }
            }
        }
    }
    if rows.iter().any(|(_, row)| {
        row.as_ref().is_ok_and(|row| row["data"].is_object() && row["annotations"].is_array())
    }) {
        return Err(IntakeError::Annotated);
    }
    let cells = rows.into_iter().map(|(place, row)| {
        let cells = row.and_then(|row| match row {
            Value::Object(fields) => {
                Ok(names.iter().map(|name| cell_of(fields.get(name))).collect())
            }
            Value::String(text) if names.is_empty() => Ok(vec![text]),
            _ => Err("is no article".to_owned()),
        });
        (place, cells)
    });
    let cells: Vec<_> = cells.collect();
    if names.is_empty() {
        names.push("text".to_owned());
    }
    read_rows(&names, cells.into_iter(), into)
}

/// A field as a cell: people's names out of lists and objects, dates out of `{"$date": …}`.
fn cell_of(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => {
            let items =
                items.iter().map(|item| cell_of(Some(item))).filter(|cell| !cell.is_empty());
            let items: Vec<String> = items.take(1000).collect();
            items.join(if items.iter().any(|i| i.len() > 80) { "\n\n" } else { ", " })
        }
        Some(Value::Object(fields)) => {
            let known = ["name", "$date", "instant", "text", "value", "$oid"];
            let inner = known.iter().find_map(|name| fields.get(*name));
            inner.map_or_else(
                || Value::Object(fields.clone()).to_string(),
                |v| match v {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                },
            )
        }
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> (Vec<Article>, Reading) {
        let mut left = Reading::default();
        (read_json(text, &mut left).unwrap(), left)
    }

    #[test]
    fn tables_in_many_spellings() {
        for (text, sign) in [
            ("ID,Headline,Body,Pub Date,url\n7,Rain,\"It rained, he said.\",2024-03-14,u\n", b','),
            ("id;title;text;date;x\r\n7;Rain;It rained, he said.;14 March 2024;u\r\n", b';'),
            (
                "id\ttitle\tcontent\tpublished_at\tx\n7\tRain\tIt rained, he said.\t2024-03-14T00:00:00Z\tu\n",
                b'\t',
            ),
        ] {
            assert_eq!(separator(text, false), sign);
            let mut left = Reading::default();
            let articles = read_table(text, sign, &mut left).unwrap();
            let [article] = &articles[..] else { panic!() };
            assert_eq!(article.text, "Rain\n\nIt rained, he said.");
            assert_eq!(article.id.as_deref(), Some("7"));
            assert_eq!(article.published.as_deref().map(|p| &p[..10]), Some("2024-03-14"));
            assert_eq!(article.other.len(), 1);
        }
        let why = read_table("a,b\n1,2\n", b',', &mut Reading::default()).unwrap_err().to_string();
        assert!(why.contains("a, b"), "{why}");
    }

    #[test]
    fn json_in_many_shapes() {
        for text in [
            r#"{"id":7,"title":"Rain","text":"It rained."}"#,
            r#"[{"id":7,"headline":"Rain","articleBody":"It rained."}]"#,
            r#"{"articles":[{"id":"7","title":"Rain","body":"It rained."}],"total":1}"#,
            "{\"id\":7,\"title\":\"Rain\",\"text\":\"It rained.\"}\n\n",
        ] {
            let (articles, _) = json(text);
            assert_eq!(
                (articles[0].text.as_str(), articles[0].id.as_deref()),
                ("Rain\n\nIt rained.", Some("7"))
            );
        }
        let (articles, left) = json(
            "{\"text\":\"One.\"}\n{\"text\":\n{\"title\":\"No text\"}\n{\"text\":\"Two.\",\"authors\":[{\"name\":\"Ann Ray\"},\"Bo Li\"]}\n",
        );
        assert_eq!(articles.len(), 2);
        assert_eq!(articles[1].byline.as_deref(), Some("Ann Ray, Bo Li"));
        assert_eq!(left.left_out.len(), 2);
        assert_eq!(left.left_out[0].0, "line 2");
        let why = read_json(r#"{"format":"galley"}"#, &mut Reading::default());
        assert_eq!(why, Err(IntakeError::Annotated));
    }
}
