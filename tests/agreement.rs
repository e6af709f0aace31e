//! The engine's fingerprints: the same at every run, and kept for the wasm tests to compare with.

#[path = "support/agreement.rs"]
mod agreement;
#[path = "support/articles.rs"]
mod articles;

#[test]
fn documents_are_the_same_at_every_run() {
    let articles = articles::join_articles(agreement::SEPARATOR);
    let lines = agreement::fingerprints(&articles);
    assert!(lines.iter().any(|line| line.starts_with("harbour ")));
    let own = agreement::fingerprints("");
    assert_eq!(lines[..own.len()], own);
    // `cargo xtask test` says where the wasm tests look for them and for the articles.
    if let Some(path) = std::env::var_os("GALLEY_AGREEMENT") {
        let mut beside = path.clone();
        beside.push(".articles");
        for (path, text) in [(path, lines.join("\n") + "\n"), (beside, articles)] {
            // Kept as it is when nothing changed, so that nothing is compiled anew.
            if std::fs::read_to_string(&path).ok().as_deref() != Some(text.as_str()) {
                std::fs::write(path, text).unwrap();
            }
        }
    }
}
