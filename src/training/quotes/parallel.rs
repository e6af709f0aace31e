//! Jobs that need nothing of each other, on as many threads as are wanted. What each gives does not depend on the
//! others, so that the number of threads changes no model.

use std::sync::{Mutex, mpsc};

/// A job, which may say lines while it runs.
pub(super) type Job<'a, T> = Box<dyn FnOnce(&mut dyn FnMut(String)) -> T + Send + 'a>;

/// What the jobs give, in their order.
pub(super) fn run_jobs<T: Send>(
    jobs: Vec<Job<'_, T>>,
    threads: usize,
    say: &mut dyn FnMut(String),
) -> Vec<T> {
    let results: Vec<Mutex<Option<T>>> = jobs.iter().map(|_| Mutex::new(None)).collect();
    let threads = threads.clamp(1, jobs.len().max(1));
    let queue = Mutex::new(jobs.into_iter().enumerate());
    std::thread::scope(|scope| {
        let (send, lines) = mpsc::channel();
        for _ in 0..threads {
            let (send, queue, results) = (send.clone(), &queue, &results);
            scope.spawn(move || {
                let next = || queue.lock().ok().and_then(|mut queue| queue.next());
                while let Some((n, job)) = next() {
                    let result = job(&mut |line| drop(send.send(line)));
                    if let Ok(mut slot) = results[n].lock() {
                        *slot = Some(result);
                    }
                }
            });
        }
        drop(send);
        lines.into_iter().for_each(say);
    });
    let taken = results.into_iter().map(|r| r.into_inner().ok().flatten());
    taken.map(|r| r.expect("every job has run")).collect()
}
