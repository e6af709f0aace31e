//! How a run ends: its exit code, and what it says on the way.
//!
//! Owns exit codes and the standard streams' last words. Must not know the commands.

use std::io::{self, Write};
use std::process::ExitCode;

/// How a run went; the order is that of gravity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// All is well.
    Fine,
    /// Some lines were bad; the rest was done.
    BadLines,
    /// A file could not be read, or the output not written.
    Failed,
    /// The person, or the system, ended the run early.
    Interrupted,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Fine => 0,
            Outcome::BadLines => 1,
            Outcome::Failed => 2,
            Outcome::Interrupted => crate::interrupt::INTERRUPTED_STATUS,
        })
    }
}

/// One line for the person on standard error. A closed one is no reason to fail.
pub(crate) fn complain(message: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "galley: {message}");
}

/// A reader that went away (`| head`) is no failure; anything else is said.
pub(crate) fn write_outcome(result: io::Result<()>) -> Outcome {
    match result {
        Ok(()) => Outcome::Fine,
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Outcome::Fine,
        Err(e) => {
            complain(format_args!("the output could not be written: {e}"));
            Outcome::Failed
        }
    }
}

/// Prints what is all the answer (help, version, a report).
pub(crate) fn print(text: &[u8]) -> Outcome {
    let mut out = std::io::stdout().lock();
    let done = out.write_all(text).and_then(|()| out.flush());
    write_outcome(done)
}
