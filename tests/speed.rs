//! The engine's speed, native: `cargo xtask bench`. Each prints its figures on lines
//! `measured: WHAT: N words/s, M characters/s`.

#[path = "support/speed.rs"]
mod speed;

#[path = "support/articles.rs"]
mod articles;

#[test]
#[ignore = "a benchmark: cargo xtask bench"]
#[allow(clippy::disallowed_methods, reason = "it takes the time")]
fn native() {
    let mut texts = articles::join_articles(speed::SEPARATOR);
    if texts.is_empty() {
        texts = speed::bundled_texts();
    }
    if let Some(path) = std::env::var_os("GALLEY_BENCH") {
        std::fs::write(path, &texts).unwrap();
    }
    let start = std::time::Instant::now();
    for line in speed::measure_engines(&texts, || start.elapsed().as_secs_f64()) {
        println!("measured: {line}");
    }
}
