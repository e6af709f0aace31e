//! Work on all cores, results in the order of the input, in bounded memory.
//!
//! By threads and channels of the standard library: rayon keeps the order only of what is in memory as
//! a whole, and cannot leave a reader behind that waits for input.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::interrupt::interrupted;

/// Bytes of input that may be on their way at once; a single larger piece goes alone.
const MAX_BYTES_IN_FLIGHT: usize = 32 << 20;

/// How much may be on its way between the reader and the writer.
struct Window {
    state: Mutex<InFlight>,
    freed: Condvar,
    max_pieces: usize,
}

#[derive(Default)]
struct InFlight {
    pieces: usize,
    bytes: usize,
}

impl Window {
    /// Waits until a piece of this size may be read, and counts it.
    fn wait_for_room(&self, bytes: usize) {
        let mut now = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while now.pieces > 0
            && (now.pieces >= self.max_pieces || now.bytes + bytes > MAX_BYTES_IN_FLIGHT)
        {
            now = self.freed.wait(now).unwrap_or_else(PoisonError::into_inner);
        }
        now.pieces += 1;
        now.bytes += bytes;
    }

    /// Is nothing on its way?
    fn is_empty(&self) -> bool {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).pieces == 0
    }

    /// Counts a piece as written.
    fn make_room(&self, bytes: usize) {
        let mut now = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        now.pieces = now.pieces.saturating_sub(1);
        now.bytes = now.bytes.saturating_sub(bytes);
        self.freed.notify_all();
    }
}

/// How often a run that waits looks whether it was asked to end.
const INTERRUPT_POLL: Duration = Duration::from_millis(50);

struct Piece<T> {
    index: u64,
    bytes: usize,
    content: T,
}

/// Reads pieces with `read` on a thread of its own (each with its size in bytes; `None` ends),
/// turns them into results with `work` on `threads` threads, and hands the results to `write`
/// here, in the order in which they were read. `write` ends the run early with an `Err`; a reader
/// that waits for input is then left behind. So it is when the program is asked to end: what had
/// been read is worked and written, and the run is over.
///
/// # Errors
/// What `write` gave.
pub(crate) fn run_in_order<T, R, E>(
    threads: usize,
    mut read: impl FnMut() -> Option<(T, usize)> + Send + 'static,
    work: impl Fn(T) -> R + Send + Sync + 'static,
    mut write: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send + 'static,
    R: Send + 'static,
{
    let window = Arc::new(Window {
        state: Mutex::default(),
        freed: Condvar::new(),
        max_pieces: threads * 16,
    });
    let (to_work, jobs) = sync_channel::<Piece<T>>(threads * 2);
    let (to_write, results) = sync_channel::<Piece<R>>(threads * 2);
    let (jobs, work) = (Arc::new(Mutex::new(jobs)), Arc::new(work));
    for _ in 0..threads {
        let (jobs, work, to_write) = (jobs.clone(), work.clone(), to_write.clone());
        thread::spawn(move || work_until_closed(&jobs, &*work, &to_write));
    }
    drop(to_write);
    let reader_window = window.clone();
    thread::spawn(move || {
        for index in 0.. {
            let Some((content, bytes)) = read() else {
                return;
            };
            reader_window.wait_for_room(bytes);
            if interrupted() {
                reader_window.make_room(bytes);
                return;
            }
            let piece = Piece { index, bytes, content };
            if to_work.send(piece).is_err() {
                return;
            }
        }
    });
    // Results that came before their turn; never more than the window holds.
    let mut early = BTreeMap::new();
    let mut turn = 0;
    loop {
        let piece = match results.recv_timeout(INTERRUPT_POLL) {
            Ok(piece) => piece,
            Err(RecvTimeoutError::Timeout) if interrupted() && window.is_empty() => return Ok(()),
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
        early.insert(piece.index, piece);
        while let Some(piece) = early.remove(&turn) {
            write(piece.content)?;
            window.make_room(piece.bytes);
            turn += 1;
        }
    }
}

/// A worker that dies would leave the writer waiting for its result for ever.
struct AbortOnPanic;

impl Drop for AbortOnPanic {
    fn drop(&mut self) {
        if thread::panicking() {
            std::process::abort();
        }
    }
}

fn work_until_closed<T, R>(
    jobs: &Mutex<Receiver<Piece<T>>>,
    work: &impl Fn(T) -> R,
    results: &SyncSender<Piece<R>>,
) {
    let _guard = AbortOnPanic;
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Piece { index, bytes, content }) = job else {
            return;
        };
        let content = work(content);
        let result = Piece { index, bytes, content };
        if results.send(result).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_input() {
        for threads in [1, 2, 7] {
            let mut next = 0u64;
            let read = move || {
                next += 1;
                (next <= 500).then_some((next, 1))
            };
            // Early pieces are the slow ones.
            let work = |n: u64| (0..(500 - n) * 50).fold(n, |a, b| a ^ (b & 1) ^ (b & 1));
            let mut seen = Vec::new();
            run_in_order(threads, read, work, |n| {
                seen.push(n);
                Ok::<(), ()>(())
            })
            .unwrap();
            assert_eq!(seen, (1..=500).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_more_is_read_than_the_window_holds() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static READ: AtomicUsize = AtomicUsize::new(0);
        let read = || {
            READ.fetch_add(1, Ordering::SeqCst);
            Some(((), MAX_BYTES_IN_FLIGHT / 4))
        };
        let mut written = 0;
        let ended = run_in_order(
            2,
            read,
            |()| (),
            |()| {
                written += 1;
                // Four pieces fill the budget; one more may wait at the reader_window.
                assert!(READ.load(Ordering::SeqCst) <= written + 6);
                if written < 100 { Ok(()) } else { Err("enough") }
            },
        );
        assert_eq!(ended, Err("enough"));
    }
}
