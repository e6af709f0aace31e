//! What the page needs for times without a network: the service worker with the list of the page's files.
//! Owns that list; must not know how the page is built.

use crate::sources::{list_files, sha256_sum};
use std::fs;
use std::path::Path;

/// Writes `sw.js` into the built page: `script` (www/sw.js) with the build's name and its files before it.
pub fn write_service_worker(dist: &Path, script: &str) -> Result<(), String> {
    let mut list = String::new();
    for name in list_files(dist)? {
        if name == "sw.js" || name.ends_with(".md") {
            continue;
        }
        let path = dist.join(&name);
        let bytes = fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        // The page itself goes by the folder's address.
        let name = if name == "index.html" { "./" } else { &name };
        list += &format!("{name:?}:\"{}\",", short_sum(&bytes));
    }
    let build = short_sum(list.as_bytes());
    let path = dist.join("sw.js");
    let all =
        format!("const BUILD=\"{build}\";\nconst FILES={{{list}}};\n{}", without_comments(script));
    fs::write(&path, all).map_err(|e| format!("{}: {e}", path.display()))
}

/// Digits of a file's SHA-256 that the list keeps (www/sw.js looks at them): enough to tell builds apart.
const SUM_DIGITS: usize = 16;

/// The beginning of a file's SHA-256.
fn short_sum(bytes: &[u8]) -> String {
    let mut sum = sha256_sum(bytes);
    sum.truncate(SUM_DIGITS);
    sum
}

/// The script without what is only for people.
fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_kept_and_another_build_has_another_name() {
        let dist = std::env::temp_dir().join(format!("galley-offline-{}", std::process::id()));
        fs::create_dir_all(dist.join("model")).unwrap();
        for name in ["index.html", "a.js", "model/m.bin", "model/README.md"] {
            fs::write(dist.join(name), name).unwrap();
        }
        let kept = || {
            write_service_worker(&dist, "// for people\nself.x = 1;\n").unwrap();
            fs::read_to_string(dist.join("sw.js")).unwrap()
        };
        let first = kept();
        assert!(first.contains("const FILES={\"a.js\":\"") && first.ends_with(";\nself.x = 1;\n"));
        assert!(first.contains("\"./\":\"") && first.contains("\"model/m.bin\":\""), "{first}");
        assert!(!first.contains("README") && !first.contains("sw.js"));
        assert_eq!(first, kept());
        fs::write(dist.join("model/m.bin"), "new").unwrap();
        assert_ne!(first.lines().next(), kept().lines().next());
        fs::remove_dir_all(&dist).unwrap();
    }
}
