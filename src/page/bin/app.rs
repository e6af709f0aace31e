//! The page: starts it in the browser.

fn main() {
    #[cfg(target_arch = "wasm32")]
    galley_page::start();
}
