//! The fuzz targets over their seeds, so that they stay sound; the seeds are left for cargo-fuzz.

#[path = "fuzz/checks.rs"]
mod checks;

use std::path::{Path, PathBuf};

use galley_formats::{ExportDocument, FORMATS, galley_json};

/// Runs a target over seeds, and over each of them damaged in some places.
fn run_over_seeds(target: &str, check: fn(&[u8]), seeds: &[Vec<u8>], damages: usize) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fuzz").join(target);
    std::fs::create_dir_all(&folder).unwrap();
    assert!(!seeds.is_empty(), "no seeds for {target}");
    let mut state = 7u64;
    for (i, seed) in seeds.iter().enumerate() {
        std::fs::write(folder.join(format!("seed-{i}")), seed).unwrap();
        check(seed);
        for _ in 0..damages {
            let mut damaged = seed.clone();
            for _ in 0..3 {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                let at = (state >> 33) as usize % damaged.len().max(1);
                match state % 3 {
                    0 => damaged.truncate(at),
                    1 => damaged.insert(at, (state >> 20) as u8),
                    _ => damaged.iter_mut().skip(at).take(1).for_each(|b| *b = (state >> 20) as u8),
                }
            }
            check(&damaged);
        }
    }
}

/// The files of a folder below tests/data.
fn data_files(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(folder);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().filter(|p| p.is_file()).map(|path| std::fs::read(path).unwrap()).collect()
}

/// Bytes that only look like chance.
fn noise(length: usize) -> Vec<u8> {
    let mut state = length as u64 + 1;
    let mut next = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 40) as u8
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn analysis() {
    let mut seeds = data_files("articles");
    seeds.extend(data_files("text"));
    for folder in ["layout", "quotes/styles"] {
        seeds.extend(case_inputs(folder));
    }
    run_over_seeds("analysis", checks::check_analysis, &seeds, 1);
}

/// The inputs of all case files of a folder, a seed a file.
fn case_inputs(folder: &str) -> Vec<Vec<u8>> {
    let inputs = |file: Vec<u8>| {
        let text = String::from_utf8(file).unwrap();
        let lines = text.lines().filter(|l| !l.starts_with("=>") && !l.starts_with('#'));
        lines.take(60).collect::<Vec<_>>().join("\n").into_bytes()
    };
    data_files(folder).into_iter().map(inputs).collect()
}

#[test]
fn edit_log() {
    let seeds: Vec<Vec<u8>> = [4, 40, 200, 400].map(noise).into();
    run_over_seeds("edit_log", checks::check_edit_log, &seeds, 3);
}

#[test]
fn file_readers() {
    let export = ExportDocument::new(checks::article()).unwrap();
    let mut seeds = Vec::new();
    for format in FORMATS {
        // The name that its files are opened by.
        let first = match format.id {
            "w3c" => 1 + 6,
            "label-studio" | "galley" => 0,
            "brat" | "xlsx" => 3,
            _ if format.is_json_lines() => 4,
            _ => 5,
        };
        seeds.push([vec![first], format.write(&export)].concat());
    }
    let ann = "T1\tPERSON 0 8\tMinistry\nT2\tDATE 12 19\tlosing\nR1\tSpeaker Arg1:T1 Arg2:T2\n";
    seeds.push([vec![2 + 6], ann.into()].concat());
    seeds.push(
        [vec![5], b"# mine\nalways\tORG\tZorblax Guild\nnever\t*\tMarch\n".to_vec()].concat(),
    );
    seeds.push([vec![5], b"from 3 May to 5 May 2021".to_vec()].concat());
    seeds.extend(data_files("formats").into_iter().map(|zip| [vec![3], zip].concat()));
    run_over_seeds("file_readers", checks::check_file_readers, &seeds, 20);
}

#[test]
fn salvage() {
    let json = |indented| galley_json::write(checks::article(), indented).unwrap().into_bytes();
    run_over_seeds("salvage", checks::check_salvage, &[json(true), json(false)], 100);
}

#[test]
fn models() {
    let seeds: Vec<Vec<u8>> = [5, 20, 55, 200].map(noise).into();
    run_over_seeds("models", checks::check_models, &seeds, 2);
}

#[test]
fn intake() {
    let systems = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/intake/systems");
    let mut seeds: Vec<Vec<u8>> = Vec::new();
    for entry in std::fs::read_dir(systems).unwrap() {
        let mut seed = vec![0];
        seed.extend(std::fs::read(entry.unwrap().path()).unwrap());
        seeds.push(seed);
    }
    let texts: [(u8, &[u8]); 6] = [
        (1, b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\nContent-Location: a\r\n\r\n<p>It rained in Kabul on Monday, the mayor said.</p>\r\n--x--"),
        (2, b"Subject: Rain\r\nMIME-Version: 1.0\r\nFrom: a\r\n\r\nIt rained."),
        (5, b"---\ntitle: Rain\n---\n# Rain\n\n- it *rained*\n"),
        (6, b"id,text\n1,\"It, rained\"\n"),
        (7, b"{\"text\":\"It rained.\",\"title\":\"Rain\"}\n{}"),
        (8, b"{\\rtf1 \\u321?\\'e9 {\\*\\x y}\\par}"),
    ];
    seeds.extend(texts.iter().map(|(name, text)| [&[*name], *text].concat()));
    run_over_seeds("intake", checks::check_intake, &seeds, 40);
}
