//! `galley agree`: two or more people's documents of one article, compared.

use std::fmt::Write as _;
use std::path::PathBuf;

use galley_engine::agreement::{self, AgreementRow, Difference};
use galley_engine::document::{Annotation, Body, Document};
use galley_engine::text::OffsetMap;
use galley_formats::galley_json as json;

use crate::input;
use crate::outcome::{Outcome, complain, print};

/// Runs the command: each file against each that comes after it.
pub(crate) fn run(files: &[PathBuf]) -> Outcome {
    let mut documents = Vec::with_capacity(files.len());
    for file in files {
        let read = input::read_text_file(file)
            .and_then(|r| json::read(&r.text).map_err(|e| e.to_string()));
        match read {
            Ok(document) => documents.push((input::display_name(file), document)),
            Err(why) => {
                complain(format_args!("{}: {why}", input::display_name(file)));
                return Outcome::Failed;
            }
        }
    }
    let mut out = String::new();
    for (i, (a, mine)) in documents.iter().enumerate() {
        for (b, theirs) in documents.iter().skip(i + 1) {
            if !out.is_empty() {
                out.push('\n');
            }
            write_comparison(&mut out, (a, mine), (b, theirs));
        }
    }
    print(out.as_bytes())
}

/// The report of two documents. Writing into a string cannot fail.
fn write_comparison(
    out: &mut String,
    (a, mine): (&str, &Document),
    (b, theirs): (&str, &Document),
) {
    let _ = writeln!(out, "{a} (A) and {b} (B)");
    let (theirs, lost) = agreement::align_text(mine, theirs.clone());
    if lost > 0 {
        let _ = writeln!(out, "B has another text: {lost} of its annotations have no place in A's");
    }
    let found = agreement::compare(mine, &theirs);
    let _ = writeln!(
        out,
        "{:<14}{:>6}{:>6}{:>10}{:>12}{:>8}",
        "kind", "A", "B", "exact F1", "overlap F1", "kappa"
    );
    for row in &found.rows {
        write_row(out, row);
    }
    let map = OffsetMap::new(&mine.text);
    let _ = writeln!(out, "{} differences", found.differences.len());
    for difference in &found.differences {
        write_difference(out, mine, &theirs, &map, difference);
    }
}

fn write_row(out: &mut String, row: &AgreementRow) {
    let name = row.kind.map_or("all".to_owned(), |k| format!("{k:?}").to_lowercase());
    let (exact, overlap) =
        (format_thousandths(row.f1(row.exact)), format_thousandths(row.f1(row.overlap)));
    let (a, b, kappa) = (row.mine, row.theirs, format_thousandths(row.kappa));
    let _ = writeln!(out, "{name:<14}{a:>6}{b:>6}{exact:>10}{overlap:>12}{kappa:>8}");
}

/// Thousandths as a decimal fraction.
fn format_thousandths(thousandths: Option<i32>) -> String {
    thousandths.map_or("-".to_owned(), |n| format!("{:.3}", f64::from(n) / 1000.0))
}

fn write_difference(
    out: &mut String,
    mine: &Document,
    theirs: &Document,
    map: &OffsetMap,
    difference: &Difference,
) {
    let of = |document: &Document, id: &Option<_>| {
        let found = id.as_ref().and_then(|id| document.annotation(id));
        found.map(|a| describe_annotation(document, map, a))
    };
    let (a, b) = (of(mine, &difference.mine), of(theirs, &difference.theirs));
    let what = match difference.points.is_empty() {
        true => "only one".to_owned(),
        false => difference.points.join(", "),
    };
    let _ = writeln!(out, "\n{what}");
    for (side, said) in [("A", a), ("B", b)] {
        let _ = writeln!(out, "  {side}  {}", said.as_deref().unwrap_or("-"));
    }
}

/// Where (in code points), what, and the words on one line.
fn describe_annotation(document: &Document, map: &OffsetMap, a: &Annotation) -> String {
    let (start, end) = (map.point_of_byte(a.span.start()), map.point_of_byte(a.span.end()));
    let words: Vec<&str> = document.text.slice(a.span).split_whitespace().collect();
    let what = match &a.body {
        Body::Entity(e) => e.label.name().to_owned(),
        Body::Date(d) => format!("{} {}", d.timex.kind.name(), d.timex.value),
        Body::Quote(q) => {
            let speaker = agreement::speaker_name(document, q);
            format!("{} {}", q.kind.name(), speaker.as_deref().unwrap_or("-"))
        }
    };
    format!("{start}-{end} {what}: {}", words.join(" "))
}
