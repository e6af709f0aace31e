//! The trained tagger: lexicon, weights and calibration in one asset.

use super::features::FEATURES;
use super::neural::NameNetwork;
use super::sequence::{Pairs, Row, TagTransitions, build_transitions, forbid};
use super::tags::TAGS;
use super::weights::Weights;
use crate::asset::{self, AssetError};
use crate::document::Confidence;
use crate::lexicon::{Lexicon, Reader};

/// The asset's kind.
pub const KIND: &str = "entities-en";
/// The version of its payload.
pub const VERSION: u32 = 2;

/// The trained tagger with its word lists.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// The word lists that the model was trained with.
    pub lexicon: Lexicon,
    /// Which tags may follow which, with both learners' scores.
    pub transitions: TagTransitions,
    /// The linear learner's weights.
    pub weights: Weights,
    /// From margins to confidences.
    pub calibration: Calibration,
    /// The second learner, whose scores are added to the first one's.
    pub net: Option<NameNetwork>,
    /// What each learner counts.
    pub mix: Mix,
    pairs: Vec<[i32; TAGS]>,
    checksum: String,
}

/// What each learner's scores count, in 256ths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mix {
    /// The linear one's share.
    pub linear: i32,
    /// The network's share.
    pub neural: i32,
}

impl Default for Mix {
    fn default() -> Mix {
        Mix { linear: 256, neural: 0 }
    }
}

/// From the decoder's integer margin to how often such a mention is right.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calibration {
    /// (least margin, permille), both rising.
    pub steps: Vec<(i32, u16)>,
}

impl Mix {
    /// Adds the second learner's scores (512ths) to the first one's (32nds), as both count.
    pub fn add(self, row: &mut Row, second: &Row) {
        for (first, second) in row.iter_mut().zip(second) {
            let sum = i64::from(*first) * i64::from(self.linear)
                + i64::from(second / 16) * i64::from(self.neural);
            // No whole sequence of such scores reaches the decoder's limit.
            *first = (sum / 256).clamp(-200_000, 200_000) as i32;
        }
    }
}

impl Calibration {
    fn unpack(reader: &mut Reader<'_>) -> Result<Calibration, AssetError> {
        let bad = AssetError::Payload("calibration");
        let n = reader.varint().ok_or(bad.clone())?;
        let mut steps = Vec::new();
        for _ in 0..n {
            let margin = reader.varint().ok_or(bad.clone())? as i32;
            let share = reader.varint().ok_or(bad.clone())? as u16;
            steps.push((margin, share));
        }
        if steps.is_sorted() { Ok(Calibration { steps }) } else { Err(bad) }
    }

    fn pack(&self, out: &mut Vec<u8>) {
        use crate::lexicon::write_varint;
        write_varint(out, self.steps.len() as u32);
        for &(margin, share) in &self.steps {
            write_varint(out, margin.max(0) as u32);
            write_varint(out, u32::from(share));
        }
    }

    /// How often a mention with this margin (32nds) is right; one half without any step.
    pub fn confidence(&self, margin: i32) -> Confidence {
        let at = self.steps.partition_point(|s| s.0 <= margin);
        let step = at.checked_sub(1).or(Some(0)).and_then(|i| self.steps.get(i));
        Confidence::from_permille(step.map_or(500, |s| s.1))
    }
}

impl Model {
    /// Opens the asset that `cargo train entities` writes.
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

    /// The same without its network: quicker and less often right. For measuring.
    #[must_use]
    pub fn linear_alone(mut self) -> Model {
        self.net = None;
        self.set_mix(Mix::default());
        self
    }

    /// The word lists that the model was trained with.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The first learner and its lists; its calibration comes after.
    fn unpack_first(reader: &mut Reader<'_>) -> Result<Model, AssetError> {
        let lexicon = Lexicon::unpack(reader)?;
        let bad = AssetError::Payload;
        let mut pairs: Pairs = [[0; TAGS]; TAGS];
        for score in pairs.iter_mut().flatten() {
            *score = i32::from(reader.i16().ok_or(bad("pairs of tags"))?);
        }
        forbid(&mut pairs);
        let weights = Weights::unpack(reader).ok_or(bad("weights"))?;
        Ok(Model {
            transitions: TagTransitions::default(),
            weights,
            net: None,
            mix: Mix::default(),
            pairs: pairs.to_vec(),
            checksum: String::new(),
            calibration: Calibration::default(),
            lexicon,
        })
    }

    fn unpack(reader: &mut Reader<'_>) -> Result<Model, AssetError> {
        let mut model = Model::unpack_first(reader)?;
        model.calibration = Calibration::unpack(reader)?;
        let bad = AssetError::Payload;
        let mut mix = Mix::default();
        if !reader.is_empty() {
            (mix, model.calibration) = Model::unpack_shares(reader)?;
            let net = NameNetwork::unpack(reader, &model.lexicon).ok_or(bad("the network"))?;
            model.net = Some(net);
        }
        model.set_mix(mix);
        Ok(model)
    }

    /// A payload's first learner, its calibration left empty, and the bytes of its network (none
    /// where there is none).
    ///
    /// # Errors
    /// [`AssetError::Payload`] for any other bytes.
    pub fn sections(payload: &[u8]) -> Result<(Vec<u8>, &[u8]), AssetError> {
        let mut reader = Reader::new(payload);
        Model::unpack_first(&mut reader)?;
        let mut first = payload[..payload.len() - reader.left()].to_vec();
        Calibration::default().pack(&mut first);
        Calibration::unpack(&mut reader)?;
        if !reader.is_empty() {
            Model::unpack_shares(&mut reader)?;
        }
        Ok((first, &payload[payload.len() - reader.left()..]))
    }

    /// A payload's first learner in its parts, as [`Model::pack`] takes them: the packed lexicon,
    /// pairs, rows.
    ///
    /// # Errors
    /// [`AssetError::Payload`] for any other bytes.
    #[allow(clippy::type_complexity, reason = "the three arguments of pack")]
    pub fn parts(
        payload: &[u8],
    ) -> Result<(Vec<u8>, [[i16; TAGS]; TAGS], Vec<(u32, Vec<(u8, i16)>)>), AssetError> {
        let mut reader = Reader::new(payload);
        Lexicon::unpack(&mut reader)?;
        let lexicon = payload[..payload.len() - reader.left()].to_vec();
        let bad = AssetError::Payload;
        let mut pairs = [[0; TAGS]; TAGS];
        for score in pairs.iter_mut().flatten() {
            *score = reader.i16().ok_or(bad("pairs of tags"))?;
        }
        let weights = Weights::unpack(&mut reader).ok_or(bad("weights"))?;
        Ok((lexicon, pairs, weights.unpacked()))
    }

    fn unpack_shares(reader: &mut Reader<'_>) -> Result<(Mix, Calibration), AssetError> {
        let bad = || AssetError::Payload("shares");
        let share = |v: Option<u32>| v.filter(|&v| v <= 1024).map(|v| v as i32);
        let mix = Mix {
            linear: share(reader.varint()).ok_or_else(bad)?,
            neural: share(reader.varint()).ok_or_else(bad)?,
        };
        Ok((mix, Calibration::unpack(reader)?))
    }

    /// Sets what each learner counts, and with it the scores of neighbouring tags.
    pub fn set_mix(&mut self, mix: Mix) {
        self.mix = mix;
        let mut pairs: Pairs = [[0; TAGS]; TAGS];
        for (a, (row, linear)) in pairs.iter_mut().zip(&self.pairs).enumerate() {
            for (b, (slot, &l)) in row.iter_mut().zip(linear).enumerate() {
                let n = self.net.as_ref().map_or(0, |n| n.transition_score(a, b));
                *slot = if l == crate::chain::IMPOSSIBLE {
                    l
                } else {
                    (l * mix.linear + n * mix.neural) / 256
                };
            }
        }
        self.transitions = build_transitions(&pairs);
    }

    /// The second learner's section, to be put after [`Model::pack`]'s bytes; `net` is packed.
    pub fn pack_net(mix: Mix, calibration: &Calibration, net: &[u8], out: &mut Vec<u8>) {
        use crate::lexicon::write_varint;
        write_varint(out, mix.linear.max(0) as u32);
        write_varint(out, mix.neural.max(0) as u32);
        calibration.pack(out);
        out.extend_from_slice(net);
    }

    /// The payload of an asset: lexicon as packed, pairs, rows, calibration.
    pub fn pack(
        lexicon: &[u8],
        pairs: &[[i16; TAGS]; TAGS],
        rows: &[(u32, Vec<(u8, i16)>)],
        calibration: &Calibration,
    ) -> Vec<u8> {
        let mut out = lexicon.to_vec();
        out.extend(pairs.iter().flatten().flat_map(|s| s.to_le_bytes()));
        Weights::pack(rows, &mut out);
        calibration.pack(&mut out);
        out
    }
}
