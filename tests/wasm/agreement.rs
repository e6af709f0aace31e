//! The engine in a browser, run by `cargo xtask test wasm`: every document is, to the byte, the one
//! that the native engine makes; so every table and pattern opens in wasm too.

#![cfg(target_arch = "wasm32")]

#[path = "../support/agreement.rs"]
mod agreement;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// What the native engine made, written by `tests/agreement.rs` just before.
const NATIVE: &str = include_str!(env!("GALLEY_AGREEMENT"));

/// Real articles, or nothing where there are none.
const ARTICLES: &str = include_str!(concat!(env!("GALLEY_AGREEMENT"), ".articles"));

#[wasm_bindgen_test]
fn wasm_and_native_make_the_same_documents() {
    let native: Vec<&str> = NATIVE.lines().collect();
    let here = agreement::fingerprints(ARTICLES);
    assert!(!native.is_empty());
    assert_eq!(native.len(), here.len());
    for (native, here) in native.iter().zip(&here) {
        assert_eq!(native, here);
    }
}
