//! The messages between the page and its two workers.
//!
//! Each worker speaks first: with a hello that carries protocol and build. The page sends nothing before that,
//! and nothing at all to a worker of another build ([`version_conflict`]).
//!
//! Messages cross as structured values (`wire.rs`). Documents cross as Galley JSON, one value each: the
//! page parses it once into a [`galley_engine::document::Document`] and checks it on the way. As a tree of browser
//! objects, five thousand annotations would be several ten thousand values to build, clone and take apart.

use galley_formats::BackupDocument;
use serde::{Deserialize, Serialize};

/// Raised with every change of the messages below.
pub const PROTOCOL: u32 = 7;

/// Names the build that both sides come from; the build tool may set it, else it is the version.
pub const BUILD: &str = match option_env!("GALLEY_BUILD") {
    Some(build) => build,
    None => env!("CARGO_PKG_VERSION"),
};

/// From the page to the engine's worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToEngine {
    /// Read this text.
    Analyze {
        /// The number of the job; the page drops answers to any but the current one.
        job: u32,
        /// The text as it was pasted.
        text: String,
        /// The document's name.
        id: Option<String>,
        /// The publication date, as [`galley_engine::calendar::Stamp`] writes it.
        published: Option<String>,
        /// Bytes of a first screenful that is to be answered ahead of the whole text; 0: none.
        first: u32,
        /// The reader's own words ([`galley_engine::user_words::parse_word_list`]).
        words: String,
        /// Use what was learned, if it is sure to help.
        learned: bool,
    },
    /// Read this text for the list of documents, without showing it.
    AnalyzeForList {
        /// The number of the job.
        job: u32,
        /// The text.
        text: String,
        /// The name of the file that it came from.
        name: String,
        /// The publication date, as [`galley_engine::calendar::Stamp`] writes it.
        published: Option<String>,
        /// The reader's own words ([`galley_engine::user_words::parse_word_list`]).
        words: String,
    },
    /// Learn from these corrected documents, in this order, and from nothing else. Texts that are read
    /// afterwards are read with what was learned.
    Learn {
        /// The documents.
        documents: Vec<KeptDocument>,
        /// The reader's own words; what a colleague learned is part of them.
        words: String,
    },
    /// Suggest labels of the reader's own in this document, by what the documents of the last
    /// [`ToEngine::Learn`] and this one teach.
    Suggest {
        /// Its key: it takes the place of what is kept under it.
        key: String,
        /// [`galley_formats::galley_json::write`].
        json: String,
    },
    /// Count what would be suggested in each of these documents.
    SuggestEverywhere {
        /// The documents.
        documents: Vec<KeptDocument>,
    },
    /// Try a pattern on a text.
    TryPattern {
        /// The number of the request.
        job: u32,
        /// The pattern.
        pattern: String,
        /// Upper and lower case are the same.
        any_case: bool,
        /// The text.
        text: String,
    },
    /// Say what this worker has requested from the network.
    CountRequests,
}

/// A document as the browser keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptDocument {
    /// Its key in the browser's storage.
    pub key: String,
    /// Counts every save.
    pub revision: u32,
    /// Its title.
    pub title: String,
    /// The document before every edit, in Galley JSON.
    pub base: String,
    /// The edits ([`galley_formats::write_edits`]).
    pub edits: String,
    /// What was appended to them ([`super::saved::Stored::parts`]).
    pub parts: Vec<String>,
}

/// What the worker learned.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LearnedReport {
    /// The articles that it learned from.
    pub articles: Vec<LearnedArticle>,
    /// Articles that a colleague's share was learned from.
    pub colleagues: u32,
    /// Corrections that the articles but the first would have needed by the program alone.
    pub without: u32,
    /// How many of them what was learned would have saved.
    pub saved: i32,
    /// It is used: it is sure to help.
    pub on: bool,
    /// Names that are read differently: the words, what they were, what they are, in how many places.
    pub changes: Vec<(String, String, String, u32)>,
    /// Entries of the list that the articles contradict: the entry's line, places for it, places against.
    pub doubtful: Vec<(String, u32, u32)>,
    /// Labels of the reader's own.
    pub labels: Vec<LabelRow>,
    /// The share as a line of the list, to travel; `None`: nothing was learned.
    pub line: Option<String>,
}

/// A suggestion: a label that a stretch of the text may bear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestionRow {
    /// Where it begins, in bytes.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The label's name.
    pub label: String,
    /// How sure it is, in thousandths.
    pub permille: u16,
    /// Why.
    pub reason: String,
}

/// What is known of a label of the reader's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelRow {
    /// Its name.
    pub label: String,
    /// How often it was marked.
    pub examples: u32,
    /// In how many articles.
    pub articles: u32,
    /// What suggests more of it, in words; `None`: there are too few examples.
    pub server: Option<String>,
    /// How many of its last suggestions were answered, at most ten.
    pub answered: u32,
    /// And taken.
    pub taken: u32,
    /// Too few were taken: nothing is suggested.
    pub quiet: bool,
}

/// A document in which something would be suggested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestedDocument {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// How much.
    pub suggestions: u32,
}

/// One article that was learned from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearnedArticle {
    /// Its title.
    pub title: String,
    /// Corrections that it needed by the program alone.
    pub without: u32,
    /// With what had been learned before it.
    pub with: u32,
}

/// From the page to the files worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToFiles {
    /// List the formats in which this document can be written.
    Offer {
        /// The number of the job.
        job: u32,
        /// [`galley_formats::galley_json::write`].
        json: String,
    },
    /// Write this document.
    Write {
        /// As in [`ToFiles::Offer`].
        json: String,
        /// The index of the format among those that were offered.
        format: u32,
    },
    /// Open files of other programs that belong together.
    Open {
        /// The number of the job.
        job: u32,
        /// The files.
        files: Vec<File>,
    },
    /// List all formats.
    ListFormats,
    /// Begin a download of several documents; one that was begun before is dropped.
    BeginPack {
        /// The index of the format among all.
        format: u32,
        /// A zip archive with a file each, not one file.
        zip: bool,
    },
    /// Add a document to the download.
    AddToPack {
        /// As in [`ToFiles::Offer`].
        json: String,
        /// The name of its file without the end.
        name: String,
    },
    /// The download is complete.
    EndPack,
    /// Write a table.
    WriteTable {
        /// Its rows; the first one is its head.
        rows: Vec<Vec<String>>,
    },
    /// Begin a backup of the documents with these titles.
    BeginBackup {
        /// In the order in which they will come.
        titles: Vec<String>,
    },
    /// Add the next document to it; `None`: it could not be read.
    AddToBackup(Option<BackupDocument>),
    /// Finish it, with the list of names and the people that were joined.
    EndBackup {
        /// The list.
        words: String,
        /// What was joined.
        joined: String,
    },
    /// Read a backup.
    OpenBackup(#[serde(with = "serde_bytes")] Vec<u8>),
    /// Send the next document of it.
    NextOfBackup,
    /// Say what this worker has requested from the network.
    CountRequests,
}

/// A format, for a download of several documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormatRow {
    /// Its name for people.
    pub name: String,
    /// Several documents can stand in one file.
    pub one_file: bool,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its contents.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

/// An article that was in a file, to be read by the engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundArticle {
    /// Its id, or the file's name without the extension.
    pub name: String,
    /// Its text, the headline first.
    pub text: String,
    /// When it appeared, as [`galley_engine::calendar::Stamp`] writes it.
    pub published: Option<String>,
}

/// A format that a document can be written in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Its name for people.
    pub name: String,
    /// What it is good for.
    pub about: String,
    /// What it leaves out of the document; empty: nothing.
    pub lost: String,
}

/// From the engine's worker to the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromEngine {
    /// The worker has loaded its models.
    Hello {
        /// Its [`PROTOCOL`].
        protocol: u32,
        /// Its [`BUILD`].
        build: String,
        /// What is wrong with its models, in plain words.
        trouble: Option<String>,
        /// The document of [`super::sample::TEXT`] in Galley JSON, for the page to warm up with.
        #[serde(with = "serde_bytes")]
        sample: Vec<u8>,
    },
    /// A document in Galley JSON.
    Document {
        /// The job's number.
        job: u32,
        /// True for the first screenful: the text is the beginning of the whole.
        partial: bool,
        /// Galley JSON, UTF-8.
        #[serde(with = "serde_bytes")]
        json: Vec<u8>,
        /// How long the analysis took, in milliseconds.
        millis: u32,
    },
    /// What was learned from the documents.
    Learned(LearnedReport),
    /// What may bear a label of the reader's own in the document with this key.
    Suggested {
        /// The document's key.
        key: String,
        /// In text order, none over another.
        suggestions: Vec<SuggestionRow>,
        /// What is known of the labels.
        labels: Vec<LabelRow>,
    },
    /// The documents in which something would be suggested, most first.
    SuggestedEverywhere(Vec<SuggestedDocument>),
    /// Where a pattern matches.
    PatternHits {
        /// The request's number.
        job: u32,
        /// Start and end of each match in bytes, at most some thousand.
        hits: Vec<(u32, u32)>,
        /// Why the pattern cannot be used.
        trouble: Option<String>,
    },
    /// A document for the list, with what the list and searches need of it.
    ForList {
        /// The job's number.
        job: u32,
        /// Galley JSON.
        json: String,
        /// The document's title.
        title: String,
        /// Words of the text.
        words: u32,
        /// How many annotations there are.
        marks: u32,
        /// [`super::library::Digest`] as JSON.
        digest: String,
    },
    /// The text could not be read.
    Failed {
        /// The job's number.
        job: u32,
        /// Why, in plain words.
        message: String,
    },
    /// What this worker has requested from the network.
    Requests(RequestReport),
}

/// From the files worker to the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromFiles {
    /// The worker takes messages.
    Hello {
        /// Its [`PROTOCOL`].
        protocol: u32,
        /// Its [`BUILD`].
        build: String,
    },
    /// All formats but Galley JSON, in their order.
    Offers {
        /// The job's number.
        job: u32,
        /// The formats.
        offers: Vec<Offer>,
    },
    /// All formats.
    Formats(Vec<FormatRow>),
    /// The download of several documents: the end of its name and its contents.
    Packed {
        /// The end of its name, and its contents.
        file: File,
        /// The media type.
        media_type: String,
    },
    /// A table as CSV.
    Table(File),
    /// The backup is written.
    BackedUp(File),
    /// The backup is read: its documents come one by one.
    BackupOpened {
        /// How many documents it has.
        documents: u32,
        /// The list of names, patterns and labels; empty: there is none.
        words: String,
        /// The people that were joined; empty: none.
        joined: String,
        /// What is damaged.
        damaged: Vec<String>,
    },
    /// The file is no backup.
    NoBackup,
    /// The next document of the backup; `None`: there is no other.
    OfBackup(Option<BackupDocument>),
    /// A document in another format.
    File {
        /// The end of its name, and its contents.
        file: File,
        /// The media type.
        media_type: String,
    },
    /// The documents that were in the files.
    Opened {
        /// The job's number.
        job: u32,
        /// Each in Galley JSON.
        documents: Vec<String>,
        /// What was left out, in words.
        left_out: Vec<String>,
    },
    /// The file holds articles without annotations.
    Articles {
        /// The job's number.
        job: u32,
        /// The articles, in the file's order.
        articles: Vec<FoundArticle>,
        /// What was left out, in words.
        left_out: Vec<String>,
    },
    /// The files could not be opened.
    Failed {
        /// The job's number.
        job: u32,
        /// Why, in plain words.
        message: String,
    },
    /// What this worker has requested from the network.
    Requests(RequestReport),
}

/// Why the page must not send messages to a worker of this protocol and build; `None` if it may.
pub fn version_conflict(protocol: u32, build: &str) -> Option<String> {
    (protocol != PROTOCOL || build != BUILD).then(|| {
        "This page and its reader are of different versions: a newer one was put in place. \
         Reload the page; your edits are kept."
            .to_owned()
    })
}

/// The beginning of `text` up to the end of a paragraph near `first` bytes; `None` if the whole text is not much
/// longer, or no paragraph ends there.
pub fn first_screenful(text: &str, first: usize) -> Option<&str> {
    if first == 0 || text.len() < first.saturating_mul(3) {
        return None;
    }
    let mut from = first;
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let reach = text.len().min(first.saturating_mul(2));
    let window = text.as_bytes().get(from..reach)?;
    let end = from + window.iter().position(|&b| matches!(b, b'\n' | b'\r'))?;
    text.get(..end)
}

/// What a program of the page has requested from the network since it was started, as the browser has it on record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RequestReport {
    /// Each request: its address, and when it began, in milliseconds since 1970.
    pub requests: Vec<(String, u64)>,
    /// How many the page's policy has refused.
    pub refused: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Serialises and deserialises; what serde makes of a message does not depend on the format.
    fn crosses<T>(message: T)
    where
        T: Serialize + for<'de> Deserialize<'de> + PartialEq + std::fmt::Debug,
    {
        let wire = serde_json::to_string(&message).unwrap();
        assert_eq!(serde_json::from_str::<T>(&wire).unwrap(), message, "{wire}");
    }

    #[test]
    fn every_message_survives_the_wire() {
        let words = |n: usize| (0..n).map(|i| format!("“{i}”\n")).collect::<Vec<_>>();
        let file = || File { name: "é.txt".to_owned(), bytes: vec![0, 1, 255] };
        crosses(ToEngine::Analyze {
            job: 7,
            text: "a\u{0}é".to_owned(),
            id: None,
            published: Some("2021-07-23".to_owned()),
            first: 8000,
            words: String::new(),
            learned: true,
        });
        crosses(ToEngine::Suggest { key: "d1".to_owned(), json: "{}".to_owned() });
        let row = SuggestionRow {
            start: 1,
            end: 2,
            label: "é".to_owned(),
            permille: 700,
            reason: "suggested: like B".to_owned(),
        };
        let label = LabelRow {
            label: "é".to_owned(),
            examples: 5,
            articles: 1,
            server: Some("names".to_owned()),
            answered: 3,
            taken: 2,
            quiet: false,
        };
        crosses(FromEngine::Suggested {
            key: "d1".to_owned(),
            suggestions: vec![row],
            labels: vec![label],
        });
        crosses(FromEngine::SuggestedEverywhere(vec![SuggestedDocument {
            key: "d1".to_owned(),
            title: "A".to_owned(),
            suggestions: 2,
        }]));
        let kept = KeptDocument {
            key: "d1".to_owned(),
            revision: 2,
            title: "A".to_owned(),
            base: "{}".to_owned(),
            edits: String::new(),
            parts: Vec::new(),
        };
        crosses(ToEngine::SuggestEverywhere { documents: vec![kept.clone()] });
        crosses(ToEngine::Learn { documents: vec![kept], words: "x".to_owned() });
        crosses(ToEngine::TryPattern {
            job: 3,
            pattern: "\\d+".to_owned(),
            any_case: true,
            text: "1".to_owned(),
        });
        crosses(FromEngine::Learned(LearnedReport {
            articles: vec![LearnedArticle { title: "é".to_owned(), without: 3, with: 4 }],
            saved: -1,
            changes: vec![("a".to_owned(), "b".to_owned(), String::new(), 2)],
            doubtful: vec![("never\t*\ta".to_owned(), 1, 2)],
            line: Some("learned".to_owned()),
            ..LearnedReport::default()
        }));
        crosses(FromEngine::PatternHits { job: 3, hits: vec![(0, 1)], trouble: None });
        crosses(FromEngine::Hello {
            protocol: PROTOCOL,
            build: BUILD.to_owned(),
            trouble: None,
            sample: Vec::new(),
        });
        crosses(FromEngine::Document { job: 7, partial: true, json: vec![0, 1, 255], millis: 3 });
        crosses(ToEngine::AnalyzeForList {
            job: 8,
            text: "é".to_owned(),
            name: "a.txt".to_owned(),
            published: None,
            words: String::new(),
        });
        crosses(FromEngine::ForList {
            job: 8,
            json: "{}".to_owned(),
            title: "T".to_owned(),
            words: 1,
            marks: 2,
            digest: "{}".to_owned(),
        });
        let report = || RequestReport { requests: vec![("a".to_owned(), 1)], refused: 2 };
        crosses(ToEngine::CountRequests);
        crosses(ToFiles::CountRequests);
        crosses(FromEngine::Requests(report()));
        crosses(FromFiles::Requests(report()));
        crosses(ToFiles::ListFormats);
        crosses(ToFiles::BeginPack { format: 1, zip: true });
        crosses(ToFiles::AddToPack { json: "{}".to_owned(), name: "a".to_owned() });
        crosses(ToFiles::EndPack);
        crosses(ToFiles::WriteTable { rows: vec![vec!["é".to_owned()], Vec::new()] });
        crosses(FromFiles::Table(file()));
        let document = || BackupDocument {
            title: "é".to_owned(),
            entry: "{}".to_owned(),
            reading: "{}".to_owned(),
            edits: vec!["{}".to_owned()],
        };
        crosses(ToFiles::BeginBackup { titles: vec!["é".to_owned()] });
        crosses(ToFiles::AddToBackup(Some(document())));
        crosses(ToFiles::AddToBackup(None));
        crosses(ToFiles::EndBackup { words: "a".to_owned(), joined: String::new() });
        crosses(ToFiles::OpenBackup(vec![0, 255]));
        crosses(ToFiles::NextOfBackup);
        crosses(FromFiles::BackedUp(file()));
        crosses(FromFiles::BackupOpened {
            documents: 2,
            words: "a".to_owned(),
            joined: String::new(),
            damaged: vec!["é".to_owned()],
        });
        crosses(FromFiles::NoBackup);
        crosses(FromFiles::OfBackup(Some(document())));
        crosses(FromFiles::Formats(vec![FormatRow { name: "CSV".to_owned(), one_file: true }]));
        crosses(FromFiles::Packed { file: file(), media_type: "application/zip".to_owned() });
        crosses(FromEngine::Failed { job: u32::MAX, message: "why".to_owned() });
        crosses(ToFiles::Offer { job: 0, json: "{}".to_owned() });
        crosses(ToFiles::Write { json: "{}".to_owned(), format: 3 });
        for files in [vec![], vec![file(), file()]] {
            crosses(ToFiles::Open { job: 1, files });
        }
        crosses(FromFiles::Hello { protocol: PROTOCOL, build: BUILD.to_owned() });
        let offer = |lost: &str| Offer {
            name: "CSV".to_owned(),
            about: String::new(),
            lost: lost.to_owned(),
        };
        crosses(FromFiles::Offers { job: 2, offers: vec![offer(""), offer("dates")] });
        crosses(FromFiles::File { file: file(), media_type: "text/csv".to_owned() });
        for n in [0, 1, 3] {
            crosses(FromFiles::Opened { job: 3, documents: words(n), left_out: words(3 - n) });
        }
        let first = FoundArticle {
            name: "é".to_owned(),
            text: "a\u{0}é".to_owned(),
            published: Some("2021-07-23".to_owned()),
        };
        crosses(FromFiles::Articles { job: 3, articles: vec![first], left_out: words(1) });
        crosses(FromFiles::Failed { job: 4, message: String::new() });
    }

    #[test]
    fn a_message_of_another_protocol_is_no_message() {
        for wire in ["null", "[]", "{\"Hello\":{}}", "{\"Hallo\":{\"protocol\":1}}", "\"Hello\""] {
            assert!(serde_json::from_str::<FromFiles>(wire).is_err(), "{wire}");
            assert!(serde_json::from_str::<FromEngine>(wire).is_err(), "{wire}");
        }
    }

    #[test]
    fn another_build_is_not_spoken_to() {
        assert_eq!(version_conflict(PROTOCOL, BUILD), None);
        assert!(version_conflict(PROTOCOL + 1, BUILD).is_some());
        assert!(version_conflict(PROTOCOL, "older").is_some());
    }

    #[test]
    fn a_first_screenful_ends_with_a_paragraph() {
        let text = "é".repeat(30) + "\n" + &"x".repeat(400);
        assert_eq!(first_screenful(&text, 51), Some("é".repeat(30).as_str()));
        assert_eq!(first_screenful(&text, 0), None);
        assert_eq!(first_screenful(&text, 300), None, "not much longer");
        assert_eq!(first_screenful(&"x".repeat(900), 100), None, "one line");
        assert_eq!(first_screenful("", 100), None);
    }
}
