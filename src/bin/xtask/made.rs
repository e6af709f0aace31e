//! Whether the page that stands there is the one that would be built: `cargo xtask serve` then starts at once.
//! Owns the note beside the built page; must not know how a page is built.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// All that a page is made of, from the project's root.
const SOURCES: [&str; 7] = [
    "src",
    "www",
    ".cargo",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
];

/// What a page was made of and what came of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Note(String);

impl Note {
    /// Of the project at `root` and the page in `dist` as they are now, built by the command `how`
    /// (tools' versions and flags are part of it).
    pub(crate) fn of(root: &Path, dist: &Path, how: &str) -> std::io::Result<Note> {
        let mut made_of = DefaultHasher::new();
        how.hash(&mut made_of);
        for source in SOURCES {
            for file in below(&root.join(source))? {
                file.hash(&mut made_of);
                fs::read(&file)?.hash(&mut made_of);
            }
        }
        let mut made = DefaultHasher::new();
        for file in below(dist)? {
            fs::metadata(&file)?.len().hash(&mut made);
            file.hash(&mut made);
        }
        Ok(Note(format!(
            "{:016x} {:016x}\n",
            made_of.finish(),
            made.finish()
        )))
    }

    /// Whether a page was noted to be as this says.
    pub(crate) fn stands(&self, dist: &Path) -> bool {
        fs::read_to_string(path(dist)).is_ok_and(|noted| noted == self.0)
    }

    /// Notes it for the next time.
    pub(crate) fn keep(&self, dist: &Path) -> std::io::Result<()> {
        fs::write(path(dist), &self.0)
    }
}

/// Beside the page, as trunk empties the page's folder.
fn path(dist: &Path) -> PathBuf {
    dist.with_extension("made")
}

/// `start` if it is a file, else all files below it, sorted.
fn below(start: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut open = vec![start.to_owned()];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                open.push(entry?.path());
            }
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_stands_until_a_source_the_command_or_the_page_changes() {
        let root = std::env::temp_dir().join(format!("galley-made-{}", std::process::id()));
        for source in SOURCES {
            let path = root.join(source);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            match path.extension() {
                Some(_) => fs::write(path, source).unwrap(),
                None => fs::create_dir_all(path).unwrap(),
            }
        }
        let dist = root.join("dist");
        fs::create_dir_all(&dist).unwrap();
        let page = dist.join("index.html");
        fs::write(&page, "a page").unwrap();
        let stands = |how| Note::of(&root, &dist, how).unwrap().stands(&dist);
        let keep = || {
            Note::of(&root, &dist, "trunk 1")
                .unwrap()
                .keep(&dist)
                .unwrap()
        };
        assert!(!stands("trunk 1"), "nothing is noted yet");
        keep();
        assert!(stands("trunk 1"));
        assert!(!stands("trunk 2"));
        fs::write(root.join("src/new.rs"), "").unwrap();
        assert!(!stands("trunk 1"), "a new source");
        keep();
        fs::write(root.join("index.html"), "edited").unwrap();
        assert!(!stands("trunk 1"), "another source");
        keep();
        fs::remove_file(page).unwrap();
        assert!(!stands("trunk 1"), "the page is gone");
        fs::remove_dir_all(&root).unwrap();
    }
}
