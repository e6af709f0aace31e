//! `cargo xtask weigh`: the bytes of the built page, and what each crate adds to its programs. Also the limits
//! that the tests hold them to.
//!
//! What a crate adds is read from the programs as the compiler leaves them, before wasm-opt: they still name their
//! functions. A generic function counts for the crate that wrote it, whoever fills it in.

use crate::command::Project;
use crate::report::Counts;
use crate::sources::list_files;
use crate::wasm::TARGET;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use wasmparser::{KnownCustom, Name, Parser, Payload};

/// Files that are weighed together.
struct Group {
    name: &'static str,
    /// Bytes, gzip.
    limit: usize,
    has: fn(&str) -> bool,
}

/// What a visitor waits for: limits that notice a mistake, with room for what the page still has to learn.
const GROUPS: [Group; 4] = [
    Group {
        name: "page",
        limit: 690_000,
        has: |name| is_code(name) && !is_engine_worker(name) && !is_files_worker(name),
    },
    Group { name: "engine worker", limit: 950_000, has: is_engine_worker },
    Group { name: "files worker", limit: 1_500_000, has: is_files_worker },
    // The service worker asks for all files, once.
    Group { name: "first visit", limit: 8_500_000, has: |_| true },
];

/// The programs by their profiles and names, as cargo leaves them.
const PROGRAMS: [(&str, &str); 3] = [("page", "app"), ("worker", "worker"), ("page", "files")];

/// Crates that are printed for each program; the others are one line.
const MAX_CRATES: usize = 25;

fn is_code(name: &str) -> bool {
    name.ends_with(".js") || name.ends_with(".wasm") || name.ends_with(".css")
}

fn is_engine_worker(name: &str) -> bool {
    is_code(name) && name.starts_with("worker")
}

fn is_files_worker(name: &str) -> bool {
    is_code(name) && name.starts_with("files")
}

/// A file of the built page, in bytes.
struct Weight {
    name: String,
    raw: usize,
    gzip: usize,
    /// Only where it was asked for: it takes long.
    brotli: usize,
}

/// Checks each group of the built page against its limit.
pub(crate) fn check_limits(project: &Project, counts: &mut Counts) {
    let weights = match weigh_files(&project.dist(), false) {
        Ok(weights) => weights,
        Err(e) => return counts.add(Err(e)),
    };
    for group in &GROUPS {
        let sum = sum_of(&weights, group);
        println!("{:<14} {:>9} bytes gzip of {}", group.name, sum.gzip, group.limit);
        counts.add(match sum.gzip {
            0 => Err(format!("{}: none of its files is there", group.name)),
            gzip if gzip > group.limit => {
                Err(format!("{}: {gzip} bytes gzip, over its limit of {}", group.name, group.limit))
            }
            _ => Ok(()),
        });
    }
}

/// Prints what the page weighs, and what each crate adds to its programs.
pub(crate) fn print_weights(project: &Project) -> Result<(), String> {
    let mut weights = weigh_files(&project.dist(), true)?;
    weights.sort_by_key(|weight| std::cmp::Reverse(weight.gzip));
    println!("\n{:<44} {:>10} {:>10} {:>10}", "bytes", "raw", "gzip -9", "brotli -11");
    for weight in &weights {
        print_weight(weight);
    }
    println!();
    for group in &GROUPS {
        print_weight(&sum_of(&weights, group));
    }
    for (profile, program) in PROGRAMS {
        let path = project.target().join(TARGET).join(profile).join(program).with_extension("wasm");
        let wasm = fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let parts = parts_of(&wasm).map_err(|e| format!("{}: {e}", path.display()))?;
        print_parts(program, wasm.len() as u64, parts);
    }
    Ok(())
}

fn print_weight(weight: &Weight) {
    println!("{:<44} {:>10} {:>10} {:>10}", weight.name, weight.raw, weight.gzip, weight.brotli);
}

fn sum_of(weights: &[Weight], group: &Group) -> Weight {
    let mut sum = Weight { name: group.name.to_owned(), raw: 0, gzip: 0, brotli: 0 };
    for weight in weights.iter().filter(|weight| (group.has)(&weight.name)) {
        sum.raw += weight.raw;
        sum.gzip += weight.gzip;
        sum.brotli += weight.brotli;
    }
    sum
}

/// Weighs all files of the page, each in a thread of its own.
fn weigh_files(dist: &Path, with_brotli: bool) -> Result<Vec<Weight>, String> {
    let names = list_files(dist)?;
    std::thread::scope(|scope| {
        let threads: Vec<_> = names
            .into_iter()
            .map(|name| scope.spawn(move || weigh_file(dist, name, with_brotli)))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err("a file is not weighed".to_owned())))
            .collect()
    })
}

fn weigh_file(dist: &Path, name: String, with_brotli: bool) -> Result<Weight, String> {
    let path = dist.join(&name);
    let bytes = fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let gzip = gzip_size(&bytes).map_err(|e| format!("{name}: {e}"))?;
    let brotli =
        if with_brotli { brotli_size(&bytes).map_err(|e| format!("{name}: {e}"))? } else { 0 };
    Ok(Weight { name, raw: bytes.len(), gzip, brotli })
}

fn gzip_size(bytes: &[u8]) -> std::io::Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn brotli_size(bytes: &[u8]) -> std::io::Result<usize> {
    let mut packed = Vec::new();
    brotli::BrotliCompress(
        &mut &*bytes,
        &mut packed,
        &brotli::enc::BrotliEncoderParams::default(),
    )?;
    Ok(packed.len())
}

/// Bytes by crate, and by what is no code of a crate.
fn parts_of(wasm: &[u8]) -> wasmparser::Result<BTreeMap<String, u64>> {
    let mut parts: BTreeMap<String, u64> = BTreeMap::new();
    let mut sizes = Vec::new();
    let mut names: BTreeMap<u32, &str> = BTreeMap::new();
    let mut imported = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let is_function = matches!(import?.ty, wasmparser::TypeRef::Func(_));
                    imported += u32::from(is_function);
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(length(body.range())),
            Payload::DataSection(data) => {
                *parts.entry("(data: texts, tables, models)".to_owned()).or_default() +=
                    length(data.range());
            }
            Payload::CustomSection(custom) => {
                if let KnownCustom::Name(sections) = custom.as_known() {
                    for section in sections {
                        if let Name::Function(functions) = section? {
                            for function in functions {
                                let function = function?;
                                names.insert(function.index, function.name);
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    for (size, index) in sizes.into_iter().zip(imported..) {
        let name = names.get(&index).copied().unwrap_or_default();
        *parts.entry(crate_of(name)).or_default() += size;
    }
    Ok(parts)
}

fn length(range: std::ops::Range<u64>) -> u64 {
    range.end - range.start
}

/// The crate that wrote a function: the first name in its path. `<&mut core::fmt::Formatter as …>::write` is
/// core's.
fn crate_of(symbol: &str) -> String {
    let path = format!("{:#}", rustc_demangle::demangle(symbol));
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut words = path.split(|c: char| !is_name(c)).filter(|word| {
        !word.is_empty() && !matches!(*word, "mut" | "dyn" | "const" | "as" | "impl")
    });
    match words.next() {
        Some(word) if path.contains("::") => word.to_owned(),
        _ => "(no crate)".to_owned(),
    }
}

fn print_parts(program: &str, all: u64, parts: BTreeMap<String, u64>) {
    let mut parts: Vec<(String, u64)> = parts.into_iter().collect();
    parts.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    let sum: u64 = parts.iter().map(|(_, size)| size).sum();
    println!("\n{program}, {all} bytes before wasm-opt; code and data by crate:");
    let share = |size: u64| size as f64 / sum.max(1) as f64 * 100.0;
    for (name, size) in parts.iter().take(MAX_CRATES) {
        println!("  {name:<42} {size:>10} {:>6.1} %", share(*size));
    }
    let rest: u64 = parts.iter().skip(MAX_CRATES).map(|(_, size)| size).sum();
    if rest > 0 {
        println!("  {:<42} {rest:>10} {:>6.1} %", "all others", share(rest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_read_from_symbols() {
        for (symbol, name) in [
            ("_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE", "core"),
            ("_RNvCs1234_7mycrate3foo", "mycrate"),
            ("<&mut alloc::vec::Vec<u8> as core::fmt::Debug>::fmt", "alloc"),
            ("<dyn core::any::Any>::is", "core"),
            ("__wasm_call_ctors", "(no crate)"),
            ("", "(no crate)"),
        ] {
            assert_eq!(crate_of(symbol), name, "{symbol}");
        }
    }

    #[test]
    fn a_program_is_taken_apart() {
        // (module (func $a (export "f"))), with a data segment of three bytes, by hand.
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend([1, 4, 1, 0x60, 0, 0]); // one type
        wasm.extend([3, 2, 1, 0]); // one function
        wasm.extend([5, 3, 1, 0, 1]); // a memory
        wasm.extend([10, 4, 1, 2, 0, 0x0b]); // its body
        wasm.extend([11, 9, 1, 0, 0x41, 0, 0x0b, 3, 1, 2, 3]); // data
        wasm.extend(b"\0\x13\x04name\x01\x0c\x01\0\x09core::abc");
        let parts = parts_of(&wasm).unwrap();
        assert_eq!(parts.get("core"), Some(&2), "{parts:?}");
        assert_eq!(parts.values().sum::<u64>(), 11, "{parts:?}");
    }

    #[test]
    fn what_is_packed_is_smaller() {
        let bytes = b"Galley ".repeat(1000);
        assert!(gzip_size(&bytes).unwrap() < 100);
        assert!(brotli_size(&bytes).unwrap() < 100);
    }
}
