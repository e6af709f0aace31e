//! Corrected documents to read: one a file, or one a line.

use std::path::{Path, PathBuf};

use galley_engine::document::{Document, Label};
use galley_formats::galley_json as json;

use crate::input;
use crate::outcome::complain;

/// All documents of all files, in their order. What a damaged one lost is told.
///
/// # Errors
/// In words for people, with the file's name.
pub(crate) fn read_all(files: &[PathBuf]) -> Result<Vec<Document>, String> {
    let mut documents = Vec::new();
    for file in files {
        let name = input::display_name(file);
        read_file(file, &name, &mut documents).map_err(|why| format!("{name}: {why}"))?;
    }
    Ok(documents)
}

fn read_file(file: &Path, name: &str, documents: &mut Vec<Document>) -> Result<(), String> {
    let mut bytes = Vec::new();
    let read = input::open(file)?.read_to_end(&mut bytes);
    read.map_err(|e| input::describe_error(&e))?;
    let text = String::from_utf8(bytes).map_err(|_| "is not UTF-8 text".to_owned())?;
    for salvaged in salvage_all(&text) {
        let (document, lost) = salvaged?;
        lost.iter().for_each(|why| complain(format_args!("{name}: {why}")));
        documents.push(document);
    }
    Ok(())
}

/// A document and what was left out of it.
pub(crate) type Salvaged = Result<(Document, Vec<String>), String>;

/// The documents of a file of Galley JSON: one, or one a line, which is then named in what is said of it.
pub(crate) fn salvage_all(text: &str) -> Vec<Salvaged> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let several = lines.clone().nth(1).is_some()
        && lines.all(|l| l.trim_end().ends_with('}') && l.starts_with('{'));
    if !several {
        return vec![json::salvage(text).map_err(|why| why.to_string())];
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = lines.map(|(i, line)| {
        let number = |why: String| format!("line {}: {why}", i + 1);
        let (document, left) = json::salvage(line).map_err(|why| number(why.to_string()))?;
        Ok((document, left.into_iter().map(number).collect()))
    });
    read.collect()
}

/// Labels by their names in files, parted by commas.
pub(crate) fn parse_labels(value: &str) -> Result<Vec<Label>, String> {
    let names = value.split(',').map(str::trim).filter(|name| !name.is_empty());
    names.map(|n| Label::named(n).ok_or(format!("'{n}' cannot be a label's name"))).collect()
}
