//! The examples do what they say. They are compiled as programs, too: `cargo run --example NAME`.

#[allow(dead_code, reason = "its main function is for the program")]
#[path = "examples/annotate.rs"]
mod annotate;
#[allow(dead_code, reason = "its main function is for the program")]
#[path = "examples/quote_table.rs"]
mod quote_table;

use galley_engine::{Models, Options, analyze};

#[test]
fn a_string_is_annotated() {
    galley_testcases::check("tests/data/examples/annotate.txt", |case| {
        annotate::annotate(&case.input).unwrap().trim_end().to_owned()
    });
}

#[test]
fn galley_json_becomes_a_table() {
    let models = Models::from_bytes(
        include_bytes!("../www/model/entities.bin"),
        include_bytes!("../www/model/quotes.bin"),
    )
    .unwrap();
    galley_testcases::check("tests/data/examples/quote_table.txt", |case| {
        let document = analyze(&case.input, &Options::default(), &models).unwrap();
        let json = galley_formats::galley_json::write(&document, true).unwrap();
        quote_table::quote_table(&json).unwrap().trim_end().to_owned()
    });
    assert!(quote_table::quote_table("[]").is_err());
}
