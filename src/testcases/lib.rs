//! Test cases as plain text: inputs, each followed by its expected output.
//!
//! Owns the format of the case files below `tests/data` and how they are rewritten. Must not know
//! what is tested.
//!
//! ```text
//! # A comment, for people.
//! ## iso
//!
//! The plan for 2021-W29 stands.
//! => 2021-W29 = 2021-W29
//!
//! No date stands in this text
//! of two lines.
//! =>
//! ```
//!
//! - The **input** is every line up to the lines that begin with `=>`, without the blank lines
//!   around it. Blank lines inside stay.
//! - The **expected output** is every line that begins with `=>`; a single bare `=>` means empty.
//! - `## name` begins a **section**, which a test may read as the name of a rule or a kind.
//! - `# …` is a **comment**. Comments and blank lines survive a rewrite.
//! - A **backslash** at the start of an input line is dropped: it keeps a line that would mean
//!   something else (`\# Title`, `\=> `), or a blank line at either end of an input (`\`).
//!
//! To accept new outputs, run `GALLEY_BLESS=1 cargo test`: it writes them into the files, prints
//! each one beside the old, and fails, so that nobody accepts a change without seeing it. To add a case,
//! write its input and a bare `=>`, and bless.

use std::fmt::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// One case of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The file, as the test named it.
    pub file: String,
    /// What the section's heading says; empty before the first.
    pub section: String,
    /// The input, its lines joined by `\n`.
    pub input: String,
    /// The expected output, its lines joined by `\n`, without the `=>`.
    pub expected: String,
    /// The number of the input's first line in the file, from 1.
    pub line: usize,
    /// The lines of the expected output, from 0, to be replaced.
    answer: Range<usize>,
}

/// Reads the cases of a file; `path` is relative to the root of the workspace.
///
/// # Panics
/// When the file cannot be read, or is not of the format.
pub fn read(path: &str) -> Vec<Case> {
    match parse(path, &content_of(&in_workspace(path))) {
        Ok(cases) => cases,
        Err(why) => panic!("{why}"),
    }
}

/// Compares what `output` makes of each case of a file with what the file expects; returns the
/// number of cases. `path` is relative to the root of the workspace.
///
/// `output` gets the whole case, so that it can read the section, or state the expected output
/// again where that is a list of claims (`!Friday/EVENT`: not found) and they hold.
///
/// # Panics
/// When an output differs. Where the environment variable `GALLEY_BLESS` is set, the file has been
/// rewritten by then.
pub fn check(path: &str, output: impl FnMut(&Case) -> String) -> usize {
    check_files(&[path], output)
}

/// [`check`] for several files: every one is compared, and rewritten where that is asked for, before
/// this fails.
///
/// # Panics
/// As [`check`].
pub fn check_files(paths: &[&str], mut output: impl FnMut(&Case) -> String) -> usize {
    let bless = std::env::var_os("GALLEY_BLESS").is_some_and(|v| !v.is_empty() && v != "0");
    let (mut count, mut reports) = (0, String::new());
    for path in paths {
        match compare(&in_workspace(path), path, bless, &mut output) {
            Ok(cases) => count += cases,
            Err(report) => reports += &report,
        }
    }
    assert!(reports.is_empty(), "{reports}");
    count
}

fn in_workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn content_of(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The number of cases, or a report of those that differ.
fn compare(
    path: &Path,
    name: &str,
    bless: bool,
    mut output: impl FnMut(&Case) -> String,
) -> Result<usize, String> {
    let content = content_of(path);
    let cases = parse(name, &content)?;
    let mut report = String::new();
    let mut changed = Vec::new();
    for case in &cases {
        let got = output(case);
        if got != case.expected {
            report += &difference(case, &got);
            changed.push((case.answer.clone(), got));
        }
    }
    if changed.is_empty() {
        return Ok(cases.len());
    }
    let counts = format!("{name}: {} of {} cases", changed.len(), cases.len());
    if bless {
        std::fs::write(path, rewrite(&content, &changed))
            .map_err(|e| format!("{name} cannot be rewritten: {e}"))?;
        Err(format!("{report}\n{counts} were REWRITTEN as above: review them, then test again\n"))
    } else {
        Err(format!(
            "{report}\n{counts} differ; GALLEY_BLESS=1 cargo test writes the new outputs\n"
        ))
    }
}

/// A case with its old and its new output, for people.
fn difference(case: &Case, got: &str) -> String {
    let mut out = format!("\n{}:{} {}\n", case.file, case.line, case.section);
    for (mark, text) in [(" ", case.input.as_str()), ("- =>", &case.expected), ("+ =>", got)] {
        for line in text.split('\n') {
            // Writing into a string cannot fail.
            let _ = writeln!(out, "{}", format!("{mark} {line}").trim_end());
        }
    }
    out
}

/// The cases, or what is wrong and where.
fn parse(file: &str, content: &str) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = Vec::new();
    let mut section = String::new();
    // The lines of the input that has no answer yet, with the number of its first line.
    let mut input: Vec<&str> = Vec::new();
    let mut first = 0;
    let mut in_answer = false;
    for (at, line) in content.lines().enumerate() {
        if let Some(expected) = answer(line) {
            if in_answer && let Some(case) = cases.last_mut() {
                case.expected = format!("{}\n{expected}", case.expected);
                case.answer.end = at + 1;
                continue;
            }
            while input.last().is_some_and(|l| l.is_empty()) {
                input.pop();
            }
            if input.is_empty() {
                return Err(format!("{file}:{}: an output without an input", at + 1));
            }
            let input: Vec<&str> =
                input.drain(..).map(|l| l.strip_prefix('\\').unwrap_or(l)).collect();
            cases.push(Case {
                file: file.to_owned(),
                section: section.clone(),
                input: input.join("\n"),
                expected: expected.to_owned(),
                line: first,
                answer: at..at + 1,
            });
            in_answer = true;
            continue;
        }
        in_answer = false;
        if let Some(name) = line.strip_prefix("## ") {
            section = name.trim().to_owned();
        } else if line == "#" || line.starts_with("# ") {
            // A comment.
        } else if !(input.is_empty() && line.is_empty()) {
            if input.is_empty() {
                first = at + 1;
            }
            input.push(line);
        }
    }
    if input.is_empty() {
        Ok(cases)
    } else {
        Err(format!("{file}:{first}: an input without an output"))
    }
}

/// What an answer's line says.
fn answer(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("=>")?;
    if rest.is_empty() { Some("") } else { rest.strip_prefix(' ') }
}

/// The file with new answers in place of the old ones.
fn rewrite(content: &str, changed: &[(Range<usize>, String)]) -> String {
    let lines: Vec<&str> = content.lines().collect();
    let mut out = String::new();
    let mut done = 0;
    let mut keep = |out: &mut String, to: usize| {
        for line in lines.get(done..to).unwrap_or_default() {
            *out += line;
            out.push('\n');
        }
        done = to;
    };
    for (answer, got) in changed {
        keep(&mut out, answer.start);
        for line in got.split('\n') {
            out += if line.is_empty() { "=>" } else { "=> " };
            out += line;
            out.push('\n');
        }
        // The old answer is passed over.
        keep(&mut String::new(), answer.end);
    }
    keep(&mut out, lines.len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# About.\n## one\nfirst\n=> FIRST\n\n\\# second\n\nline\n# Aside.\n\n=> A\n=>\n=> B\n## two\n\\\n\\=> third\n\\\n=>\n";

    fn uppercase(case: &Case) -> String {
        case.input.to_uppercase()
    }

    #[test]
    fn cases_are_read_with_sections_comments_and_escapes() {
        let cases = parse("file", FILE).unwrap();
        let seen: Vec<_> =
            cases.iter().map(|c| (&*c.section, &*c.input, &*c.expected, c.line)).collect();
        assert_eq!(
            seen,
            [
                ("one", "first", "FIRST", 3),
                ("one", "# second\n\nline", "A\n\nB", 6),
                ("two", "\n=> third\n", "", 15),
            ]
        );
        assert_eq!(parse("f", "=> x\n").unwrap_err(), "f:1: an output without an input");
        assert_eq!(parse("f", "\nx\n").unwrap_err(), "f:2: an input without an output");
    }

    #[test]
    fn differing_cases_are_reported_and_rewritten_only_on_request() {
        let path = std::env::temp_dir().join(format!("galley-cases-{}.txt", std::process::id()));
        std::fs::write(&path, FILE).unwrap();
        let report = compare(&path, "file", false, uppercase).unwrap_err();
        assert!(report.contains("2 of 3 cases differ"), "{report}");
        assert!(report.contains("- => A") && report.contains("+ => # SECOND"), "{report}");
        assert_eq!(content_of(&path), FILE);

        let report = compare(&path, "file", true, uppercase).unwrap_err();
        assert!(report.contains("2 of 3 cases were REWRITTEN"), "{report}");
        let blessed = content_of(&path);
        assert_eq!(
            blessed,
            FILE.replace("=> A\n=>\n=> B\n", "=> # SECOND\n=>\n=> LINE\n")
                .replace("\\\n=>\n", "\\\n=>\n=> => THIRD\n=>\n")
        );
        assert_eq!(compare(&path, "file", false, uppercase), Ok(3));
        std::fs::remove_file(&path).unwrap();
    }
}
