//! Templates: what a feature of the linear tagger is computed from.
//!
//! A template's number is part of the feature's hash, and the model's weights belong to the hashes: a
//! number never changes its meaning. "Before" and "after" mean tokens of the same sequence.

/// Always there.
pub(super) const BIAS: u64 = 0;
/// The word in lowercase.
pub(super) const WORD: u64 = 1;
/// The word before it.
pub(super) const WORD_BEFORE: u64 = 2;
/// The word after it.
pub(super) const WORD_AFTER: u64 = 3;
/// Its cluster of 2000.
pub(super) const FINE_CLUSTER: u64 = 4;
/// Its cluster of 512.
pub(super) const MIDDLE_CLUSTER: u64 = 5;
/// Its cluster of 64.
pub(super) const COARSE_CLUSTER: u64 = 6;
/// Away from names: the word before, the word.
pub(super) const QUIET_WORDS_BEFORE: u64 = 7;
/// Away from names: the word, the word after.
pub(super) const QUIET_WORDS_AFTER: u64 = 8;
/// Away from names: its last three letters.
pub(super) const QUIET_SUFFIX: u64 = 9;
/// Away from names: the clusters on both sides.
pub(super) const QUIET_CLUSTERS_AROUND: u64 = 10;
/// Away from names: its shape, the word two before.
pub(super) const QUIET_SHAPE_AND_SECOND_BEFORE: u64 = 11;
/// Away from names: lexicon flags and rank.
pub(super) const QUIET_FLAGS: u64 = 12;
/// The word as written.
pub(super) const SURFACE: u64 = 13;
/// The word two before.
pub(super) const SECOND_BEFORE: u64 = 14;
/// The word two after.
pub(super) const SECOND_AFTER: u64 = 15;
/// Cluster of 2000, one before.
pub(super) const FINE_BEFORE: u64 = 16;
/// Cluster of 2000, one after.
pub(super) const FINE_AFTER: u64 = 17;
/// Cluster of 512, one before.
pub(super) const MIDDLE_BEFORE: u64 = 18;
/// Cluster of 512, one after.
pub(super) const MIDDLE_AFTER: u64 = 19;
/// Cluster of 64, one before.
pub(super) const COARSE_BEFORE: u64 = 20;
/// Cluster of 64, one after.
pub(super) const COARSE_AFTER: u64 = 21;
/// Cluster of 512, two before.
pub(super) const MIDDLE_SECOND_BEFORE: u64 = 22;
/// Cluster of 512, two after.
pub(super) const MIDDLE_SECOND_AFTER: u64 = 23;
/// The word before, the word.
pub(super) const WORDS_BEFORE: u64 = 24;
/// The word, the word after.
pub(super) const WORDS_AFTER: u64 = 25;
/// The two words before.
pub(super) const TWO_BEFORE: u64 = 26;
/// The two words after.
pub(super) const TWO_AFTER: u64 = 27;
/// The words on both sides.
pub(super) const WORDS_AROUND: u64 = 28;
/// Clusters of 512: before, here.
pub(super) const CLUSTERS_BEFORE: u64 = 29;
/// Clusters of 512: here, after.
pub(super) const CLUSTERS_AFTER: u64 = 30;
/// Clusters of 64: before, here, after.
pub(super) const COARSE_CLUSTERS: u64 = 31;
/// Clusters of 512 on both sides.
pub(super) const CLUSTERS_AROUND: u64 = 32;
/// The first letter; the next three templates: the first two to four.
pub(super) const PREFIX: u64 = 33;
/// The last letter; the next three templates: the last two to four.
pub(super) const SUFFIX: u64 = 37;
/// The pattern of its letters.
pub(super) const PATTERN: u64 = 41;
/// Pattern, one before.
pub(super) const PATTERN_BEFORE: u64 = 42;
/// Pattern, one after.
pub(super) const PATTERN_AFTER: u64 = 43;
/// Patterns: here, after.
pub(super) const PATTERNS_AFTER: u64 = 44;
/// Patterns: before, here.
pub(super) const PATTERNS_BEFORE: u64 = 45;
/// Patterns: before, here, after.
pub(super) const PATTERNS_AROUND: u64 = 46;
/// The word before, the shape.
pub(super) const WORD_BEFORE_AND_SHAPE: u64 = 47;
/// The word after, the shape.
pub(super) const WORD_AFTER_AND_SHAPE: u64 = 48;
/// Cluster of 512 before, the pattern.
pub(super) const CLUSTER_BEFORE_AND_PATTERN: u64 = 49;
/// Cluster of 512 after, the pattern.
pub(super) const CLUSTER_AFTER_AND_PATTERN: u64 = 50;
/// Last three letters, one before.
pub(super) const SUFFIX_BEFORE: u64 = 51;
/// Last three letters, one after.
pub(super) const SUFFIX_AFTER: u64 = 52;
/// Shapes from two before to two after.
pub(super) const SHAPES_AROUND: u64 = 53;
/// Last three letters, the shape after.
pub(super) const SUFFIX_AND_SHAPE_AFTER: u64 = 54;
/// Case of the line, start of a sentence, the shape.
pub(super) const PLACE_AND_SHAPE: u64 = 55;
/// The same, the shape as written, the rank.
pub(super) const PLACE_AND_RANK: u64 = 56;
/// Start of a sentence, the word.
pub(super) const INITIAL_WORD: u64 = 57;
/// Spaces on both sides, shapes on both sides.
pub(super) const GLUE: u64 = 58;
/// Length and shape.
pub(super) const LENGTH: u64 = 59;
/// Case of the line, the word before, the pattern.
pub(super) const CASE_AND_WORD_BEFORE: u64 = 60;
/// One lexicon flag, two before.
pub(super) const FLAG_SECOND_BEFORE: u64 = 61;
/// One lexicon flag, one before.
pub(super) const FLAG_BEFORE: u64 = 62;
/// One lexicon flag.
pub(super) const FLAG: u64 = 63;
/// One lexicon flag, one after.
pub(super) const FLAG_AFTER: u64 = 64;
/// One lexicon flag, two after.
pub(super) const FLAG_SECOND_AFTER: u64 = 65;
/// First names and surnames, with shapes: before, here.
pub(super) const NAMES_BEFORE: u64 = 66;
/// First names and surnames, with shapes: here, after.
pub(super) const NAMES_AFTER: u64 = 67;
/// Gazetteer phrase and part.
pub(super) const GAZETTEER: u64 = 68;
/// Gazetteer, one before.
pub(super) const GAZETTEER_BEFORE: u64 = 69;
/// Gazetteer, one after.
pub(super) const GAZETTEER_AFTER: u64 = 70;
/// Gazetteer, the word before.
pub(super) const GAZETTEER_AND_WORD_BEFORE: u64 = 71;
/// Gazetteer, the word after.
pub(super) const GAZETTEER_AND_WORD_AFTER: u64 = 72;
/// Gazetteer, first name or surname, rank.
pub(super) const GAZETTEER_AND_NAME: u64 = 73;
/// Place in the run of capitalized words.
pub(super) const RUN_POSITION: u64 = 80;
/// First word of the run.
pub(super) const RUN_FIRST_WORD: u64 = 81;
/// Last word of the run.
pub(super) const RUN_LAST_WORD: u64 = 82;
/// Cluster of 512 of the first word.
pub(super) const RUN_FIRST_CLUSTER: u64 = 83;
/// Cluster of 512 of the last word.
pub(super) const RUN_LAST_CLUSTER: u64 = 84;
/// Lexicon flags of the first word.
pub(super) const RUN_FIRST_FLAGS: u64 = 85;
/// Lexicon flags of the last word.
pub(super) const RUN_LAST_FLAGS: u64 = 86;
/// The word before the run.
pub(super) const WORD_BEFORE_RUN: u64 = 87;
/// The word after the run.
pub(super) const WORD_AFTER_RUN: u64 = 88;
/// Cluster of 2000 before the run.
pub(super) const CLUSTER_BEFORE_RUN: u64 = 89;
/// Cluster of 2000 after the run.
pub(super) const CLUSTER_AFTER_RUN: u64 = 90;
/// Head nouns in the run.
pub(super) const RUN_HEADS: u64 = 91;
/// Clusters of 512 on both sides of the run, its length.
pub(super) const CLUSTERS_AROUND_RUN: u64 = 92;
/// The word before the run, its length.
pub(super) const WORD_BEFORE_RUN_AND_LENGTH: u64 = 93;
/// The word after the run, its length.
pub(super) const WORD_AFTER_RUN_AND_LENGTH: u64 = 94;
/// The nearest content word before the run.
pub(super) const CONTENT_WORD_BEFORE: u64 = 95;
/// The nearest content word after the run.
pub(super) const CONTENT_WORD_AFTER: u64 = 96;
/// Its cluster of 512.
pub(super) const CONTENT_CLUSTER_BEFORE: u64 = 97;
/// Its cluster of 512.
pub(super) const CONTENT_CLUSTER_AFTER: u64 = 98;
/// In lowercase or capitalized elsewhere in the text.
pub(super) const CASE_ELSEWHERE: u64 = 100;
/// Another mention: the word before.
pub(super) const ELSEWHERE_WORD_BEFORE: u64 = 101;
/// Another mention: the word after.
pub(super) const ELSEWHERE_WORD_AFTER: u64 = 102;
/// Another mention: cluster of 512 before.
pub(super) const ELSEWHERE_CLUSTER_BEFORE: u64 = 103;
/// Another mention: cluster of 512 after.
pub(super) const ELSEWHERE_CLUSTER_AFTER: u64 = 104;
/// Another mention: place in its run.
pub(super) const ELSEWHERE_POSITION: u64 = 105;
/// The longest run with the word: flags of its first word.
pub(super) const LONGEST_FIRST_FLAGS: u64 = 110;
/// Flags of its last word.
pub(super) const LONGEST_LAST_FLAGS: u64 = 111;
/// Cluster of 512 of its first word.
pub(super) const LONGEST_FIRST_CLUSTER: u64 = 112;
/// Cluster of 512 of its last word.
pub(super) const LONGEST_LAST_CLUSTER: u64 = 113;
/// The word before it.
pub(super) const WORD_BEFORE_LONGEST: u64 = 114;
/// The word after it.
pub(super) const WORD_AFTER_LONGEST: u64 = 115;
/// Its last word.
pub(super) const LONGEST_LAST_WORD: u64 = 116;
/// Its first word.
pub(super) const LONGEST_FIRST_WORD: u64 = 117;
/// An acronym that the text expands.
pub(super) const EXPANDED: u64 = 120;
/// Last word of the expansion.
pub(super) const EXPANSION_LAST_WORD: u64 = 121;
/// Flags of that word.
pub(super) const EXPANSION_LAST_FLAGS: u64 = 122;
/// Cluster of 512 of that word.
pub(super) const EXPANSION_LAST_CLUSTER: u64 = 123;
