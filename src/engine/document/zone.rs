//! The parts of a page.

use crate::text::Span;

/// A stretch of the text that is no paragraph of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PagePart {
    /// What it is.
    pub zone: Zone,
    /// Where: whole lines, without the line ends around them.
    pub span: Span,
}

/// A part of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Zone {
    /// The story's own paragraphs.
    Body,
    /// The headline.
    Title,
    /// What stands below the headline and sums the story up.
    Standfirst,
    /// The section's name above the headline.
    Section,
    /// Who wrote it.
    Byline,
    /// When it appeared.
    Stamp,
    /// Below a picture, with the picture's credit.
    Caption,
    /// A heading inside the story.
    Subhead,
    /// Buttons, links to other stories, boxes of the site.
    Furniture,
    /// How the story signs off: "Source: …", "Reporting by …".
    Signoff,
}

impl Zone {
    /// All zones, in the order of the model's columns.
    pub const ALL: [Zone; 10] = [
        Zone::Body,
        Zone::Title,
        Zone::Standfirst,
        Zone::Section,
        Zone::Byline,
        Zone::Stamp,
        Zone::Caption,
        Zone::Subhead,
        Zone::Furniture,
        Zone::Signoff,
    ];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Zone::Body => "body",
            Zone::Title => "title",
            Zone::Standfirst => "standfirst",
            Zone::Section => "section",
            Zone::Byline => "byline",
            Zone::Stamp => "date",
            Zone::Caption => "caption",
            Zone::Subhead => "subhead",
            Zone::Furniture => "furniture",
            Zone::Signoff => "signoff",
        }
    }

    /// The zone of this name.
    pub fn from_name(name: &str) -> Option<Zone> {
        Zone::ALL.into_iter().find(|zone| zone.name() == name)
    }
}
