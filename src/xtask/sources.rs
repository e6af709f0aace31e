//! Whether the page that stands there is the one that would be built: `cargo xtask serve` then starts at once.
//! Owns the record beside the built page; must not know how a page is built.

use sha2::{Digest, Sha256};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// All that a page is built from, in the project's root.
const PAGE_SOURCES: [&str; 7] =
    ["src", "www", ".cargo", "index.html", "Trunk.toml", "Cargo.toml", "Cargo.lock"];

/// A hash of what a page is built from.
#[derive(Debug)]
pub struct Sources(u64);

impl Sources {
    /// Of the project at `root` as it is now, built by the command `how` (tools' versions and flags are part
    /// of it). To be taken before a build: what is changed meanwhile is not in the page.
    pub fn of(root: &Path, how: &str) -> Result<Sources, String> {
        let mut hash = DefaultHasher::new();
        how.hash(&mut hash);
        for source in PAGE_SOURCES {
            let source = root.join(source);
            let all = match source.is_dir() {
                true => list_files(&source)?.iter().map(|f| source.join(f)).collect(),
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

    /// Whether the page in `dist` was built from these, and is as it was built.
    pub fn match_page(&self, dist: &Path) -> bool {
        let recorded = fs::read_to_string(record_path(dist));
        recorded.is_ok_and(|recorded| self.record_line(dist).is_ok_and(|line| line == recorded))
    }

    /// Records that the page in `dist` was built from these.
    pub fn record(&self, dist: &Path) -> Result<(), String> {
        let path = record_path(dist);
        fs::write(&path, self.record_line(dist)?).map_err(|e| format!("{}: {e}", path.display()))
    }

    /// The sources' hash and that of the page's files by name and length.
    fn record_line(&self, dist: &Path) -> Result<String, String> {
        let mut page = DefaultHasher::new();
        for file in list_files(dist)? {
            let path = dist.join(&file);
            let about = fs::metadata(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            (file, about.len()).hash(&mut page);
        }
        Ok(format!("{:016x} {:016x}\n", self.0, page.finish()))
    }
}

/// Beside the page, as trunk empties the page's folder.
fn record_path(dist: &Path) -> PathBuf {
    dist.with_extension("built-from")
}

/// The SHA-256 of a file's bytes, in lowercase hexadecimal.
pub(crate) fn sha256_sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All files below `folder`, as paths from there with `/`, sorted.
pub fn list_files(folder: &Path) -> Result<Vec<String>, String> {
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
    fn a_page_matches_until_a_source_the_command_or_the_page_changes() {
        let root = std::env::temp_dir().join(format!("galley-sources-{}", std::process::id()));
        for source in PAGE_SOURCES {
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
        let matches = |how| sources(how).match_page(&dist);
        let record = || sources("trunk 1").record(&dist).unwrap();
        assert!(!matches("trunk 1"), "nothing is recorded yet");
        record();
        assert!(matches("trunk 1"));
        assert!(!matches("trunk 2"));
        fs::write(root.join("src/new.rs"), "").unwrap();
        assert!(!matches("trunk 1"), "a new source");
        record();
        fs::write(root.join("index.html"), "edited").unwrap();
        assert!(!matches("trunk 1"), "another source");
        record();
        fs::remove_file(page).unwrap();
        assert!(!matches("trunk 1"), "the page is gone");
        let before = sources("trunk 1");
        fs::write(root.join("src/new.rs"), "changed while it was built").unwrap();
        before.record(&dist).unwrap();
        assert!(!matches("trunk 1"), "not what was built");
        fs::remove_dir_all(&root).unwrap();
    }
}
