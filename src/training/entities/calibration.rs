//! From margins to how often such a mention is right.

use std::collections::BTreeMap;

use super::corpus::Doc;
use super::measure;
use super::predict::predict;
use galley_engine::entities::{Calibration, Model};

/// Margins to shares of right mentions: pooled so that they rise.
pub(super) fn calibrate(docs: &[Doc], model: &Model) -> Calibration {
    let mut seen: Vec<(i32, bool)> = Vec::new();
    for doc in docs {
        let found = predict(&doc.text, model);
        let plain: Vec<_> = found.iter().map(|f| (f.0, f.1)).collect();
        let right = measure::count_matches(doc, &plain, &mut BTreeMap::new());
        for (f, r) in found.iter().zip(right) {
            if let Some(r) = r {
                seen.push((f.2, r));
            }
        }
    }
    seen.sort_unstable();
    // Blocks of equal size, then neighbours that fall are pooled.
    let mut blocks: Vec<(i32, usize, usize)> = Vec::new();
    for chunk in seen.chunks((seen.len() / 40).max(20)) {
        blocks.push((chunk[0].0, chunk.iter().filter(|s| s.1).count(), chunk.len()));
        while let [.., a, b] = blocks[..] {
            if a.1 * b.2 <= b.1 * a.2 && a.0 < b.0 {
                break;
            }
            blocks.pop();
            blocks.pop();
            blocks.push((a.0, a.1 + b.1, a.2 + b.2));
        }
    }
    Calibration {
        steps: blocks
            .iter()
            .map(|&(margin, right, n)| (margin, (1000 * right + 500) as u16 as usize, n, right))
            .map(|(margin, _, n, right)| (margin, ((1000 * right + n / 2) / n.max(1)) as u16))
            .collect(),
    }
}
