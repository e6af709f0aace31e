//! Set-up, serve and test: `cargo xtask help`.
fn main() {}
