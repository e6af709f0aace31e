//! What people do to a document: edits, their log, undo.
//!
//! Owns the meaning of every edit. Must not know buttons, keys or files.
