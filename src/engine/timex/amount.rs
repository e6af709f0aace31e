use std::fmt;

/// How many units a length has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Amount {
    /// In hundredths.
    Exact(u32),
    /// "several", "a few", a bare plural.
    Vague,
}

impl Amount {
    /// Exactly one.
    pub const ONE: Amount = Amount::Exact(100);

    /// A whole number; `None` when it is too large.
    pub fn whole(n: u32) -> Option<Amount> {
        n.checked_mul(100).map(Amount::Exact)
    }

    /// Reads the number of a duration: `3`, `1.5`, `X`. Any number with an `X` in it is vague.
    pub(super) fn parse(text: &str) -> Option<Amount> {
        if text.contains('X') {
            let fits = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'X' | b'.'));
            return fits.then_some(Amount::Vague);
        }
        let (whole, places) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        (is_number(whole) && is_number(places) && places.len() <= 2).then_some(())?;
        let hundredths: u32 = places.parse().ok()?;
        let hundredths = if places.len() == 1 { hundredths * 10 } else { hundredths };
        let whole: u32 = whole.parse().ok()?;
        whole.checked_mul(100)?.checked_add(hundredths).map(Amount::Exact)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Amount::Vague => f.write_str("X"),
            Amount::Exact(n) if n % 100 == 0 => write!(f, "{}", n / 100),
            Amount::Exact(n) if n % 10 == 0 => write!(f, "{}.{}", n / 100, n % 100 / 10),
            Amount::Exact(n) => write!(f, "{}.{:02}", n / 100, n % 100),
        }
    }
}
