//! What is known of every document of the list: loaded when it is needed, made where it is missing.

use std::collections::HashSet;

use super::outcome::Outcome;
use crate::effect::Effect;
use crate::library::Loading;
use crate::state::State;

/// Loads what is known of every document, once it is needed.
pub(super) fn load_library(state: &mut State, out: &mut Outcome) {
    if state.library.loading == Loading::NotAsked {
        state.library.loading = Loading::Asked;
        out.effect(Effect::LoadDigests);
    }
}

/// Has digests made that are missing or out of date, one after another.
pub(super) fn find_missing(state: &mut State, out: &mut Outcome) {
    if state.library.loading != Loading::Done {
        return;
    }
    let idle = state.library.missing.is_empty();
    let there: HashSet<&str> = state.kept_documents.iter().map(|e| e.key.as_str()).collect();
    state.library.documents.retain(|key, _| there.contains(key.as_str()));
    let known = |key: &str, revision: u32| {
        state.library.documents.get(key).is_some_and(|d| d.revision == revision)
    };
    let missing = state.kept_documents.iter().filter(|e| !known(&e.key, e.revision));
    state.library.missing = missing.map(|e| e.key.clone()).collect();
    if idle && let Some(first) = state.library.missing.first() {
        out.effect(Effect::LoadForDigest(first.clone()));
    }
}
