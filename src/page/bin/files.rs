//! The worker of files: other programs' formats, behind typed messages.

fn main() {
    #[cfg(target_arch = "wasm32")]
    galley_page::start_files();
}
