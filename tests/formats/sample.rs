#![allow(dead_code, reason = "each test program uses a part of it")]
//! A document with everything in it, and any document at all.

use galley_engine::Document;
use galley_formats::galley_json::salvage;
use proptest::prelude::*;

/// A title, a family of code points, marks within and across each other, a speaker that is a formula, a
/// custom label with blanks, a correction, a rejection.
pub(crate) fn sample() -> Document {
    let text = "Ann 👩‍👧 Ray said on Thursday: “We open in Rio de “Janeiro”, and soon.”\nShe \"smiled\"\n= twice & left <b>. Ann Ray 50 % in two days\u{1}.";
    let at = |words: &str, nth: usize| {
        let byte = text.match_indices(words).nth(nth).unwrap().0;
        let start = text[..byte].chars().count();
        format!(
            "\"start\":{start},\"end\":{},\"text\":{:?}",
            start + words.chars().count(),
            words.to_owned()
        )
        .replace("\\u{200d}", "\u{200d}")
    };
    let range = |words: &str, nth: usize| {
        let byte = text.match_indices(words).nth(nth).unwrap().0;
        let start = text[..byte].chars().count();
        format!("[[{start},{}]]", start + words.chars().count())
    };
    let json = format!(
        r#"{{"format":"galley","version":1,"generator":{{"name":"galley","version":"0.1.0","model":"m"}},
        "document":{{"id":"cafe","title":"Cafés","language":"en","published":"2021-07-23T19:27:00","published_source":"text",
          "text":{}}},
        "annotations":[
        {{"id":"a1","kind":"entity","label":"PERSON",{},"entity":"e1","confidence":0.98,"reason":"given name","status":"machine"}},
        {{"id":"a2","kind":"date",{},"timex":{{"type":"DATE","value":"2021-07-22","mod":null,"anchor":"published"}},
          "interval":{{"from":"2021-07-22","to":"2021-07-22"}},"confidence":1,"status":"corrected",
          "machine":{{"timex":{{"type":"DATE","value":"2021-07-29"}},"confidence":0.05}}}},
        {{"id":"a3","kind":"quote","label":"direct",{},"parts":{},"cue":{},
          "speaker":{{"mention":{},"entity":"e1","name":"Ann Ray","confidence":0.8}},"strength":"speech","confidence":0.97,"status":"machine"}},
        {{"id":"a4","kind":"entity","label":"Port of call",{},"entity":"e2","confidence":0.5,"status":"machine"}},
        {{"id":"a5","kind":"entity","label":"PERSON",{},"entity":null,"confidence":0.5,"status":"machine"}},
        {{"id":"a6","kind":"quote","label":"mixed",{},"parts":[],"cue":[],
          "speaker":{{"mention":[],"entity":null,"name":"=cmd()|' /C calc'!A0","confidence":0.8}},"strength":"attitude","confidence":0.3,"status":"machine"}},
        {{"id":"a7","kind":"entity","label":"PERSON",{},"entity":"e1","confidence":0.9,"status":"machine"}},
        {{"id":"a8","kind":"entity","label":"PERCENT",{},"entity":null,"confidence":0.9,"status":"machine"}},
        {{"id":"a9","kind":"date",{},"timex":{{"type":"DURATION","value":"P2D","mod":null,"anchor":null}},"interval":null,"confidence":0.9,"status":"machine"}},
        {{"id":"b1","kind":"entity","label":"ORG",{},"entity":"e9","confidence":0.2,"status":"rejected"}}],
        "entities":[{{"id":"e1","label":"PERSON","name":"Ann Ray","aliases":["Ann 👩‍👧 Ray"],"mentions":["a1","a7"],"status":"corrected"}},
          {{"id":"e2","label":"Port of call","name":"Rio de “Janeiro”","aliases":[],"mentions":["a4"]}}]}}"#,
        serde_json::to_string(text).unwrap(),
        at("Ann 👩‍👧 Ray", 0),
        at("Thursday", 0),
        at("“We open in Rio de “Janeiro”, and soon.”", 0),
        range("We open in Rio de “Janeiro”, and soon.", 0),
        range("said", 0),
        range("Ann 👩‍👧 Ray", 0),
        at("Rio de “Janeiro”", 0),
        at("Janeiro", 0),
        at("She \"smiled\"\n= twice", 0),
        at("Ann Ray", 0),
        at("50 %", 0),
        at("two days", 0),
        at("She", 0),
    );
    let (document, left) = salvage(&json).unwrap();
    assert_eq!(left, [""; 0]);
    document
}

/// Any text of letters, marks, emoji, combining marks, both directions, control characters and line ends,
/// with any marks: side by side, within and across each other.
pub(crate) fn document() -> impl Strategy<Value = Document> {
    let piece = prop_oneof![
        4 => "[A-Za-z]{1,6}",
        3 => Just(" ".to_owned()),
        1 => Just("\n".to_owned()),
        1 => Just("\n\n".to_owned()),
        1 => Just("\r\n".to_owned()),
        // Where brat's lines end, too.
        1 => Just("\u{b}".to_owned()),
        1 => Just("\u{2028}".to_owned()),
        1 => Just("👩‍👧".to_owned()),
        1 => Just("e\u{301}".to_owned()),
        1 => Just("שלום".to_owned()),
        1 => Just("“".to_owned()),
        1 => Just("<&>\"'".to_owned()),
        1 => Just(". ".to_owned()),
        1 => Just("\t \u{200b}\u{1}\u{feff}".to_owned()),
        1 => any::<char>().prop_map(String::from),
    ];
    let text = proptest::collection::vec(piece, 1..30).prop_map(|pieces| pieces.concat());
    let mark = (any::<(u16, u16)>(), 0..8usize, any::<bool>(), any::<bool>());
    (text, proptest::collection::vec(mark, 0..10)).prop_map(|(text, marks)| {
        let text = galley_engine::text::SourceText::new(&text).unwrap().as_str().to_owned();
        let chars: Vec<char> = text.chars().collect();
        let mut json = format!(
            "{{\"format\":\"galley\",\"version\":1,\"document\":{{\"language\":\"en\",\"text\":{}}},\"annotations\":[",
            serde_json::to_string(&text).unwrap()
        );
        for (i, ((from, long), what, rejected, speaks)) in marks.iter().enumerate() {
            let mut start = usize::from(*from) % chars.len().max(1);
            let mut end = (start + 1 + usize::from(*long) % 12).min(chars.len());
            // brat knows no mark that begins or ends with the end of a line.
            while start < end && chars[start] == '\n' { start += 1; }
            while start < end && chars[end - 1] == '\n' { end -= 1; }
            if start >= end { continue; }
            let words: String = chars[start..end].iter().collect();
            let words = serde_json::to_string(&words).unwrap();
            let what = match what {
                0 | 1 => format!("\"kind\":\"entity\",\"label\":\"PERSON\",\"entity\":\"e{}\"", i % 2),
                2 => "\"kind\":\"entity\",\"label\":\"My label\",\"entity\":\"e2\"".to_owned(),
                3 => "\"kind\":\"entity\",\"label\":\"MONEY\",\"entity\":null".to_owned(),
                4 => "\"kind\":\"date\",\"timex\":{\"type\":\"TIME\",\"value\":\"2021-07-22T10:00\",\"mod\":null,\"anchor\":null},\"interval\":{\"from\":\"2021-07-22T10:00\",\"to\":\"2021-07-22T10:00\"}".to_owned(),
                5 => "\"kind\":\"date\",\"timex\":{\"type\":\"DURATION\",\"value\":\"P2W\",\"mod\":\"APPROX\",\"anchor\":null},\"interval\":null".to_owned(),
                n => format!(
                    "\"kind\":\"quote\",\"label\":\"{}\",\"parts\":[[{start},{end}]],\"cue\":[],\"strength\":\"speech\",\"speaker\":{}",
                    ["direct", "indirect"][n % 2],
                    match speaks { true => format!("{{\"mention\":[[{start},{end}]],\"entity\":\"e0\",\"name\":\"é\",\"confidence\":0.5}}"), false => "null".to_owned() }
                ),
            };
            if !json.ends_with('[') { json.push(','); }
            let status = if *rejected && i % 3 == 0 { "rejected" } else { "accepted" };
            json.push_str(&format!("{{\"id\":\"m{i}\",\"start\":{start},\"end\":{end},\"text\":{words},\"confidence\":0.25,\"status\":\"{status}\",{what}}}"));
        }
        json.push_str("]}");
        salvage(&json).unwrap().0
    })
}
