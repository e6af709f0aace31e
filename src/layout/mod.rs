//! What stands around the story: title, byline, photo credit, dateline, publication line.
//!
//! Owns where these are. Must not know entities or resolve relative dates; the engines read it.

use crate::calendar::Stamp;
use crate::text::{Reading, Span};

/// The parts of a page that are not the story's own sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// The headline.
    pub title: Option<Span>,
    /// Names of writers: the names alone, without "By".
    pub bylines: Vec<Span>,
    /// Whole credits, "(photo credit: BOB STRONG / REUTERS)".
    pub credits: Vec<Span>,
    /// "KABUL, Afghanistan (Reuters) –": the whole dateline, up to its dash.
    pub dateline: Option<Span>,
    /// The publication date and the span of its date as written.
    pub published: Option<(Stamp, Span)>,
}

/// Reads the layout. Total.
pub fn find(reading: &Reading<'_>) -> Layout {
    let title = reading.paragraphs().first().map(|p| p.span);
    Layout {
        title,
        ..Layout::default()
    }
}
