//! The words that files and attributes use for the document's values, each with its inverse.

use super::{PublishedSource, QuoteKind, Status, Strength};

macro_rules! names {
    ($type:ident, $($variant:ident = $name:literal),+) => {
        impl $type {
            /// The word in files.
            pub fn name(self) -> &'static str {
                match self {
                    $($type::$variant => $name,)+
                }
            }

            /// The inverse of `name`.
            pub fn parse(name: &str) -> Option<$type> {
                match name {
                    $($name => Some($type::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

names!(
    Status,
    Machine = "machine",
    Accepted = "accepted",
    Corrected = "corrected",
    Added = "added",
    Rejected = "rejected"
);
names!(QuoteKind, Direct = "direct", Mixed = "mixed", Indirect = "indirect");
names!(Strength, Speech = "speech", Document = "document", Attitude = "attitude");
names!(PublishedSource, Unknown = "unknown", Text = "text", Given = "given");
