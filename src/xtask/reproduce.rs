//! `cargo xtask reproduce`: two builds of one commit, in two folders, give the same files.
//!
//! Owns the comparison. Must not know how the page is built: each copy builds itself.

use crate::command::{Project, Run};
use crate::sources::{list_files, sha256_sum};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The names of the two folders: of different length, as a path in a file would move what follows it.
const FOLDERS: [&str; 2] = ["first", "the-second-copy"];

/// Clones what is committed twice, builds the page in each, and compares every file. Prints the sums, which are those to
/// publish with a release.
///
/// # Errors
/// What could not be built, or which files differ.
pub(crate) fn run(project: &Project, tools: &Path) -> Result<(), String> {
    let home = project.target().join("reproduce");
    let mut sums = Vec::new();
    for name in FOLDERS {
        let folder = home.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        }
        fs::create_dir_all(&home).map_err(|e| format!("{}: {e}", home.display()))?;
        Run::new("git")
            .words("clone --quiet --no-hardlinks")
            .args([project.root(), &folder])
            .run()?;
        Run::new("cargo")
            .within(&folder)
            .words("xtask build --tools")
            .args([tools])
            // Each copy compiles everything itself, whatever folder this build was told to use.
            .env_remove("CARGO_TARGET_DIR")
            .run()?;
        sums.push(sum_files(&folder.join("target/dist"))?);
    }
    let [first, second] = sums.as_slice() else { return Err("two builds were wanted".to_owned()) };
    let differ = differing_files(first, second);
    if !differ.is_empty() {
        return Err(format!("two builds of one commit differ in {}", differ.join(", ")));
    }
    let mut list = String::new();
    for (name, sum) in first {
        let _ = writeln!(list, "{sum}  {name}");
    }
    let kept = project.target().join("SHA256SUMS");
    fs::write(&kept, &list).map_err(|e| format!("{}: {e}", kept.display()))?;
    println!("{list}\nTwo builds gave the same {} files; sums in {}.", first.len(), kept.display());
    Ok(())
}

/// SHA-256 of every file below `folder`, by its path there with /, in hexadecimal.
fn sum_files(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut sums = BTreeMap::new();
    for name in list_files(folder)? {
        let path = folder.join(&name);
        let bytes = fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        sums.insert(name, sha256_sum(&bytes));
    }
    Ok(sums)
}

/// The files that are not in both, or not the same in both.
fn differing_files<'s>(
    first: &'s BTreeMap<String, String>,
    second: &'s BTreeMap<String, String>,
) -> Vec<&'s str> {
    let names: std::collections::BTreeSet<&String> = first.keys().chain(second.keys()).collect();
    names.into_iter().filter(|n| first.get(*n) != second.get(*n)).map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_and_a_changed_file_are_named() {
        let of = |pairs: &[(&str, &str)]| {
            pairs
                .iter()
                .map(|(n, s)| ((*n).to_owned(), (*s).to_owned()))
                .collect::<BTreeMap<_, _>>()
        };
        let first = of(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let second = of(&[("a", "1"), ("b", "9"), ("d", "3")]);
        assert_eq!(differing_files(&first, &second), ["b", "c", "d"]);
        assert!(differing_files(&first, &first).is_empty());
    }
}
