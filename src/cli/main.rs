//! The command line.
//!
//! Owns arguments, files, standard streams, threads and exit codes. Must not know how anything is
//! found: it hands a text to [`galley_engine::analyze`] and prints the document.

mod agree;
mod annotate;
mod args;
mod convert;
mod explain;
mod input;
mod manual;
mod models;
mod naming;
mod output;
mod pipeline;
mod progress;

use std::process::ExitCode;

use args::{Command, NoCommand};

/// How a run went; the order is that of gravity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// All is well.
    Fine,
    /// Some lines were bad; the rest was done.
    BadLines,
    /// A file could not be read, or the output not written.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Fine => 0,
            Outcome::BadLines => 1,
            Outcome::Failed => 2,
        })
    }
}

/// One line for the person on standard error. A closed one is no reason to fail.
pub(crate) fn complain(message: impl std::fmt::Display) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "galley: {message}");
}

fn main() -> ExitCode {
    match args::parse() {
        Ok(Command::Annotate(options)) => annotate::run(&options),
        Ok(Command::Explain(options)) => explain::run(options),
        Ok(Command::Convert(options)) => convert::run(options),
        Ok(Command::Agree(options)) => agree::run(&options.files),
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

/// Prints what is all the answer (help, version, a report).
pub(crate) fn print(text: &[u8]) -> Outcome {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let done = out.write_all(text).and_then(|()| out.flush());
    annotate::write_outcome(done)
}
