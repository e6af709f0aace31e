//! `galley convert`: documents from one format into another.

use std::io::Read;
use std::path::{Path, PathBuf};

use galley_engine::Document;
use galley_formats::{
    BRAT_WRITTEN, ExportDocument, FORMATS, Format, FormatError, galley_json as json,
};

use crate::args::Convert;
use crate::documents::{self, Salvaged};
use crate::input;
use crate::outcome::{Outcome, complain, write_outcome};
use crate::output::{self, Output, Written};

/// Runs the command.
pub(crate) fn run(options: Convert) -> Outcome {
    let mut files = options.files;
    if files.is_empty() {
        files.push(PathBuf::from("-"));
    }
    let mut out = match Output::open(options.output.as_deref(), options.format) {
        Ok(out) => out,
        Err(why) => {
            complain(why);
            return Outcome::Failed;
        }
    };
    let mut outcome = Outcome::Fine;
    let groups = group_files(files);
    let single = groups.len() == 1;
    for group in groups {
        let Some(name) = group.first().map(|path| input::display_name(path).into_owned()) else {
            continue;
        };
        let documents = match read_group(&group) {
            Ok(documents) => documents,
            Err(why) => {
                complain(format_args!("{name}: {why}"));
                outcome = Outcome::Failed;
                continue;
            }
        };
        let one = single && documents.len() == 1 || out.is_folder();
        for found in documents {
            let done = found.and_then(|(document, left)| {
                for line in left {
                    complain(format_args!("{name}: {line}; it was left out"));
                    outcome = outcome.max(Outcome::BadLines);
                }
                spell(options.format, &document, one).map_err(|why| why.to_string())
            });
            let written = match done {
                Ok(written) => written,
                Err(why) => {
                    complain(format_args!("{name}: {why}"));
                    outcome = outcome.max(Outcome::BadLines);
                    continue;
                }
            };
            if out.is_full() {
                complain(format_args!(
                    "{name}: {} holds one document a file: give --output FOLDER for several",
                    options.format.name
                ));
                out.give_up();
                return Outcome::Failed;
            }
            match out.put(&written) {
                Ok(Some(lost)) => complain(lost),
                Ok(None) => {}
                Err(error) => {
                    out.give_up();
                    return outcome.max(write_outcome(Err(error)));
                }
            }
        }
    }
    outcome.max(write_outcome(out.finish()))
}

/// Galley JSON as people read it for one document, a line each for several.
fn spell(format: &Format, document: &Document, one: bool) -> Result<Written, FormatError> {
    if Some(format.id) != FORMATS.first().map(|f| f.id) {
        return Ok(output::write_format(format, &ExportDocument::new(document)?));
    }
    let mut text = json::write(document, one)?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(Written::galley(text, document.id.as_deref()))
}

/// What is read together: an `.ann` with its `.txt`, a W3C file with the text beside it, else each alone.
fn group_files(files: Vec<PathBuf>) -> Vec<Vec<PathBuf>> {
    let ends = |path: &Path, end: &str| path.extension().is_some_and(|e| e == end);
    let (texts, others): (Vec<PathBuf>, Vec<PathBuf>) =
        files.into_iter().partition(|path| ends(path, "txt"));
    let mut texts = texts;
    let mut groups: Vec<Vec<PathBuf>> = Vec::new();
    for file in others {
        if file.to_string_lossy().ends_with(BRAT_WRITTEN) {
            continue;
        }
        let own = file.with_extension("txt");
        let mut group = vec![file];
        match texts.iter().position(|text| *text == own) {
            Some(at) => group.push(texts.remove(at)),
            None if ends(&group[0], "ann") && own.is_file() => group.push(own),
            None => {}
        }
        // By it is told what was changed since brat got the document.
        let written = group[0].with_extension(BRAT_WRITTEN.trim_start_matches('.'));
        if ends(&group[0], "ann") && written.is_file() {
            group.push(written);
        }
        groups.push(group);
    }
    // A text that nothing else goes by stands with the first file that has none.
    for text in texts {
        match groups.iter_mut().find(|g| g.len() == 1 && !ends(&g[0], "ann")) {
            Some(group) => group.push(text),
            None => groups.push(vec![text]),
        }
    }
    groups
}

/// The documents of files that belong together.
fn read_group(group: &[PathBuf]) -> Result<Vec<Salvaged>, String> {
    let mut files = Vec::with_capacity(group.len());
    for path in group {
        let mut bytes = Vec::new();
        let read = input::open(path)?.read_to_end(&mut bytes);
        read.map_err(|e| input::describe_error(&e))?;
        files.push((path.to_string_lossy().into_owned(), bytes));
    }
    if let [(_, bytes)] = files.as_slice()
        && json::looks_like(bytes)
    {
        let text = String::from_utf8_lossy(bytes);
        return Ok(documents::salvage_all(&text));
    }
    let documents = galley_formats::import(files).map_err(|why| why.to_string())?.into_iter();
    Ok(documents.map(|document| document.map_err(|why| why.to_string())).collect())
}
