//! A list as a file: a line an entry, fields parted by tabs.
//!
//! ```text
//! # what a person wrote
//! always  PERSON  Ana Ruiz
//! never   *       Breaking    any case
//! label   Weapon  rose        w
//! ```

use rustc_hash::FxHashSet;
use std::fmt;

use super::{Book, COLOURS, Entry, OwnLabel, Rule, tidy};
use crate::document::Label;

/// A line that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// From 1.
    pub line: usize,
    /// What is wrong with it, in words for people.
    pub why: &'static str,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

const ANY_CASE: &str = "any case";
const ANY_LABEL: &str = "*";

/// Reads a list. Blank lines and lines that begin with `#` say nothing. Total: what is damaged is
/// left out and told.
pub fn read(text: &str) -> (Book, Vec<Damage>) {
    let (mut book, mut damage) = (Book::default(), Vec::new());
    let text = text.trim_start_matches('\u{feff}');
    for (i, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if let Err(why) = take(&mut book, line) {
            damage.push(Damage { line: i + 1, why });
        }
    }
    // An entry counts once, where it stands first.
    let mut seen = FxHashSet::default();
    book.entries.retain(|entry| seen.insert(entry.clone()));
    (book, damage)
}

fn take(book: &mut Book, line: &str) -> Result<(), &'static str> {
    let mut fields = line.split('\t').map(str::trim);
    let mut field = || fields.next().unwrap_or_default();
    let (what, label) = (field(), field());
    let known = || Label::named(label).ok_or("the second field is no label");
    let rule = match (what, label) {
        ("label", _) => {
            let label = known()?;
            let colour = field();
            let mut key = field().chars();
            if !matches!(label, Label::Custom(_)) {
                return Err("this label is the program's own");
            }
            book.set_label(OwnLabel {
                label,
                colour: COLOURS
                    .into_iter()
                    .find(|&c| c == colour)
                    .ok_or("the third field is no colour")?,
                key: key.next().filter(|c| is_key(*c) && key.next().is_none()),
            });
            return Ok(());
        }
        ("always", _) => Rule::Always(known()?),
        ("never", ANY_LABEL) => Rule::Never(None),
        ("never", _) => Rule::Never(Some(known()?)),
        _ => return Err("it begins with none of always, never, label (fields are parted by tabs)"),
    };
    let name = tidy(field()).ok_or("the name is missing, too long, or begins with #")?;
    let any_case = match field() {
        "" => false,
        ANY_CASE => true,
        _ => return Err("the fourth field is not “any case”"),
    };
    book.entries.push(Entry { name, rule, any_case });
    Ok(())
}

/// Can this key give a label?
fn is_key(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit()
}

/// Writes a list: what [`read`] reads back.
pub fn write(book: &Book) -> String {
    let mut out = String::new();
    let mut line = |fields: [&str; 4]| {
        out.push_str(fields.join("\t").trim_end());
        out.push('\n');
    };
    for own in &book.labels {
        let key = own.key.map(String::from).unwrap_or_default();
        line(["label", own.label.name(), own.colour, &key]);
    }
    for entry in &book.entries {
        let (what, label) = match entry.rule {
            Rule::Always(label) => ("always", label.name()),
            Rule::Never(Some(label)) => ("never", label.name()),
            Rule::Never(None) => ("never", ANY_LABEL),
        };
        let case = if entry.any_case { ANY_CASE } else { "" };
        line([what, label, &entry.name, case]);
    }
    out
}

/// What becomes of a stored list when a page that knew `before` says `after`, and another page
/// has meanwhile stored `stored`: lines that this page took away go, lines that it made come
/// first, the other page's stay.
pub fn rebase(before: &str, after: &str, stored: &str) -> String {
    if before == stored {
        return after.to_owned();
    }
    let (old, new, theirs) = (lines(before), lines(after), lines(stored));
    let has = |lines: &[&str], line: &str| lines.binary_search(&line).is_ok();
    let mine = after.lines().filter(|l| !has(&old, l) && !has(&theirs, l));
    let kept = stored.lines().filter(|l| has(&new, l) || !has(&old, l));
    mine.chain(kept).flat_map(|l| [l, "\n"]).collect()
}

/// The lines of a list, sorted.
fn lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let text = "label\tWeapon\trose\tw\nlabel\tCourt\tteal\nalways\tPERSON\tAna Ruiz\nnever\t*\tBreaking\tany case\nnever\tORG\tMay\n";
        let (book, damage) = read(text);
        assert_eq!(damage, []);
        assert_eq!((book.entries.len(), book.labels.len()), (3, 2));
        assert_eq!(write(&book), text);
    }

    #[test]
    fn damaged_lines_are_named_and_the_rest_is_read() {
        let text = "\u{feff}# mine\r\n\r\nalways\tPERSON\tAna  Ruiz \r\nalways\tDATE\tMay\nsometimes\tPERSON\tX\nnever\t*\t\nalways\tORG\tA\tany\nlabel\tPERSON\trose\nlabel\tCourt\tpink\nnever\t*\tAna\nnever\t*\tAna";
        let (book, damage) = read(text);
        let lines: Vec<_> = damage.iter().map(|d| d.line).collect();
        assert_eq!(lines, [4, 5, 6, 7, 8, 9]);
        assert_eq!(write(&book), "always\tPERSON\tAna Ruiz\nnever\t*\tAna\n");
        assert!(damage[1].to_string().starts_with("line 5: it begins"));
    }

    #[test]
    fn two_pages_do_not_overwrite_each_other() {
        let before = "a\nb\nc\n";
        assert_eq!(rebase(before, "n\na\nc\n", before), "n\na\nc\n");
        assert_eq!(rebase(before, "n\na\nc\n", "t\na\nb\nc\n"), "n\nt\na\nc\n");
        assert_eq!(rebase(before, "a\nb\n", ""), "");
        assert_eq!(rebase("", "n\n", "n\nt\n"), "n\nt\n");
    }

    proptest::proptest! {
        #[test]
        fn any_file_is_read_and_reads_back(text in "(always|never|label|#|)\t(PERSON|\\*|W|)\t[a-z# ]{0,4}\t?(any case|w)?\n?") {
            let (book, _) = read(&text.repeat(2));
            let (again, damage) = read(&write(&book));
            proptest::prop_assert_eq!(damage, vec![]);
            proptest::prop_assert_eq!(again, book);
        }

        #[test]
        fn any_text_at_all(text: String) {
            let (book, _) = read(&text);
            proptest::prop_assert_eq!(read(&write(&book)), (book, vec![]));
        }
    }
}
