//! The page: state and update (pure, native-tested), then thin components, worker and storage.
//!
//! Owns what a person sees. Must not know how anything is found.
