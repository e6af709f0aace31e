//! Real articles, where they are: none is kept in the project.

use std::path::Path;

/// The texts of `../shared/articles` (`GALLEY_ARTICLES` names another folder), each followed by
/// `between`: those of its `.txt` files, and the `text` of each line of its `.jsonl` files. Empty
/// where the folder is not there, which is said in a line.
pub(crate) fn join_articles(between: char) -> String {
    let usual = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/articles");
    let folder = std::env::var("GALLEY_ARTICLES").unwrap_or_else(|_| usual.to_owned());
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("left out: the articles of {folder}, which is not there");
        return String::new();
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut joined = String::new();
    for path in paths {
        for text in read_articles(&path) {
            joined.push_str(&text.replace(between, " "));
            joined.push(between);
        }
    }
    joined
}

fn read_articles(path: &Path) -> Vec<String> {
    let read = || std::fs::read_to_string(path).expect("an article is UTF-8");
    match path.extension().and_then(|e| e.to_str()) {
        Some("txt") => vec![read()],
        Some("jsonl") => {
            let text_of = |line: &str| {
                let value: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
                value["text"].as_str().expect("a line has a text").to_owned()
            };
            read().lines().map(text_of).collect()
        }
        _ => Vec::new(),
    }
}
