//! What a reader's corrections teach: the next article needs fewer of them.
//!
//! Owns what counts as evidence in a corrected document, the learner, the gate that decides whether
//! what it learned is used, and the count of corrections. Must not know files, buttons, or how a
//! document came to be corrected.
//!
//! All is a pure function of the corrected documents in their order: nothing else is kept, and a
//! document that is forgotten is as if it had never been. Whole numbers throughout, draws from a
//! fixed seed: native and wasm learn the same, bit for bit.
//!
//! The learner is passive-aggressive (Crammer et al. 2006, PA-I) over the tagger's own features.
//! Corrections of readers who share the program's guidelines teach mostly noise, so what was learned
//! waits behind a [`Gate`]: before it learns from an article, it counts the corrections that the
//! article would have needed with and without it.

mod corrections;
mod file;
mod gate;
mod learner;
mod lesson;
mod list_check;
mod own;
mod reliability;
mod simulate;

pub use corrections::{MarkedName, count_corrections};
pub use file::read_line;
pub use gate::{Gate, Share};
pub use learner::{ArticleReport, Change, Learned, Learner, weights_in_force};
pub use lesson::{Evidence, Lesson, is_reviewed, was_worked_on};
pub use list_check::{Contradiction, find_contradictions};
pub use own::{
    LEAST_EXAMPLES, LabelReport, OwnArticle, OwnLabels, OwnRun, Server, Silence, Studied,
    own_labels, simulate_own_label,
};
pub use reliability::{CertaintyBin, LabelScore, Scores, score_documents};
pub use simulate::{SEEDS, SimulatedRun, simulate};
