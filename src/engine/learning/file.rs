//! What was learned, as a line of a list that travels from one reader to another.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::gate::Share;
use super::learner::Learned;
use crate::entities::LearnedWeights;
use crate::user_words::LearnedLine;

impl Share {
    /// Its word in files.
    pub fn name(self) -> &'static str {
        match self {
            Share::Off => "off",
            Share::Half => "half",
            Share::Full => "full",
        }
    }

    /// The inverse of [`Share::name`].
    pub fn parse(name: &str) -> Option<Share> {
        [Share::Off, Share::Half, Share::Full].into_iter().find(|share| share.name() == name)
    }
}

impl Learned {
    /// As a line; `None` when nothing was learned.
    pub fn to_line(&self) -> Option<LearnedLine> {
        let line = || LearnedLine {
            articles: u32::try_from(self.articles.len()).unwrap_or(u32::MAX),
            share: self.share.name().to_owned(),
            packed: STANDARD_NO_PAD.encode(self.weights.pack()),
        };
        (!self.weights.is_empty()).then(line)
    }
}

/// The weights of a line and how much of them counted for those who learned them. `None` when it is
/// damaged, or of another version of the program's features.
pub fn read_line(line: &LearnedLine) -> Option<(LearnedWeights, Share)> {
    let bytes = STANDARD_NO_PAD.decode(&line.packed).ok()?;
    Some((LearnedWeights::unpack(&bytes)?, Share::parse(&line.share)?))
}
