//! The engine's speed, native and in Chromium: `cargo xtask bench`. Each prints its figures on lines
//! `measured: WHAT N words/s, M characters/s`.

#[path = "support/speed.rs"]
mod speed;

/// The texts that both sides read, written by `cargo xtask bench`.
#[cfg(target_arch = "wasm32")]
const ARTICLES: &str = include_str!(env!("GALLEY_BENCH"));

#[cfg(not(target_arch = "wasm32"))]
#[path = "support/articles.rs"]
mod articles;

#[cfg(not(target_arch = "wasm32"))]
#[test]
#[ignore = "a benchmark: cargo xtask bench"]
#[allow(clippy::disallowed_methods, reason = "it takes the time")]
fn native() {
    let mut texts = articles::joined(speed::BETWEEN);
    if texts.is_empty() {
        texts = speed::own();
    }
    if let Some(path) = std::env::var_os("GALLEY_BENCH") {
        std::fs::write(path, &texts).unwrap();
    }
    let start = std::time::Instant::now();
    for line in speed::figures(&texts, || start.elapsed().as_secs_f64()) {
        println!("measured: {line}");
    }
}

#[cfg(target_arch = "wasm32")]
mod wasm {
    use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    fn in_chromium() {
        let clock = web_sys::window().unwrap().performance().unwrap();
        for line in super::speed::figures(super::ARTICLES, || clock.now() / 1000.0) {
            console_log!("measured: {line}");
        }
    }
}
