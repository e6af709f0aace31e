//! `galley explain`: what was read in a text, and why, for people.

use std::fmt::Write as _;
use std::path::Path;

use galley_engine::analysis::normalize;
use galley_engine::calendar::Stamp;
use galley_engine::document::{Body, Document};
use galley_engine::layout::{self, Layout};
use galley_engine::text::{NormalizedText, Span, TokenizedText};
use galley_engine::{Models, Options, analyze, dates};

use crate::args::Explain;
use crate::outcome::{Outcome, complain, print};
use crate::{input, models};

/// Runs the command.
pub(crate) fn run(options: Explain) -> Outcome {
    let models = match models::shipped_models() {
        Ok(models) => models,
        Err(why) => {
            complain(why);
            return Outcome::Failed;
        }
    };
    let mut outcome = Outcome::Fine;
    for file in options.files {
        match explain_file(&file, options.published, models) {
            Ok(text) => outcome = outcome.max(print(text.as_bytes())),
            Err(why) => {
                complain(format_args!("{}: {why}", input::display_name(&file)));
                outcome = Outcome::Failed;
            }
        }
    }
    outcome
}

fn explain_file(file: &Path, published: Option<Stamp>, models: &Models) -> Result<String, String> {
    let mut out = String::new();
    for article in input::read_articles(file)?.articles {
        let published = published.or_else(|| article.published.as_deref().and_then(Stamp::parse));
        explain_text(&mut out, &article.text, published, models)?;
    }
    Ok(out)
}

fn explain_text(
    out: &mut String,
    text: &str,
    published: Option<Stamp>,
    models: &Models,
) -> Result<(), String> {
    let options = Options { published, ..Options::default() };
    let document = analyze(text, &options, models).map_err(|e| e.to_string())?;
    let copy = normalize(&document.text, models);
    let plain = || TokenizedText::new(&document.text);
    let reading = copy.as_ref().map_or_else(plain, NormalizedText::tokenized);
    let layout = layout::find_layout(&reading);
    write_layout(out, &reading, &layout, &document);
    write_dates(out, &reading, &layout, &document);
    write_annotations(out, &document);
    Ok(())
}

/// One line: a part's name, its text on one line, and what is said of it.
fn write_line(out: &mut String, part: &str, text: &str, said: &str) {
    let text = galley_engine::text::one_line(text);
    let gap = if said.is_empty() { "" } else { "  " };
    // Writing into a string cannot fail.
    let _ = writeln!(out, "{part:<12}{text}{gap}{said}");
}

fn write_layout(
    out: &mut String,
    reading: &TokenizedText<'_>,
    layout: &Layout,
    document: &Document,
) {
    let mut part = |name: &str, spans: &[Span]| {
        for &span in spans {
            write_line(out, name, reading.slice(span), "");
        }
    };
    part("title", layout.title.as_slice());
    part("byline", &layout.bylines);
    part("credit", &layout.credits);
    part("dateline", layout.dateline.as_slice());
    part("page", &layout.furniture);
    let published = document.published.map_or("unknown".to_owned(), |p| p.to_string());
    let from = layout.published.map(|(_, span)| format!("from “{}”", reading.slice(span)));
    write_line(out, "published", &published, &from.unwrap_or_default());
}

fn write_dates(
    out: &mut String,
    reading: &TokenizedText<'_>,
    layout: &Layout,
    document: &Document,
) {
    for (date, why) in dates::explain(reading, layout.published, document.published) {
        let modifier = date.value.modifier.map_or(String::new(), |m| format!(" {m}"));
        let mut said = format!("= {}{modifier}", date.value.value);
        for other in &date.alternatives {
            said += " or ";
            said += &other.value.to_string();
        }
        said += &format!("  [{}: {}", why.rule, why.about);
        if let Some(reason) = &date.reason {
            said += "; ";
            said += reason;
        }
        if !why.tense.is_empty() {
            said += "; tense ";
            said += why.tense;
        }
        said.push(']');
        write_line(out, "date", reading.slice(date.span), &said);
    }
}

fn write_annotations(out: &mut String, document: &Document) {
    for annotation in &document.annotations {
        let text = document.text.slice(annotation.span);
        let reason = annotation.reason.as_ref();
        let reason = reason.map_or(String::new(), |r| format!("  [{r}]"));
        let sure = f32::from(annotation.confidence.permille()) / 1000.0;
        match &annotation.body {
            Body::Entity(entity) => {
                let name = entity.entity.as_ref().and_then(|id| document.entity(id));
                let name = name.map_or(String::new(), |e| format!(" = {}", e.name));
                let said = format!("{}{name}  {sure:.2}{reason}", entity.label.name());
                write_line(out, "name", text, &said);
            }
            Body::Quote(quote) => {
                let speaker = quote.speaker.as_ref();
                let who = speaker.and_then(|s| s.name.clone()).or_else(|| {
                    let words = speaker?.mention.iter().map(|&m| document.text.slice(m));
                    Some(words.collect::<Vec<_>>().join(" "))
                });
                let who = who.unwrap_or_else(|| "nobody named".to_owned());
                write_line(out, "quote", text, &format!("— {who}  {sure:.2}{reason}"));
            }
            Body::Date(_) => {}
        }
    }
}
