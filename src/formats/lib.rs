//! Galley's file formats: a [`Document`](galley_engine::Document) as bytes, and what of a file can be
//! read as one.
//!
//! ```
//! use galley_engine::{Models, Options, analyze};
//! use galley_formats::{ExportDocument, Format, galley_json};
//!
//! let options = Options { id: Some("rain".to_owned()), ..Options::default() };
//! let document = analyze("It rained on 3 May 2021.", &options, &Models::default())?;
//!
//! // Galley JSON loses nothing.
//! let json = galley_json::write(&document, true)?;
//! assert_eq!(galley_json::read(&json)?, document);
//!
//! // Every other format is written from an export, and says what it cannot carry.
//! let export = ExportDocument::new(&document)?;
//! let conll = Format::by_id("conll").expect("one of FORMATS");
//! assert_eq!(conll.file_name(&export), "rain.conll");
//! assert_eq!(conll.losses(&export), "1 date value, certainty, line ends and blanks of the text");
//! assert!(String::from_utf8(conll.write(&export))?.contains("2021"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - [`galley_json`] is Galley's own format: [`read`](galley_json::read()) refuses what is not sound,
//!   [`salvage`](galley_json::salvage()) leaves it out and names it.
//! - [`FORMATS`] is the ordered list of all formats; [`import()`] opens those of other programs.
//! - [`write_edits`] and [`read_edits`] keep what people changed beside the document that they began with.
//!
//! A format is a file with a [`Format`] and a row in [`FORMATS`]; `tests/examples/add_format.rs` writes one.
//!
//! **Units.** Offsets in Galley JSON are code points of the text, ends exclusive; [`ExportAnnotation`] has
//! them in code points and in bytes. **Errors.** Every [`FormatError`] is a sentence for people, and no file
//! makes a reader panic.
//!
//! Owns how a document is spelled in a file. Must not change what it says.

mod archive;
mod backup;
mod brat;
mod conll;
mod contract;
mod csv_files;
mod doccano;
mod edit_log;
mod error;
mod export;
mod extension;
mod format;
mod found;
pub mod galley_json;
mod html;
mod import;
mod imported;
mod json_text;
mod label_studio;
mod label_studio_config;
mod markdown;
mod markup;
mod pack;
mod prodigy;
mod reconcile;
mod registry;
mod spacy;
mod table;
mod tei;
mod tei_read;
mod timeml;
mod token_spans;
mod w3c;
mod xlsx;

pub use backup::{Backup, BackupDocument, BackupWriter, is_backup, read_backup};
pub use brat::WRITTEN as BRAT_WRITTEN;
pub use contract::contract_files;
pub use csv_files::{BYTE_ORDER_MARK, write_table};
pub use edit_log::{read_edit_parts, read_edits, write_edits, write_edits_after};
pub use error::FormatError;
pub use export::{ExportAnnotation, ExportDocument, file_stem};
pub use format::Format;
pub use import::{Import, is_importable};
pub use pack::PackWriter;
pub use registry::{FORMATS, import};
