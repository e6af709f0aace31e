//! The models that are built into the program.

use std::sync::OnceLock;

use galley::Models;

/// Opened at the first call, then shared.
///
/// # Errors
/// When a model that was built in is not sound for this program: what is wrong, in words.
pub(crate) fn models() -> Result<&'static Models, String> {
    static MODELS: OnceLock<Result<Models, String>> = OnceLock::new();
    MODELS
        .get_or_init(|| Ok(Models::default()))
        .as_ref()
        .map_err(Clone::clone)
}
