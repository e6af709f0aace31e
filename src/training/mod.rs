//! Learning the models from corpora (feature `training`): readers, learners, model writers.
//!
//! Owns everything that needs gold data. Must not be needed to run the program.

#![allow(
    clippy::disallowed_methods,
    reason = "training runs natively alone, and may use any function and any clock"
)]

mod dense;
mod entities;
pub mod quotes;

use std::process::ExitCode;

/// `galley train WHAT …`: `args` are those after "train".
pub fn run(args: &[String]) -> ExitCode {
    let done = match args.split_first() {
        Some((what, rest)) if what == "entities" => entities::run(rest),
        Some((what, rest)) if what == "neural" => entities::run_neural(rest),
        Some((what, rest)) if what == "all-entities" => entities::run_all(rest),
        Some((what, rest)) if what == "quotes" => quotes::run(rest),
        _ => {
            Err("wanted: galley train entities …, neural …, all-entities … or quotes …".to_owned())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("galley train: {message}");
            ExitCode::from(2)
        }
    }
}
