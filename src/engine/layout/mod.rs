//! What stands around the story: title, byline, photo credit, dateline, publication line.
//!
//! Owns where these are. Must not know entities or resolve relative dates; the engines read it.
//! A new label, agency or phrase is one line in a list of `vocabulary`.

mod byline;
mod credit;
mod dateline;
mod html;
mod lines;
mod published;
mod title;
mod zones;

use crate::calendar::Stamp;
use crate::document::{PagePart, Zone};
use crate::text::{Span, TokenizedText};

#[doc(hidden)]
pub use zones::{
    FeatureSink, Scores, ZoneWeights, best_zone, lines_with_features, tell_zones_before,
};

/// The parts of a page that are not the story's own sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// The headline.
    pub title: Option<Span>,
    /// Names of writers (and of those who edited): the names alone, without "By"; in text order.
    pub bylines: Vec<Span>,
    /// Whole credits, "(photo credit: BOB STRONG / REUTERS)"; in text order, none inside another.
    pub credits: Vec<Span>,
    /// "KABUL, Afghanistan (Reuters) –": the whole dateline, with its dash.
    pub dateline: Option<Span>,
    /// The publication date and the span of its date as written.
    pub published: Option<(Stamp, Span)>,
    /// Whole paragraphs that belong to the page and not to the story: the site's name, sections,
    /// buttons, links to other stories; in text order.
    pub furniture: Vec<Span>,
    /// Lines that tell how long the page takes ("3 Min Read"): they name and count nothing.
    pub reading_times: Vec<Span>,
    /// Every line that is no paragraph of the story, with its zone; in text order.
    pub parts: Vec<PagePart>,
}

impl Layout {
    /// What nobody of the story says: furniture and credits; not in text order.
    pub fn unread(&self) -> impl Iterator<Item = Span> {
        self.furniture.iter().chain(&self.credits).copied()
    }
}

/// Reads the layout. Never fails, linear in the text's length.
pub fn find_layout(tokenized: &TokenizedText<'_>) -> Layout {
    let lines = lines::Lines::new(tokenized);
    let page = html::read_html(tokenized.source());
    let credits = credit::find_credits(&lines);
    let dateline = dateline::find_dateline(&lines);
    let mut bylines = byline::find_bylines(&lines);
    bylines.retain(|b| !credits.iter().chain(&dateline).any(|o| o.overlaps(*b)));
    let mut zones: Vec<Zone> =
        zones::find_zones(&lines).into_iter().map(|(zone, _)| zone).collect();
    let stamps: Vec<Span> = lines
        .all()
        .iter()
        .zip(&zones)
        .filter(|(line, zone)| lines.in_head(line) && matches!(zone, Zone::Stamp | Zone::Byline))
        .map(|(line, _)| line.span)
        .collect();
    let published = page.published.or_else(|| published::find(&lines, &bylines, dateline, &stamps));
    let timed = |line: &&lines::Line<'_>| !line.body && title::is_reading_time(line.text);
    let reading_times: Vec<Span> = lines.all().iter().filter(timed).map(|line| line.span).collect();
    let around = title::Around {
        bylines: &bylines,
        credits: &credits,
        dateline,
        published: published.map(|(_, span)| span),
        reading_times: &reading_times,
    };
    let title = title::find_title(&lines, &around, &zones);
    title::settle_zones(&lines, &around, title, &mut zones);
    let lines = lines.all().iter().zip(zones);
    let parts: Vec<PagePart> = lines
        .filter(|(_, zone)| *zone != Zone::Body)
        .map(|(line, zone)| PagePart { zone, span: line.span })
        .collect();
    let furniture = parts
        .iter()
        .filter(|part| matches!(part.zone, Zone::Furniture | Zone::Section))
        .map(|part| part.span)
        .collect();
    let title = page.title.or(title);
    Layout { title, bylines, credits, dateline, published, furniture, reading_times, parts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;

    /// Every part that was found, one a line, in the spelling of the cases.
    fn found_parts(text: &str) -> Vec<String> {
        let source = SourceText::new(text).unwrap();
        let tokenized = TokenizedText::new(&source);
        let layout = find_layout(&tokenized);
        let cut = |span: Span| source.slice(span).replace('\n', "⏎");
        let part = |name: &str, span: Span| format!("{name}: {}", cut(span));
        let mut out: Vec<_> = layout.title.map(|s| part("title", s)).into_iter().collect();
        out.extend(layout.bylines.iter().map(|&s| part("byline", s)));
        out.extend(layout.credits.iter().map(|&s| part("credit", s)));
        out.extend(layout.dateline.map(|s| part("dateline", s)));
        if let Some((stamp, span)) = layout.published {
            out.push(format!("published: {stamp} = {}", cut(span)));
        }
        out.extend(layout.furniture.iter().map(|&s| part("furniture", s)));
        for zone in [Zone::Standfirst, Zone::Caption, Zone::Subhead, Zone::Signoff] {
            let parts = layout.parts.iter().filter(|part| part.zone == zone);
            out.extend(parts.map(|found| part(zone.name(), found.span)));
        }
        out
    }

    #[test]
    fn parts_of_pages() {
        let files = [
            "tests/data/layout/articles.txt",
            "tests/data/layout/dates.txt",
            "tests/data/layout/people.txt",
        ];
        let cases =
            galley_testcases::check_files(&files, |case| found_parts(&case.input).join("\n"));
        assert!(cases >= 60, "{cases}");
    }

    #[test]
    fn raw_pages_tell_their_date() {
        let page = "<!doctype html><html><head><title>Bridge reopens after repairs</title>\n\
            <meta property=\"article:modified_time\" content=\"2021-07-25T08:00:00Z\">\n\
            <meta content='2021-07-23T19:27:00+02:00' property='article:published_time'/></head>\n\
            <body><p>The bridge over the river was opened on Friday.</p></body></html>";
        assert_eq!(
            found_parts(page)[..2],
            [
                "title: Bridge reopens after repairs",
                "published: 2021-07-23T19:27:00 = 2021-07-23T19:27:00+02:00"
            ]
        );
        let ld = r#"<script type="application/ld+json">{"datePublished" : "2020-02-29"}</script>"#;
        assert!(found_parts(ld).contains(&"published: 2020-02-29 = 2020-02-29".to_owned()));
        let time = "<p><time datetime=\"2019-03-04T10:00\">Monday</time> it rained.</p>";
        assert!(
            found_parts(time)
                .contains(&"published: 2019-03-04T10:00:00 = 2019-03-04T10:00".to_owned())
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_a_layout(text in "(?s)(\\PC|\n|By |Photo: |KABUL |- |\\(|\\)|: |<meta |content=\"|2021-07-23|Published ){0,60}") {
            found_parts(&text);
        }
    }
}
