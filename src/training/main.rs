//! Learning the models from corpora: readers, learners, model writers.
//!
//! Owns everything that needs gold data. Must not be needed to run the program.

#![allow(
    clippy::disallowed_methods,
    reason = "training runs natively alone, and may use any function and any clock"
)]

mod chain;
mod coreference;
mod dense;
mod entities;
mod layout;
mod quotes;
mod random;

use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo train entities [OPTIONS]
       cargo train neural --vectors FILE [OPTIONS]
       cargo train all-entities --vectors FILE [OPTIONS]
       cargo train quotes [OPTIONS]
       cargo train layout --pages FILE --stories FILE [OPTIONS]
       cargo train coreference [OPTIONS]

src/training/MODEL-CARD.md has the flags that made the shipped models.";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let done = match args.split_first() {
        Some((what, rest)) if what == "entities" => entities::run(rest),
        Some((what, rest)) if what == "neural" => entities::run_neural(rest),
        Some((what, rest)) if what == "all-entities" => entities::run_all(rest),
        Some((what, rest)) if what == "quotes" => quotes::run(rest),
        Some((what, rest)) if what == "layout" => layout::run(rest),
        Some((what, rest)) if what == "coreference" => coreference::run(rest),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}
