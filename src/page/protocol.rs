//! What the page and its worker say to each other.
//!
//! The worker speaks first: [`FromWorker::Hello`] with protocol and build. The page posts nothing
//! before it, and nothing at all to a worker of another build.

use serde::{Deserialize, Serialize};

/// Raised with every change of the messages below.
pub const PROTOCOL: u32 = 3;

/// Names the build that both sides come from; the build tool may set it, else it is the version.
pub const BUILD: &str = match option_env!("GALLEY_BUILD") {
    Some(build) => build,
    None => env!("CARGO_PKG_VERSION"),
};

/// From the page to the worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToWorker {
    /// Read this text.
    Analyze {
        /// Answers carry the number; answers to an old one are dropped.
        job: u32,
        /// The text as it was pasted.
        text: String,
        /// The caller's name for it.
        id: Option<String>,
        /// The publication date, as [`galley_engine::calendar::Stamp`] writes it.
        published: Option<String>,
        /// Bytes of a first screenful that is worth an answer of its own; 0: none.
        first: u32,
        /// The reader's own words ([`galley_engine::user_words::parse_word_list`]).
        words: String,
    },
}

/// From the page to the worker of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToFiles {
    /// Say in which formats this document can be written.
    Offer {
        /// Answers carry the number.
        job: u32,
        /// [`galley_formats::galley_json::write`].
        json: String,
    },
    /// Write this document.
    Write {
        /// As in [`ToWorker::Offer`].
        json: String,
        /// The place of the format among those that were offered.
        format: u32,
    },
    /// Open files of other programs, which belong together.
    Open {
        /// As in [`ToWorker::Analyze`].
        job: u32,
        /// The files.
        files: Vec<File>,
    },
}

/// A file as it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A format that a document can be written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its name for people.
    pub name: String,
    /// What it is good for.
    pub about: String,
    /// What it cannot carry of the document; empty: nothing.
    pub lost: String,
}

/// From the worker to the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromWorker {
    /// The worker has loaded all that it will ever load.
    Hello {
        /// Its [`PROTOCOL`].
        protocol: u32,
        /// Its [`BUILD`].
        build: String,
        /// What is wrong with its models, in plain words.
        trouble: Option<String>,
        /// What it reads in [`super::sample::TEXT`], in Galley JSON: for the page to rehearse with.
        #[serde(with = "bytes")]
        sample: Vec<u8>,
    },
    /// A document in Galley JSON.
    Document {
        /// The job's number.
        job: u32,
        /// True for the first screenful: its text is the beginning of the whole.
        partial: bool,
        /// Galley JSON, UTF-8.
        #[serde(with = "bytes")]
        json: Vec<u8>,
        /// How long the reading took, in milliseconds.
        millis: u32,
    },
    /// The text could not be read.
    Failed {
        /// The job's number.
        job: u32,
        /// Why, in plain words.
        message: String,
    },
}

/// From the worker of files to the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromFiles {
    /// The worker can be spoken to.
    Hello {
        /// Its [`PROTOCOL`].
        protocol: u32,
        /// Its [`BUILD`].
        build: String,
    },
    /// All formats but Galley JSON, in their order.
    Offers {
        /// The number that was asked with.
        job: u32,
        /// The formats.
        offers: Vec<Offer>,
    },
    /// A document in another format.
    File {
        /// What its name ends in, and its bytes.
        file: File,
        /// The media type.
        kind: String,
    },
    /// The documents that were found in the files.
    Opened {
        /// The job's number.
        job: u32,
        /// Each in Galley JSON.
        documents: Vec<String>,
        /// What was left out, in words.
        left: Vec<String>,
    },
    /// The files could not be opened.
    Failed {
        /// The job's number.
        job: u32,
        /// Why, in plain words.
        message: String,
    },
}

/// Bytes as one block (a `Uint8Array` in the browser), not as a list of numbers.
mod bytes {
    use std::fmt;

    use serde::de::{Deserializer, Error, SeqAccess, Visitor};
    use serde::ser::Serializer;

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], out: S) -> Result<S::Ok, S::Error> {
        out.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        struct Bytes;
        impl<'de> Visitor<'de> for Bytes {
            type Value = Vec<u8>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }
            fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
                Ok(bytes)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<u8>, A::Error> {
                let mut out = Vec::new();
                while let Some(byte) = seq.next_element()? {
                    out.push(byte);
                }
                Ok(out)
            }
        }
        from.deserialize_byte_buf(Bytes)
    }
}

/// Why this worker must not be spoken to; `None` when it may.
pub fn objection(protocol: u32, build: &str) -> Option<String> {
    (protocol != PROTOCOL || build != BUILD).then(|| {
        "This page and its reader are of different versions: a newer one was put in place. \
         Reload the page; your edits are kept."
            .to_owned()
    })
}

/// Cuts `text` at the end of a paragraph near `first` bytes; `None` when the whole is not much
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_survive_the_wire() {
        let message =
            FromWorker::Document { job: 7, partial: true, json: vec![0, 1, 255], millis: 3 };
        let wire = serde_json::to_string(&message).unwrap();
        assert_eq!(serde_json::from_str::<FromWorker>(&wire).unwrap(), message);
    }

    #[test]
    fn another_build_is_not_spoken_to() {
        assert_eq!(objection(PROTOCOL, BUILD), None);
        assert!(objection(PROTOCOL + 1, BUILD).is_some());
        assert!(objection(PROTOCOL, "older").is_some());
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
