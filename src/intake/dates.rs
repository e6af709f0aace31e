//! Publication dates as pages, mail and tables write them, in ISO 8601.

use galley_engine::calendar::{Stamp, find_written_date};

/// The day (and the clock) that this writes: ISO 8601 with or without a zone, which is dropped as the
/// paper's own clock is meant; RFC 2822; a date written out.
pub(crate) fn parse(written: &str) -> Option<String> {
    let written = written.trim();
    if written.len() > 200 {
        return None;
    }
    let stamp = Stamp::parse(written)
        .or_else(|| compact(written))
        .or_else(|| find_written_date(written).map(|(stamp, _)| stamp))?;
    Some(stamp.to_string())
}

/// `20240314`, `20240314T0930`, `2024-03-14T09:30+0000` and seconds since 1970 are not written out.
fn compact(written: &str) -> Option<Stamp> {
    let digits = |text: &str, n: usize| {
        text.get(..n).filter(|t| t.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned)
    };
    if let Some(day) = digits(written, 8)
        && written.as_bytes().get(8).is_none_or(|b| !b.is_ascii_digit())
    {
        let (year, month, day) = (day.get(..4)?, day.get(4..6)?, day.get(6..8)?);
        return Stamp::parse(&format!("{year}-{month}-{day}"));
    }
    // A day, then what no clock is known for.
    let day = written.get(..10)?;
    let minute = written.get(..16).and_then(Stamp::parse);
    minute.or_else(|| Stamp::parse(day))
}

/// The day in a page's address: `/2024/03/14/`, `/2024-03-14-`, `/20240314/`.
pub(crate) fn in_address(address: &str) -> Option<String> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut numbers: Vec<(usize, &str)> = Vec::new();
    let mut from = None;
    for (i, b) in path.bytes().chain([b'x']).enumerate() {
        match (b.is_ascii_digit(), from) {
            (true, None) => from = Some(i),
            (false, Some(start)) => {
                numbers.push((start, path.get(start..i)?));
                from = None;
            }
            _ => {}
        }
    }
    let side_by_side = |a: &(usize, &str), b: &(usize, &str)| a.0 + a.1.len() + 1 == b.0;
    for three in numbers.windows(3) {
        let [year, month, day] = three else { continue };
        if year.1.len() == 4 && side_by_side(year, month) && side_by_side(month, day) {
            let found = Stamp::parse(&format!("{}-{:0>2}-{:0>2}", year.1, month.1, day.1));
            if let Some(found) = found.filter(|_| is_recent(year.1)) {
                return Some(found.to_string());
            }
        }
    }
    let whole = numbers.iter().find(|(_, n)| n.len() == 8 && n.get(..4).is_some_and(is_recent))?;
    compact(whole.1).map(|stamp| stamp.to_string())
}

fn is_recent(year: &str) -> bool {
    matches!(year.parse(), Ok(1900..=2099))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_pages() {
        for (written, iso) in [
            ("2024-03-14", "2024-03-14"),
            ("2024-03-14T09:30:00+01:00", "2024-03-14T09:30:00"),
            ("2024-03-14T09:30:00.000Z", "2024-03-14T09:30:00"),
            ("2024-03-14T09:30+0000", "2024-03-14T09:30"),
            ("Thu, 14 Mar 2024 09:30:00 GMT", "2024-03-14T09:30:00"),
            ("March 14, 2024", "2024-03-14"),
            ("14 March 2024", "2024-03-14"),
            ("20240314", "2024-03-14"),
            ("2024-03-14 09:30", "2024-03-14T09:30"),
        ] {
            let got = parse(written).unwrap_or_default();
            assert_eq!(got.get(..10), iso.get(..10), "{written}: {got}");
        }
        assert_eq!(parse("soon"), None);
        assert_eq!(in_address("https://a.example/2024/03/14/rain").as_deref(), Some("2024-03-14"));
        assert_eq!(
            in_address("https://a.example/news/20240314-rain").as_deref(),
            Some("2024-03-14")
        );
        assert_eq!(in_address("https://a.example/rain-12345678"), None);
    }
}
