//! A progress bar on standard error, where a person sits before it.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shows how far a run is. Nothing is shown when standard error is no terminal, or when the
/// documents themselves are printed to one.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// `total` in the unit of [`Progress::at`]; `None` where nobody knows.
    pub(crate) fn new(total: Option<u64>) -> Progress {
        let target = if std::io::stdout().is_terminal() {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let bar = ProgressBar::with_draw_target(total, target);
        let template = match total {
            Some(_) => "{wide_bar} {percent:>3}%  {msg}  {eta} left",
            None => "{spinner} {msg}  {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Progress { bar }
    }

    /// One more document is written; `read` units of input have been read.
    pub(crate) fn step(&self, documents: u64, read: u64) {
        if self.bar.length().is_some() {
            self.bar.set_position(read);
        } else {
            self.bar.tick();
        }
        if !self.bar.is_hidden() {
            self.bar.set_message(format!("{documents} documents"));
        }
    }

    /// Prints `message` above the bar.
    pub(crate) fn complain(&self, message: &str) {
        self.bar.suspend(|| crate::outcome::complain(message));
    }

    /// Takes the bar away.
    pub(crate) fn done(&self) {
        self.bar.finish_and_clear();
    }
}

/// Counts what has been read of the input, across threads.
#[derive(Debug, Clone, Default)]
pub(crate) struct Meter(Arc<AtomicU64>);

impl Meter {
    /// `n` more.
    pub(crate) fn add(&self, n: u64) {
        self.0.fetch_add(n, Ordering::Relaxed);
    }

    /// So far.
    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
