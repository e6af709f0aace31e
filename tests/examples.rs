//! The examples do what they say. They are compiled as programs, too: `cargo run --example NAME`.

#[allow(dead_code, reason = "its main function is for the program")]
#[path = "examples/add_format.rs"]
mod add_format;
#[allow(dead_code, reason = "its main function is for the program")]
#[path = "examples/annotate.rs"]
mod annotate;
#[allow(dead_code, reason = "its main function is for the program")]
#[path = "examples/quote_table.rs"]
mod quote_table;

use galley_engine::{Models, Options, analyze};
use galley_formats::{ExportDocument, galley_json};

fn shipped_models() -> Models {
    let entities = include_bytes!("../www/model/entities.bin");
    let quotes = include_bytes!("../www/model/quotes.bin");
    Models::from_bytes(entities, quotes).unwrap()
}

#[test]
fn a_string_is_annotated() {
    galley_testcases::check("tests/data/examples/annotate.txt", |case| {
        annotate::annotate(&case.input).unwrap().trim_end().to_owned()
    });
}

#[test]
fn galley_json_becomes_a_table() {
    let models = shipped_models();
    galley_testcases::check("tests/data/examples/quote_table.txt", |case| {
        let document = analyze(&case.input, &Options::default(), &models).unwrap();
        let json = galley_json::write(&document, true).unwrap();
        quote_table::quote_table(&json).unwrap().trim_end().to_owned()
    });
    assert!(quote_table::quote_table("[]").is_err());
}

#[test]
fn a_format_is_added() {
    let text = "“It took us two years,” Mayor Ann Lee said. It rained, according to the police.";
    let document = analyze(text, &Options::default(), &shipped_models()).unwrap();
    let export = ExportDocument::new(&document).unwrap();
    let markdown = String::from_utf8(add_format::write_markdown(&export)).unwrap();
    assert!(markdown.starts_with("# "), "{markdown}");
    for quote in
        ["> It took us two years\n>\n> — **Ann Lee**", "> It rained\n>\n> — **the police**"]
    {
        assert!(markdown.contains(quote), "{markdown}");
    }
}
