//! The command line's arguments.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use galley_engine::analysis::Skip;
use galley_engine::calendar::Stamp;
use galley_engine::wordlist::WordList;
use galley_formats::{FORMATS, Format};
use lexopt::Arg;
use lexopt::prelude::*;

use crate::help;
use crate::naming::DateIn;

/// What to do.
#[derive(Debug)]
pub(crate) enum Command {
    /// `galley annotate …`
    Annotate(Annotate),
    /// `galley explain …`: files, and the publication date.
    Explain(Vec<PathBuf>, Option<Stamp>),
    /// `galley agree …`: two files or more.
    Agree(Vec<PathBuf>),
    /// `galley convert …`
    Convert(Convert),
    /// Print this and be done.
    Print(String),
}

/// Why there is nothing to do.
#[derive(Debug)]
pub(crate) enum Usage {
    /// No arguments at all: the help is the answer.
    Short,
    /// Wrong arguments, and what is wrong with them.
    Wrong(String),
}

impl From<lexopt::Error> for Usage {
    fn from(error: lexopt::Error) -> Usage {
        Usage::Wrong(error.to_string())
    }
}

/// The options of `galley convert`.
#[derive(Debug, Clone)]
pub(crate) struct Convert {
    /// Documents; brat's `.ann` with its `.txt`. Empty: standard input.
    pub(crate) files: Vec<PathBuf>,
    /// What they become.
    pub(crate) format: &'static Format,
    /// The file or the folder that is written; `None`: standard output.
    pub(crate) output: Option<PathBuf>,
}

/// The options of `galley annotate`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Annotate {
    /// Another format than Galley JSON.
    pub(crate) format: Option<&'static Format>,
    /// The file or the folder that is written; `None`: standard output.
    pub(crate) output: Option<PathBuf>,
    /// Where from; `-` is standard input. Empty: standard input.
    pub(crate) files: Vec<PathBuf>,
    /// One JSON object a line, in and out.
    pub(crate) jsonl: bool,
    /// For texts that do not bring their own.
    pub(crate) published: Option<Stamp>,
    /// Where it stands in the name of a text that does not bring its own.
    pub(crate) published_from: Option<DateIn>,
    /// Engines to leave out.
    pub(crate) skip: Skip,
    /// A file with the reader's own names.
    pub(crate) words_from: Option<PathBuf>,
    /// What stands in it, once it was read.
    pub(crate) words: WordList,
    /// As people read it; `None`: only for a single document.
    pub(crate) pretty: Option<bool>,
    /// `None`: one a core.
    pub(crate) threads: Option<NonZeroUsize>,
}

/// Reads the arguments.
///
/// # Errors
/// [`Usage`], in words for people.
pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Command, Usage> {
    let Some(arg) = parser.next()? else {
        return Err(Usage::Short);
    };
    match arg {
        Short('h') | Long("help") => Ok(Command::Print(help::GENERAL.to_owned())),
        Short('V') | Long("version") => Ok(Command::Print(version())),
        Value(command) => match command.to_str() {
            Some("annotate") => annotate(parser),
            Some("explain") => explain(parser),
            Some("agree") => agree(parser),
            Some("convert") => convert(parser),
            Some("help") => help_on(parser),
            _ => Err(Usage::Wrong(format!("there is no command '{}'", command.to_string_lossy()))),
        },
        other => Err(other.unexpected().into()),
    }
}

fn version() -> String {
    format!("galley {}\n", env!("CARGO_PKG_VERSION"))
}

fn help_on(mut parser: lexopt::Parser) -> Result<Command, Usage> {
    let text = match parser.next()? {
        None => help::GENERAL,
        Some(Value(command)) => match command.to_str() {
            Some("annotate") => return Ok(Command::Print(help::annotate())),
            Some("explain") => help::EXPLAIN,
            Some("agree") => help::AGREE,
            Some("convert") => return Ok(Command::Print(help::convert())),
            Some("help") => help::GENERAL,
            _ => {
                return Err(Usage::Wrong(format!(
                    "there is no command '{}' to help with",
                    command.to_string_lossy()
                )));
            }
        },
        Some(other) => return Err(other.unexpected().into()),
    };
    Ok(Command::Print(text.to_owned()))
}

fn annotate(mut parser: lexopt::Parser) -> Result<Command, Usage> {
    let mut options = Annotate::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(Command::Print(help::annotate())),
            Short('V') | Long("version") => return Ok(Command::Print(version())),
            Long("jsonl") => options.jsonl = true,
            Long("pretty") => options.pretty = Some(true),
            Long("compact") => options.pretty = Some(false),
            Long("published") => options.published = Some(published(&text(&mut parser)?)?),
            Long("published-from") => {
                options.published_from = Some(published_from(&text(&mut parser)?)?);
            }
            Long("only") => options.skip = only(&text(&mut parser)?)?,
            Long("words") => options.words_from = Some(parser.value()?.into()),
            Short('f') | Long("format") => options.format = Some(format(&text(&mut parser)?)?),
            Short('o') | Long("output") => options.output = Some(parser.value()?.into()),
            Long("threads") => options.threads = Some(threads(&text(&mut parser)?)?),
            Value(file) => options.files.push(file.into()),
            Arg::Short(_) | Arg::Long(_) => return Err(arg.unexpected().into()),
        }
    }
    if options.jsonl && options.pretty == Some(true) {
        return Err(Usage::Wrong(
            "--jsonl prints one document a line: leave --pretty out".to_owned(),
        ));
    }
    // Galley JSON is what is printed anyway, one or many.
    let galley = FORMATS.first().map(|f| f.word);
    options.format = options.format.filter(|f| Some(f.word) != galley);
    if let Some(format) = options.format {
        if options.pretty.is_some() {
            let why = "--pretty and --compact are for Galley JSON: leave them out";
            return Err(Usage::Wrong(why.to_owned()));
        }
        if options.jsonl && !format.is_lines() {
            return Err(Usage::Wrong(format!(
                "--jsonl prints one document a line, and {} is not of lines: give FILEs and --output FOLDER",
                format.name
            )));
        }
    }
    Ok(Command::Annotate(options))
}

fn convert(mut parser: lexopt::Parser) -> Result<Command, Usage> {
    let (mut files, mut wanted, mut output) = (Vec::new(), None, None);
    while let Some(arg) = parser.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(Command::Print(help::convert())),
            Short('f') | Long("format") => wanted = Some(format(&text(&mut parser)?)?),
            Short('o') | Long("output") => output = Some(parser.value()?.into()),
            Value(file) => files.push(file.into()),
            _ => return Err(arg.unexpected().into()),
        }
    }
    let format = match wanted.or(FORMATS.first()) {
        Some(format) => format,
        None => return Err(Usage::Short),
    };
    Ok(Command::Convert(Convert { files, format, output }))
}

fn explain(mut parser: lexopt::Parser) -> Result<Command, Usage> {
    let (mut files, mut date) = (Vec::new(), None);
    while let Some(arg) = parser.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(Command::Print(help::EXPLAIN.to_owned())),
            Long("published") => date = Some(published(&text(&mut parser)?)?),
            Value(file) => files.push(file.into()),
            _ => return Err(arg.unexpected().into()),
        }
    }
    if files.is_empty() {
        return Err(Usage::Wrong("no FILE given ('-' is standard input)".to_owned()));
    }
    Ok(Command::Explain(files, date))
}

fn agree(mut parser: lexopt::Parser) -> Result<Command, Usage> {
    let mut files = Vec::new();
    while let Some(arg) = parser.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(Command::Print(help::AGREE.to_owned())),
            Value(file) => files.push(file.into()),
            _ => return Err(arg.unexpected().into()),
        }
    }
    if files.len() < 2 {
        let why = "'agree' compares two FILEs or more";
        return Err(Usage::Wrong(why.to_owned()));
    }
    Ok(Command::Agree(files))
}

fn text(parser: &mut lexopt::Parser) -> Result<String, Usage> {
    Ok(parser.value()?.string()?)
}

fn format(word: &str) -> Result<&'static Format, Usage> {
    Format::named(word).ok_or_else(|| {
        let known: Vec<&str> = FORMATS.iter().map(|f| f.word).collect();
        Usage::Wrong(format!("--format wants one of {}, not '{word}'", known.join(", ")))
    })
}

fn published(value: &str) -> Result<Stamp, Usage> {
    Stamp::parse(value).ok_or_else(|| {
        Usage::Wrong(format!(
            "--published wants a date such as 2021-07-23 or 2021-07-23T19:27:00, not '{value}'"
        ))
    })
}

fn published_from(value: &str) -> Result<DateIn, Usage> {
    DateIn::parse(value)
        .map_err(|why| Usage::Wrong(format!("--published-from wants a regular expression: {why}")))
}

fn threads(value: &str) -> Result<NonZeroUsize, Usage> {
    value
        .parse()
        .map_err(|_| Usage::Wrong(format!("--threads wants a number from 1, not '{value}'")))
}

fn only(value: &str) -> Result<Skip, Usage> {
    let mut skip = Skip { entities: true, dates: true, quotes: true };
    for kind in value.split(',').map(str::trim) {
        match kind {
            "entities" => skip.entities = false,
            "dates" => skip.dates = false,
            "quotes" => skip.quotes = false,
            _ => {
                return Err(Usage::Wrong(format!(
                    "--only wants some of entities,dates,quotes, not '{kind}'"
                )));
            }
        }
    }
    Ok(skip)
}
