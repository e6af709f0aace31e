//! Many texts that wait to be read: which file is fetched next, which worker reads what, how far it all is.
//!
//! Every text is stored as soon as it is read. What cannot be read is named at the end; the others go on.

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use crate::saved::Entry;
use crate::words::counted;

/// Workers that read at once, at most: each holds models of its own.
pub const MAX_WORKERS: usize = 8;
/// Texts that a worker has at once: one that it reads and one that waits, so that it is never idle.
const TEXTS_PER_WORKER: usize = 2;
/// How often a worker may die while reading one text before the text is given up.
const MAX_DEATHS: u8 = 2;
/// How often a worker may die without having said that it is there before the queue does without it.
const MAX_STARTS: u8 = 3;

/// A text that waits for a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The key under which it will be kept.
    pub key: String,
    /// The name of the file it came from.
    pub name: String,
    /// The text.
    pub text: Rc<str>,
    /// Its publication date, as [`galley_engine::calendar::Stamp`] writes it.
    pub published: Option<String>,
    /// How often a worker has died on it.
    pub deaths: u8,
}

/// A worker of the queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PoolWorker {
    /// It has loaded its models.
    pub ready: bool,
    /// It died too often and is not started again.
    pub given_up: bool,
    /// How often it has died without having been ready.
    starts: u8,
    /// What it was sent, by the number of the job, in order.
    pub jobs: VecDeque<(u32, Article)>,
}

/// Files and texts on their way into the list.
#[derive(Debug, Default)]
pub struct Queue {
    /// How many files there are.
    pub files: usize,
    /// The number of the file that is fetched next.
    next_file: usize,
    /// How many files were asked for and have not come.
    fetching: usize,
    /// Jobs of the files worker: files of other programs that are being opened.
    pub foreign: HashMap<u32, String>,
    /// Texts that wait for a worker.
    waiting: VecDeque<Article>,
    /// The workers.
    pub workers: Vec<PoolWorker>,
    /// What was read and is being saved, by key.
    pub saving: HashMap<String, Entry>,
    /// How many documents are in the list.
    pub stored: usize,
    /// What could not be read: the file's name, and why.
    pub failed: Vec<(String, String)>,
    /// The collection that they go into; empty: none.
    pub collection: String,
    /// When it began, in milliseconds since 1970.
    pub begun: u64,
    /// How many were handed to the browser to be saved.
    pub taken: u64,
}

impl Queue {
    /// A queue of this many files, for at most this many workers.
    pub fn new(files: usize, cores: usize) -> Queue {
        let workers = cores.clamp(1, MAX_WORKERS).min(files.max(1));
        Queue { files, workers: vec![PoolWorker::default(); workers], ..Queue::default() }
    }

    /// More files.
    pub fn add_files(&mut self, files: usize) {
        self.files += files;
    }

    /// The number of a file to fetch now; `None`: enough are there.
    pub fn take_file(&mut self) -> Option<usize> {
        let ahead = TEXTS_PER_WORKER * self.workers.len();
        let busy = self.fetching + self.waiting.len() + self.foreign.len();
        if self.next_file >= self.files || busy >= ahead {
            return None;
        }
        self.fetching += 1;
        self.next_file += 1;
        Some(self.next_file - 1)
    }

    /// A file that was asked for has come.
    pub fn note_fetched(&mut self) {
        self.fetching = self.fetching.saturating_sub(1);
    }

    /// A text is to be read.
    pub fn push(&mut self, article: Article) {
        self.waiting.push_back(article);
    }

    /// Gives waiting texts to workers that have room: the worker's index, the number of the job, the text.
    pub fn hand_out(&mut self, mut next_number: impl FnMut() -> u32) -> Vec<(usize, u32, Article)> {
        let mut out = Vec::new();
        // One each before a second one each.
        for room in 1..=TEXTS_PER_WORKER {
            for (i, worker) in self.workers.iter_mut().enumerate() {
                if worker.ready
                    && worker.jobs.len() < room
                    && let Some(article) = self.waiting.pop_front()
                {
                    let number = next_number();
                    worker.jobs.push_back((number, article.clone()));
                    out.push((i, number, article));
                }
            }
        }
        out
    }

    /// The text of a job that a worker has answered.
    pub fn take_job(&mut self, worker: usize, number: u32) -> Option<Article> {
        let jobs = &mut self.workers.get_mut(worker)?.jobs;
        let at = jobs.iter().position(|(n, _)| *n == number)?;
        jobs.remove(at).map(|(_, article)| article)
    }

    /// A worker has died. True if it is to be started again.
    pub fn note_death(&mut self, worker: usize) -> bool {
        let Some(dead) = self.workers.get_mut(worker) else {
            return false;
        };
        dead.starts = if dead.ready { 0 } else { dead.starts + 1 };
        dead.ready = false;
        let mut jobs = std::mem::take(&mut dead.jobs);
        dead.given_up = dead.starts >= MAX_STARTS;
        let again = !dead.given_up;
        // It died of the first one; the others only waited.
        if let Some((_, mut suspect)) = jobs.pop_front() {
            suspect.deaths += 1;
            match suspect.deaths >= MAX_DEATHS {
                true => {
                    let why = "the reader stopped on it twice".to_owned();
                    self.failed.push((suspect.name, why));
                }
                false => self.waiting.push_back(suspect),
            }
        }
        for (_, article) in jobs.into_iter().rev() {
            self.waiting.push_front(article);
        }
        if self.workers.iter().all(|w| w.given_up) {
            let why = "the reader does not start in this browser";
            let lost = std::mem::take(&mut self.waiting);
            self.failed.extend(lost.into_iter().map(|a| (a.name, why.to_owned())));
            self.files = self.next_file;
        }
        again
    }

    /// How many texts are read or given up, and how many there are as far as is known: a file counts as one
    /// until it is opened.
    pub fn progress(&self) -> (usize, usize) {
        let done = self.stored + self.failed.len();
        let under_way: usize = self.workers.iter().map(|w| w.jobs.len()).sum();
        let unopened = self.files - self.next_file + self.fetching + self.foreign.len();
        (done, done + self.waiting.len() + under_way + self.saving.len() + unopened)
    }

    /// True when nothing is left to do.
    pub fn is_done(&self) -> bool {
        let (done, all) = self.progress();
        done == all
    }

    /// What became of it all, for people.
    pub fn in_words(&self) -> String {
        let mut said = format!("{} read", counted(self.stored, "article"));
        if let Some((name, why)) = self.failed.first() {
            let more = match self.failed.len() {
                1 => String::new(),
                n => format!(" and {} more", n - 1),
            };
            said.push_str(&format!("; not read: “{name}” ({why}){more}"));
        }
        said.push('.');
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(n: usize) -> Article {
        Article {
            key: format!("k-{n}"),
            name: format!("{n}.txt"),
            text: Rc::from("Text."),
            published: None,
            deaths: 0,
        }
    }

    /// Reads all of it, with workers that answer in turn; gives the keys in the order in which they were read.
    fn run(queue: &mut Queue, dies_on: &str) -> Vec<String> {
        let mut number = 0;
        let mut read = Vec::new();
        for worker in &mut queue.workers {
            worker.ready = true;
        }
        for _ in 0..10_000 {
            while let Some(file) = queue.take_file() {
                queue.note_fetched();
                queue.push(article(file));
            }
            let (done, all) = queue.progress();
            assert_eq!(all, queue.files, "nothing is lost on the way");
            if done == all {
                break;
            }
            let next = || {
                number += 1;
                number
            };
            queue.hand_out(next);
            for i in 0..queue.workers.len() {
                let Some((number, text)) = queue.workers[i].jobs.front().cloned() else {
                    continue;
                };
                if text.name == dies_on {
                    assert!(queue.note_death(i));
                    queue.workers[i].ready = true;
                } else {
                    read.push(queue.take_job(i, number).unwrap().key);
                    queue.stored += 1;
                }
            }
        }
        read
    }

    #[test]
    fn all_is_read_once_by_all_workers() {
        let mut queue = Queue::new(1000, 4);
        let read = run(&mut queue, "");
        let mut keys = read.clone();
        keys.sort();
        keys.dedup();
        assert_eq!((read.len(), keys.len(), queue.is_done()), (1000, 1000, true));
        assert_eq!(queue.in_words(), "1000 articles read.");
        assert_eq!(Queue::new(2, 64).workers.len(), 2);
        assert_eq!(Queue::new(200, 64).workers.len(), MAX_WORKERS);
        assert_eq!(Queue::new(0, 0).workers.len(), 1);
    }

    #[test]
    fn a_text_that_kills_workers_is_named_and_the_others_are_read() {
        let mut queue = Queue::new(20, 2);
        assert_eq!(run(&mut queue, "7.txt").len(), 19);
        let said = queue.in_words();
        assert!(said.contains("19 articles read") && said.contains("7.txt"), "{said}");
    }

    #[test]
    fn workers_that_never_start_end_the_queue() {
        let mut queue = Queue::new(5, 2);
        queue.take_file();
        queue.note_fetched();
        queue.push(article(0));
        for worker in [0, 1] {
            assert!(queue.note_death(worker) && queue.note_death(worker));
            assert!(!queue.note_death(worker));
        }
        assert!(queue.is_done());
        assert!(queue.in_words().contains("does not start"), "{}", queue.in_words());
    }
}
