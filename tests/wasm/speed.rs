//! The engine's speed in Chromium: `cargo xtask bench`. Prints its figures on lines
//! `measured: WHAT: N words/s, M characters/s`.

#![cfg(target_arch = "wasm32")]

#[path = "../support/speed.rs"]
mod speed;

use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

/// The texts that both sides read, written by `cargo xtask bench`.
const ARTICLES: &str = include_str!(env!("GALLEY_BENCH"));

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn in_chromium() {
    let begin = js_sys::Date::now();
    for line in speed::measure_engines(ARTICLES, || (js_sys::Date::now() - begin) / 1000.0) {
        console_log!("measured: {line}");
    }
}
