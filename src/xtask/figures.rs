//! What a benchmark measured: read from what it prints, kept for the next run, compared with the last one.
//! Must not know what is measured.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Stands before a figure in what a benchmark prints: `measured: NAME: NUMBER UNIT, and more for people`.
const MEASURED: &str = "measured: ";

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    /// What was measured.
    pub(crate) name: String,
    /// In its unit.
    pub(crate) value: f64,
    /// `words/s`, `ms` …
    pub(crate) unit: String,
    /// What else is told, for people.
    rest: String,
}

impl Figure {
    /// The figure in a line, if it holds one.
    pub(crate) fn parse(line: &str) -> Option<Figure> {
        let (_, figure) = line.split_once(MEASURED)?;
        let (name, after) = figure.split_once(": ")?;
        let mut words = after.splitn(3, ' ');
        let value = words.next()?.parse().ok()?;
        let unit = words.next()?;
        let (unit, comma) = unit.strip_suffix(',').map_or((unit, ""), |unit| (unit, ","));
        let rest = words.next().map(|rest| format!("{comma} {rest}")).unwrap_or_default();
        Some(Figure { name: name.to_owned(), value, unit: unit.to_owned(), rest })
    }

    /// The figures among what a benchmark printed.
    pub(crate) fn parse_all(output: &str) -> Vec<Figure> {
        output.lines().filter_map(Figure::parse).collect()
    }
}

/// The figures of the last run, by where they were measured and what they are of.
#[derive(Default)]
pub(crate) struct LastRun(BTreeMap<String, f64>);

impl LastRun {
    /// Those kept in `path`; none when there are none.
    pub(crate) fn read(path: &Path) -> LastRun {
        let text = fs::read_to_string(path).unwrap_or_default();
        LastRun(serde_json::from_str(&text).unwrap_or_default())
    }

    /// Keeps these in `path`.
    pub(crate) fn write(&self, path: &Path) -> Result<(), String> {
        let text = serde_json::to_string_pretty(&self.0).map_err(|e| e.to_string())?;
        fs::write(path, text + "\n").map_err(|e| format!("{}: {e}", path.display()))
    }

    /// Prints figures measured `place` (native, in Chromium …), each beside that of the last run, and
    /// takes them in that one's place.
    pub(crate) fn print_and_replace(&mut self, place: &str, figures: &[Figure]) {
        for Figure { name, value, unit, rest } in figures {
            let last = self.0.insert(format!("{place}: {name}"), *value);
            let ratio = last.filter(|last| *last > 0.0).map(|last| value / last);
            let ratio =
                ratio.map(|ratio| format!("{ratio:.3} of the last run")).unwrap_or_default();
            println!("  {place:<9} {ratio:<21} {name}: {value} {unit}{rest}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read() {
        let line = "  measured: all: 54000 words/s, 324000 characters/s";
        let figure = Figure::parse(line).unwrap();
        assert_eq!((figure.name.as_str(), figure.value), ("all", 54_000.0));
        assert_eq!(
            (figure.unit.as_str(), figure.rest.as_str()),
            ("words/s", ", 324000 characters/s")
        );
        assert_eq!(Figure::parse("measured: models opened: 60.5 ms").unwrap().value, 60.5);
        assert_eq!(Figure::parse("measured: nothing"), None);
        assert_eq!(Figure::parse("all: 54000 words/s"), None);
    }

    #[test]
    fn a_run_is_kept_for_the_next() {
        let path = std::env::temp_dir().join(format!("galley-bench-{}.json", std::process::id()));
        let mut run = LastRun::read(&path);
        assert!(run.0.is_empty());
        run.print_and_replace("native", &Figure::parse_all("measured: all: 2 words/s\n"));
        run.write(&path).unwrap();
        assert_eq!(LastRun::read(&path).0["native: all"], 2.0);
        fs::remove_file(path).unwrap();
    }
}
