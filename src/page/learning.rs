//! What the page knows of the reader's patterns and of what corrections taught.

use super::protocol::{KeptDocument, LabelRow, LearnedReport, SuggestedDocument};
use super::words::{characters_around, counted, with_spaces};
use galley_engine::learning::LEAST_EXAMPLES;
use galley_engine::text::{SourceText, Span};
use galley_engine::user_words::{WordListFile, format_word_list};

/// What was learned, and the pattern that is being tried.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Learning {
    /// The reader has switched off what was learned.
    pub off: bool,
    /// What the worker learned last; `None`: it has not been asked, or there is nothing to learn from.
    pub report: Option<LearnedReport>,
    /// The corrected documents that wait for the worker.
    pub waiting: Option<Vec<KeptDocument>>,
    /// The worker is learning.
    pub busy: bool,
    /// What the worker has learned from: keys and revisions, and the list that it had then.
    pub learned_from: Option<(Vec<(String, u32)>, String)>,
    /// What is known of labels of the reader's own.
    pub labels: Vec<LabelRow>,
    /// Suggestions were asked for and have not come.
    pub suggesting: bool,
    /// Something was learned since suggestions were asked for.
    pub taught: bool,
    /// Documents in which something would be suggested, as counted last.
    pub everywhere: Option<Vec<SuggestedDocument>>,
    /// The pattern that is tried, or was tried last.
    pub trial: Option<Trial>,
}

/// A pattern tried on the open article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The number of the request.
    pub job: u32,
    /// The pattern.
    pub pattern: String,
    /// Upper and lower case are the same.
    pub any_case: bool,
    /// What becomes of it once it is found sound.
    pub purpose: TrialPurpose,
    /// Where it matches, or why it cannot be used; `None`: no answer yet.
    pub result: Option<Result<Vec<Span>, String>>,
}

/// What a pattern is tried for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrialPurpose {
    /// To see what it finds.
    Look,
    /// To put this line on the list.
    Add(String),
    /// To find its hits in the text.
    Find,
}

impl Learning {
    /// What was learned, in a sentence.
    pub fn summary(&self) -> String {
        let Some(report) = &self.report else {
            return match self.busy {
                true => "Learning from your corrected articles…".to_owned(),
                false => {
                    "Nothing learned yet: correct names in an article, or accept them.".to_owned()
                }
            };
        };
        let articles = counted(report.articles.len(), "article");
        let from = match (report.articles.is_empty(), report.colleagues) {
            (true, colleagues) => {
                return format!(
                    "Learned by a colleague from {colleagues} articles: {}.",
                    on_or_off(report.on && !self.off)
                );
            }
            (false, 0) => format!("Learned from {articles}"),
            (false, colleagues) => {
                format!("Learned from {articles} and a colleague's {colleagues}")
            }
        };
        if report.articles.len() < 2 {
            return format!("{from}: whether that helps is seen at the next one.");
        }
        let saved = match report.saved {
            saved if saved >= 0 => {
                format!("Would have saved {saved} of {} corrections", report.without)
            }
            saved => format!("Would have cost {} corrections more than {}", -saved, report.without),
        };
        format!("{from}. {saved}: {}.", on_or_off(report.on && !self.off))
    }
}

/// What a label of the reader's own has learned, in a sentence.
pub fn describe_label(row: &LabelRow) -> String {
    let examples = counted(row.examples as usize, "example");
    let from = format!("{examples} in {}", counted(row.articles as usize, "article"));
    let Some(server) = &row.server else {
        return format!("{from}: more are suggested from {LEAST_EXAMPLES} on");
    };
    let last = match row.answered {
        0 => String::new(),
        answered => format!("; {} of the last {answered} suggestions were right", row.taken),
    };
    match row.quiet {
        true => format!("{from}{last}: quiet, until your own marks show that it has learned"),
        false => format!("{from}, by {server}{last}"),
    }
}

/// The file in which all of this travels: lists, patterns, labels, and what was learned.
pub fn desk_file(list: &WordListFile, learned: Option<&str>) -> String {
    let own = WordListFile { learned: None, ..list.clone() };
    let mut out = format_word_list(&own);
    match (learned, &list.learned) {
        (Some(line), _) => {
            out += line;
            out.push('\n');
        }
        (None, Some(share)) => {
            let share = WordListFile { learned: Some(share.clone()), ..WordListFile::default() };
            out += &format_word_list(&share);
        }
        (None, None) => {}
    }
    out
}

/// What stands before and after a stretch of the text, at most `most` characters each, on one line.
pub fn context_around(text: &SourceText, span: Span, most: usize) -> (String, String) {
    let (before, after) = characters_around(text.as_str(), span.start(), span.end(), most);
    (with_spaces(before), with_spaces(after))
}

fn on_or_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_learned_is_told_in_words() {
        let mut learning = Learning::default();
        assert!(learning.summary().starts_with("Nothing learned yet"));
        let article = |n: u32| super::super::protocol::LearnedArticle {
            title: format!("Article {n}"),
            without: 7,
            with: 4,
        };
        learning.report = Some(LearnedReport {
            articles: (0..12).map(article).collect(),
            colleagues: 0,
            without: 84,
            saved: 31,
            on: true,
            changes: Vec::new(),
            doubtful: Vec::new(),
            labels: Vec::new(),
            line: None,
        });
        assert_eq!(
            learning.summary(),
            "Learned from 12 articles. Would have saved 31 of 84 corrections: on."
        );
        learning.off = true;
        assert!(learning.summary().ends_with("31 of 84 corrections: off."));
    }
}
