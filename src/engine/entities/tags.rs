//! The tags of the sequence model and which may follow which.

use crate::document::Label;

/// Where in a name a token stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its first token, more follow.
    Begin,
    /// Inside or (for rare labels) any but the first.
    Inside,
    /// Its last token.
    Last,
    /// Its only token (for rare labels: its first, more may follow).
    Unit,
}

/// Number of tags: outside; four parts of five frequent labels; two of five rare ones; language.
pub const TAGS: usize = 32;

/// Labels with four parts.
const FREQUENT: [Label; 5] = [Label::Person, Label::Org, Label::Gpe, Label::Loc, Label::Norp];
/// Labels with two parts.
const RARE: [Label; 5] = [Label::Fac, Label::Event, Label::WorkOfArt, Label::Product, Label::Law];

/// A tag: an index below [`TAGS`]. 0 is outside.
pub type Tag = u8;

/// Outside any name.
pub const OUTSIDE: Tag = 0;

/// Label and part of a tag; `None` for outside.
pub fn meaning(tag: Tag) -> Option<(Label, Part)> {
    let i = usize::from(tag).checked_sub(1)?;
    if i < 20 {
        let part = [Part::Begin, Part::Inside, Part::Last, Part::Unit][i % 4];
        return Some((*FREQUENT.get(i / 4)?, part));
    }
    let i = i - 20;
    if i < 10 {
        let part = [Part::Unit, Part::Inside][i % 2];
        return Some((*RARE.get(i / 2)?, part));
    }
    (i == 10).then_some((Label::Language, Part::Unit))
}

/// The tag of the `at`-th of `len` tokens of a name.
pub fn tag(label: Label, at: usize, len: usize) -> Tag {
    if let Some(i) = FREQUENT.iter().position(|&l| l == label) {
        let part = match (at, len) {
            (_, 1) => 3,
            (0, _) => 0,
            (a, n) if a + 1 == n => 2,
            _ => 1,
        };
        return (1 + 4 * i + part) as Tag;
    }
    if let Some(i) = RARE.iter().position(|&l| l == label) {
        return (21 + 2 * i + usize::from(at > 0)) as Tag;
    }
    if label == Label::Language { 31 } else { OUTSIDE }
}

/// True for labels whose parts are four: such a name is closed by its own last part.
fn frequent(label: Label) -> bool {
    FREQUENT.contains(&label)
}

/// May `b` follow `a`? `None` is the sequence's edge.
pub fn follows(a: Option<Tag>, b: Option<Tag>) -> bool {
    let open = a.and_then(meaning);
    let next = b.and_then(meaning);
    let must_go_on = match open {
        Some((label, Part::Begin | Part::Inside)) if frequent(label) => Some(label),
        _ => None,
    };
    let may_go_on = match open {
        Some((label, _)) if !frequent(label) && label != Label::Language => Some(label),
        _ => must_go_on,
    };
    match next {
        Some((label, Part::Inside | Part::Last)) => may_go_on == Some(label),
        _ => must_go_on.is_none(),
    }
}

/// The names in a row of tags: (label, first token, one past the last).
pub fn names(tags: &[Tag]) -> Vec<(Label, usize, usize)> {
    let mut out: Vec<(Label, usize, usize)> = Vec::new();
    for (i, &tag) in tags.iter().enumerate() {
        match meaning(tag) {
            Some((label, Part::Inside | Part::Last)) => match out.last_mut() {
                Some(last) if last.0 == label && last.2 == i => last.2 = i + 1,
                _ => out.push((label, i, i + 1)),
            },
            Some((label, _)) => out.push((label, i, i + 1)),
            None => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_means_itself() {
        for t in 0..TAGS as Tag {
            let Some((label, part)) = meaning(t) else {
                assert_eq!(t, OUTSIDE);
                continue;
            };
            let back = match part {
                Part::Begin => tag(label, 0, 2),
                Part::Inside => tag(label, 1, 3),
                Part::Last => tag(label, 1, 2),
                Part::Unit => tag(label, 0, 1),
            };
            assert_eq!(back, t);
        }
    }

    #[test]
    fn names_are_whole() {
        let person = |at, len| tag(Label::Person, at, len);
        assert!(follows(Some(person(0, 2)), Some(person(1, 2))));
        assert!(!follows(Some(person(0, 2)), Some(OUTSIDE)));
        assert!(!follows(Some(person(0, 2)), None));
        assert!(!follows(None, Some(person(1, 2))));
        assert!(follows(Some(tag(Label::Event, 0, 1)), Some(tag(Label::Event, 1, 2))));
        assert!(follows(Some(tag(Label::Event, 1, 2)), Some(OUTSIDE)));
        assert!(!follows(Some(OUTSIDE), Some(tag(Label::Event, 1, 2))));
        let tags = [
            person(0, 3),
            person(1, 3),
            person(2, 3),
            0,
            tag(Label::Law, 0, 2),
            tag(Label::Law, 1, 2),
        ];
        assert_eq!(names(&tags), [(Label::Person, 0, 3), (Label::Law, 4, 6)]);
    }
}
