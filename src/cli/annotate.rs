//! `galley annotate`: texts in, documents out.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;

use galley_engine::calendar::Stamp;
use galley_engine::document::{Document, PagePart, Zone};
use galley_engine::entities::LearnedWeights;
use galley_engine::learning;
use galley_engine::user_words::{LearnedLine, WordList, WordListFile};
use galley_engine::{Models, Options, analyze};
use galley_formats::{ExportDocument, FORMATS};
use galley_intake::{Article, Reading};

use crate::args::{Annotate, Errors};
use crate::input::{self, Line, Lines, Record};
use crate::interrupt;
use crate::outcome::{Outcome, complain, write_outcome};
use crate::output::{self, KnownIds, Output, Written};
use crate::progress::{Meter, Progress};
use crate::{models, pipeline};

/// Said where a second document would spoil the first one's file.
const ONE_A_FILE: &str = "the format holds one document a file: give --output FOLDER for several";

/// What every text of a run is read with.
#[derive(Clone)]
struct Job {
    options: Annotate,
    /// The reader's own names.
    words: WordList,
    /// What the reader's corrections taught.
    learned: LearnedWeights,
    models: &'static Models,
}

/// What came of one piece of input.
enum Done {
    /// A document, ready to print.
    Document(Written),
    /// Those of one file, in its order.
    Several(Vec<Done>),
    /// Nothing, as the output has it already.
    Skipped,
    /// Nothing, and why.
    Refused(Outcome, String),
}

/// Runs the command.
pub(crate) fn run(options: &Annotate) -> Outcome {
    let models = match models::shipped_models() {
        Ok(models) => models,
        Err(why) => {
            complain(why);
            return Outcome::Failed;
        }
    };
    let mut outcome = Outcome::Fine;
    let mut list = WordListFile::default();
    for path in options.words.iter().chain(&options.learned) {
        match input::read_word_list(path) {
            Ok((read, is_whole)) => {
                if !is_whole {
                    outcome = outcome.max(Outcome::BadLines);
                }
                list.entries.extend(read.entries);
                list.patterns.extend(read.patterns);
                // What was learned is taken from the file that was named for it.
                if Some(path) == options.learned.as_ref() {
                    list.learned = read.learned;
                }
            }
            Err(why) => {
                complain(why);
                return Outcome::Failed;
            }
        }
    }
    let learned = match (&options.learned, list.learned.take()) {
        (Some(path), line) => match line.as_ref().and_then(learned_weights) {
            Some(weights) => weights,
            None => {
                complain(format_args!(
                    "{}: it holds nothing that this version learned: make it anew with 'galley learn'",
                    input::display_name(path)
                ));
                return Outcome::Failed;
            }
        },
        (None, _) => LearnedWeights::default(),
    };
    let (words, refused) = WordList::of_file(list);
    for (rule, why) in &refused {
        complain(format_args!("the pattern {} was left out: {why}", rule.pattern));
        outcome = outcome.max(Outcome::BadLines);
    }
    let mut files = options.files.clone();
    if files.is_empty() {
        if io::stdin().is_terminal() {
            complain("no FILE given ('-' is standard input)\nTry 'galley --help'.");
            return Outcome::Failed;
        }
        files.push(PathBuf::from("-"));
    }
    interrupt::listen();
    let job = Job { options: options.clone(), words, learned, models };
    outcome.max(match options.jsonl {
        true => annotate_lines(&job, files),
        false => annotate_files(&job, files),
    })
}

/// As much of what was learned as counted for those who learned it.
fn learned_weights(line: &LearnedLine) -> Option<LearnedWeights> {
    let (weights, share) = learning::read_line(line)?;
    Some(learning::weights_in_force(&weights, share))
}

/// Opens the output, and says what it has already.
fn open_output(options: &Annotate) -> Result<(Output, KnownIds), String> {
    let format = options.other_format().or(FORMATS.first()).ok_or_else(String::new)?;
    match (&options.output, options.resume) {
        (Some(path), true) if path.is_dir() => {
            Err(format!("{}: is a folder, and --resume goes on with a file", path.display()))
        }
        (Some(path), true) => Output::resume(path, format),
        (path, _) => Ok((Output::open(path.as_deref(), format)?, KnownIds::default())),
    }
}

/// One document a file.
fn annotate_files(job: &Job, files: Vec<PathBuf>) -> Outcome {
    let options = &job.options;
    let files = input::expand_folders(files);
    let indented = options.indented().unwrap_or(files.len() == 1);
    let into_folder = |path: &Path| path.is_dir() || path.to_string_lossy().ends_with('/');
    if let Some(format) = options.other_format()
        && files.len() > 1
        && !format.is_json_lines()
        && !format.is_concatenable()
        && !options.output.as_deref().is_some_and(into_folder)
    {
        complain(format_args!(
            "{} holds one document a file: give --output FOLDER for several",
            format.name
        ));
        return Outcome::Failed;
    }
    let total = (files.len() > 1).then_some(files.len() as u64);
    let meter = Meter::default();
    let (read, own) = (meter.clone(), job.clone());
    let mut files = files.into_iter();
    let next = move || {
        let path = files.next()?;
        read.add(1);
        let size = std::fs::metadata(&path).map_or(0, |m| m.len());
        Some((path, usize::try_from(size).unwrap_or(usize::MAX / 2)))
    };
    let work = move |path: PathBuf| {
        let name = input::display_name(&path).into_owned();
        match input::read_articles(&path) {
            Ok(reading) => Done::Several(own.annotate_reading(reading, &name, indented)),
            Err(why) => Done::Refused(Outcome::Failed, format!("{name}: {why}")),
        }
    };
    match open_output(options) {
        Ok((out, _)) => write_all(out, thread_count(options), next, work, &meter, total),
        Err(why) => {
            complain(why);
            Outcome::Failed
        }
    }
}

/// One document a line of JSON.
fn annotate_lines(job: &Job, files: Vec<PathBuf>) -> Outcome {
    let (out, known) = match open_output(&job.options) {
        Ok(opened) => opened,
        Err(why) => {
            complain(why);
            return Outcome::Failed;
        }
    };
    let total = size_of_all(&files);
    let meter = Meter::default();
    let known = Arc::new(Mutex::new(known));
    let (read, own) = (meter.clone(), job.clone());
    let mut lines = Lines::new(files);
    let next = move || {
        let (line, bytes) = lines.next_line()?;
        read.add(bytes as u64);
        Some((line, bytes))
    };
    let work = move |line: Line| match line {
        Line::Text { file, number, bytes } => {
            let done = input::parse_record(&bytes).and_then(|mut record| {
                if own.options.resume {
                    let id = record.id.as_deref().ok_or("has no \"id\", which --resume needs")?;
                    if known.lock().unwrap_or_else(PoisonError::into_inner).take(id) {
                        return Ok(Done::Skipped);
                    }
                }
                let named = || own.date_in_name(record.id.as_deref());
                record.published = record.published.or_else(named);
                own.annotate(record, false).map(Done::Document)
            });
            let mut done = done.unwrap_or_else(|why| {
                let id = || input::parse_id(&bytes);
                own.refuse_line(id, file, number, &why)
            });
            if own.options.carry
                && let Done::Document(written) = &mut done
            {
                written.carry(input::other_fields(&bytes).as_deref());
            }
            done
        }
        Line::TooLong { file, number } => own.refuse_line(|| None, file, number, "is too long"),
        Line::Broken { file, why } => {
            Done::Refused(Outcome::Failed, format!("{}: {why}", input::display_name(&file)))
        }
    };
    write_all(out, thread_count(&job.options), next, work, &meter, total)
}

/// Reads, works and writes.
fn write_all<T: Send + 'static>(
    mut out: Output,
    threads: usize,
    mut next: impl FnMut() -> Option<(T, usize)> + Send + 'static,
    work: impl Fn(T) -> Done + Send + Sync + 'static,
    meter: &Meter,
    total: Option<u64>,
) -> Outcome {
    let progress = Progress::new(total);
    let next = move || if interrupt::interrupted() { None } else { next() };
    let mut outcome = Outcome::Fine;
    let mut documents = 0;
    let mut is_spoiled = false;
    let ended = pipeline::run_in_order(threads, next, work, |done| {
        let several = match done {
            Done::Several(several) => several,
            one => vec![one],
        };
        for done in several {
            match done {
                Done::Document(_) if is_spoiled => {}
                Done::Document(_) if out.is_full() => {
                    is_spoiled = true;
                    outcome = Outcome::Failed;
                    progress.complain(ONE_A_FILE);
                }
                Done::Document(json) => {
                    if let Some(lost) = out.put(&json)? {
                        progress.complain(&lost);
                    }
                    documents += 1;
                }
                Done::Refused(how, why) => {
                    outcome = outcome.max(how);
                    progress.complain(&why);
                }
                Done::Several(_) | Done::Skipped => {}
            }
        }
        progress.step(documents, meter.get());
        Ok(())
    });
    let interrupted = interrupt::interrupted();
    let ended = match interrupted {
        true => ended,
        false => ended.and_then(|()| out.finish()),
    };
    progress.done();
    let outcome = outcome.max(write_outcome(ended));
    // A closed output is already told; nothing is left to give up.
    let kept = out.give_up().map_or(String::new(), |partial| {
        format!("{partial} has what was written; the same command with --resume goes on")
    });
    match interrupted {
        true => {
            complain(format_args!("interrupted after {documents} documents"));
            if !kept.is_empty() {
                complain(kept);
            }
            Outcome::Interrupted
        }
        false => {
            if !kept.is_empty() {
                complain(kept);
            }
            outcome
        }
    }
}

impl Job {
    /// The documents of a file's articles, and what of it could not be read.
    fn annotate_reading(&self, reading: Reading, name: &str, indented: bool) -> Vec<Done> {
        let indented = indented && reading.articles.len() == 1;
        let mut done = Vec::new();
        for article in reading.articles {
            let place = match article.name.as_str() {
                "" => name.to_owned(),
                inner => format!("{name}: {inner}"),
            };
            let id = article.id.clone().unwrap_or_default();
            let given = article.published.as_deref().and_then(Stamp::parse);
            let in_name = || self.date_in_name(Some(name)).or_else(|| self.date_in_name(Some(&id)));
            let published = given.or_else(in_name);
            let record = Record { id: article.id.clone(), text: article.text.clone(), published };
            done.push(match self.annotate_article(record, Some(&article), indented) {
                Ok(json) => Done::Document(json),
                Err(why) => Done::Refused(Outcome::Failed, format!("{place}: {why}")),
            });
        }
        for (inner, why) in reading.left_out {
            done.push(Done::Refused(Outcome::BadLines, format!("{name}: {inner} {why}")));
        }
        done
    }

    /// The publication date in a file's path or a text's id.
    fn date_in_name(&self, name: Option<&str>) -> Option<Stamp> {
        self.options.published_from.as_ref()?.find_date(name?)
    }

    /// Tells a bad line, on standard error or in its place.
    fn refuse_line(
        &self,
        id: impl FnOnce() -> Option<String>,
        file: Option<PathBuf>,
        number: u64,
        why: &str,
    ) -> Done {
        match self.options.errors {
            Errors::Inline => Done::Document(Written::error(id(), why)),
            Errors::Stderr => {
                let file = file.map_or(String::new(), |f| format!("{}: ", input::display_name(&f)));
                Done::Refused(Outcome::BadLines, format!("{file}line {number}: {why}"))
            }
        }
    }

    /// Analyses one text and spells its document.
    fn annotate(&self, record: Record, indented: bool) -> Result<Written, String> {
        self.annotate_article(record, None, indented)
    }

    /// Analyses one text and spells its document. `article`: what its file says of it.
    fn annotate_article(
        &self,
        record: Record,
        article: Option<&Article>,
        indented: bool,
    ) -> Result<Written, String> {
        let known = Options {
            id: record.id,
            published: record.published.or(self.options.published),
            skip: self.options.skipped(),
            words: self.words.clone(),
            learned: self.learned.clone(),
        };
        let mut document = analyze(&record.text, &known, self.models).map_err(|e| e.to_string())?;
        if let Some(article) = article {
            take_over_head(&mut document, article);
        }
        if let Some(format) = self.options.other_format() {
            let export = ExportDocument::new(&document).map_err(|e| e.to_string())?;
            return Ok(output::write_format(format, &export));
        }
        let json = galley_formats::galley_json::write(&document, indented);
        let mut json = json.map_err(|e| e.to_string())?;
        if !json.ends_with('\n') {
            json.push('\n');
        }
        Ok(Written::galley(json, document.id.as_deref()))
    }
}

/// What a file's own fields say goes before what was found in the text: the title, and which paragraphs are
/// captions.
fn take_over_head(document: &mut Document, article: &Article) {
    if let Some(title) = &article.title {
        document.title = Some(title.clone());
    }
    let mut parts = document.parts.clone();
    for caption in &article.captions {
        let found = document.text.as_str().find(&format!("\n{caption}"));
        let span = found.and_then(|at| document.text.span(at + 1, at + 1 + caption.len()));
        if let Some(span) = span {
            parts.retain(|part| part.span.end() <= span.start() || part.span.start() >= span.end());
            parts.push(PagePart { zone: Zone::Caption, span });
        }
    }
    parts.sort_by_key(|part| part.span.start());
    document.set_parts(parts);
}

fn thread_count(options: &Annotate) -> usize {
    options.threads.or_else(|| available_parallelism().ok()).map_or(1, |n| n.get().min(256))
}

/// Bytes of all files together, where each one is a plain file.
fn size_of_all(files: &[PathBuf]) -> Option<u64> {
    let size = |path: &PathBuf| {
        let meta = if path.as_os_str() == "-" {
            // Redirected from a file, standard input has a length.
            std::fs::metadata("/dev/stdin").ok()?
        } else {
            std::fs::metadata(path).ok()?
        };
        meta.is_file().then_some(meta.len())
    };
    files.iter().map(size).sum()
}
