//! `galley patterns`: the patterns that come with the program, and a pattern tried on texts.

use std::fmt::Write as _;
use std::path::PathBuf;

use galley_engine::patterns::{Pattern, shipped_patterns};
use galley_engine::text::{SourceText, TokenizedText};
use galley_engine::user_words::{WordListFile, format_word_list};

use crate::args::Patterns;
use crate::input;
use crate::outcome::{Outcome, complain, print};

/// Runs the command.
pub(crate) fn run(options: &Patterns) -> Outcome {
    match &options.pattern {
        None => print(shipped_list().as_bytes()),
        Some(pattern) => match Pattern::new(pattern, options.any_case) {
            Ok(pattern) => try_on_files(&pattern, &options.files),
            Err(why) => {
                complain(format_args!("the pattern cannot be used: {why}"));
                Outcome::Failed
            }
        },
    }
}

/// The shipped patterns as a word list, each under its name and an example. Writing into a string
/// cannot fail.
fn shipped_list() -> String {
    let mut out = String::new();
    for shipped in shipped_patterns() {
        let _ = writeln!(out, "# {}: {}", shipped.name, shipped.example);
        let file = WordListFile { patterns: vec![shipped.rule], ..WordListFile::default() };
        out += &format_word_list(&file);
    }
    out
}

/// Prints each match with its line, and how many there are.
fn try_on_files(pattern: &Pattern, files: &[PathBuf]) -> Outcome {
    let stdin = [PathBuf::from("-")];
    let files = if files.is_empty() { &stdin } else { files };
    let mut out = String::new();
    let mut total = 0;
    for file in files {
        let name = input::display_name(file);
        let read = input::read_text_file(file)
            .and_then(|r| SourceText::new(&r.text).map_err(|e| e.to_string()));
        let source = match read {
            Ok(source) => source,
            Err(why) => {
                complain(format_args!("{name}: {why}"));
                return Outcome::Failed;
            }
        };
        let (mut line, mut counted) = (1, 0);
        for span in pattern.find(&TokenizedText::new(&source), usize::MAX) {
            let before = source.as_str().get(counted..span.start()).unwrap_or("");
            line += before.matches('\n').count();
            counted = span.start();
            let words = galley_engine::text::one_line(source.slice(span));
            let _ = writeln!(out, "{name}:{line}: {words}");
            total += 1;
        }
    }
    let _ = match total {
        0 => writeln!(out, "The pattern matches nothing here."),
        1 => writeln!(out, "1 match"),
        n => writeln!(out, "{n} matches"),
    };
    print(out.as_bytes())
}
