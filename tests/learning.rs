//! Learning from corrections and measuring, as people meet them on the command line.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::{Value, json};

#[path = "support/notes.rs"]
mod notes;

use notes::articles;

fn galley(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_galley")).args(args).output().unwrap()
}

fn out(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A file in a folder of this test's own.
fn file(name: &str, content: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("learning");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_string_lossy().into_owned()
}

fn lines(documents: &[Value]) -> String {
    documents.iter().map(|d| format!("{d}\n")).collect()
}

#[test]
fn what_was_learned_saves_corrections_in_the_next_articles() {
    let all = articles();
    let (seen, next) = all.split_at(9);
    let corrected = file("corrected.jsonl", &lines(seen));
    let desk = file("desk.galley", "");
    let words = file("own.tsv", "always\tORG\tHarbor Group\npattern\tNumber\tNo\\. \\d+\n");
    let said = out(&galley(&["learn", "--words", &words, &corrected, "-o", &desk]));
    assert!(said.starts_with("Learned from 9 articles. Would have saved "), "{said}");
    assert!(said.contains(" corrections: on"), "{said}");
    // All of it is one file of lines; made anew it is the same, to the byte.
    let written = std::fs::read_to_string(&desk).unwrap();
    assert!(
        written.starts_with("pattern\tNumber\tNo\\. \\d+\nalways\tORG\tHarbor Group\nlearned\t9\t"),
        "{written}"
    );
    out(&galley(&["learn", "--words", &words, &corrected, "-o", &desk]));
    assert_eq!(std::fs::read_to_string(&desk).unwrap(), written);

    let texts: String = next
        .iter()
        .map(|d| json!({ "id": d["document"]["id"], "text": d["document"]["text"] }))
        .map(|line| format!("{line}\n"))
        .collect();
    let (texts, gold) = (file("next.jsonl", &texts), file("gold.jsonl", &lines(next)));
    let read = |name: &str, more: &[&str]| {
        let mut args = vec!["annotate", "--jsonl"];
        args.extend(more);
        args.push(&texts);
        let documents = out(&galley(&args));
        let found = file(name, &documents);
        (documents, out(&galley(&["eval", &gold, &found])))
    };
    let corrections = |report: &str| -> f64 {
        let line = report.lines().find(|l| l.contains("corrections an article")).unwrap();
        line.split(' ').next().unwrap().parse().unwrap()
    };
    let (_, alone) = read("alone.jsonl", &[]);
    let (documents, learned) = read("learned.jsonl", &["--learned", &desk]);
    assert!(corrections(&learned) < corrections(&alone), "{alone}\n{learned}");
    assert!(documents.contains("\"learned from your corrections\""), "changed marks say so");
    assert!(documents.contains("\"your word list\""), "the list goes along");
    for part in ["PRODUCT", "all names", "certainty", "points apart"] {
        assert!(learned.contains(part), "{learned}");
    }
    assert_eq!(corrections(&out(&galley(&["eval", &gold, &gold]))), 0.0);
}

#[test]
fn a_simulated_person_saves_corrections() {
    let corrected = file("simulated.jsonl", &lines(&articles()));
    let said = out(&galley(&["learn", "--simulate", &corrected]));
    let mean = said.lines().last().unwrap();
    let gain = mean.split("learned, ").nth(1).unwrap().split(' ').next().unwrap();
    assert!(gain.parse::<f64>().unwrap() < -10.0, "{said}");
}

#[test]
fn articles_that_nobody_corrected_teach_nothing() {
    let mut untouched = articles();
    for document in &mut untouched {
        for annotation in document["annotations"].as_array_mut().unwrap() {
            annotation["status"] = "machine".into();
        }
    }
    let path = file("untouched.jsonl", &lines(&untouched));
    let output = galley(&["learn", &path]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("12 documents were left out"));
    assert_eq!(out(&output), "");
    let bad = file("bad.galley", "learned\t3\tfull\tAAAA\n");
    let output = galley(&["annotate", "--learned", &bad, &path]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("make it anew with 'galley learn'"));
}

#[test]
fn patterns_are_applied_tried_and_refused_in_words() {
    let text = file("patterns.txt", "Case No. 19-1392 was filed by Acme (NYSE: ACM) of No. 10.\n");
    let words = file(
        "patterns.tsv",
        "pattern\tDocket\tNo\\. \\d+-\\d+\npattern\tTicker\t\\(nyse: (?<it>[A-Z]+)\\)\tany case\n",
    );
    let document: Value =
        serde_json::from_str(&out(&galley(&["annotate", "--words", &words, &text]))).unwrap();
    let marked = |label: &str| {
        let all = document["annotations"].as_array().unwrap();
        let found = all.iter().find(|a| a["label"] == label).unwrap();
        (found["text"].as_str().unwrap().to_owned(), found["reason"].as_str().unwrap().to_owned())
    };
    assert_eq!(marked("Docket"), ("No. 19-1392".to_owned(), "your pattern".to_owned()));
    assert_eq!(marked("Ticker").0, "ACM");
    let tried = out(&galley(&["patterns", "--try", "No\\. \\d+", &text]));
    assert!(tried.ends_with("2 matches\n"), "{tried}");
    assert!(out(&galley(&["patterns", "--try", "xyz", &text])).contains("matches nothing here"));
    let shipped = out(&galley(&["patterns"]));
    let shipped = file("shipped.tsv", &shipped);
    out(&galley(&["annotate", "--words", &shipped, &text]));
    for (pattern, why) in
        [("a*", "matches nothing"), ("(a{1,900}){1,900}", "too large"), ("a(", "at character 2")]
    {
        let output = galley(&["patterns", "--try", pattern, &text]);
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(why), "{said}");
    }
    let bad = file("bad.tsv", "pattern\tX\t(\npattern\tDocket\tNo\\. \\d+\n");
    let output = galley(&["annotate", "--words", &bad, &text]);
    assert_eq!(output.status.code(), Some(1), "the rest was done");
    assert!(String::from_utf8_lossy(&output.stderr).contains("was left out"));
}
