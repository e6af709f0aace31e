/// First and last calendar instant that a value stands for, both inclusive at the value's own
/// grain: `2021-07-22`, or `2021-07-22T21:00`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the words of the file format")]
pub struct Interval {
    pub from: String,
    pub to: String,
}
