//! The command line.
//!
//! Owns arguments, files, standard streams, threads and exit codes. Must not know how anything is
//! found: it hands a text to [`galley_engine::analyze`] and prints the document.

mod agree;
mod annotate;
mod args;
mod convert;
mod documents;
mod eval;
mod explain;
mod input;
mod interrupt;
mod learn;
mod manual;
mod models;
mod naming;
mod outcome;
mod output;
mod partial_file;
mod patterns;
mod pipeline;
mod progress;

use std::process::ExitCode;

use args::{Command, NoCommand};
use outcome::{Outcome, complain, print};

fn main() -> ExitCode {
    match args::parse() {
        Ok(Command::Annotate(options)) => annotate::run(&options),
        Ok(Command::Explain(options)) => explain::run(options),
        Ok(Command::Convert(options)) => convert::run(options),
        Ok(Command::Agree(options)) => agree::run(&options.files),
        Ok(Command::Learn(options)) => learn::run(&options),
        Ok(Command::Eval(options)) => eval::run(&options),
        Ok(Command::Patterns(options)) => patterns::run(&options),
        Ok(Command::Schema { what }) => {
            let mut files = galley_formats::contract_files().into_iter();
            let file = files.find(|(name, _)| *name == what.file_name());
            print(file.unwrap_or_default().1.as_bytes())
        }
        Ok(Command::Completions { shell }) => manual::print_completions(shell),
        Ok(Command::Man { command }) => manual::print_page(command.as_deref()),
        Err(NoCommand::Answer(text)) => print(text.as_bytes()),
        Err(NoCommand::Help(text)) => {
            use std::io::Write;
            let _ = std::io::stderr().write_all(text.as_bytes());
            Outcome::Failed
        }
        Err(NoCommand::Wrong(message)) => {
            complain(format_args!("{message}\nTry 'galley --help'."));
            Outcome::Failed
        }
    }
    .into()
}
