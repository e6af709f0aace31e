//! The trained tagger: lexicon, weights and calibration in one asset.

use super::features::FEATURES;
use super::sequence::{Lattice, Pairs, forbid};
use super::tags::TAGS;
use super::weights::Weights;
use crate::asset::{self, AssetError};
use crate::document::Confidence;
use crate::lexicon::{Lexicon, Reader};

/// The asset's kind.
pub(crate) const KIND: &str = "entities-en";
/// The version of its payload.
pub(crate) const VERSION: u32 = 1;

/// The trained tagger with its word lists.
#[derive(Debug, Clone, Default)]
pub struct Model {
    pub(crate) lexicon: Lexicon,
    pub(crate) lattice: Lattice,
    pub(crate) weights: Weights,
    pub(crate) calibration: Calibration,
    checksum: String,
}

/// From the decoder's integer margin to how often such a mention is right.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Calibration {
    /// (least margin, per mille), both rising.
    pub(crate) steps: Vec<(i32, u16)>,
}

impl Calibration {
    pub(crate) fn confidence(&self, margin: i32) -> Confidence {
        let at = self.steps.partition_point(|s| s.0 <= margin);
        let step = at
            .checked_sub(1)
            .or(Some(0))
            .and_then(|i| self.steps.get(i));
        Confidence::per_mille(step.map_or(500, |s| s.1))
    }
}

impl Model {
    /// Opens the asset that `galley train entities` writes.
    ///
    /// # Errors
    /// [`AssetError`], for any bytes that are not a sound model of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, AssetError> {
        let asset = asset::read(bytes, KIND, VERSION, FEATURES)?;
        let mut reader = Reader::new(asset.payload);
        let mut model = Model::unpack(&mut reader)?;
        if !reader.is_empty() {
            return Err(AssetError::Payload("more than it should hold"));
        }
        model.checksum = asset.checksum;
        Ok(model)
    }

    /// Name, version and checksum for the document's generator line.
    pub fn name(&self) -> String {
        if self.checksum.is_empty() {
            return "entities-en none".to_owned();
        }
        format!("{KIND} {VERSION} sha256:{}", self.checksum)
    }

    /// The word lists that the model was trained with.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    fn unpack(reader: &mut Reader<'_>) -> Result<Model, AssetError> {
        let lexicon = Lexicon::unpack(reader)?;
        let bad = AssetError::Payload;
        let mut pairs: Pairs = [[0; TAGS]; TAGS];
        for score in pairs.iter_mut().flatten() {
            *score = i32::from(reader.i16().ok_or(bad("pairs of tags"))?);
        }
        forbid(&mut pairs);
        let weights = Weights::unpack(reader).ok_or(bad("weights"))?;
        let n = reader.varint().ok_or(bad("calibration"))?;
        let mut steps = Vec::new();
        for _ in 0..n {
            let margin = reader.varint().ok_or(bad("calibration"))? as i32;
            let share = reader.varint().ok_or(bad("calibration"))? as u16;
            steps.push((margin, share));
        }
        if !steps.is_sorted() {
            return Err(bad("calibration"));
        }
        Ok(Model {
            lexicon,
            lattice: Lattice::new(&pairs),
            weights,
            calibration: Calibration { steps },
            checksum: String::new(),
        })
    }

    /// The payload of an asset: lexicon as packed, pairs, rows, calibration.
    #[cfg(feature = "training")]
    pub(crate) fn pack(
        lexicon: &[u8],
        pairs: &[[i16; TAGS]; TAGS],
        rows: &[(u32, Vec<(u8, i16)>)],
        calibration: &Calibration,
    ) -> Vec<u8> {
        use crate::lexicon::varint;
        let mut out = lexicon.to_vec();
        out.extend(pairs.iter().flatten().flat_map(|s| s.to_le_bytes()));
        Weights::pack(rows, &mut out);
        varint(&mut out, calibration.steps.len() as u32);
        for &(margin, share) in &calibration.steps {
            varint(&mut out, margin.max(0) as u32);
            varint(&mut out, u32::from(share));
        }
        out
    }
}
