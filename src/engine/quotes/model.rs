//! The trained model: word lists, the linear tagger, the network, the ranker of speakers.

use super::features::FEATURE_SET;
use super::neural::QuoteNetwork;
use super::pack::{Reader, Table};
use super::tagger::Tagger;
use super::words::WordTables;
use crate::asset::{self, AssetError};

/// Kind of the asset.
pub const KIND: &str = "quotes-en";
/// Version of its payload.
pub const VERSION: u32 = 4;

/// The trained tagger and ranker. The default one knows marks and a few cue words only.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// What training made, if there is any.
    pub trained: Option<Box<Trained>>,
    checksum: String,
}

/// What training makes.
#[derive(Debug, Clone, Default)]
pub struct Trained {
    /// Word lists.
    pub lists: WordTables,
    /// The linear tagger.
    pub tagger: Tagger,
    /// Networks trained from different seeds; the mean of their scores counts.
    pub networks: Vec<QuoteNetwork>,
    /// Ranker, calibration and what else is small.
    pub extra: Extra,
}

/// Small tables: ranker, calibration.
#[derive(Debug, Clone, Default)]
pub struct Extra {
    /// The weight of the linear scores beside the network's, in 256ths.
    pub share: i32,
    /// What the last pass adds to the score of every token outside quotes, in score units.
    pub lean: i32,
    /// Ranker weights by feature hash, + 32768.
    pub ranker: Table,
    /// Calibration of quotes and of speakers: per mille, by twentieths of the margin scale.
    pub calibration: [Vec<u16>; 2],
}

impl Model {
    /// Opens the asset that `cargo train quotes` writes.
    ///
    /// # Errors
    /// [`AssetError`], for any bytes that are not a sound model of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, AssetError> {
        let opened = asset::read(bytes, KIND, VERSION, feature_hash())?;
        let mut r = Reader::new(opened.payload);
        let lists = WordTables {
            clusters: Table::unpack(&mut r)?,
            cues: Table::unpack(&mut r)?,
            names: Table::unpack(&mut r)?,
        };
        let tagger = Tagger::unpack(&mut r)?;
        let mut networks = Vec::new();
        for _ in 0..r.byte()?.min(8) {
            networks.push(QuoteNetwork::unpack(&mut r)?);
        }
        let share = r.number()?.min(256) as i32;
        let lean = r.number()?.min(200) as i32 - 100;
        let ranker = Table::unpack(&mut r)?;
        let mut calibration = [Vec::new(), Vec::new()];
        for table in &mut calibration {
            for _ in 0..r.count()? {
                table.push(r.number()?.min(1000) as u16);
            }
        }
        r.end()?;
        Ok(Model {
            trained: Some(Box::new(Trained {
                lists,
                tagger,
                networks,
                extra: Extra { share, lean, ranker, calibration },
            })),
            checksum: opened.checksum,
        })
    }

    /// Name, version and checksum for the document's generator line.
    pub fn name(&self) -> String {
        if self.trained.is_some() {
            format!("{KIND} {VERSION} sha256:{}", self.checksum)
        } else {
            format!("{KIND} untrained")
        }
    }
}

/// Hash of the set of features: models of another set are refused.
pub fn feature_hash() -> u64 {
    asset::fnv(FEATURE_SET.as_bytes())
}
