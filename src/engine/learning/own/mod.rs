//! Labels of the reader's own: after a few examples more of a label are suggested.
//!
//! Owns what can bear such a label, the learners, which of them serves a label, and when suggestions
//! keep quiet. A suggestion is no mark: a person takes or refuses it, and both are decisions in the
//! document, so that all is again a function of the corrected documents alone.
//!
//! Three learners, from the least to the most: the exact names that were marked; logistic regression
//! over the tagger's names and runs of capitals; a tagger of tokens, once there are many examples.
//! Which of them serves a label, and from which certainty on, is decided by what each would have
//! suggested in the reader's last articles, learned from those before.

mod article;
mod decisions;
mod names;
mod served;
mod sigmoid;
mod simulate;
mod span_learner;
mod token_learner;

pub use article::OwnArticle;
pub use served::{LabelReport, OwnLabels, Server, Silence, Studied, own_labels};
pub use simulate::{OwnRun, simulate_own_label};

/// Examples of a label from which on it is suggested.
pub const LEAST_EXAMPLES: usize = 5;

#[cfg(test)]
mod tests;
