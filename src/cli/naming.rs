//! Publication dates that stand in the names of files, by a pattern that the person gives.

use galley_engine::calendar::Stamp;
use regex::bytes::{Captures, Regex, RegexBuilder};

/// A regular expression that finds the date in a file's path or a text's id. Works on bytes, so
/// `\d` is a digit of ASCII.
#[derive(Debug, Clone)]
pub(crate) struct PathDatePattern(Regex);

impl PathDatePattern {
    /// Compiles the pattern.
    ///
    /// # Errors
    /// What is wrong with it, in words for people.
    pub(crate) fn parse(pattern: &str) -> Result<PathDatePattern, String> {
        let built = RegexBuilder::new(pattern).unicode(false).size_limit(1 << 20).build();
        built.map(PathDatePattern).map_err(|e| e.to_string())
    }

    /// The date in `name`: of the groups named `y`, `m` and `d`, else of the first group, else of
    /// all that the pattern matches. `None` when that is no date.
    pub(crate) fn find_date(&self, name: &str) -> Option<Stamp> {
        let found = self.0.captures(name.as_bytes())?;
        if let (Some(year), Some(month), Some(day)) =
            (group_text(&found, "y"), group_text(&found, "m"), group_text(&found, "d"))
        {
            return Stamp::parse(&format!("{year:0>4}-{month:0>2}-{day:0>2}"));
        }
        let written = std::str::from_utf8(found.get(1).or(found.get(0))?.as_bytes()).ok()?;
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let split = || {
            let (year, rest) = digits.split_at_checked(4)?;
            let (month, day) = rest.split_at_checked(2)?;
            Stamp::parse(&format!("{year}-{month}-{day}"))
        };
        Stamp::parse(written).or_else(|| (digits.len() == 8).then(split).flatten())
    }
}

fn group_text<'a>(found: &Captures<'a>, group: &str) -> Option<&'a str> {
    std::str::from_utf8(found.name(group)?.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_in_names() {
        let find = |pattern: &str, name: &str| {
            let stamp = PathDatePattern::parse(pattern).unwrap().find_date(name);
            stamp.map(|s| s.to_string())
        };
        for (pattern, name, date) in [
            (r"\d{4}-\d\d-\d\d", "news/2021-07-23-kabul.txt", Some("2021-07-23")),
            (r"\d{4}/\d\d/\d\d", "news/2021/07/23/kabul.txt", Some("2021-07-23")),
            (r"_(\d{8})", "afp_20210723_114", Some("2021-07-23")),
            (r"(?<d>\d+)\.(?<m>\d+)\.(?<y>\d{4})", "23.7.2021.txt", Some("2021-07-23")),
            (r"\d{8}", "afp_20211399", None),
            (r"\d{4}-\d\d-\d\d", "kabul.txt", None),
            ("é?", "é", None),
        ] {
            assert_eq!(find(pattern, name).as_deref(), date, "{pattern} in {name}");
        }
        assert!(PathDatePattern::parse("(").is_err());
    }
}
