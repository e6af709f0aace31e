//! The patterns that come with the program. None of them is used until a reader puts it on the list.

use super::rule::PatternRule;
use crate::document::Label;

/// A pattern that comes with the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippedPattern {
    /// What it finds, for people.
    pub name: &'static str,
    /// Something that it finds.
    pub example: &'static str,
    /// The pattern itself.
    pub rule: PatternRule,
}

/// All of them, in the order in which they are offered.
pub fn shipped_patterns() -> Vec<ShippedPattern> {
    let lines = include_str!("shipped.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(read_line).collect()
}

fn read_line(line: &'static str) -> Option<ShippedPattern> {
    let mut fields = line.split('\t');
    let (name, label, example) = (fields.next()?, fields.next()?, fields.next()?);
    let (case, pattern) = (fields.next()?, fields.next()?);
    let rule = PatternRule {
        label: Label::named(label)?,
        pattern: pattern.to_owned(),
        any_case: !case.is_empty(),
    };
    Some(ShippedPattern { name, example, rule })
}

#[cfg(test)]
mod tests {
    use super::super::find::Pattern;
    use super::*;
    use crate::text::{SourceText, TokenizedText};

    fn found(name: &str, text: &str) -> String {
        let all = shipped_patterns();
        let shipped = all.iter().find(|p| p.name == name).unwrap();
        let pattern = Pattern::new(&shipped.rule.pattern, shipped.rule.any_case).unwrap();
        let source = SourceText::new(text).unwrap();
        let spans = pattern.find(&TokenizedText::new(&source), 100);
        spans.iter().map(|&s| source.slice(s)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn every_one_can_be_used_and_finds_its_example() {
        let lines = include_str!("shipped.tsv").lines().filter(|l| !l.starts_with('#'));
        assert_eq!(shipped_patterns().len(), lines.count());
        for shipped in shipped_patterns() {
            let hits = found(shipped.name, shipped.example);
            assert!(
                !hits.is_empty() && shipped.example.contains(&hits),
                "{}: {hits}",
                shipped.name
            );
        }
    }

    #[test]
    fn they_find_what_they_say_and_little_else() {
        for (name, text, want) in [
            (
                "Web address",
                "See https://example.org/a?b=1, www.example.com. (http://x.example/y)",
                "https://example.org/a?b=1|www.example.com|http://x.example/y",
            ),
            (
                "E-mail address",
                "Write to Ann.Lee+news@mail.example.co.uk.",
                "Ann.Lee+news@mail.example.co.uk",
            ),
            (
                "Phone number",
                "Call +44 20 7946 0018 or (202) 555-0143; not 2019-2020 or 1,200.",
                "+44 20 7946 0018|(202) 555-0143",
            ),
            ("Social handle", "said @ann_lee, not a@b.example or an @ sign", "@ann_lee"),
            ("Hashtag", "#Vote2024 and #élan, not #1 or a#b", "#Vote2024|#élan"),
            (
                "Money with a code",
                "It cost EUR 3.5 million, or 1,200 USD; EU rules.",
                "EUR 3.5 million|1,200 USD",
            ),
            (
                "Coordinates",
                "at 48°51′24″ N, 2°21′03″ E and 51.5074, -0.1278; 20 °C",
                "48°51′24″ N, 2°21′03″ E|51.5074, -0.1278",
            ),
            ("IBAN", "to GB29 NWBK 6016 1331 9268 19 by Friday", "GB29 NWBK 6016 1331 9268 19"),
            (
                "Docket number",
                "Case No. 1:21-cv-04352-ABC and No. 19-1392; No. 10 said",
                "1:21-cv-04352-ABC|19-1392",
            ),
            (
                "Stock ticker",
                "Acme (NASDAQ: ACME), Delta (LSE:DLT) and $DLT cost $5",
                "ACME|DLT|$DLT",
            ),
        ] {
            assert_eq!(found(name, text), want, "{name}");
        }
    }
}
