//! A shell for wasm32.
fn main() {}
