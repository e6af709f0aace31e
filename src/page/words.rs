//! How the page names kinds, labels and values for people.

use galley_engine::calendar::Stamp;
use galley_engine::dates;
use galley_engine::document::{
    Annotation, Body, Confidence, Document, Kind, Label, QuoteKind, Status, Strength, Timex,
    TimexType,
};
use galley_engine::text::{SourceText, Span};
use galley_engine::timex;

/// The glyph of a kind.
pub fn kind_glyph(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "●",
        Kind::Organisation => "■",
        Kind::Place => "▲",
        Kind::Date => "◆",
        Kind::Quote => "❝",
        Kind::Other => "○",
    }
}

/// The glyph of a label: that of its kind, except where a kind holds much that is apart.
pub fn label_glyph(label: Label) -> &'static str {
    match label {
        Label::Norp => "◐",
        Label::Event => "★",
        Label::WorkOfArt => "✎",
        Label::Product => "◇",
        Label::Law => "§",
        Label::Language => "あ",
        Label::Money => "$",
        Label::Percent => "%",
        Label::Quantity => "↔",
        Label::Ordinal => "#",
        Label::Cardinal => "№",
        Label::Fac => "⌂",
        Label::Loc => "△",
        Label::Person | Label::Org | Label::Gpe | Label::Custom(_) => kind_glyph(label.kind()),
    }
}

/// The glyph of an annotation.
pub fn glyph(a: &Annotation) -> &'static str {
    match &a.body {
        Body::Entity(e) => label_glyph(e.label),
        Body::Date(_) | Body::Quote(_) => kind_glyph(a.kind()),
    }
}

/// A label for a small chip; its full title is [`Label::title`].
pub fn short_label(label: Label) -> &'static str {
    match label {
        Label::Gpe => "Country, city",
        Label::Norp => "Nationality",
        Label::Fac => "Building",
        Label::Person
        | Label::Org
        | Label::Loc
        | Label::Event
        | Label::WorkOfArt
        | Label::Product
        | Label::Law
        | Label::Language
        | Label::Money
        | Label::Percent
        | Label::Quantity
        | Label::Ordinal
        | Label::Cardinal
        | Label::Custom(_) => label.title(),
    }
}

/// Its label in files, as `data-label` has it.
pub fn label_name(a: &Annotation) -> &'static str {
    galley_engine::view::label_name(a)
}

/// How sure the machine is of it and why, or what a person has made of it.
pub fn facts(a: &Annotation) -> Vec<String> {
    let mut facts = vec![match a.status {
        Status::Machine => confidence_in_words(a.confidence),
        Status::Accepted | Status::Corrected | Status::Added | Status::Rejected => {
            status_title(a.status).to_owned()
        }
    }];
    if let Body::Quote(q) = &a.body {
        facts.extend(strength_title(q.strength).map(str::to_owned));
        let speaker = q.speaker.as_ref().filter(|_| a.status == Status::Machine);
        if let Some(speaker) = speaker.filter(|s| s.confidence < a.confidence) {
            facts.push(format!("speaker {}", confidence_in_words(speaker.confidence)));
        }
    }
    // Of what a person has changed, the machine's reason is true no more.
    let machine = matches!(a.status, Status::Machine | Status::Accepted);
    facts.extend(a.reason.clone().filter(|_| machine));
    facts
}

/// The word of a kind in `data-kind` and class names.
pub fn kind_slug(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Organisation => "organisation",
        Kind::Place => "place",
        Kind::Date => "date",
        Kind::Quote => "quote",
        Kind::Other => "other",
    }
}

/// A kind for people, in the plural.
pub fn kind_plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "People",
        Kind::Organisation => "Organisations",
        Kind::Place => "Places",
        Kind::Date => "Dates",
        Kind::Quote => "Quotes",
        Kind::Other => "Other",
    }
}

/// What an annotation is: "Person", "Direct quote", "Date".
pub fn label_title(a: &Annotation) -> &'static str {
    match &a.body {
        Body::Entity(e) => e.label.title(),
        Body::Date(d) => timex_title(d.timex.kind),
        Body::Quote(q) => quote_kind_title(q.kind),
    }
}

/// A TIMEX3 type for people.
pub fn timex_title(kind: TimexType) -> &'static str {
    match kind {
        TimexType::Date => "Date",
        TimexType::Time => "Time",
        TimexType::Duration => "Duration",
        TimexType::Set => "Recurring time",
    }
}

/// A kind of quote for people.
pub fn quote_kind_title(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "Direct quote",
        QuoteKind::Mixed => "Mixed quote",
        QuoteKind::Indirect => "Indirect quote",
    }
}

/// A strength for people; speech needs no word.
pub fn strength_title(strength: Strength) -> Option<&'static str> {
    match strength {
        Strength::Speech => None,
        Strength::Document => Some("from a document"),
        Strength::Attitude => Some("a belief or intention"),
    }
}

/// A status for people.
pub fn status_title(status: Status) -> &'static str {
    match status {
        Status::Machine => "not checked",
        Status::Accepted => "accepted",
        Status::Corrected => "corrected",
        Status::Added => "added by hand",
        Status::Rejected => "rejected",
    }
}

/// "98% sure".
pub fn confidence_in_words(confidence: Confidence) -> String {
    format!("{}% sure", (u32::from(confidence.permille()) + 5) / 10)
}

/// At most `limit` characters, cut at a word with "…".
pub fn shorten(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut: String = text.chars().take(limit).collect();
    let cut = match cut.rfind(char::is_whitespace) {
        Some(at) if at > limit / 2 => cut.get(..at).unwrap_or(&cut),
        _ => &cut,
    };
    format!("{}…", cut.trim_end())
}

/// “The words”, cut at `most` characters, on one line.
pub fn quoted(text: &str, most: usize) -> String {
    let mut line = String::with_capacity(text.len().min(most * 4));
    for word in text.split_whitespace().take(most) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    let line = shorten(&line, most);
    // Words that bring their own marks get no second pair.
    match line.starts_with(['"', '“', '„', '«', '‘']) {
        true => line,
        false => format!("“{line}”"),
    }
}

/// True for Unicode's signs that set or turn the direction of the text after them.
pub fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// "1 article", "12 articles".
pub fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// What stands before and after a stretch of a text, given in bytes: at most `most` characters each.
pub fn characters_around(text: &str, start: usize, end: usize, most: usize) -> (&str, &str) {
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let from = before.char_indices().rev().take(most).last().map_or(before.len(), |(i, _)| i);
    let to = after.char_indices().nth(most).map_or(after.len(), |(i, _)| i);
    (before.get(from..).unwrap_or_default(), after.get(..to).unwrap_or_default())
}

/// A stretch of a text on one line: as long, with spaces for all white space.
pub fn with_spaces(piece: &str) -> String {
    piece.replace(char::is_whitespace, " ")
}

/// What stands before and after a stretch of the text, about `most` characters each, on one line and in whole
/// words.
pub fn whole_words_around(text: &SourceText, span: Span, most: usize) -> (String, String) {
    let all = text.as_str();
    let (mut left, mut right) = characters_around(all, span.start(), span.end(), most);
    let before = all.get(..span.start() - left.len());
    let after = all.get(span.end() + right.len()..);
    // A word that is cut is left out, unless it is all there is.
    if !before.is_none_or(|b| b.is_empty() || b.ends_with(char::is_whitespace)) {
        left = left.find(char::is_whitespace).and_then(|at| left.get(at..)).unwrap_or(left);
    }
    if !after.is_none_or(|a| a.is_empty() || a.starts_with(char::is_whitespace)) {
        right = right.rfind(char::is_whitespace).and_then(|at| right.get(..at)).unwrap_or(right);
    }
    (with_spaces(left), with_spaces(right))
}

/// An annotation in one line for the live region: "John Kirby: Person, 98% sure, not checked".
pub fn describe(document: &Document, a: &Annotation) -> String {
    let text = quoted(document.text.slice(a.span), 80);
    let mut out = format!("{text}: {}", label_title(a));
    match &a.body {
        Body::Quote(q) => {
            let name = q.speaker.as_ref().and_then(|s| s.name.as_deref());
            out.push_str(", speaker ");
            out.push_str(name.unwrap_or("unknown"));
        }
        Body::Date(d) => {
            out.push_str(", ");
            out.push_str(&date_in_words(&d.timex));
        }
        Body::Entity(_) => {}
    }
    out.push_str(", ");
    if a.status == Status::Machine {
        out.push_str(&confidence_in_words(a.confidence));
        out.push_str(", ");
    }
    out.push_str(status_title(a.status));
    out
}

/// A date value for people: "Thursday 22 July 2021".
pub fn date_in_words(timex: &Timex) -> String {
    timex::in_words(timex.kind, &timex.value, timex.modifier.as_ref())
}

/// What a typed date reads as, or what is wrong with it.
pub fn typed_date(typed: &str, published: Option<Stamp>) -> Result<String, String> {
    match dates::parse_value(typed, published) {
        Ok(value) => Ok(value.in_words()),
        Err(why) => Err(why.to_string()),
    }
}
