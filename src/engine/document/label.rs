use std::sync::{Mutex, PoisonError};

/// What an entity is: OntoNotes names and meanings, or a label of the reader's own. A new label of
/// the program's is one row of [`Label::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are OntoNotes' own")]
pub enum Label {
    Person,
    Org,
    Gpe,
    Loc,
    Norp,
    Fac,
    Event,
    WorkOfArt,
    Product,
    Law,
    Language,
    Money,
    Percent,
    Quantity,
    Ordinal,
    Cardinal,
    /// One that a reader made, or that a file brought: its name, which is all that is known of it.
    /// Made by [`Label::named`].
    Custom(&'static str),
}

/// The families that the page draws apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "plain words")]
pub enum Kind {
    Person,
    Organisation,
    Place,
    Date,
    Quote,
    Other,
}

impl Kind {
    /// Every kind, in the order of the page's top bar.
    pub const ALL: [Kind; 6] =
        [Kind::Person, Kind::Organisation, Kind::Place, Kind::Date, Kind::Quote, Kind::Other];
}

impl Label {
    /// Every label, its name in files, its name for people and the family it is drawn with;
    /// in the order of the page's chips (keys 1 to 9).
    pub const ALL: [(Label, &'static str, &'static str, Kind); 16] = [
        (Label::Person, "PERSON", "Person", Kind::Person),
        (Label::Org, "ORG", "Organisation", Kind::Organisation),
        (Label::Gpe, "GPE", "Country or city", Kind::Place),
        (Label::Loc, "LOC", "Other place", Kind::Place),
        (Label::Norp, "NORP", "Nationality, religion, party", Kind::Other),
        (Label::Fac, "FAC", "Building or road", Kind::Place),
        (Label::Event, "EVENT", "Event", Kind::Other),
        (Label::WorkOfArt, "WORK_OF_ART", "Work", Kind::Other),
        (Label::Product, "PRODUCT", "Product", Kind::Other),
        (Label::Law, "LAW", "Law", Kind::Other),
        (Label::Language, "LANGUAGE", "Language", Kind::Other),
        (Label::Money, "MONEY", "Money", Kind::Other),
        (Label::Percent, "PERCENT", "Percent", Kind::Other),
        (Label::Quantity, "QUANTITY", "Quantity", Kind::Other),
        (Label::Ordinal, "ORDINAL", "Ordinal", Kind::Other),
        (Label::Cardinal, "CARDINAL", "Number", Kind::Other),
    ];

    fn row(self) -> (&'static str, &'static str, Kind) {
        match self {
            Label::Custom(name) => (name, name, Kind::Other),
            known => Label::ALL
                .iter()
                .find(|row| row.0 == known)
                // Every other label has a row (a test holds it so).
                .map_or(("", "", Kind::Other), |row| (row.1, row.2, row.3)),
        }
    }

    /// The name in files: `WORK_OF_ART`.
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// The name for people: "Work".
    pub fn title(self) -> &'static str {
        self.row().1
    }

    /// The family it is drawn with.
    pub fn kind(self) -> Kind {
        self.row().2
    }

    /// The inverse of [`Label::name`] for the program's own labels.
    pub fn parse(name: &str) -> Option<Label> {
        Label::ALL.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// The inverse of [`Label::name`]: one of the program's, or a custom one of this name. `None`
    /// when it cannot be a label's name: blank or with white space at its ends, longer than
    /// [`Label::LONGEST`] characters, with control characters, a word that other kinds of
    /// annotation use (`DATE`, `TIME`), or when [`Label::MOST`] custom labels are known already.
    pub fn named(name: &str) -> Option<Label> {
        let sound = !name.is_empty()
            && name.trim() == name
            && name.chars().count() <= Label::LONGEST
            && !name.contains(char::is_control)
            && !matches!(name, "DATE" | "TIME");
        match Label::parse(name) {
            Some(known) => Some(known),
            None if sound => intern(name).map(Label::Custom),
            None => None,
        }
    }

    /// Characters of the longest name that a custom label can have.
    pub const LONGEST: usize = 40;
    /// Custom labels that one run of the program can know: names are kept for good, so that a
    /// label can be copied like a number.
    pub const MOST: usize = 4096;

    /// True for what a name can be, false for amounts and numbers.
    pub fn is_name(self) -> bool {
        self < Label::Money || matches!(self, Label::Custom(_))
    }
}

/// The one copy of a custom label's name. Labels compare by their names, so nothing hangs on the
/// order in which names came.
fn intern(name: &str) -> Option<&'static str> {
    static KNOWN: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known.iter().find(|known| **known == name) {
        return Some(known);
    }
    if known.len() >= Label::MOST {
        return None;
    }
    let name: &'static str = Box::leak(name.into());
    known.push(name);
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_has_its_row() {
        for (label, name, ..) in Label::ALL {
            assert_eq!(label.name(), name);
            assert_eq!(Label::parse(name), Some(label));
            assert_eq!(Label::named(name), Some(label));
        }
    }

    #[test]
    fn custom_labels_are_their_names() {
        let weapon = Label::named("Weapon").unwrap();
        assert_eq!(weapon, Label::named("Weapon").unwrap());
        assert_eq!((weapon.name(), weapon.title()), ("Weapon", "Weapon"));
        assert_eq!((weapon.kind(), weapon.is_name()), (Kind::Other, true));
        assert_eq!(Label::parse("Weapon"), None);
        let long = "x".repeat(Label::LONGEST + 1);
        for bad in ["", " ", " Weapon", "a\tb", "DATE", "TIME", &long] {
            assert_eq!(Label::named(bad), None, "{bad:?}");
        }
    }
}
