//! The worker: the engine and its models, behind typed messages.

fn main() {
    #[cfg(target_arch = "wasm32")]
    galley_page::start_worker();
}
