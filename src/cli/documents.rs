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
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let several = lines.clone().nth(1).is_some()
        && lines.all(|l| l.starts_with('{') && l.trim_end().ends_with('}'));
    let mut add = |piece: &str, at: &str| {
        let (document, lost) = json::salvage(piece).map_err(|why| format!("{at}{why}"))?;
        lost.iter().for_each(|why| complain(format_args!("{name}: {at}{why}")));
        documents.push(document);
        Ok::<(), String>(())
    };
    if !several {
        return add(&text, "");
    }
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        add(line, &format!("line {}: ", i + 1))?;
    }
    Ok(())
}

/// Labels by their names in files, parted by commas.
pub(crate) fn parse_labels(value: &str) -> Result<Vec<Label>, String> {
    let names = value.split(',').map(str::trim).filter(|name| !name.is_empty());
    names.map(|n| Label::named(n).ok_or(format!("'{n}' cannot be a label's name"))).collect()
}
