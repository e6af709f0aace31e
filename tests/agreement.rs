//! The engine's fingerprints: the same at every run, and kept for the wasm tests to compare with.

#[path = "support/agreement.rs"]
mod agreement;

#[test]
fn documents_are_the_same_at_every_run() {
    let lines = agreement::lines();
    assert!(lines.iter().any(|line| line.starts_with("harbour ")));
    assert_eq!(lines, agreement::lines());
    // `cargo xtask test` says where the wasm tests look for them.
    if let Some(path) = std::env::var_os("GALLEY_AGREEMENT") {
        let text = lines.join("\n") + "\n";
        // Kept as it is when nothing changed, so that nothing is compiled anew.
        if std::fs::read_to_string(&path).ok().as_deref() != Some(text.as_str()) {
            std::fs::write(path, text).unwrap();
        }
    }
}
