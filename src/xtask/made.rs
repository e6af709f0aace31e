//! Whether the page that stands there is the one that would be built: `cargo xtask serve` then starts at once.
//! Owns the note beside the built page; must not know how a page is built.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// All that a page is made of, from the project's root.
const SOURCES: [&str; 7] =
    ["src", "www", ".cargo", "index.html", "Trunk.toml", "Cargo.toml", "Cargo.lock"];

/// What a page is made of: a hash of it.
#[derive(Debug)]
pub struct Sources(u64);

impl Sources {
    /// Of the project at `root` as it is now, built by the command `how` (tools' versions and flags are part
    /// of it). To be taken before a build: what is changed meanwhile is not in the page.
    pub fn of(root: &Path, how: &str) -> Result<Sources, String> {
        let mut hash = DefaultHasher::new();
        how.hash(&mut hash);
        for source in SOURCES {
            let source = root.join(source);
            let all = match source.is_dir() {
                true => files(&source)?.iter().map(|f| source.join(f)).collect(),
                false => vec![source],
            };
            for file in all {
                file.hash(&mut hash);
                let bytes = fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
                bytes.hash(&mut hash);
            }
        }
        Ok(Sources(hash.finish()))
    }

    /// Whether the page in `dist` is noted to be made of these, and is as it was made.
    pub fn stand_in(&self, dist: &Path) -> bool {
        let noted = fs::read_to_string(path(dist));
        noted.is_ok_and(|noted| self.line(dist).is_ok_and(|line| line == noted))
    }

    /// Notes that the page in `dist` was made of these.
    pub fn note(&self, dist: &Path) -> Result<(), String> {
        let path = path(dist);
        fs::write(&path, self.line(dist)?).map_err(|e| format!("{}: {e}", path.display()))
    }

    /// The sources' hash and that of the page's files by name and length.
    fn line(&self, dist: &Path) -> Result<String, String> {
        let mut made = DefaultHasher::new();
        for file in files(dist)? {
            let path = dist.join(&file);
            let about = fs::metadata(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            (file, about.len()).hash(&mut made);
        }
        Ok(format!("{:016x} {:016x}\n", self.0, made.finish()))
    }
}

/// Beside the page, as trunk empties the page's folder.
fn path(dist: &Path) -> PathBuf {
    dist.with_extension("made")
}

/// All files below `folder`, as paths from there with `/`, sorted.
pub fn files(folder: &Path) -> Result<Vec<String>, String> {
    let mut open = vec![PathBuf::new()];
    let mut found = Vec::new();
    while let Some(inner) = open.pop() {
        let here = folder.join(&inner);
        let entries = fs::read_dir(&here).map_err(|e| format!("{}: {e}", here.display()))?;
        for entry in entries.flatten() {
            let path = inner.join(entry.file_name());
            if entry.path().is_dir() {
                open.push(path);
            } else {
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
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
        let sources = |how| Sources::of(&root, how).unwrap();
        let stands = |how| sources(how).stand_in(&dist);
        let keep = || sources("trunk 1").note(&dist).unwrap();
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
        let before = sources("trunk 1");
        fs::write(root.join("src/new.rs"), "changed while it was built").unwrap();
        before.note(&dist).unwrap();
        assert!(!stands("trunk 1"), "not what was built");
        fs::remove_dir_all(&root).unwrap();
    }
}
