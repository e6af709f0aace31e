//! What leaves this page: the requests of all its programs, told apart. Pure; what was requested comes from the browser.

use super::protocol::RequestReport;

/// A program of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// The page itself.
    Page,
    /// What reads texts.
    Reader,
    /// What writes and opens files.
    Files,
}

impl Program {
    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Program::Page => "the page",
            Program::Reader => "the reader",
            Program::Files => "the part for files",
        }
    }
}

/// How full the browser's storage is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StorageUse {
    /// Bytes that this page uses; `None`: the browser does not say.
    pub used: Option<u64>,
    /// Bytes that it may use.
    pub quota: Option<u64>,
}

/// What is known of what leaves the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leaving {
    /// What each program has answered.
    pub reports: Vec<(Program, RequestReport)>,
    /// The address that the page came from: scheme, host and port.
    pub origin: String,
    /// When all of the page was there, in milliseconds since 1970; `None`: not yet.
    pub ready: Option<u64>,
    /// The policy, as the page carries it.
    pub policy: String,
    /// How full the storage is.
    pub storage: StorageUse,
}

/// Requests, told apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Those to any other address than the page's own.
    pub elsewhere: Vec<String>,
    /// Files of the page itself that came while it was opened.
    pub own: Vec<String>,
    /// Files of the page itself that were asked for later.
    pub later: Vec<String>,
    /// How many the policy has refused.
    pub refused: u32,
}

impl Leaving {
    /// Takes in what a program says; what it said before is replaced.
    pub fn take(&mut self, program: Program, report: RequestReport) {
        self.reports.retain(|(of, _)| *of != program);
        self.reports.push((program, report));
    }

    /// Programs that have answered, in words.
    pub fn counted(&self) -> String {
        let titles: Vec<&str> = [Program::Page, Program::Reader, Program::Files]
            .into_iter()
            .filter(|program| self.reports.iter().any(|(of, _)| of == program))
            .map(Program::title)
            .collect();
        titles.join(", ")
    }

    /// All requests, told apart.
    pub fn told(&self) -> Told {
        let mut told = Told::default();
        for (_, report) in &self.reports {
            told.refused = told.refused.saturating_add(report.refused);
            for (address, began) in &report.requests {
                let Some(path) = self.own_path(address) else {
                    // Made of what is in the page: no request.
                    if !["data:", "blob:", "about:"].iter().any(|own| address.starts_with(own)) {
                        told.elsewhere.push(address.clone());
                    }
                    continue;
                };
                match self.ready.is_none_or(|ready| *began <= ready) {
                    true => told.own.push(path.to_owned()),
                    false => told.later.push(path.to_owned()),
                }
            }
        }
        told
    }

    /// The path of an address at the page's own host.
    fn own_path<'a>(&self, address: &'a str) -> Option<&'a str> {
        let path = address.strip_prefix(self.origin.as_str())?;
        (!self.origin.is_empty() && path.starts_with('/')).then_some(path)
    }
}

/// Bytes in words: "3.4 MB".
pub fn bytes_in_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        1_000_000..1_000_000_000 => {
            format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
        }
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_told_apart_by_address_and_time() {
        let mut leaving = Leaving {
            origin: "https://news.example".to_owned(),
            ready: Some(100),
            ..Leaving::default()
        };
        let report = |all: &[(&str, u64)], refused| RequestReport {
            requests: all.iter().map(|(address, at)| ((*address).to_owned(), *at)).collect(),
            refused,
        };
        leaving.take(Program::Page, report(&[("https://news.example/app.js", 1)], 9));
        let page = report(
            &[
                ("https://news.example/app.js", 1),
                ("https://news.example.evil.example/x", 1),
                ("https://other.example/pixel", 200),
                ("blob:https://news.example/7", 200),
            ],
            1,
        );
        leaving.take(Program::Page, page);
        leaving.take(Program::Files, report(&[("https://news.example/files.js", 101)], 0));
        let told = leaving.told();
        assert_eq!(told.own, ["/app.js"]);
        assert_eq!(told.later, ["/files.js"]);
        assert_eq!(
            told.elsewhere,
            ["https://news.example.evil.example/x", "https://other.example/pixel"]
        );
        assert_eq!((told.refused, leaving.counted().as_str()), (1, "the page, the part for files"));
        assert_eq!(Leaving::default().told(), Told::default());
        assert_eq!(
            [0, 999, 45_300, 3_460_000, 12_100_000_000].map(bytes_in_words),
            ["0 bytes", "999 bytes", "45 KB", "3.4 MB", "12.1 GB"]
        );
    }
}
