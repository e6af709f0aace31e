//! Ctrl+C, and being asked to end: a run stops reading, writes what it has begun, and ends.
//!
//! Owns the signals. Must not know what is being done.

use std::sync::atomic::{AtomicBool, Ordering};

/// The exit status of a run that was asked to end: 128 and the number of SIGINT, as shells have it.
pub(crate) const INTERRUPTED_STATUS: u8 = 130;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// From now on the first signal only sets [`interrupted`]; the second ends the program at once.
pub(crate) fn listen() {
    // Without the signals the run ends as the system ends it.
    let _ = ctrlc::set_handler(|| {
        if INTERRUPTED.swap(true, Ordering::SeqCst) {
            std::process::exit(i32::from(INTERRUPTED_STATUS));
        }
    });
}

/// Was the program asked to end?
pub(crate) fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}
