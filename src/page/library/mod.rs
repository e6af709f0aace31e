//! Many documents at once: the list, the queue of texts that come in, what is known of each document without
//! opening it, and what is made of all of them together.
//!
//! Pure. Must not know the browser, nor how a document is edited.

pub mod backup;
pub mod change;
pub mod choice;
mod digest;
pub mod elsewhere;
mod index;
pub mod joined;
pub mod over_all;
pub mod pack;
pub mod queue;
pub mod shelf;

pub use digest::{DateFound, Digest, Name, NameMention, QuoteFound};
pub use index::{Library, Loading, Searchable};
pub use queue::Queue;
pub use shelf::Shelf;
