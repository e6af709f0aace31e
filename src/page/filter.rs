//! What is shown: one filter for the article, the lists, the counts and walking.

use super::lists;
use super::state::place;
use galley_engine::document::{Annotation, Document, Status};
use galley_engine::view;

/// Which annotations are shown. The default shows all but reports of documents and attitudes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Kinds that are not shown, by [`galley_engine::document::Kind::ALL`].
    pub hidden: [bool; 6],
    /// Quotes of documents and attitudes too, not of speech alone.
    pub reports: bool,
    /// Only what is uncertain.
    pub uncertain: bool,
    /// Only this label, by its name in files.
    pub label: Option<String>,
    /// Only this status.
    pub status: Option<Status>,
    /// Only quotes of this speaker, by name; an empty name: of nobody.
    pub speaker: Option<String>,
}

/// One choice of the filter's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Another label, by its name in files; empty: any.
    Label(String),
    /// Another status, by its name in files; empty: any.
    Status(String),
    /// Another speaker: a name, `-` for nobody; empty: any.
    Speaker(String),
    /// Only what is uncertain, or all.
    Uncertain,
    /// Quotes of documents and attitudes, or speech alone.
    Reports,
    /// Everything again; reports stay as they are.
    All,
}

/// The choice that stands for quotes that name nobody.
pub const NOBODY: &str = "-";

impl Filter {
    /// Belongs to what a person works through: not a tombstone, and no report unless they are shown.
    pub fn in_scope(&self, a: &Annotation) -> bool {
        a.status != Status::Rejected && (self.reports || !lists::is_report(a))
    }

    /// Shown, were its kind not hidden.
    pub fn keeps(&self, document: &Document, a: &Annotation) -> bool {
        self.in_scope(a)
            && (!self.uncertain || view::is_uncertain(a))
            && self.label.as_ref().is_none_or(|l| l == view::label_name(a))
            && self.status.is_none_or(|s| s == a.status)
            && self.speaker.as_ref().is_none_or(|name| {
                let speaker = lists::speaker(document, a);
                speaker.is_some_and(|own| own.unwrap_or_default() == *name)
            })
    }

    /// Shown.
    pub fn lets(&self, document: &Document, a: &Annotation) -> bool {
        !self.hidden[place(a.kind())] && self.keeps(document, a)
    }

    /// Takes a choice.
    pub fn choose(&mut self, choice: Choice) {
        let some = |word: String| Some(word).filter(|w| !w.is_empty());
        match choice {
            Choice::Label(name) => self.label = some(name),
            Choice::Status(name) => self.status = Status::parse(&name),
            Choice::Speaker(name) if name == NOBODY => self.speaker = Some(String::new()),
            Choice::Speaker(name) => self.speaker = some(name),
            Choice::Uncertain => self.uncertain = !self.uncertain,
            Choice::Reports => self.reports = !self.reports,
            Choice::All => {
                *self = Filter { reports: self.reports, ..Filter::default() };
            }
        }
    }

    /// Leaves out nothing that would hide this one.
    pub fn reveal(&mut self, document: &Document, a: &Annotation) {
        self.hidden[place(a.kind())] = false;
        self.reports |= lists::is_report(a);
        if !self.keeps(document, a) {
            self.choose(Choice::All);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use galley_engine::document::{
        AnnotationId, Body, Confidence, EntityBody, Kind, Label, QuoteBody, QuoteKind, Speaker,
        Strength,
    };
    use galley_engine::text::{SourceText, Span};

    fn annotation(name: &str, start: usize, body: Body, confidence: u16) -> Annotation {
        Annotation {
            id: AnnotationId(name.to_owned()),
            span: Span::new(start, start + 2),
            body,
            confidence: Confidence::from_permille(confidence),
            status: Status::Machine,
            reason: None,
            machine: None,
        }
    }

    fn quote(strength: Strength, by: Option<&str>) -> Body {
        Body::Quote(QuoteBody {
            kind: QuoteKind::Direct,
            parts: Vec::new(),
            cue: Vec::new(),
            speaker: by.map(|name| Speaker {
                mention: Vec::new(),
                entity: None,
                name: Some(name.to_owned()),
                confidence: Confidence::CERTAIN,
            }),
            strength,
        })
    }

    fn document() -> Document {
        let entity = |label| Body::Entity(EntityBody { label, entity: None });
        let mut annotations = vec![
            annotation("person", 0, entity(Label::Person), 900),
            annotation("org", 2, entity(Label::Org), 400),
            annotation("said", 4, quote(Strength::Speech, Some("Ana")), 900),
            annotation("unnamed", 6, quote(Strength::Speech, None), 300),
            annotation("report", 8, quote(Strength::Document, None), 900),
            annotation("belief", 10, quote(Strength::Attitude, Some("Ana")), 900),
            annotation("gone", 12, entity(Label::Person), 900),
            annotation("accepted", 14, entity(Label::Gpe), 300),
        ];
        annotations[6].status = Status::Rejected;
        annotations[7].status = Status::Accepted;
        Document {
            text: SourceText::new("sixteen letters!").unwrap(),
            annotations,
            ..Document::default()
        }
    }

    fn shown(filter: &Filter) -> String {
        let document = document();
        let live = lists::live(&document, filter, None);
        let ids: Vec<&str> = live.iter().map(|a| a.id.0.as_str()).collect();
        ids.join(" ")
    }

    #[test]
    fn each_choice_shows_what_it_says() {
        use Choice as C;
        let word = str::to_owned;
        for (choices, want) in [
            (vec![], "person org said unnamed accepted"),
            (vec![C::Reports], "person org said unnamed report belief accepted"),
            (vec![C::Reports, C::Reports], "person org said unnamed accepted"),
            (vec![C::Uncertain], "org unnamed"),
            (vec![C::Label(word("GPE"))], "accepted"),
            (vec![C::Label(word("direct"))], "said unnamed"),
            (vec![C::Label(word("GPE")), C::Label(word(""))], "person org said unnamed accepted"),
            (vec![C::Status(word("machine"))], "person org said unnamed"),
            (vec![C::Status(word("no such"))], "person org said unnamed accepted"),
            (vec![C::Speaker(word("Ana"))], "said"),
            (vec![C::Reports, C::Speaker(word("Ana"))], "said belief"),
            (vec![C::Speaker(word(NOBODY))], "unnamed"),
            (vec![C::Uncertain, C::Status(word("accepted"))], ""),
            (
                vec![C::Reports, C::Uncertain, C::All],
                "person org said unnamed report belief accepted",
            ),
        ] {
            let mut filter = Filter::default();
            for choice in choices.clone() {
                filter.choose(choice);
            }
            assert_eq!(shown(&filter), want, "{choices:?}");
        }
        let mut filter = Filter::default();
        filter.hidden[place(Kind::Quote)] = true;
        assert_eq!(shown(&filter), "person org accepted");
    }

    #[test]
    fn what_is_asked_for_is_never_hidden() {
        let document = document();
        let live = document.annotations.iter().filter(|a| a.status != Status::Rejected);
        for a in live {
            let mut filter = Filter {
                hidden: [true; 6],
                uncertain: true,
                speaker: Some("Bo".to_owned()),
                ..Filter::default()
            };
            filter.reveal(&document, a);
            assert!(filter.lets(&document, a), "{}", a.id);
        }
    }

    #[test]
    fn progress_counts_what_is_to_be_checked() {
        let mut filter = Filter::default();
        assert_eq!(lists::progress(&document(), &filter), (2, 6));
        filter.choose(Choice::Uncertain);
        assert_eq!(lists::progress(&document(), &filter), (2, 6), "whatever is looked at");
        filter.choose(Choice::Reports);
        assert_eq!(lists::progress(&document(), &filter), (2, 8));
    }
}
