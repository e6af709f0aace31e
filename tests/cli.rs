//! The command line as people and scripts meet it: streams, files, exit statuses.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn galley() -> Command {
    Command::new(env!("CARGO_BIN_EXE_galley"))
}

/// Runs with arguments and standard input.
fn run<A: AsRef<OsStr>>(args: &[A], input: &[u8]) -> Output {
    let mut child = galley()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // The program may be done before it has read all; a closed pipe is no failure of the test.
    let feeder = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    output
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn documents(output: &Output) -> Vec<Value> {
    out(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A file in a directory of this test's own.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cli");
    std::fs::create_dir_all(&dir).unwrap();
    let path = dir.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn ids(documents: &[Value]) -> Vec<&str> {
    documents.iter().map(|d| d["document"]["id"].as_str().unwrap()).collect()
}

#[test]
fn help_and_version() {
    for args in [&["--help"][..], &["-h"], &["help"]] {
        let got = run(args, b"");
        assert_eq!((status(&got), err(&got).as_str()), (0, ""), "{args:?}");
        assert!(out(&got).contains("Usage: galley <COMMAND>"));
        assert!(out(&got).contains("annotate"));
    }
    for args in [&["help", "annotate"][..], &["annotate", "--help"], &["annotate", "-h"]] {
        let got = run(args, b"");
        assert_eq!(status(&got), 0);
        for option in
            ["--jsonl", "--published", "--published-from", "--only", "--threads", "--pretty"]
        {
            assert!(out(&got).contains(option), "{option}");
        }
    }
    for args in [&["--version"][..], &["-V"], &["annotate", "--version"]] {
        let got = run(args, b"");
        assert_eq!(out(&got), concat!("galley ", env!("CARGO_PKG_VERSION"), "\n"));
    }
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let got = run(&["completions", shell], b"");
        assert_eq!((status(&got), err(&got).as_str()), (0, ""), "{shell}");
        for word in ["annotate", "convert", "published-from"] {
            assert!(out(&got).contains(word), "{word} in {shell}");
        }
    }
    let whole = out(&run(&["man"], b""));
    assert!(whole.contains(".TH galley 1") && whole.contains("Exit status"), "{whole}");
    let page = out(&run(&["man", "annotate"], b""));
    assert!(page.contains("published\\-from") && page.contains("galley annotate"), "{page}");
    for (args, word) in [(&["man", "nothing"], "nothing"), (&["completions", "sh"], "bash")] {
        let got = run(args, b"");
        assert_eq!((status(&got), out(&got).as_str()), (2, ""), "{args:?}");
        assert!(err(&got).starts_with("galley: ") && err(&got).contains(word), "{}", err(&got));
    }
}

/// What a value may begin with, and which of two options holds.
#[test]
fn options_take_any_value_and_the_last_one_holds() {
    let name = file("run-2021-07-23.txt", b"It rained on Friday.");
    let date = ["annotate", "--published-from", "-\\d{4}-\\d\\d-\\d\\d"].map(OsStr::new);
    let document: Value =
        serde_json::from_str(&out(&run(&[&date[..], &[name.as_os_str()]].concat(), b""))).unwrap();
    assert_eq!(document["document"]["published"], "2021-07-23");
    let indented = |args: &[&str]| {
        let got = run(args, b"It rained.");
        assert_eq!(status(&got), 0, "{}", err(&got));
        out(&got).lines().count() > 1
    };
    assert!(indented(&["annotate", "--compact", "--pretty"]));
    assert!(!indented(&["annotate", "--pretty", "--compact"]));
    assert!(indented(&["annotate", "--only=dates", "--only", "quotes", "-fcsv", "-f=galley"]));
}

#[test]
fn wrong_usage_is_said_in_a_line_and_fails() {
    for (args, word) in [
        (&["annotat"][..], "no command 'annotat'"),
        (&["--frobnicate"], "--frobnicate"),
        (&["annotate", "--frobnicate", "-"], "--frobnicate"),
        (&["annotate", "--published", "yesterday", "-"], "2021-07-23"),
        (&["annotate", "--published"], "--published"),
        (&["annotate", "--published-from", "(", "-"], "regular expression"),
        (&["annotate", "--only", "verbs", "-"], "verbs"),
        (&["annotate", "--threads", "0", "-"], "--threads"),
        (&["annotate", "--jsonl", "--pretty"], "--pretty"),
        (&["annotate", "--jsonl=yes"], "jsonl"),
        (&["help", "nothing"], "nothing"),
        (&["explain"], "FILE"),
    ] {
        let got = run(args, b"");
        assert_eq!((status(&got), out(&got).as_str()), (2, ""), "{args:?}");
        assert!(err(&got).contains(word), "{args:?}: {}", err(&got));
        assert!(err(&got).starts_with("galley: "), "{}", err(&got));
    }
    let bare = run::<&str>(&[], b"");
    assert_eq!((status(&bare), out(&bare).as_str()), (2, ""));
    assert!(err(&bare).contains("Usage:"));
}

#[test]
fn one_file_is_printed_for_people_and_several_a_line_each() {
    let one = file("one.txt", "Rain in Kabul\r\n\r\nIt rained in Kabul.".as_bytes());
    let two = file("two.md", "\u{feff}It rained in Lagos.".as_bytes());
    let got = run(&[OsStr::new("annotate"), one.as_os_str()], b"");
    assert_eq!((status(&got), err(&got).as_str()), (0, ""));
    assert!(out(&got).starts_with("{\n") && out(&got).ends_with("}\n"));
    let document: Value = serde_json::from_str(&out(&got)).unwrap();
    assert_eq!(document["format"], "galley");
    assert_eq!(document["document"]["id"], "one");
    assert_eq!(document["document"]["text"], "Rain in Kabul\n\nIt rained in Kabul.");

    let got = run(&[OsStr::new("annotate"), two.as_os_str(), one.as_os_str()], b"");
    let several = documents(&got);
    assert_eq!(ids(&several), ["two", "one"]);
    assert_eq!(several[0]["document"]["text"], "It rained in Lagos.");
    // The same document, however it is spelled.
    assert_eq!(several[1], document);

    let args = ["annotate", "--compact"].map(OsStr::new);
    let got = run(&[args[0], args[1], one.as_os_str()], b"");
    assert_eq!(documents(&got), [document]);
}

#[test]
fn standard_input_is_a_file() {
    for args in [&["annotate", "-"][..], &["annotate"]] {
        let got = run(args, "It rained.".as_bytes());
        let document: Value = serde_json::from_str(&out(&got)).unwrap();
        assert_eq!(document["document"]["text"], "It rained.");
        assert_eq!(status(&got), 0);
    }
    let empty = run(&["annotate", "-"], b"");
    let document: Value = serde_json::from_str(&out(&empty)).unwrap();
    assert_eq!((status(&empty), &document["document"]["text"]), (0, &Value::from("")));
    assert_eq!(document["annotations"], Value::Array(Vec::new()));
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_rest_is_done() {
    let good = file("good.txt", b"It rained.");
    let picture = file("picture.png", b"\x89PNG\r\n\x1a\n");
    let old = file("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    let missing = good.with_file_name("missing.txt");
    for (bad, word) in [(&picture, "picture"), (&old, ".docx"), (&missing, "no such file")] {
        let got = run(
            &[OsStr::new("annotate"), OsStr::new("--compact"), bad.as_os_str(), good.as_os_str()],
            b"",
        );
        assert_eq!(status(&got), 2, "{}", err(&got));
        assert_eq!(err(&got).lines().count(), 1, "{}", err(&got));
        assert!(err(&got).contains(word), "{}", err(&got));
        assert!(err(&got).contains(&*bad.to_string_lossy()), "{}", err(&got));
        assert_eq!(ids(&documents(&got)), ["good"]);
    }
}

#[test]
fn what_newsrooms_have_is_read() {
    let page = file("page.html", b"<!DOCTYPE html><html><head><title>Rain in Kabul | The Post</title><meta property=\"article:published_time\" content=\"2024-03-14T09:30:00Z\"></head><body><nav><a href=\"/\">Home</a></nav><h1>Rain in Kabul</h1><figure><figcaption>A wet street. Photograph: Bo Li</figcaption></figure><p>It rained in Kabul on Monday, said the mayor, who had an umbrella with her.</p></body></html>");
    let mail = file("mail.eml", b"From: Ann Ray <ann@example.org>\r\nTo: desk@example.org\r\nSubject: Rain\r\nDate: Thu, 14 Mar 2024 09:30:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nIt rained in Kabul.\r\n");
    let latin = file("latin.txt", b"caf\xe9s in Kabul");
    let wide = file("wide.txt", b"\xff\xfeI\0t\0");
    let rows = file("rows.csv", b"id,headline,body,date\n7,Rain,It rained.,2024-03-14\n8,,,\n");
    let args: Vec<&OsStr> = ["annotate"]
        .map(OsStr::new)
        .into_iter()
        .chain([&page, &mail, &latin, &wide, &rows].map(|f| f.as_os_str()))
        .collect();
    let got = run(&args, b"");
    // The row without a text.
    assert_eq!(status(&got), 1, "{}", err(&got));
    assert!(err(&got).contains("rows.csv: row 3 has no text"), "{}", err(&got));
    let documents = documents(&got);
    assert_eq!(ids(&documents), ["page", "mail", "latin", "wide", "7"]);
    let text = |i: usize| documents[i]["document"]["text"].as_str().unwrap();
    assert_eq!(
        text(0),
        "Rain in Kabul\n\nA wet street. Photograph: Bo Li\n\nIt rained in Kabul on Monday, said the mayor, who had an umbrella with her."
    );
    assert_eq!(documents[0]["document"]["title"], "Rain in Kabul");
    assert_eq!(documents[0]["document"]["published"], "2024-03-14T09:30:00");
    let zones = documents[0]["document"]["zones"].as_array().unwrap();
    assert!(zones.iter().any(|z| z["zone"] == "caption"), "{zones:?}");
    assert_eq!(text(1), "Rain\n\nBy Ann Ray\n\nIt rained in Kabul.");
    assert_eq!((text(2), text(3)), ("cafés in Kabul", "It"));
    assert_eq!(documents[4]["document"]["published"], "2024-03-14");
    // A folder is all that is in it; a format with one document a file wants a folder for a table's rows.
    let folder = page.with_file_name("folder");
    std::fs::create_dir_all(folder.join("inner")).unwrap();
    std::fs::copy(&latin, folder.join("inner/a.txt")).unwrap();
    std::fs::copy(&page, folder.join("b.html")).unwrap();
    let got = run(&[OsStr::new("annotate"), folder.as_os_str()], b"");
    assert_eq!(ids(&self::documents(&got)), ["b", "a"]);
    let rows = file("two.csv", b"id,text\n1,It rained.\n2,It snowed.\n");
    let got = run(&[OsStr::new("annotate"), OsStr::new("-ftei"), rows.as_os_str()], b"");
    assert_eq!(status(&got), 2);
    assert!(err(&got).contains("--output FOLDER"), "{}", err(&got));
}

#[test]
fn json_lines_come_back_in_order_and_bad_ones_are_numbered() {
    let input = concat!(
        "\u{feff}{\"id\":\"a\",\"text\":\"It rained in Kabul.\",\"more\":{\"x\":[1]}}\n",
        "\n",
        "not json\n",
        "{\"id\":\"b\"}\r\n",
        "{\"id\":\"c\",\"text\":\"\\ud83d\"}\n",
        "{\"id\":\"d\",\"text\":\"On Thursday.\",\"published\":\"2021-07-23 19:27:00\"}\r\n",
        "{\"id\":\"e\",\"text\":\"x\",\"published\":\"soon\"}\n",
        "{\"id\":7,\"text\":\"\\ud83d\\ude00 caf\u{e9}\",\"published\":null}",
    );
    let got = run(&["annotate", "--jsonl"], input.as_bytes());
    assert_eq!(status(&got), 1);
    let done = documents(&got);
    assert_eq!(ids(&done), ["a", "d", "7"]);
    assert_eq!(done[1]["document"]["published"], "2021-07-23T19:27:00");
    assert_eq!(done[1]["document"]["published_source"], "given");
    assert_eq!(done[2]["document"]["text"], "😀 café");
    let said = err(&got);
    let numbers: Vec<_> = said
        .lines()
        .map(|l| l.strip_prefix("galley: line ").unwrap().split_once(':').unwrap().0)
        .collect();
    assert_eq!(numbers, ["3", "4", "5", "7"], "{said}");
}

#[test]
fn json_lines_that_are_no_text_are_numbered_too() {
    let got =
        run(&["annotate", "--jsonl"], b"{\"text\":\"a\"}\n{\"text\":\"\xff\"}\n{\"text\":\"b\"}\n");
    assert_eq!((status(&got), documents(&got).len()), (1, 2));
    assert!(err(&got).contains("line 2"), "{}", err(&got));
    let fine = run(&["annotate", "--jsonl"], b"{\"text\":\"a\"}\n");
    assert_eq!((status(&fine), err(&fine).as_str()), (0, ""));
    let nothing = run(&["annotate", "--jsonl"], b"");
    assert_eq!((status(&nothing), out(&nothing).as_str()), (0, ""));
}

#[test]
fn several_files_of_json_lines_are_read_one_after_another() {
    let one = file("one.jsonl", b"{\"id\":\"a\",\"text\":\"x\"}\n{}\n");
    let two = file("two.jsonl", b"{\"id\":\"b\",\"text\":\"x\"}");
    let missing = one.with_file_name("none.jsonl");
    let args = [OsStr::new("annotate"), OsStr::new("--jsonl")];
    let got = run(&[args[0], args[1], one.as_os_str(), missing.as_os_str(), two.as_os_str()], b"");
    assert_eq!(status(&got), 2);
    assert_eq!(ids(&documents(&got)), ["a", "b"]);
    let said = err(&got);
    assert!(said.contains("one.jsonl: line 2"), "{said}");
    assert!(said.contains("none.jsonl: there is no such file"), "{said}");
}

#[test]
fn many_lines_keep_their_order_on_any_number_of_threads() {
    let words = "Jane Doe said on Monday that it had rained in Kabul. ";
    let input: String = (0..300)
        .map(|i| format!("{{\"id\":\"{i}\",\"text\":\"{}\"}}\n", words.repeat((i * 7) % 40)))
        .collect();
    let one = run(&["annotate", "--jsonl", "--threads", "1"], input.as_bytes());
    let many = run(&["annotate", "--jsonl", "--threads", "5"], input.as_bytes());
    assert_eq!((status(&one), status(&many)), (0, 0));
    assert!(one.stdout == many.stdout);
    let want: Vec<String> = (0..300).map(|i| i.to_string()).collect();
    assert_eq!(ids(&documents(&one)), want);
}

#[test]
fn kinds_can_be_left_out_and_the_date_given() {
    let text = b"On Thursday, Jane Doe said: \"It rained in Kabul.\"";
    let kinds = |args: &[&str]| {
        let got = run(args, text);
        assert_eq!(status(&got), 0, "{}", err(&got));
        let document: Value = serde_json::from_str(&out(&got)).unwrap();
        let list = document["annotations"].as_array().unwrap().clone();
        let mut kinds: Vec<String> =
            list.iter().map(|a| a["kind"].as_str().unwrap().to_owned()).collect();
        kinds.sort();
        kinds.dedup();
        (kinds, document)
    };
    let (_, all) = kinds(&["annotate", "--published", "2021-07-23", "-"]);
    assert_eq!(all["document"]["published"], "2021-07-23");
    let thursday =
        all["annotations"].as_array().unwrap().iter().find(|a| a["text"] == "Thursday").unwrap();
    assert_eq!(thursday["timex"]["value"], "2021-07-22");
    assert_eq!(kinds(&["annotate", "--only", "dates", "-"]).0, ["date"]);
    assert_eq!(kinds(&["annotate", "--only", "entities", "-"]).0, ["entity"]);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = galley()
        .args(["annotate", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let feeder = std::thread::spawn(move || {
        let line = format!("{{\"text\":\"{}\"}}\n", "It rained in Kabul. ".repeat(50));
        while stdin.write_all(line.as_bytes()).is_ok() {}
    });
    let mut first = String::new();
    stdout.read_line(&mut first).unwrap();
    assert!(first.contains("\"galley\""));
    drop(stdout);
    let ended = child.wait().unwrap();
    feeder.join().unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((ended.code(), said.as_str()), (Some(0), ""));
}

#[test]
fn lines_are_answered_as_they_come() {
    let mut child = galley()
        .args(["annotate", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for id in ["a", "b", "c"] {
        writeln!(stdin, "{{\"id\":\"{id}\",\"text\":\"It rained.\"}}").unwrap();
        stdin.flush().unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let document: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(document["document"]["id"], id);
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_text_of_ten_megabytes_with_null_bytes_is_read() {
    let mut text = "Jane Doe said it had rained.\0 \u{1f469}\u{200d}\u{1f469} ".repeat(260_000);
    text.truncate(10_000_000);
    let got = run(&["annotate", "--only", "dates", "-"], text.as_bytes());
    assert_eq!(status(&got), 0, "{}", err(&got));
    let document: Value = serde_json::from_str(&out(&got)).unwrap();
    assert_eq!(document["document"]["text"], text.as_str());
}

#[test]
fn explain_says_what_was_read() {
    let text = b"Rain stops play\nBy Jane Doe\n\nIt rained on Thursday.\n\nPublished 23 July 2021";
    let got = run(&["explain", "-"], text);
    assert_eq!(status(&got), 0, "{}", err(&got));
    for part in ["Rain stops play", "byline", "2021-07-22"] {
        assert!(out(&got).contains(part), "{}", out(&got));
    }
    let missing = run(&["explain", "no-such-file"], b"");
    assert_eq!(status(&missing), 2);
}

#[test]
fn the_publication_date_stands_in_the_name() {
    let path = file("2021-07-23-harbour.txt", b"The mayor spoke on Friday.");
    let date = |output: &Output| documents(output)[0]["document"]["published"].clone();
    let day = r"\d{4}-\d\d-\d\d";
    let from = ["annotate", "--compact", "--published-from", day];
    let with = |more: &[&OsStr]| {
        let all: Vec<&OsStr> = from.iter().map(OsStr::new).chain(more.iter().copied()).collect();
        run(&all, b"")
    };
    assert_eq!(date(&with(&[path.as_os_str()])), "2021-07-23");
    let line = br#"{"id":"a/2020-02-29/1","text":"The mayor spoke on Friday."}"#;
    let output = run(&[&from[..], &["--jsonl", "--published", "2019-01-01"]].concat(), line);
    assert_eq!(date(&output), "2020-02-29");
    let line = br#"{"id":"a","text":"The mayor spoke on Friday."}"#;
    let output = run(&[&from[..], &["--jsonl", "--published", "2019-01-01"]].concat(), line);
    assert_eq!(date(&output), "2019-01-01");
    let line = br#"{"id":"2020-02-29","text":"The mayor spoke.","published":"2018-05-06"}"#;
    let output = run(&[&from[..], &["--jsonl"]].concat(), line);
    assert_eq!(date(&output), "2018-05-06");
}

#[test]
fn a_word_list_is_applied_and_its_damaged_lines_are_named() {
    let list = file(
        "words.tsv",
        b"# mine\nalways\tORG\tZorblax Guild\nnever\t*\tMarch\nalways\tWeapon\tthunder lance\tany case\n",
    );
    let text = "The Zorblax Guild sold a Thunder Lance in March 2021.";
    let args = ["annotate".as_ref(), "--words".as_ref(), list.as_os_str(), "-".as_ref()];
    let got = run(&args, text.as_bytes());
    assert_eq!((status(&got), err(&got).as_str()), (0, ""));
    let document: Value = serde_json::from_str(&out(&got)).unwrap();
    let listed: Vec<_> = document["annotations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|a| a["reason"] == "your word list")
        .map(|a| (a["label"].as_str().unwrap(), a["text"].as_str().unwrap()))
        .collect();
    assert_eq!(listed, [("ORG", "Zorblax Guild"), ("Weapon", "Thunder Lance")]);
    assert!(
        document["annotations"].as_array().unwrap().iter().any(|a| a["text"] == "March 2021"),
        "a longer date holds the name that never is one"
    );

    let list = file("damaged.tsv", b"always\tORG\tZorblax Guild\nalways ORG Other\n");
    let args = ["annotate".as_ref(), "--words".as_ref(), list.as_os_str(), "-".as_ref()];
    let got = run(&args, text.as_bytes());
    assert_eq!(status(&got), 1);
    assert!(err(&got).contains("damaged.tsv: line 2: "), "{}", err(&got));
    assert!(out(&got).contains("your word list"));

    let got = run(&["annotate", "--words", "no-such-file.tsv", "-"], b"Text.");
    assert_eq!(status(&got), 2);
    assert!(err(&got).contains("no-such-file.tsv: there is no such file"));
}

#[test]
fn two_peoples_files_are_compared() {
    let document = |annotations: &str| {
        format!(
            r#"{{"format":"galley","version":1,"document":{{"text":"Ann Ray met Bo in Oslo."}},"annotations":[{annotations}]}}"#
        )
    };
    let row = |id, label: &str, start: usize, end: usize, text: &str| {
        format!(
            r#"{{"id":"{id}","kind":"entity","label":"{label}","start":{start},"end":{end},"text":"{text}","entity":null,"confidence":1,"status":"accepted"}}"#
        )
    };
    let mine = [row("a1", "PERSON", 0, 7, "Ann Ray"), row("a2", "PERSON", 12, 14, "Bo")];
    let theirs = [
        row("a1", "PERSON", 0, 3, "Ann"),
        row("a2", "ORG", 12, 14, "Bo"),
        row("a3", "GPE", 18, 22, "Oslo"),
    ];
    let a = file("agree-a.json", document(&mine.join(",")).as_bytes());
    let b = file("agree-b.json", document(&theirs.join(",")).as_bytes());
    let got = run(&["agree".as_ref(), a.as_os_str(), b.as_os_str()], b"");
    assert_eq!((status(&got), err(&got).as_str()), (0, ""));
    // Person: one of two and one overlap; tokens Ann Ray met Bo in Oslo . (7): observed 5/7, by
    // chance (3·1 + 4·6)/49; kappa (35 − 27)/(49 − 27) = 0.364.
    for line in [
        "person             2     1     0.000       0.667   0.364",
        "place              0     1     0.000       0.000   0.000",
        "all                2     3     0.000       0.400",
        "3 differences",
        "boundaries\n  A  0-7 PERSON: Ann Ray\n  B  0-3 PERSON: Ann",
        "label\n  A  12-14 PERSON: Bo\n  B  12-14 ORG: Bo",
        "only one\n  A  -\n  B  18-22 GPE: Oslo",
    ] {
        assert!(out(&got).contains(line), "{line}\nis not in\n{}", out(&got));
    }
    assert_eq!(status(&run(&["agree".as_ref(), a.as_os_str()], b"")), 2);
    let got = run(&["agree".as_ref(), a.as_os_str(), "Cargo.toml".as_ref()], b"");
    assert_eq!(status(&got), 2);
    assert!(err(&got).contains("Cargo.toml: the file is damaged"));
    assert!(out(&run(&["help", "agree"], b"")).contains("kappa"));
}

#[test]
fn other_columns_are_carried_along() {
    let rows = "{\"id\":1,\"url\":\"http://a/\\u00e9}\",\"text\":\"It rained on 3 May 2021.\",\"tags\":[1,{\"x\":null}]}\n\
                {\"id\":2,\"text\":\"It snowed.\"}\n\
                {\"id\":3,\"text\":7,\"url\":\"b\"}\n";
    let got = run(&["annotate", "--jsonl", "--carry", "--errors", "inline"], rows.as_bytes());
    assert_eq!(status(&got), 0, "{}", err(&got));
    let text = out(&got);
    let lines: Vec<&str> = text.lines().collect();
    let values: Vec<serde_json::Value> =
        lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(values[0]["columns"]["url"], "http://a/é}");
    assert_eq!(values[0]["columns"]["tags"][1]["x"], serde_json::Value::Null);
    assert!(values[1].get("columns").is_none());
    assert_eq!((&values[2]["columns"]["url"], &values[2]["id"]), (&"b".into(), &"3".into()));
    assert!(values[2]["error"].is_string());
    // Such a line is a document like any other, and without the option nothing of it is there.
    assert!(galley_formats::galley_json::read(lines[0]).is_ok());
    let plain = run(&["annotate", "--jsonl", "--errors", "inline"], rows.as_bytes());
    assert!(!out(&plain).contains("columns"));
    let wrong = run(&["annotate", "--carry", "-"], b"x");
    assert!(err(&wrong).contains("--carry goes with --jsonl"), "{}", err(&wrong));
}

#[test]
fn other_formats_are_written_and_read_again() {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cli/formats/");
    let _ = std::fs::remove_dir_all(&dir);
    let text = "“We stay 👍,” said Ann Ray on Monday.\nIt rained in Lagos.";
    let article = file("rain.txt", text.as_bytes());
    let shown = |got: &Output| (status(got), err(got));
    let args = ["annotate", "--published", "2021-07-23"];
    let got = run(&[args.map(OsStr::new).as_slice(), &[article.as_os_str()]].concat(), b"");
    assert_eq!(shown(&got), (0, String::new()));
    let galley_json = file("rain.galley.json", &got.stdout);
    for format in galley_formats::FORMATS {
        // Into a folder, each by its own name; and the same bytes to standard output.
        let args = ["convert", "-f", format.id, "-o"].map(OsStr::new);
        let all = [args.as_slice(), &[dir.as_os_str(), galley_json.as_os_str()]].concat();
        let got = run(&all, b"");
        assert_eq!((status(&got), out(&got).as_str()), (0, ""), "{}", err(&got));
        let written = std::fs::read(dir.join(format!("rain{}", format.extension))).unwrap();
        let got = run(
            &["convert", "--format", format.id],
            &run(&["annotate", "--published", "2021-07-23", article.to_str().unwrap()], b"").stdout,
        );
        assert_eq!(got.stdout, written, "{}", format.id);
        let lost = err(&got);
        assert!(
            lost.is_empty() || lost.starts_with("galley: rain.") && lost.contains(" cannot carry "),
            "{lost}"
        );
        if format.is_readable() && format.id != "brat" {
            let back = run(
                &[OsStr::new("convert"), dir.join(format!("rain{}", format.extension)).as_os_str()],
                b"",
            );
            assert_eq!(out(&back), std::fs::read_to_string(&galley_json).unwrap());
        }
    }
    // Straight from a text; several into one table with one head, or into a folder.
    let other = file("more.txt", "“No,” said Bo.".as_bytes());
    let several = [
        OsStr::new("annotate"),
        OsStr::new("--format"),
        OsStr::new("csv"),
        article.as_os_str(),
        other.as_os_str(),
    ];
    let got = run(&several, b"");
    assert_eq!(out(&got).matches("speaker,quote,date").count(), 1, "{}", out(&got));
    assert_eq!(status(&got), 0);
    let several = several.map(|a| if a == "csv" { OsStr::new("tei") } else { a });
    let got = run(&several, b"");
    assert_eq!((status(&got), out(&got).as_str()), (2, ""));
    assert!(err(&got).contains("--output FOLDER"));
}

#[test]
fn brat_files_go_together_and_what_is_damaged_is_named() {
    let ann = file("pair.ann", b"T1\tPERSON 0 3\tAnn\nT2\tPERSON 40 43\tBo\n");
    file("pair.txt", b"Ann left.");
    let got = run(&[OsStr::new("convert"), ann.as_os_str()], b"");
    let document: Value = serde_json::from_str(&out(&got)).unwrap();
    assert_eq!(document["annotations"][0]["text"], "Ann");
    assert_eq!(status(&got), 1);
    assert!(
        err(&got).contains(
            "pair.ann: annotation a2: 40 to 43 is no stretch of the text; it was left out"
        ),
        "{}",
        err(&got)
    );
    for (args, word) in [
        (&["convert", "-f", "pdf"][..], "one of galley, w3c, spacy"),
        (&["annotate", "--jsonl", "-f", "brat"], "--output FOLDER"),
        (&["annotate", "--pretty", "-f", "brat", "x.txt"], "Galley JSON"),
        (&["convert", "none.json"], "there is no such file"),
    ] {
        let got = run(args, b"");
        assert_eq!((status(&got), out(&got).as_str()), (2, ""), "{args:?}");
        assert!(err(&got).contains(word), "{}", err(&got));
    }
    let help = out(&run(&["help", "convert"], b""));
    assert!(galley_formats::FORMATS.iter().all(|f| help.contains(f.id) && help.contains(f.name)));
}

/// Lines of JSON, numbered.
fn numbered_lines(count: usize) -> String {
    (0..count)
        .map(|n| {
            format!("{{\"id\":\"{n}\",\"text\":\"Anna Berg of Oslo said {n} times: yes.\"}}\n")
        })
        .collect()
}

#[test]
fn an_output_is_whole_or_as_it_was() {
    let input = file("whole.jsonl", numbered_lines(3).as_bytes());
    let output = file("whole_out.jsonl", b"what was there\n");
    let args = [input.as_os_str(), "--jsonl".as_ref(), "-o".as_ref(), output.as_os_str()];
    let done = run(&[&["annotate".as_ref()], &args[..]].concat(), b"");
    assert_eq!(status(&done), 0, "{}", err(&done));
    let written = std::fs::read_to_string(&output).unwrap();
    assert_eq!(written.lines().count(), 3);
    assert!(!output.with_file_name("whole_out.jsonl.partial").exists());

    // An output that ended early, in the middle of a line, is gone on from.
    let mut lines = written.lines();
    let begun = format!("{}\n{}", lines.next().unwrap(), &lines.next().unwrap()[..40]);
    std::fs::write(output.with_file_name("whole_out.jsonl.partial"), begun).unwrap();
    let done = run(&[&["annotate".as_ref(), "--resume".as_ref()], &args[..]].concat(), b"");
    assert_eq!(status(&done), 0, "{}", err(&done));
    assert_eq!(std::fs::read_to_string(&output).unwrap(), written);

    // What is finished is read once only; one more line is added to it.
    std::fs::write(&input, numbered_lines(4)).unwrap();
    let done = run(&[&["annotate".as_ref(), "--resume".as_ref()], &args[..]].concat(), b"");
    assert_eq!(status(&done), 0, "{}", err(&done));
    let longer = std::fs::read_to_string(&output).unwrap();
    assert!(longer.starts_with(&written));
    assert_eq!(longer.lines().count(), 4);

    // Something else is not gone on from, and stays.
    std::fs::write(&output, "what was there\n").unwrap();
    let done = run(&[&["annotate".as_ref(), "--resume".as_ref()], &args[..]].concat(), b"");
    assert_eq!(status(&done), 2);
    assert!(err(&done).contains("line 1 is no document"), "{}", err(&done));
    assert_eq!(std::fs::read_to_string(&output).unwrap(), "what was there\n");
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupted_run_leaves_whole_lines_and_goes_on() {
    let output = file("interrupted.jsonl", b"");
    std::fs::remove_file(&output).unwrap();
    let mut child = galley()
        .args(["annotate", "--jsonl", "--threads", "1", "-o"])
        .arg(&output)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Standard input stays open: the run waits for more when it is interrupted.
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(numbered_lines(40).as_bytes()).unwrap();
    let partial = output.with_file_name("interrupted.jsonl.partial");
    while !partial.exists() {
        std::thread::yield_now();
    }
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let ended = child.wait_with_output().unwrap();
    drop(stdin);
    assert_eq!(status(&ended), 130, "{}", err(&ended));
    assert!(err(&ended).contains("interrupted after"), "{}", err(&ended));
    assert!(!output.exists());
    let begun = std::fs::read_to_string(&partial).unwrap_or_default();
    assert!(begun.is_empty() || begun.ends_with('\n'));

    let input = file("interrupted_in.jsonl", numbered_lines(40).as_bytes());
    let args = ["annotate".as_ref(), "--jsonl".as_ref(), "--resume".as_ref(), "-o".as_ref()];
    let done = run(&[&args[..], &[output.as_os_str(), input.as_os_str()]].concat(), b"");
    assert_eq!(status(&done), 0, "{}", err(&done));
    let whole = std::fs::read_to_string(&output).unwrap();
    assert!(whole.starts_with(&begun));
    assert_eq!(whole.lines().count(), 40);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_said_and_fails() {
    let input = file("full.jsonl", numbered_lines(3).as_bytes());
    let args = ["annotate".as_ref(), "--jsonl".as_ref(), "-o".as_ref(), "/dev/full".as_ref()];
    let done = run(&[&args[..], &[input.as_os_str()]].concat(), b"");
    assert_eq!(status(&done), 2);
    assert!(err(&done).contains("could not be written"), "{}", err(&done));
}

#[test]
fn bad_lines_are_told_in_their_place_where_that_is_asked_for() {
    let lines = "{\"id\":\"a\",\"text\":\"Anna Berg spoke.\"}\n{\"id\":7,\"text\":null}\nno JSON\n{\"id\":\"d\",\"text\":\"In May.\"}\n";
    let done = run(&["annotate", "--jsonl", "--errors", "inline"], lines.as_bytes());
    assert_eq!(status(&done), 0, "{}", err(&done));
    assert_eq!(err(&done), "");
    let lines = documents(&done);
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["document"]["id"], "a");
    assert_eq!(lines[1]["id"], "7");
    assert_eq!(lines[1]["error"], "has no \"text\"");
    assert!(lines[2]["id"].is_null() && lines[2]["error"].is_string(), "{}", lines[2]);
    assert_eq!(lines[3]["document"]["id"], "d");
}
