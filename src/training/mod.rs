//! Learning the models from corpora (feature `training`): readers, learners, model writers.
//!
//! Owns everything that needs gold data. Must not be needed to run the program.

#![allow(
    clippy::disallowed_methods,
    reason = "training runs natively alone, and may use any function and any clock"
)]
