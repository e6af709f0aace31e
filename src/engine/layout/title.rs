//! The headline, and the zones of the lines around it.

use crate::document::Zone;
use crate::text::Span;

use super::lines::{Line, Lines, ends_sentence, is_capitalized, is_one_of, is_outlet, split_words};
use crate::vocabulary::dates::IRREGULAR_PAST_FORMS;
use crate::vocabulary::page::{BUTTONS, READING_TIME_WORDS, SECTIONS, SIGNOFF_WORDS};

/// What has been found already.
pub(super) struct Around<'a> {
    pub(super) bylines: &'a [Span],
    pub(super) credits: &'a [Span],
    pub(super) dateline: Option<Span>,
    pub(super) published: Option<Span>,
    /// Lines that tell how long the page takes, in text order.
    pub(super) reading_times: &'a [Span],
}

impl Around<'_> {
    /// A page may have many such lines.
    fn has_reading_time(&self, line: &Line<'_>) -> bool {
        self.reading_times.binary_search(&line.span).is_ok()
    }
}

/// Longer lines are no headlines.
const MAX_HEADLINE_BYTES: usize = 260;
const MAX_HEADLINE_WORDS: usize = 34;

/// The headline: the line that was learned to be one, else the first at the top that may be.
pub(super) fn find_title(
    lines: &Lines<'_, '_>,
    around: &Around<'_>,
    zones: &[Zone],
) -> Option<Span> {
    let learned = lines.all().iter().zip(zones).take(MAX_TITLE_LINE).find(|(line, zone)| {
        **zone == Zone::Title
            && line.text.len() <= MAX_HEADLINE_BYTES
            && !is_found_part(line, around)
            && !goes_on(line.text)
            && lines.all().len() > 1
    });
    let title = learned.map(|(line, _)| line.span).or_else(|| find_headline(lines, around, zones));
    title.map(|title| trim_marks(lines, title))
}

/// Longer lines are the story's own.
const MAX_FURNITURE_WORDS: usize = 60;

/// Lines further down are no headline of the page.
const MAX_TITLE_LINE: usize = 20;

/// Brings the zones into line with what the other finders found.
pub(super) fn settle_zones(
    lines: &Lines<'_, '_>,
    around: &Around<'_>,
    title: Option<Span>,
    zones: &mut [Zone],
) {
    // A brief has a headline and its paragraph, which is no standfirst.
    let story = zones.contains(&Zone::Body);
    for (line, zone) in lines.all().iter().zip(zones.iter_mut()) {
        let inside = |span: &Span| line.span.contains(*span);
        let headline = title.as_ref().is_some_and(inside);
        if *zone == Zone::Title && !headline {
            *zone = Zone::Subhead;
        }
        // Nor is a long paragraph a button or a link.
        let body = line.body && *zone == Zone::Standfirst && !story
            || line.words > MAX_FURNITURE_WORDS && matches!(*zone, Zone::Furniture | Zone::Section);
        let part = !line.body && !matches!(*zone, Zone::Body | Zone::Byline | Zone::Stamp);
        if headline {
            *zone = Zone::Title;
        } else if around.has_reading_time(line) {
            *zone = Zone::Furniture;
        } else if body || around.dateline.iter().any(inside) {
            *zone = Zone::Body;
        } else if part {
            if around.credits.contains(&line.span) {
                *zone = Zone::Caption;
            } else if around.bylines.iter().any(inside) {
                *zone = Zone::Byline;
            } else if around.published.iter().any(inside) {
                *zone = Zone::Stamp;
            }
        }
    }
    settle_by_neighbours(lines, around, zones);
}

/// What a line cannot be beside the lines around it, or by its own words.
fn settle_by_neighbours(lines: &Lines<'_, '_>, around: &Around<'_>, zones: &mut [Zone]) {
    let first_body = zones.iter().position(|zone| *zone == Zone::Body);
    let mut next = None;
    for (line, zone) in lines.all().iter().zip(zones.iter_mut()).rev() {
        let written = around.bylines.iter().any(|byline| line.span.contains(*byline));
        match *zone {
            // A standfirst of whole sentences stands above a byline or a stamp; what leads
            // straight on to the story is its first paragraph.
            Zone::Standfirst if line.body && next == Some(Zone::Body) => *zone = Zone::Body,
            Zone::Standfirst if is_remark_on_time(line.text) => *zone = Zone::Stamp,
            Zone::Signoff if is_sentence_of_story(line) => *zone = Zone::Body,
            // The firm or town that a part of a roundup is about.
            Zone::Byline
                if split_words(line.text).count() == 1
                    && !written
                    && first_body.is_some_and(|body| line.index > body)
                    && next == Some(Zone::Body)
                    && split_words(line.text).all(|(_, word)| !is_outlet(word)) =>
            {
                *zone = Zone::Subhead;
            }
            _ => {}
        }
        next = Some(*zone);
    }
}

/// "3 Min Read", "5 minute read", "Reading time: 4 mins", "Estimated reading time 2 minutes",
/// "7-minute listen": how long the page takes.
pub(super) fn is_reading_time(text: &str) -> bool {
    /// In words; a sentence about it is longer.
    const LONGEST: usize = 7;
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let (mut words, mut number, mut minutes, mut read, mut other) = (0, false, false, false, 0);
    let pieces = split_words(text).flat_map(|(_, word)| word.split('-'));
    for word in pieces.filter(|word| !word.is_empty()) {
        words += 1;
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &word[digits..];
        number |= digits > 0;
        let unit = is_one_of(rest, &["min", "mins", "minute", "minutes", "sec", "secs", "seconds"]);
        if unit {
            minutes = true;
        } else if is_one_of(rest, &["read", "reading", "listen", "listening", "watch"]) {
            read = true;
        } else if !rest.is_empty() && !READING_TIME_WORDS.contains_any_case(rest) {
            other += 1;
        }
    }
    words <= LONGEST && number && minutes && read && other == 0
}

/// "(35 minutes later)", "(Updated an hour ago)": a short line in brackets that counts time.
fn is_remark_on_time(text: &str) -> bool {
    /// In words.
    const LONGEST: usize = 6;
    let inside = text.trim().strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inside.is_some_and(|inside| {
        let counted = |(_, word): (usize, &str)| is_one_of(word, &["later", "ago", "earlier"]);
        split_words(inside).count() <= LONGEST && split_words(inside).any(counted)
    })
}

/// "The station said it stood by its reporter.": a whole sentence that tells what somebody said or did, and nothing of
/// the page or of who wrote it.
fn is_sentence_of_story(line: &Line<'_>) -> bool {
    /// In words; shorter lines name a writer or a source.
    const SHORTEST: usize = 7;
    /// In words; those that tell what a line is about.
    const OPENING: usize = 6;
    if line.words < SHORTEST || !ends_sentence(line.text) || line.text.contains(['@', '©', '|']) {
        return false;
    }
    let about_page =
        split_words(line.text).take(OPENING).any(|(_, w)| SIGNOFF_WORDS.contains_any_case(w));
    let linked = line.text.contains("www.") || line.text.contains("http");
    let told = split_words(line.text).skip(1).any(|(_, word)| {
        let past = word.len() > 4 && word.ends_with("ed") && word.starts_with(char::is_lowercase);
        (past || IRREGULAR_PAST_FORMS.contains(word) || matches!(word, "says" | "will" | "would"))
            && !SIGNOFF_WORDS.contains(word)
    });
    told && !about_page && !linked
}

/// A byline, a credit, a dateline, the publication line or how long the page takes.
fn is_found_part(line: &Line<'_>, around: &Around<'_>) -> bool {
    let inside = |span: &Span| line.span.contains(*span);
    around.bylines.iter().any(inside)
        || around.dateline.iter().any(inside)
        || around.published.iter().any(inside)
        || around.credits.iter().any(inside)
        || around.has_reading_time(line)
}

fn find_headline(lines: &Lines<'_, '_>, around: &Around<'_>, zones: &[Zone]) -> Option<Span> {
    let mut short: Option<Span> = None;
    for (line, zone) in lines.head().iter().zip(zones).take(10) {
        let other = matches!(zone, Zone::Byline | Zone::Stamp | Zone::Caption);
        if other || is_found_part(line, around) || is_button(line.text) || is_breadcrumb(line.text)
        {
            continue;
        }
        if line.text.len() > MAX_HEADLINE_BYTES || line.words > MAX_HEADLINE_WORDS || line.body {
            break;
        }
        if line.words == 0 || is_section(line.text) {
            continue;
        }
        if goes_on(line.text) {
            break;
        }
        if ends_sentence(line.text)
            && !line.text.ends_with(['?', '!'])
            && !is_stopped_headline(lines, line)
        {
            break;
        }
        if line.words >= 4 {
            return Some(line.span);
        }
        short = short.or(Some(line.span));
    }
    // "Floods", "Peru votes": two or three words are a headline only where no longer one follows.
    short.filter(|_| lines.all().len() > 1)
}

/// Ends as a line does that another goes on from.
fn goes_on(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'']).ends_with([',', ';', ':'])
}

/// A headline that an archive closed with a full stop: short, and a longer paragraph follows.
fn is_stopped_headline(lines: &Lines<'_, '_>, line: &Line<'_>) -> bool {
    let all: Vec<&str> = split_words(line.text).map(|(_, w)| w).collect();
    let long = all.iter().filter(|w| w.len() > 3).count();
    let large = all.iter().filter(|w| w.len() > 3 && is_capitalized(w)).count();
    let next = lines.all().get(line.index + 1);
    let before = line.index == 0 && next.is_some_and(|n| n.words > line.words);
    before && (all.len() <= 12 || large * 3 > long * 2)
}

/// "World", "Home | World | Asia", "BBC News", "BreaknLinks": names of sections and sites.
fn is_section(text: &str) -> bool {
    let mut count = 0;
    let mut known = true;
    for (_, word) in split_words(text) {
        count += 1;
        known &= SECTIONS.contains_any_case(word) || is_outlet(word);
    }
    count <= 4 && known
        // A site's name, written together: "BreaknLinks", "example.com".
        || count == 1 && text.chars().skip(1).any(|c| c.is_uppercase() || c == '.')
}

/// "Home > World > Asia".
fn is_breadcrumb(text: &str) -> bool {
    let marks = text.matches(['>', '|', '›', '»', '/']);
    let digits = text.contains(|c: char| c.is_ascii_digit());
    !digits && marks.count() >= 2 && split_words(text).count() <= 12 && !ends_sentence(text)
}

fn is_button(text: &str) -> bool {
    let short = split_words(text).count() <= 6 && !ends_sentence(text);
    short
        && BUTTONS.iter().any(|b| {
            text.get(..b.len()).is_some_and(|t| t.eq_ignore_ascii_case(b))
                && !text[b.len()..].starts_with(char::is_alphanumeric)
                && (b.contains(' ') || b.ends_with(':') || split_words(text).count() <= 3)
        })
}

/// Without a Markdown "#" or a label "Headline:".
fn trim_marks(lines: &Lines<'_, '_>, title: Span) -> Span {
    let text = lines.tokenized.slice(title);
    let mut rest = text.trim_start_matches('#').trim_start();
    for label in ["headline:", "title:"] {
        if rest.get(..label.len()).is_some_and(|l| l.eq_ignore_ascii_case(label)) {
            rest = rest[label.len()..].trim_start();
        }
    }
    if rest.is_empty() {
        return title;
    }
    Span::new(title.end() - rest.len(), title.end())
}
