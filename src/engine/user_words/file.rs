//! The file format of word lists: one entry a line, fields separated by tabs.
//!
//! ```text
//! # what a person wrote
//! always  PERSON  Ana Ruiz
//! never   *       Breaking    any case
//! label   Weapon  rose        w
//! pattern Docket  No\. \d+-\d+  any case
//! learned 12      full        AAEC…
//! ```

use rustc_hash::FxHashSet;
use std::fmt;

use super::list::{
    LABEL_COLOURS, LearnedLine, UserLabel, WordEntry, WordListFile, WordRule, normalize_name,
};
use crate::document::Label;
use crate::patterns::{PatternRule, normalize_pattern};

/// A line that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineError {
    /// From 1.
    pub line: usize,
    /// What is wrong with it; shown to people.
    pub why: &'static str,
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

const ANY_CASE: &str = "any case";
const ANY_LABEL: &str = "*";

/// Reads a list. Blank lines and lines that begin with `#` are skipped. Never fails: damaged lines
/// are left out and reported.
pub fn parse_word_list(text: &str) -> (WordListFile, Vec<LineError>) {
    let (mut file, mut damage) = (WordListFile::default(), Vec::new());
    let text = text.trim_start_matches('\u{feff}');
    for (i, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if let Err(why) = add_line(&mut file, line) {
            damage.push(LineError { line: i + 1, why });
        }
    }
    // An entry counts once, where it stands first.
    let mut seen = FxHashSet::default();
    file.entries.retain(|entry| seen.insert(entry.clone()));
    let mut seen = FxHashSet::default();
    file.patterns.retain(|rule| seen.insert((rule.pattern.clone(), rule.any_case)));
    (file, damage)
}

fn add_line(file: &mut WordListFile, line: &str) -> Result<(), &'static str> {
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
            file.set_label(UserLabel {
                label,
                colour: LABEL_COLOURS
                    .into_iter()
                    .find(|&c| c == colour)
                    .ok_or("the third field is no colour")?,
                key: key.next().filter(|c| is_key(*c) && key.next().is_none()),
            });
            return Ok(());
        }
        ("learned", articles) => {
            let articles =
                articles.parse().map_err(|_| "the second field is no number of articles")?;
            let (share, packed) = (field(), field());
            let sound =
                |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '-' | '_');
            if share.is_empty() || packed.is_empty() || !packed.chars().all(sound) {
                return Err("what was learned is damaged");
            }
            let (share, packed) = (share.to_owned(), packed.to_owned());
            file.learned = Some(LearnedLine { articles, share, packed });
            return Ok(());
        }
        ("pattern", _) => {
            let label = known()?;
            let pattern = normalize_pattern(field()).ok_or("the pattern is missing or too long")?;
            let any_case = is_any_case(field())?;
            file.patterns.push(PatternRule { label, pattern, any_case });
            return Ok(());
        }
        ("always", _) => WordRule::Always(known()?),
        ("never", ANY_LABEL) => WordRule::Never(None),
        ("never", _) => WordRule::Never(Some(known()?)),
        _ => {
            return Err(
                "it begins with none of always, never, label, pattern, learned (fields are parted by tabs)",
            );
        }
    };
    let name = normalize_name(field()).ok_or("the name is missing, too long, or begins with #")?;
    let any_case = is_any_case(field())?;
    file.entries.push(WordEntry { name, rule, any_case });
    Ok(())
}

fn is_any_case(field: &str) -> Result<bool, &'static str> {
    match field {
        "" => Ok(false),
        ANY_CASE => Ok(true),
        _ => Err("the fourth field is not “any case”"),
    }
}

/// Can this key give a label?
fn is_key(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit()
}

/// The text of a list, as [`parse_word_list`] reads it.
pub fn format_word_list(file: &WordListFile) -> String {
    let mut out = String::new();
    let mut line = |fields: [&str; 4]| {
        out.push_str(fields.join("\t").trim_end());
        out.push('\n');
    };
    for own in &file.labels {
        let key = own.key.map(String::from).unwrap_or_default();
        line(["label", own.label.name(), own.colour, &key]);
    }
    for rule in &file.patterns {
        let case = if rule.any_case { ANY_CASE } else { "" };
        line(["pattern", rule.label.name(), &rule.pattern, case]);
    }
    for entry in &file.entries {
        let (what, label) = match entry.rule {
            WordRule::Always(label) => ("always", label.name()),
            WordRule::Never(Some(label)) => ("never", label.name()),
            WordRule::Never(None) => ("never", ANY_LABEL),
        };
        let case = if entry.any_case { ANY_CASE } else { "" };
        line([what, label, &entry.name, case]);
    }
    if let Some(learned) = &file.learned {
        line(["learned", &learned.articles.to_string(), &learned.share, &learned.packed]);
    }
    out
}

/// Merges two edits of one stored list: this page changed `before` to `after`, and another page has
/// meanwhile stored `stored`. Lines that this page removed go, lines that it added come first, the
/// other page's stay.
pub fn merge_edits(before: &str, after: &str, stored: &str) -> String {
    if before == stored {
        return after.to_owned();
    }
    let (old, new, theirs) = (sorted_lines(before), sorted_lines(after), sorted_lines(stored));
    let has = |lines: &[&str], line: &str| lines.binary_search(&line).is_ok();
    let mine = after.lines().filter(|l| !has(&old, l) && !has(&theirs, l));
    let kept = stored.lines().filter(|l| has(&new, l) || !has(&old, l));
    mine.chain(kept).flat_map(|l| [l, "\n"]).collect()
}

/// The lines of a list, sorted.
fn sorted_lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let text = "label\tWeapon\trose\tw\nlabel\tCourt\tteal\npattern\tCase\tNo\\. \\d+\npattern\tORG\tacme\\w*\tany case\nalways\tPERSON\tAna Ruiz\nnever\t*\tBreaking\tany case\nnever\tORG\tMay\nlearned\t12\tfull\tAAE=\n";
        let (file, damage) = parse_word_list(text);
        assert_eq!(damage, []);
        assert_eq!((file.entries.len(), file.labels.len(), file.patterns.len()), (3, 2, 2));
        assert_eq!(format_word_list(&file), text);
    }

    #[test]
    fn damaged_lines_are_named_and_the_rest_is_read() {
        let text = "\u{feff}# mine\r\n\r\nalways\tPERSON\tAna  Ruiz \r\nalways\tDATE\tMay\nsometimes\tPERSON\tX\nnever\t*\t\nalways\tORG\tA\tany\nlabel\tPERSON\trose\nlabel\tCourt\tpink\nnever\t*\tAna\nnever\t*\tAna";
        let (file, damage) = parse_word_list(text);
        let lines: Vec<_> = damage.iter().map(|d| d.line).collect();
        assert_eq!(lines, [4, 5, 6, 7, 8, 9]);
        assert_eq!(format_word_list(&file), "always\tPERSON\tAna Ruiz\nnever\t*\tAna\n");
        assert!(damage[1].to_string().starts_with("line 5: it begins"));
    }

    #[test]
    fn two_pages_do_not_overwrite_each_other() {
        let before = "a\nb\nc\n";
        assert_eq!(merge_edits(before, "n\na\nc\n", before), "n\na\nc\n");
        assert_eq!(merge_edits(before, "n\na\nc\n", "t\na\nb\nc\n"), "n\nt\na\nc\n");
        assert_eq!(merge_edits(before, "a\nb\n", ""), "");
        assert_eq!(merge_edits("", "n\n", "n\nt\n"), "n\nt\n");
    }

    proptest::proptest! {
        #[test]
        fn any_file_is_read_and_reads_back(text in "(always|never|label|pattern|#|)\t(PERSON|\\*|W|)\t[a-z# ]{0,4}\t?(any case|w)?\n?") {
            let (file, _) = parse_word_list(&text.repeat(2));
            let (again, damage) = parse_word_list(&format_word_list(&file));
            proptest::prop_assert_eq!(damage, vec![]);
            proptest::prop_assert_eq!(again, file);
        }

        #[test]
        fn any_text_at_all(text: String) {
            let (file, _) = parse_word_list(&text);
            proptest::prop_assert_eq!(parse_word_list(&format_word_list(&file)), (file, vec![]));
        }
    }
}
