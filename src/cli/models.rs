//! The models that are built into the program.

use std::sync::OnceLock;

use galley_engine::{Models, entities, quotes};

/// The entity model with its word lists (see www/model/README.md).
static ENTITIES: &[u8] = include_bytes!("../../www/model/entities.bin");
/// The quote model.
static QUOTES: &[u8] = include_bytes!("../../www/model/quotes.bin");

/// Opened at the first call, then shared.
///
/// # Errors
/// When a model that was built in is not sound for this program: what is wrong, in words.
pub(crate) fn shipped_models() -> Result<&'static Models, String> {
    static MODELS: OnceLock<Result<Models, String>> = OnceLock::new();
    MODELS.get_or_init(open_models).as_ref().map_err(Clone::clone)
}

fn open_models() -> Result<Models, String> {
    Ok(Models {
        entities: entities::Model::from_bytes(ENTITIES)
            .map_err(|e| format!("the entity model that was built in: {e}"))?,
        quotes: quotes::Model::from_bytes(QUOTES)
            .map_err(|e| format!("the quote model that was built in: {e}"))?,
    })
}
