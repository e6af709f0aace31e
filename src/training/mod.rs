//! Learning the models from corpora (feature `training`): readers, learners, model writers.
//!
//! Owns everything that needs gold data. Must not be needed to run the program.
