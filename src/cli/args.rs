//! The command line's arguments and what its help says.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use galley_engine::analysis::Skip;
use galley_engine::calendar::Stamp;
use galley_engine::document::Label;
use galley_formats::{FORMATS, Format};

use crate::naming::PathDatePattern;

/// Reads news articles: who and what is named, who said what, which dates are meant.
#[derive(Debug, Parser)]
#[command(
    name = "galley",
    version,
    propagate_version = true,
    args_override_self = true,
    max_term_width = 100,
    after_help = "Exit status: 0 all is well, 1 some input lines were bad (the rest was done), \
                  2 wrong usage, or a file could not be read or written."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Annotate texts and print the documents as JSON
    #[command(after_help = ANNOTATE_EXAMPLES)]
    Annotate(Annotate),
    /// Print what was read in a text, and why, for people
    ///
    /// One line a finding, in no fixed form.
    Explain(Explain),
    /// Turn annotated documents from one format into another
    #[command(after_help = CONVERT_EXAMPLES)]
    Convert(Convert),
    /// Compare people's annotations of one article: how far they agree, and every difference
    #[command(after_help = AGREE_TABLE)]
    Agree(Agree),
    /// Learn from corrected documents, so that the next articles need fewer corrections
    #[command(after_help = LEARN_EXAMPLES)]
    Learn(Learn),
    /// Measure documents against a person's: F1 by label, corrections, reliability of certainty
    #[command(after_help = EVAL_TABLE)]
    Eval(Eval),
    /// Print the patterns that come with Galley, or try one on texts
    #[command(after_help = PATTERN_EXAMPLES)]
    Patterns(Patterns),
    /// Print the JSON Schema of Galley JSON, or what is made from it
    #[command(after_help = "Example: galley schema typescript > galley.d.ts")]
    Schema {
        /// What to print
        #[arg(value_enum, default_value = "json")]
        what: SchemaPart,
    },
    /// Print a shell's completions for this command line
    #[command(
        after_help = "Example: galley completions bash > ~/.local/share/bash-completion/completions/galley"
    )]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, in roff
    #[command(after_help = "Example: galley man annotate | man -l -")]
    Man {
        /// The command whose page is wanted; without it, the page of galley itself
        command: Option<String>,
    },
}

/// What is known of the format of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum SchemaPart {
    /// The JSON Schema
    Json,
    /// Types for TypeScript
    Typescript,
    /// Types for Python
    Python,
    /// The page that tells of every field, in Markdown
    Page,
    /// A document with every field
    Example,
}

impl SchemaPart {
    /// The file that holds it.
    pub(crate) fn file_name(self) -> &'static str {
        match self {
            SchemaPart::Json => "galley.schema.json",
            SchemaPart::Typescript => "galley.d.ts",
            SchemaPart::Python => "galley_types.py",
            SchemaPart::Page => "README.md",
            SchemaPart::Example => "example.galley.json",
        }
    }
}

/// Where bad lines are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Errors {
    /// On standard error, with their number.
    Stderr,
    /// In the output, in the line's place.
    Inline,
}

/// The options of `galley annotate`.
#[derive(Debug, Clone, Args)]
#[command(override_usage = "galley annotate [OPTIONS] FILE...\n       \
                            galley annotate [OPTIONS] --jsonl [FILE...]")]
pub(crate) struct Annotate {
    /// Articles, in files or folders; '-' is standard input, as is no FILE at all in a pipe
    ///
    /// Plain text in any encoding, web pages (.html, .mhtml), PDF, Word, LibreOffice, RTF, mail,
    /// Markdown, CSV, JSON and zip archives of these. Of a page the article alone is read. One document
    /// is printed indented, several one a line.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Read one JSON object a line, {"id", "text", "published"?}; print one document a line
    ///
    /// The lines come from standard input or the FILEs; documents are printed in input order. Unknown
    /// fields are ignored. A bad line is reported with its number, the rest goes on, and the exit
    /// status is 1.
    #[arg(long)]
    pub(crate) jsonl: bool,
    /// When the articles appeared (2021-07-23, or 2021-07-23T19:27:00)
    ///
    /// Relative dates are resolved against it. A line's own "published" goes first; without either,
    /// it is looked for in the text.
    #[arg(long, value_name = "DATE", value_parser = parse_date, allow_hyphen_values = true)]
    pub(crate) published: Option<Stamp>,
    /// Take the publication date from the file's path, or a line's id, by a regular expression
    ///
    /// The date is made of its groups y, m and d, else of its first group or all that it matches.
    /// Goes before --published.
    #[arg(long, value_name = "PATTERN", value_parser = parse_path_pattern, allow_hyphen_values = true)]
    pub(crate) published_from: Option<PathDatePattern>,
    /// Some of entities,dates,quotes
    ///
    /// Quotes by themselves have speakers as written, but no entities to join them to.
    #[arg(long, value_name = "KINDS", value_parser = parse_kinds)]
    only: Option<Skip>,
    /// Another format than Galley JSON
    ///
    /// What it cannot carry is said on standard error, for the first five documents.
    #[arg(short, long, value_name = "NAME", value_parser = format_values())]
    format: Option<&'static Format>,
    /// Write to this file or folder instead of to standard output
    ///
    /// Into a folder goes a file for each document, named after it.
    #[arg(short, long, value_name = "PATH", allow_hyphen_values = true)]
    pub(crate) output: Option<PathBuf>,
    /// Where a bad line of --jsonl is told
    ///
    /// 'inline' prints {"id", "error"} in its place, so that as many lines come out as went in, and the exit status is
    /// 0: as Spark and other pipes want it.
    #[arg(long, value_name = "WHERE", value_enum, default_value = "stderr")]
    pub(crate) errors: Errors,
    /// Carry the other fields of a line of --jsonl along
    ///
    /// They stand in the document's line as "columns": {"url": …}, and with --errors inline in that of an error.
    #[arg(long)]
    pub(crate) carry: bool,
    /// Go on with an --output that an earlier run of --jsonl left unfinished
    ///
    /// Lines whose id is in the output are skipped. What a run that ended early had written stands in
    /// PATH.partial; PATH itself is only ever whole.
    #[arg(long)]
    pub(crate) resume: bool,
    /// Names of your own: a line a name, fields parted by tabs
    ///
    /// 'always', a label and the name marks it wherever it stands; 'never', a label or '*' and the
    /// name marks it nowhere; 'pattern', a label and a regular expression marks what it matches, or its
    /// named groups; 'any case' as fourth field takes any capitals.
    #[arg(long, value_name = "FILE", allow_hyphen_values = true)]
    pub(crate) words: Option<PathBuf>,
    /// What 'galley learn' made of corrected documents; its names and patterns are used too
    #[arg(long, value_name = "FILE", allow_hyphen_values = true)]
    pub(crate) learned: Option<PathBuf>,
    /// Print documents indented, however many
    #[arg(long, overrides_with = "compact")]
    pretty: bool,
    /// Print one document a line, even a single one
    #[arg(long, overrides_with = "pretty")]
    compact: bool,
    /// Work on N texts at once (default: one a core)
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(crate) threads: Option<NonZeroUsize>,
}

impl Annotate {
    /// The format, unless it is Galley JSON.
    pub(crate) fn other_format(&self) -> Option<&'static Format> {
        self.format.filter(|f| Some(f.id) != FORMATS.first().map(|galley| galley.id))
    }

    /// Are documents printed indented? `None`: only a single one.
    pub(crate) fn indented(&self) -> Option<bool> {
        (self.pretty || self.compact).then_some(self.pretty)
    }

    /// The engines to leave out.
    pub(crate) fn skipped(&self) -> Skip {
        self.only.unwrap_or_default()
    }

    /// What is wrong with options that are fine each by itself.
    fn contradiction(&self) -> Option<String> {
        if self.jsonl && self.pretty {
            return Some("--jsonl prints one document a line: leave --pretty out".to_owned());
        }
        if self.errors == Errors::Inline && (!self.jsonl || self.other_format().is_some()) {
            return Some("--errors inline goes with --jsonl and Galley JSON".to_owned());
        }
        if self.carry && (!self.jsonl || self.other_format().is_some()) {
            return Some("--carry goes with --jsonl and Galley JSON".to_owned());
        }
        if self.resume && !(self.jsonl && self.output.is_some()) {
            return Some("--resume goes with --jsonl and --output FILE".to_owned());
        }
        let format = self.other_format()?;
        if self.resume {
            return Some("--resume is for Galley JSON: leave --format out".to_owned());
        }
        if self.indented().is_some() {
            let why = "--pretty and --compact are for Galley JSON: leave them out";
            return Some(why.to_owned());
        }
        (self.jsonl && !format.is_json_lines()).then(|| {
            format!(
                "--jsonl prints one document a line, and {} is not of lines: give FILEs and --output FOLDER",
                format.name
            )
        })
    }
}

/// The options of `galley explain`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Articles, as for annotate; '-' is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// When the article appeared; without it, it is looked for in the text
    #[arg(long, value_name = "DATE", value_parser = parse_date, allow_hyphen_values = true)]
    pub(crate) published: Option<Stamp>,
}

/// The options of `galley convert`.
#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// Annotated documents; '-' is standard input, as is no FILE at all
    ///
    /// Galley JSON (also one document a line), W3C Web Annotation with its text, Label Studio JSON,
    /// brat (a zip, or .ann files with their .txt). An annotation that does not fit its text is left
    /// out and named, with its line, and the exit status is 1.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// What they become
    ///
    /// What it cannot carry is said on standard error, for the first five documents.
    #[arg(short, long, value_name = "NAME", default_value = "galley", value_parser = format_values())]
    pub(crate) format: &'static Format,
    /// Write to this file or folder instead of to standard output
    ///
    /// Into a folder goes a file for each document, named after it.
    #[arg(short, long, value_name = "PATH", allow_hyphen_values = true)]
    pub(crate) output: Option<PathBuf>,
}

/// The options of `galley learn`.
#[derive(Debug, Args)]
#[command(override_usage = "galley learn [OPTIONS] CORRECTED... -o desk.galley\n       \
                            galley learn --simulate [OPTIONS] CORRECTED...")]
pub(crate) struct Learn {
    /// Corrected documents in the order in which they were corrected: Galley JSON, also one a line
    #[arg(value_name = "CORRECTED", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Write what was learned to this file; without it, to standard output
    ///
    /// It is a word list with one more line, so it can be read, compared and edited as one.
    #[arg(short, long, value_name = "FILE", allow_hyphen_values = true)]
    pub(crate) output: Option<PathBuf>,
    /// A word list or an earlier file of this command, to go along in the new one
    ///
    /// What was learned in it is where the learning begins.
    #[arg(long, value_name = "FILE", allow_hyphen_values = true)]
    pub(crate) words: Option<PathBuf>,
    /// Take every document as checked to its end, whatever the status of its annotations
    #[arg(long)]
    pub(crate) reviewed: bool,
    /// Only these labels were corrected, as PERSON,ORG (default: all)
    #[arg(long, value_name = "LABELS", value_parser = parse_label_list)]
    labels: Option<LabelList>,
    /// Simulate a person who corrects one document after another, and print what would be saved
    #[arg(long)]
    pub(crate) simulate: bool,
    /// Articles that the simulated person corrects
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub(crate) articles: usize,
}

impl Learn {
    /// The labels that were corrected; none: all.
    pub(crate) fn labels(&self) -> &[Label] {
        self.labels.as_ref().map_or(&[], |list| &list.0)
    }
}

/// The options of `galley eval`.
#[derive(Debug, Args)]
pub(crate) struct Eval {
    /// A person's documents: Galley JSON, also one a line
    #[arg(value_name = "GOLD")]
    pub(crate) gold: PathBuf,
    /// The documents to be measured, of the same articles: paired by their ids, else in their order
    #[arg(value_name = "PRED")]
    pub(crate) found: PathBuf,
    /// Only these labels, as PERSON,ORG (default: all)
    #[arg(long, value_name = "LABELS", value_parser = parse_label_list)]
    labels: Option<LabelList>,
}

impl Eval {
    /// The labels that are measured; none: all.
    pub(crate) fn labels(&self) -> &[Label] {
        self.labels.as_ref().map_or(&[], |list| &list.0)
    }
}

/// The options of `galley patterns`.
#[derive(Debug, Args)]
pub(crate) struct Patterns {
    /// Try this pattern, a regular expression, on the FILEs
    #[arg(long = "try", value_name = "PATTERN", allow_hyphen_values = true)]
    pub(crate) pattern: Option<String>,
    /// In upper or lower case
    #[arg(long, requires = "pattern")]
    pub(crate) any_case: bool,
    /// Texts in UTF-8; '-' is standard input
    #[arg(value_name = "FILE", requires = "pattern")]
    pub(crate) files: Vec<PathBuf>,
}

/// Labels, as one value of an option.
#[derive(Debug, Clone)]
pub(crate) struct LabelList(Vec<Label>);

fn parse_label_list(value: &str) -> Result<LabelList, String> {
    crate::documents::parse_labels(value).map(LabelList)
}

/// The options of `galley agree`.
#[derive(Debug, Args)]
pub(crate) struct Agree {
    /// Galley JSON; each is compared with each that comes after it
    ///
    /// Of two versions of the text the second one's annotations are carried over to the first one's
    /// text.
    #[arg(value_name = "FILE", required = true, num_args = 2..)]
    pub(crate) files: Vec<PathBuf>,
}

const ANNOTATE_EXAMPLES: &str = "\
Examples:
  galley annotate article.txt > article.json
  galley annotate page.html report.pdf mail.eml > documents.jsonl
  galley annotate --published 2021-07-23 - < article.txt
  galley annotate --published-from '\\d{4}/\\d\\d/\\d\\d' news/2021/*/*/*.txt > documents.jsonl
  galley annotate --words names.tsv article.txt
  galley annotate --learned desk.galley article.txt
  galley annotate --format csv article.txt > quotes.csv
  galley annotate --format brat --output corpus/ *.txt
  galley annotate --jsonl < articles.jsonl > documents.jsonl
  galley annotate --jsonl --carry --errors inline < rows.jsonl > documents.jsonl";

const CONVERT_EXAMPLES: &str = "\
Examples:
  galley convert -f spacy corrected.galley.json > train.jsonl
  galley convert -f galley -o back/ project.label-studio.json
  galley convert -f w3c news.ann news.txt";

const LEARN_EXAMPLES: &str = "\
Examples:
  galley learn corrected/*.json -o desk.galley
  galley annotate --learned desk.galley article.txt
  galley learn --words desk.galley newer/*.json -o desk.galley
  galley learn --simulate --reviewed gold.jsonl

What was learned is used only where it would have saved corrections in the documents themselves: \
each is counted before anything is learned from it.";

const EVAL_TABLE: &str = "\
A name is right when its span and its label are, a date when its span and its value are, a quote when \
its span is. A correction is a name with a wrong label or boundaries, a missing or a spurious one. \
Rejected annotations count as not there. Certainty is reliable where as many names are right as it promises.";

const PATTERN_EXAMPLES: &str = "\
Examples:
  galley patterns > words.tsv          the patterns that come with Galley, to choose from
  galley annotate --words words.tsv article.txt
  galley patterns --try 'No\\. \\d+-\\d+' article.txt
  galley patterns --try '\\(NYSE: (?<it>[A-Z]+)\\)' article.txt

A pattern is tried on each paragraph by itself. All that it matches is marked; where it has named groups, \
these alone.";

const AGREE_TABLE: &str = "\
The table has for each kind the annotations of both, F1 over exact and over overlapping pairs of \
one kind, and Cohen's kappa over the tokens (is a token in an annotation of the kind; for all: in \
annotations of which kinds). Rejected annotations count as not there. Offsets are code points.";

/// Why there is nothing to do.
#[derive(Debug)]
pub(crate) enum NoCommand {
    /// Help or the version was asked for.
    Answer(String),
    /// No arguments at all: the help.
    Help(String),
    /// Wrong arguments, and what is wrong with them.
    Wrong(String),
}

/// Reads the program's arguments.
///
/// # Errors
/// [`NoCommand`], in words for people.
pub(crate) fn parse() -> Result<Command, NoCommand> {
    let command = Arguments::try_parse().map_err(|error| no_command(&error))?.command;
    let contradiction = match &command {
        Command::Annotate(options) => options.contradiction(),
        _ => None,
    };
    contradiction.map_or(Ok(command), |why| Err(NoCommand::Wrong(why)))
}

/// The command line as data, for completions and manual pages.
pub(crate) fn clap_command() -> clap::Command {
    Arguments::command()
}

fn no_command(error: &clap::Error) -> NoCommand {
    match error.kind() {
        ErrorKind::DisplayVersion => {
            NoCommand::Answer(concat!("galley ", env!("CARGO_PKG_VERSION"), "\n").to_owned())
        }
        ErrorKind::DisplayHelp => NoCommand::Answer(error.to_string()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => NoCommand::Help(error.to_string()),
        _ => NoCommand::Wrong(describe_error(error)),
    }
}

/// What is wrong, without the usage that clap adds.
fn describe_error(error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.as_str(),
        _ => "",
    };
    if let (ErrorKind::InvalidValue, Some(ContextValue::Strings(known))) =
        (error.kind(), error.get(ContextKind::ValidValue))
    {
        let value = text(ContextKind::InvalidValue);
        let argument = text(ContextKind::InvalidArg);
        return format!("{argument} wants one of {}, not '{value}'", known.join(", "));
    }
    let rendered = error.to_string();
    let message = rendered.split("\n\nUsage:").next().unwrap_or_default();
    let message = message.strip_prefix("error: ").unwrap_or(message);
    let mut lines: Vec<&str> = message.lines().filter(|l| !l.trim().is_empty()).collect();
    let unknown = format!("there is no command '{}'", text(ContextKind::InvalidSubcommand));
    if error.kind() == ErrorKind::InvalidSubcommand
        && let Some(first) = lines.first_mut()
    {
        *first = &unknown;
    }
    lines.retain(|l| !l.starts_with("For more information"));
    lines.join("\n")
}

/// The names of all formats, with what each is.
fn format_values() -> impl TypedValueParser<Value = &'static Format> {
    let value = |f: &'static Format| {
        PossibleValue::new(f.id).help(format!("{}: {}", f.name, f.description))
    };
    let values: Vec<PossibleValue> = FORMATS.iter().map(value).collect();
    PossibleValuesParser::new(values)
        .try_map(|word| Format::by_id(&word).ok_or("there is no such format"))
}

fn parse_date(value: &str) -> Result<Stamp, String> {
    Stamp::parse(value)
        .ok_or_else(|| "a date is such as 2021-07-23 or 2021-07-23T19:27:00".to_owned())
}

fn parse_path_pattern(value: &str) -> Result<PathDatePattern, String> {
    PathDatePattern::parse(value).map_err(|why| format!("it is no regular expression: {why}"))
}

fn parse_kinds(value: &str) -> Result<Skip, String> {
    let mut skip = Skip { entities: true, dates: true, quotes: true };
    for kind in value.split(',').map(str::trim) {
        match kind {
            "entities" => skip.entities = false,
            "dates" => skip.dates = false,
            "quotes" => skip.quotes = false,
            _ => return Err(format!("it takes some of entities,dates,quotes, not '{kind}'")),
        }
    }
    Ok(skip)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_definition_is_sound() {
        super::clap_command().debug_assert();
    }
}
