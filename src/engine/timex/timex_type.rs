/// TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "TIMEX3's own names")]
pub enum TimexType {
    Date,
    Time,
    Duration,
    Set,
}

impl TimexType {
    /// TIMEX3's spelling, which files use.
    pub fn name(self) -> &'static str {
        match self {
            TimexType::Date => "DATE",
            TimexType::Time => "TIME",
            TimexType::Duration => "DURATION",
            TimexType::Set => "SET",
        }
    }

    /// The inverse of [`TimexType::name`].
    pub fn parse(name: &str) -> Option<TimexType> {
        [TimexType::Date, TimexType::Time, TimexType::Duration, TimexType::Set]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}
