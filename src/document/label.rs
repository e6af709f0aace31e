/// What an entity is: OntoNotes names and meanings. A new label is one row of [`Label::ALL`].
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

impl Label {
    /// Every label, its name in files, its name for people and the family it is drawn with;
    /// in the order of the page's chips (keys 1 to 9).
    pub const ALL: [(Label, &'static str, &'static str, Kind); 16] = [
        (Label::Person, "PERSON", "Person", Kind::Person),
        (Label::Org, "ORG", "Organisation", Kind::Organisation),
        (Label::Gpe, "GPE", "Country or city", Kind::Place),
        (Label::Loc, "LOC", "Other place", Kind::Place),
        (
            Label::Norp,
            "NORP",
            "Nationality, religion, party",
            Kind::Other,
        ),
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

    fn row(self) -> &'static (Label, &'static str, &'static str, Kind) {
        // ALL is in the order of the enum (a test holds it so).
        &Label::ALL[self as usize]
    }

    /// The name in files: `WORK_OF_ART`.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The name for people: "Work".
    pub fn title(self) -> &'static str {
        self.row().2
    }

    /// The family it is drawn with.
    pub fn kind(self) -> Kind {
        self.row().3
    }

    /// The inverse of [`Label::name`].
    pub fn parse(name: &str) -> Option<Label> {
        Label::ALL.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// True for what a name can be, false for amounts and numbers.
    pub fn is_name(self) -> bool {
        self < Label::Money
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_enum() {
        for (label, name, ..) in Label::ALL {
            assert_eq!(label.name(), name);
            assert_eq!(Label::parse(name), Some(label));
        }
    }
}
