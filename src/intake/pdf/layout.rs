//! Lines of a PDF as paragraphs: what stands below each other in one size goes together.

use std::collections::{HashMap, HashSet};

use crate::article::Article;
use galley_engine::text::one_line;

/// A line, in points; `y` counts from the top of the page.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) page: u32,
    pub(super) page_height: f64,
    pub(super) x: f64,
    pub(super) end: f64,
    pub(super) y: f64,
    /// The height of its first character; see [`Line::settle`].
    pub(super) size: f64,
    pub(super) text: String,
    pub(super) sized: Vec<f64>,
}

impl Line {
    /// The size that most of its characters have.
    fn settle(&mut self) {
        self.sized.sort_by(f64::total_cmp);
        self.size = self.sized.get(self.sized.len() / 2).copied().unwrap_or(self.size);
        self.text = self.text.trim_end().to_owned();
    }
}

pub(super) fn without_ligature(character: &str) -> &str {
    match character {
        "ﬀ" => "ff",
        "ﬁ" => "fi",
        "ﬂ" => "fl",
        "ﬃ" => "ffi",
        "ﬄ" => "ffl",
        "ﬅ" | "ﬆ" => "st",
        "\u{0}" => "",
        other => other,
    }
}

/// A document's lines as an article.
pub(super) fn article(mut lines: Vec<Line>) -> Article {
    lines.iter_mut().for_each(Line::settle);
    drop_running_heads(&mut lines);
    let body_size = usual_size(&lines);
    let title = take_title(&mut lines, body_size);
    let leading = usual_leading(&lines, body_size);
    let words = words_with_hyphens(&lines);
    let mut blocks: Vec<String> = Vec::new();
    let mut before: Option<&Line> = None;
    let columns = columns(&lines);
    for line in &lines {
        let joins = before.is_some_and(|before| goes_on(before, line, leading, &columns));
        match blocks.last_mut().filter(|_| joins) {
            Some(block) => join(block, &line.text, &words),
            None => blocks.push(line.text.clone()),
        }
        before = Some(line);
    }
    let blocks: Vec<String> = blocks.iter().map(|block| one_line(block)).collect();
    Article::from_blocks(title, None, &blocks)
}

/// The size of most of the text.
fn usual_size(lines: &[Line]) -> f64 {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for line in lines {
        *counts.entry((line.size * 4.0) as i64).or_default() += line.text.len();
    }
    let most = counts.into_iter().max_by_key(|(size, n)| (*n, *size));
    most.map_or(10.0, |(size, _)| (size as f64 + 0.5) / 4.0)
}

/// From one line of a paragraph down to the next.
fn usual_leading(lines: &[Line], size: f64) -> f64 {
    let mut gaps: Vec<f64> = lines
        .iter()
        .zip(lines.iter().skip(1))
        .filter(|(line, next)| line.page == next.page && (next.x - line.x).abs() < size * 3.0)
        .map(|(line, next)| next.y - line.y)
        .filter(|gap| *gap > size * 0.8 && *gap < size * 2.2)
        .collect();
    gaps.sort_by(f64::total_cmp);
    // Lines within paragraphs are more than lines between them.
    gaps.get(gaps.len() * 2 / 5).copied().unwrap_or(size * 1.2)
}

/// The right edge that the lines beginning at about the same place reach, by page.
fn columns(lines: &[Line]) -> HashMap<(u32, i64), f64> {
    let mut edges: HashMap<(u32, i64), f64> = HashMap::new();
    for line in lines {
        let edge = edges.entry(column_of(line)).or_default();
        *edge = edge.max(line.end);
    }
    edges
}

fn column_of(line: &Line) -> (u32, i64) {
    (line.page, (line.x / 36.0).round() as i64)
}

/// Does a paragraph go on from one line to the next?
fn goes_on(a: &Line, b: &Line, leading: f64, columns: &HashMap<(u32, i64), f64>) -> bool {
    let size = a.size.max(b.size);
    if (a.size - b.size).abs() > size * 0.12 {
        return false;
    }
    let ends_sentence =
        a.text.trim_end_matches(['”', '"', '’', '\'', ')', '»']).ends_with(['.', '!', '?', ':']);
    let edge = columns.get(&column_of(a)).copied().unwrap_or(a.end);
    let is_short = a.end < edge - (edge - a.x).max(1.0) * 0.12;
    let is_below = a.page == b.page && b.y > a.y && b.y - a.y <= leading * 1.35 + 0.5;
    if is_below && (b.x - a.x).abs() < size * 25.0 {
        let is_indented = b.x > a.x + size * 0.8 && b.x < a.x + size * 6.0;
        let starts_item = b.text.starts_with(['•', '–', '▪', '◦']);
        return !(starts_item || is_indented && ends_sentence || is_short && ends_sentence);
    }
    // Over the end of a column or a page.
    let is_elsewhere = a.page != b.page || b.y < a.y;
    let starts_small = b.text.chars().next().is_some_and(|c| c.is_lowercase());
    is_elsewhere && !ends_sentence && (starts_small || !is_short)
}

/// Adds a line to a paragraph. A word that the line's end cuts is joined; a hyphen stays where the word is
/// written with one elsewhere.
fn join(block: &mut String, line: &str, hyphenated: &HashSet<String>) {
    let starts_small = line.chars().next().is_some_and(char::is_lowercase);
    if let Some(stem) = block.strip_suffix(['-', '\u{ad}', '\u{2010}'])
        && stem.ends_with(char::is_alphabetic)
        && starts_small
    {
        let before = stem.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let after = line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let whole = format!("{before}-{after}").to_lowercase();
        if !hyphenated.contains(&whole) {
            let length = stem.len();
            block.truncate(length);
        }
        block.push_str(line);
        return;
    }
    if !block.ends_with(' ') {
        block.push(' ');
    }
    block.push_str(line);
}

/// Words that are written with a hyphen within a line.
fn words_with_hyphens(lines: &[Line]) -> HashSet<String> {
    let words = lines.iter().flat_map(|line| line.text.split_whitespace());
    let words = words.map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    words.filter(|w| w.contains('-')).collect()
}

/// Removes what repeats at the top and the bottom of pages, page numbers and what browsers print there.
fn drop_running_heads(lines: &mut Vec<Line>) {
    let pages: HashSet<u32> = lines.iter().map(|line| line.page).collect();
    let in_margin =
        |line: &Line| line.y < line.page_height * 0.085 || line.y > line.page_height * 0.915;
    // Page numbers differ.
    let shape = |line: &Line| -> String {
        line.text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
    };
    let mut seen: HashMap<String, HashSet<u32>> = HashMap::new();
    for line in lines.iter().filter(|line| in_margin(line)) {
        seen.entry(shape(line)).or_default().insert(line.page);
    }
    lines.retain(|line| {
        if !in_margin(line) {
            return true;
        }
        let text = line.text.trim();
        let repeats = seen.get(&shape(line)).map_or(0, HashSet::len);
        let is_number = text.chars().all(|c| c.is_ascii_digit() || " /-–of".contains(c))
            || text
                .to_lowercase()
                .strip_prefix("page ")
                .is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()));
        let is_address = !text.contains(' ') && (text.contains("://") || text.starts_with("www."))
            || text.contains("://") && text.len() < 300;
        // "3/14/24, 9:30 AM   Rain - The Post"
        let is_print_head = text.len() < 120
            && text.starts_with(|c: char| c.is_ascii_digit())
            && text.contains('/')
            && (text.contains(" AM") || text.contains(" PM") || text.contains(':'));
        !(repeats > 1 && repeats * 2 >= pages.len() || is_number || is_address || is_print_head)
    });
}

/// Takes out the headline: the largest lines in the upper half of the first page.
fn take_title(lines: &mut Vec<Line>, body_size: f64) -> Option<String> {
    let first = lines.first()?.page;
    let is_candidate = |line: &Line| {
        line.page == first
            && line.y < line.page_height * 0.6
            && line.size > body_size * 1.2
            && line.text.chars().filter(|c| c.is_alphabetic()).count() > 3
    };
    let largest = lines.iter().filter(|line| is_candidate(line)).map(|line| line.size);
    // The paper's own name above a story is larger than the headline, and one or two words.
    let mut sizes: Vec<f64> = largest.collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    sizes.dedup_by(|a, b| (*a - *b).abs() < 0.5);
    for size in sizes {
        let at =
            lines.iter().position(|line| is_candidate(line) && (line.size - size).abs() < 0.5)?;
        let run = lines.iter().skip(at).take(6);
        let count =
            run.take_while(|line| is_candidate(line) && (line.size - size).abs() < 0.5).count();
        let words: Vec<&str> = lines.iter().skip(at).take(count).map(|l| l.text.as_str()).collect();
        let title = one_line(&words.join(" "));
        if title.split(' ').count() >= 3 {
            lines.drain(at..at + count);
            return Some(title);
        }
    }
    None
}
