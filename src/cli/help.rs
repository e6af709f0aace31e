//! What `--help` prints.

use galley_formats::{FORMATS, Format};

/// `galley --help`.
pub(crate) const GENERAL: &str = "\
Reads news articles: who and what is named, who said what, which dates are meant.

Usage: galley <COMMAND> [OPTIONS]

Commands:
  annotate   Annotate texts and print the documents as JSON
  explain    Print what was read in a text, and why, for people
  convert    Turn annotated documents from one format into another
  agree      Compare people's annotations of one article
  help       Print this, or the help of one command ('galley help annotate')

Options:
  -h, --help      Print help
  -V, --version   Print version

Exit status: 0 all is well, 1 some input lines were bad (the rest was done), 2 wrong usage, or a
file could not be read or written.
";

/// `galley annotate --help`.
pub(crate) fn annotate() -> String {
    format!("{ANNOTATE}\nFormats:\n{}", formats())
}

/// `galley convert --help`.
pub(crate) fn convert() -> String {
    format!("{CONVERT}\nFormats (* is read, too):\n{}", formats())
}

/// A line a format: its name, what it is.
fn formats() -> String {
    let line = |f: &Format| {
        let mark = if f.is_read() { "*" } else { " " };
        format!("{mark} {:<13} {}: {}\n", f.word, f.name, f.about)
    };
    FORMATS.iter().map(line).collect()
}

const ANNOTATE: &str = "\
Annotate texts and print the documents as JSON.

Usage: galley annotate [OPTIONS] FILE...
       galley annotate [OPTIONS] --jsonl [FILE...]

Arguments:
  FILE...   Plain text or Markdown, in UTF-8; '-' is standard input, as is no FILE at all in a
            pipe. One document is printed as people read it, several one a line. HTML is read as
            it stands, tags and all: save the page as text first.

Options:
      --jsonl            Read one JSON object a line, {\"id\", \"text\", \"published\"?}, from
                         standard input or the FILEs; print one document a line, in input order.
                         Unknown fields are ignored. A bad line is reported with its number, the
                         rest goes on, and the exit status is 1.
      --published DATE   When the articles appeared (2021-07-23, or 2021-07-23T19:27:00): relative
                         dates are resolved against it. A line's own \"published\" goes first;
                         without either it is looked for in the text.
      --published-from PATTERN
                         Take the publication date from the file's path, or a line's id: of the
                         groups y, m and d of this regular expression, else of its first group or
                         all that it matches. Goes before --published.
      --only KINDS       Some of entities,dates,quotes. Quotes by themselves have speakers as
                         written, but no entities to join them to.
  -f, --format NAME      Another format than Galley JSON (below). What it cannot carry is said on
                         standard error, for the first five documents.
  -o, --output PATH      Write there instead of to standard output: to a file; or, where PATH is a
                         folder, a file for each document, named after it.
      --words FILE       Names of your own: a line a name, fields parted by tabs. 'always', a label
                         and the name marks it wherever it stands; 'never', a label or '*' and the
                         name marks it nowhere; 'any case' as fourth field takes any capitals.
      --pretty           Print documents as people read them, however many.
      --compact          Print one document a line, even a single one.
      --threads N        Work on N texts at once (default: one a core).
  -h, --help             Print help

Examples:
  galley annotate article.txt > article.json
  galley annotate --published 2021-07-23 - < article.txt
  galley annotate --published-from '\\d{4}/\\d\\d/\\d\\d' news/2021/*/*/*.txt > documents.jsonl
  galley annotate --words names.tsv article.txt
  galley annotate --format csv article.txt > quotes.csv
  galley annotate --format brat --output corpus/ *.txt
  galley annotate --jsonl < articles.jsonl > documents.jsonl
";

const CONVERT: &str = "\
Turn annotated documents from one format into another.

Usage: galley convert [OPTIONS] [FILE...]

Arguments:
  FILE...   Galley JSON (also one document a line), W3C Web Annotation with its text, Label Studio
            JSON, brat (a zip, or .ann files with their .txt); '-' is standard input, as is no FILE
            at all. An annotation that does not fit its text is left out and named, with its line,
            and the exit status is 1.

Options:
  -f, --format NAME   What they become (default: galley). What it cannot carry is said on standard
                      error, for the first five documents.
  -o, --output PATH   Write there instead of to standard output: to a file; or, where PATH is a
                      folder, a file for each document, named after it.
  -h, --help          Print help

Examples:
  galley convert -f spacy corrected.galley.json > train.jsonl
  galley convert -f galley -o back/ project.label-studio.json
  galley convert -f w3c news.ann news.txt
";

/// `galley explain --help`.
pub(crate) const EXPLAIN: &str = "\
Print what was read in a text, and why, for people: a line a finding, in no fixed form.

Usage: galley explain [OPTIONS] FILE...

Arguments:
  FILE...   Plain text in UTF-8; '-' is standard input.

Options:
      --published DATE   When the article appeared; without it, it is looked for in the text.
  -h, --help             Print help
";

/// `galley agree --help`.
pub(crate) const AGREE: &str = "\
Compare people's annotations of one article: how far they agree, and every difference.

Usage: galley agree FILE FILE...

Arguments:
  FILE...   Galley JSON. Each is compared with each that comes after it. Of two versions of the
            text the second one's annotations are carried over to the first one's text.

The table has for each kind the annotations of both, F1 over exact and over overlapping pairs of
one kind, and Cohen's kappa over the tokens (is a token in an annotation of the kind; for all: in
annotations of which kinds). Rejected annotations count as not there. Offsets are code points.

Options:
  -h, --help   Print help
";
