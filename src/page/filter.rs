//! What is shown: one filter for the article, the lists, the counts and the walk through the annotations.

use super::action::FilterAction;
use galley_engine::document::{Annotation, Document, Kind, Status};
use galley_engine::view;

/// Which annotations are shown. The default shows all but reports of documents and attitudes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Kinds that are not shown, in the order of [`Kind::ALL`].
    hidden: [bool; Kind::ALL.len()],
    /// Show quotes of documents and attitudes too, not of speech alone.
    pub reports: bool,
    /// Only uncertain annotations.
    pub uncertain: bool,
    /// Only this label, by its name in files.
    pub label: Option<String>,
    /// Only this status.
    pub status: Option<Status>,
    /// Only quotes of this speaker, by name; an empty name: quotes without a speaker.
    pub speaker: Option<String>,
}

/// The value of [`FilterAction::Speaker`] for quotes without a speaker.
pub const NOBODY: &str = "-";

impl Filter {
    /// True if this kind is hidden.
    pub fn hides(&self, kind: Kind) -> bool {
        self.hidden[kind_index(kind)]
    }

    /// True if a person has to check it: it is not rejected, and no report unless reports are shown.
    pub fn in_scope(&self, a: &Annotation) -> bool {
        a.status != Status::Rejected && (self.reports || !view::is_report(a))
    }

    /// True if it would be shown, were its kind not hidden.
    pub fn matches(&self, document: &Document, a: &Annotation) -> bool {
        self.in_scope(a)
            && (!self.uncertain || view::is_uncertain(a))
            && self.label.as_ref().is_none_or(|l| l == view::label_name(a))
            && self.status.is_none_or(|s| s == a.status)
            && self.speaker.as_ref().is_none_or(|name| {
                let speaker = view::speaker_name(document, a);
                speaker.is_some_and(|own| own.unwrap_or_default() == *name)
            })
    }

    /// True if it is shown.
    pub fn is_visible(&self, document: &Document, a: &Annotation) -> bool {
        !self.hides(a.kind()) && self.matches(document, a)
    }

    /// Changes the filter.
    pub fn apply(&mut self, action: FilterAction) {
        let non_empty = |name: String| Some(name).filter(|n| !n.is_empty());
        match action {
            FilterAction::ToggleKind(kind) => {
                let hidden = &mut self.hidden[kind_index(kind)];
                *hidden = !*hidden;
            }
            FilterAction::Label(name) => self.label = non_empty(name),
            FilterAction::Status(name) => self.status = Status::parse(&name),
            FilterAction::Speaker(name) if name == NOBODY => self.speaker = Some(String::new()),
            FilterAction::Speaker(name) => self.speaker = non_empty(name),
            FilterAction::ToggleUncertain => self.uncertain = !self.uncertain,
            FilterAction::ToggleReports => self.reports = !self.reports,
            FilterAction::ShowAll => *self = self.all_in_scope(),
        }
    }

    /// True if it hides annotations that are in scope.
    pub fn is_narrowed(&self) -> bool {
        *self != self.all_in_scope()
    }

    /// Changes the filter so that it shows this annotation.
    pub fn reveal(&mut self, document: &Document, a: &Annotation) {
        self.hidden[kind_index(a.kind())] = false;
        self.reports |= view::is_report(a);
        if !self.matches(document, a) {
            *self = self.all_in_scope();
        }
    }

    fn all_in_scope(&self) -> Filter {
        Filter { reports: self.reports, ..Filter::default() }
    }
}

/// Index of a kind in [`Kind::ALL`].
pub fn kind_index(kind: Kind) -> usize {
    Kind::ALL.iter().position(|&k| k == kind).unwrap_or(Kind::ALL.len() - 1)
}
