use super::*;
use galley_engine::document::Document;

fn sample() -> String {
    // Written by hand after the format's description: code points, not bytes, after the "é".
    let text = "Café owner Ann Ray said on Thursday: \"We open, and soon.\" She smiled.";
    let at = |s: &str| {
        let byte = text.find(s).unwrap();
        let start = text[..byte].chars().count();
        (start, start + s.chars().count())
    };
    let (ann, day, she) = (at("Ann Ray"), at("Thursday"), at("She"));
    let (quote, part, cue) = (at("\"We open, and soon.\""), at("We open, and soon."), at("said"));
    let sum = write::sha256(text);
    let escaped = text.replace('"', "\\\"");
    format!(
        r#"{{"format":"galley","version":1,"later":{{"x":[1]}},
        "generator":{{"name":"galley","version":"0.1.0","model":"m"}},
        "document":{{"id":"cafe","title":null,"language":"en","published":"2021-07-23T19:27:00",
          "published_source":"text","text":"{escaped}","text_sha256":"{sum}"}},
        "offsets":{{"unit":"unicode-code-point","end":"exclusive"}},
        "annotations":[
         {{"id":"a3","kind":"quote","label":"direct","start":{},"end":{},"text":"\"We open, and soon.\"",
           "parts":[[{},{}]],"cue":[[{},{}]],
           "speaker":{{"mention":[[{},{}]],"entity":"e1","name":"Ann Ray","confidence":0.8}},
           "strength":"speech","confidence":0.97,"status":"machine"}},
         {{"id":"a1","kind":"entity","label":"PERSON","start":{},"end":{},"text":"Ann Ray","new":1,
           "entity":"e1","confidence":0.98,"status":"machine","reason":"given name"}},
         {{"id":"a2","kind":"date","start":{},"end":{},"text":"Thursday",
           "timex":{{"type":"DATE","value":"2021-07-22","mod":null,"anchor":"published"}},
           "interval":{{"from":"2021-07-22","to":"2021-07-22"}},"confidence":1,"status":"corrected",
           "machine":{{"timex":{{"type":"DATE","value":"2021-07-29"}},"confidence":0.05}}}},
         {{"id":"a4","kind":"entity","label":"PERSON","start":{},"end":{},"text":"She",
           "entity":"e9","confidence":0.123,"status":"rejected"}}],
        "entities":[{{"id":"e1","label":"PERSON","name":"Ann Ray","aliases":[],"mentions":["a1"]}}],
        "review":{{"machine":99}}}}"#,
        quote.0,
        quote.1,
        part.0,
        part.1,
        cue.0,
        cue.1,
        ann.0,
        ann.1,
        ann.0,
        ann.1,
        day.0,
        day.1,
        she.0,
        she.1
    )
}

#[test]
fn a_file_by_hand_is_read() {
    let document = read(&sample()).unwrap();
    let ids: Vec<_> = document.annotations.iter().map(|a| a.id.0.as_str()).collect();
    assert_eq!(ids, ["a1", "a2", "a3", "a4"], "put in order");
    let date = &document.annotations[1];
    assert_eq!(document.text.slice(date.span), "Thursday");
    let machine = date.machine.as_ref().unwrap();
    let galley_engine::document::Body::Date(d) = &machine.body else {
        panic!("a date");
    };
    assert_eq!(d.timex.value.to_string(), "2021-07-29");
    assert_eq!(d.interval.as_ref().unwrap().from, "2021-07-22", "not told: as it now is");
    assert_eq!((machine.span, machine.confidence.permille()), (date.span, 50));
    assert_eq!(document.published.unwrap().to_string(), "2021-07-23T19:27:00");
}

#[test]
fn written_and_read_it_is_the_same() {
    let document = read(&sample()).unwrap();
    for pretty in [false, true] {
        let json = write(&document, pretty).unwrap();
        let again = read(&json).unwrap();
        assert_eq!(again, document);
        assert_eq!(write(&again, pretty).unwrap(), json);
    }
}

#[test]
fn the_spelling_is_the_descriptions() {
    let json = write(&read(&sample()).unwrap(), false).unwrap();
    for part in [
        r#"{"format":"galley","version":1,"generator":{"name":"galley","version":"0.1.0","model":"m"},"document":{"id":"cafe","title":null,"language":"en","published":"2021-07-23T19:27:00","published_source":"text","text":"#,
        r#""offsets":{"unit":"unicode-code-point","end":"exclusive"},"annotations":[{"id":"a1","kind":"entity","label":"PERSON","start":11,"end":18,"text":"Ann Ray","entity":"e1","confidence":0.98,"reason":"given name","status":"machine"}"#,
        r#"{"id":"a2","kind":"date","start":27,"end":35,"text":"Thursday","timex":{"type":"DATE","value":"2021-07-22","mod":null,"anchor":"published"},"interval":{"from":"2021-07-22","to":"2021-07-22"},"confidence":1.0,"status":"corrected","machine":{"timex":{"type":"DATE","value":"2021-07-29","mod":null,"anchor":null},"confidence":0.05}}"#,
        r#""parts":[[38,56]],"cue":[[19,23]],"speaker":{"mention":[[11,18]],"entity":"e1","name":"Ann Ray","confidence":0.8},"strength":"speech","confidence":0.97"#,
        r#""entities":[{"id":"e1","label":"PERSON","name":"Ann Ray","aliases":[],"mentions":["a1"]}],"review":{"machine":2,"accepted":0,"corrected":1,"added":0,"rejected":1}}"#,
    ] {
        assert!(json.contains(part), "{part}\n is not in\n{json}");
    }
    assert!(!json.contains('\n'));
}

#[test]
fn pretty_is_for_people() {
    assert_eq!(pretty::pretty("{\"a\":[],\"b\":{}}"), "{\"a\": [], \"b\": {}}\n");
    let long = "x".repeat(120);
    let json = format!(r#"{{"t":"{long}\",{{","a":[[1,2],{{"b":"\\"}}]}}"#);
    let want =
        format!("{{\n  \"t\": \"{long}\\\",{{\",\n  \"a\": [[1, 2], {{\"b\": \"\\\\\"}}]\n}}\n");
    assert_eq!(pretty::pretty(&json), want);
}

#[test]
fn what_is_wrong_is_refused_with_its_place() {
    let sample = sample();
    let cases = [
        ("\"version\":1", "\"version\":2", "has version 2"),
        ("\"version\":1", "\"version\":1e999", "damaged"),
        ("\"version\":1,", "", "does not say which version"),
        ("\"format\":\"galley\"", "\"format\":\"w3c\"", "not a Galley document"),
        ("unicode-code-point", "utf-16", "counts its offsets in \"utf-16\""),
        ("Café owner", "Cafe owner", "its sum differs"),
        ("\"text\":\"Thursday\"", "\"text\":\"Friday\"", "annotation a2: its \"text\" is not what"),
        ("\"start\":27", "\"start\":28", "annotation a2"),
        ("\"start\":27", "\"start\":35", "annotation a2: 35 to 35 is no stretch"),
        ("\"end\":35", "\"end\":4000000000", "annotation a2: 27 to 4000000000 is no"),
        ("\"end\":35", "\"end\":99999999999999999999999", "line"),
        ("\"start\":27", "\"start\":-27", "line"),
        ("\"start\":27,", "", "annotation a2: its \"start\" is missing"),
        ("\"id\":\"a2\"", "\"id\":\"a1\"", "a1 is used twice"),
        ("\"id\":\"a2\"", "\"id\":\"\"", "an id is empty"),
        ("\"confidence\":0.98", "\"confidence\":1.2", "annotation a1: 1.2 is no confidence"),
        ("\"label\":\"direct\"", "\"label\":\"shouted\"", "annotation a3: \"shouted\" is no label"),
        (
            "\"status\":\"rejected\"",
            "\"status\":\"machine\"",
            "annotation a4: there is no entity e9",
        ),
        ("\"mentions\":[\"a1\"]", "\"mentions\":[]", "a1 is not once among the mentions of e1"),
        ("\"mentions\":[\"a1\"]", "\"mentions\":[\"a1\",\"a4\"]", "a4 is not a mention of it"),
        ("\"mentions\":[\"a1\"]", "\"mentions\":[\"a1\",\"a1\"]", "a1 is not once among"),
        ("\"parts\":[[38,56]]", "\"parts\":[[38,58]]", "annotation a3: its parts do not fit"),
        ("\"anchor\":\"published\"", "\"anchor\":\"a1\"", "annotation a2: its anchor"),
        ("2021-07-23T19:27:00", "soon", "\"soon\" is no publication date"),
    ];
    for (from, to, want) in cases {
        let json = sample.replacen(from, to, 1);
        assert_ne!(json, sample, "{from}");
        let error = read(&json).unwrap_err().0;
        assert!(error.contains(want), "{from} → {to}\n said: {error}\n want: {want}");
    }
}

#[test]
fn hostile_json_is_an_error() {
    let deep = "[".repeat(100_000);
    let machines = format!(
        r#"{{"format":"galley","version":1,"document":{{"text":"a"}},"annotations":[{}"#,
        r#"{"machine":"#.repeat(50_000)
    );
    let sample = sample();
    for json in [
        "",
        "null",
        "[]",
        "{}",
        "\u{0}",
        "{\"format\":1}",
        "{\"format\":\"galley\"",
        r#"{"format":"galley","version":1,"document":{"text":"\ud800"}}"#,
        r#"{"format":"galley","version":1,"document":{"text":"a\r\n"}}"#,
        r#"{"format":"galley","format":"galley","version":1,"document":{"text":"a"}}"#,
        &deep,
        &machines,
    ] {
        read(json).unwrap_err();
    }
    for cut in (0..sample.len()).filter(|&i| sample.is_char_boundary(i)) {
        read(&sample[..cut]).unwrap_err();
    }
}

#[test]
fn little_is_needed() {
    let json = r#"{"version":1,"format":"galley","document":{"text":"Hi 👍"}}"#;
    let document = read(json).unwrap();
    assert_eq!(document.text.as_str(), "Hi 👍");
    assert_eq!(read(&write(&Document::default(), true).unwrap()).unwrap(), Document::default());
}

#[test]
fn a_document_that_does_not_hold_is_not_written() {
    let mut document = read(&sample()).unwrap();
    document.annotations.swap(0, 1);
    let error = write(&document, false).unwrap_err().0;
    assert_eq!(error, "the document was not written: annotation a1 is out of order");
}

#[test]
fn zones_of_the_page_are_kept_and_what_does_not_fit_is_left_out() {
    use galley_engine::document::{PagePart, Zone};
    use galley_engine::text::Span;

    let mut document = read(&sample()).unwrap();
    assert!(document.parts.is_empty(), "a file without the field is read as before");
    let end = document.text.as_str().chars().next().unwrap().len_utf8();
    document.set_parts([PagePart { zone: Zone::Furniture, span: Span::new(0, end) }]);
    let json = write(&document, false).unwrap();
    assert!(json.contains(r#""zones":[{"zone":"furniture","start":0,"end":1}]"#), "{json}");
    assert_eq!(read(&json).unwrap(), document);
    for other in [
        r#"{"zone":"masthead","start":0,"end":1}"#,
        r#"{"zone":"furniture","start":1,"end":1}"#,
        r#"{"zone":"furniture","start":0,"end":99999}"#,
        r#"{"start":0,"end":1}"#,
    ] {
        let other = json.replace(r#"{"zone":"furniture","start":0,"end":1}"#, other);
        assert_eq!(read(&other).unwrap().parts, [], "{other}");
    }
    let twice = json.replace(
        r#""end":1}]"#,
        r#""end":1},{"zone":"caption","start":0,"end":2},{"zone":"caption","start":1,"end":2}]"#,
    );
    assert_eq!(read(&twice).unwrap().parts.len(), 2, "none stands over another");
}
