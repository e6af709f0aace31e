use super::*;

/// `[` and `]` mark a stretch of the old text.
fn carried(old: &str, new: &str) -> String {
    let start = old.find('[').expect("a stretch");
    let end = old.find(']').expect("its end") - 1;
    let old = SourceText::new(&old.replace(['[', ']'], "")).unwrap();
    let new = SourceText::new(new).unwrap();
    let span = old.span(start, end).unwrap();
    match Alignment::new(&old, &new).carry(span) {
        Carried::Same(s) => format!("= {}", new.slice(s)),
        Carried::Moved(s) => format!("> {}", new.slice(s)),
        Carried::Changed(s) => format!("~ {}", new.slice(s)),
        Carried::Lost => "lost".to_owned(),
    }
}

#[test]
fn cases() {
    for (old, new, want) in [
        ("Then [Ann Ray] spoke.", "Then Ann Ray spoke.", "= Ann Ray"),
        ("Then [Ann Ray] spoke.", "On Monday, then Ann Ray spoke up.", "= Ann Ray"),
        ("Then [Ann Ray] spoke.", "Then Ann\nRay spoke.", "= Ann\nRay"),
        ("Then [Ann Ray] spoke.", "Then Anne Ray spoke.", "~ Anne Ray"),
        ("Then [Ann Ray] spoke.", "Then Ann B. Ray spoke.", "~ Ann B. Ray"),
        ("Then [Ann Ray] spoke.", "Then Ann spoke.", "~ Ann"),
        ("Then [Ann Ray] spoke.", "Then the woman spoke.", "lost"),
        ("Then [Ann Ray] spoke.", "", "lost"),
        ("Mr [Kirbey] said so.", "Mr Kirby said so.", "~ Kirby"),
        ("Mr [Kirbey] said so.", "Mr Jones said so.", "lost"),
        ("By [US-led] troops", "By US led troops", "~ US led"),
        ("He said \"[we go on and on]\".", "He said \"we go on and off\".", "~ we go on and off"),
        (
            "[Ann Ray] sang.\nThree met at noon in the hall.\nFour slept well there.",
            "Three met at noon in the hall.\nFour slept well there.\nAnn Ray sang.",
            "> Ann Ray",
        ),
        (
            "[Ann] sang.\nThree met at noon in the hall.",
            "Three met at noon in the hall.\nThen Ann came.",
            "lost",
        ),
        ("A[ ]b", "A b", "=  "),
        ("A[ ]b", "A\tb", "lost"),
        ("[May] 3", "May 4", "= May"),
        ("cut wo[rd]s", "cut words", "= rd"),
        ("cut [wo]rds", "cut wards", "~ wards"),
        ("x[ y ]z", "x y z", "=  y "),
        ("x[ y ]z", "x\ny\nz", "= y"),
        ("[e\u{301}]", "a e\u{301}", "= e\u{301}"),
    ] {
        assert_eq!(carried(old, new), want, "{old:?} -> {new:?}");
    }
}

#[test]
fn long_texts_stay_quick() {
    let old: String = (0..60_000).map(|i| format!("w{} ", i % 977)).collect();
    let new = old.replacen("w5 ", "", 40).replace("w400 w401", "w401 w400");
    let (old, new) = (SourceText::new(&old).unwrap(), SourceText::new(&new).unwrap());
    let alignment = Alignment::new(&old, &new);
    let same = alignment.to.iter().flatten().count();
    assert!(same > 55_000, "{same}");
}

#[test]
fn two_unrelated_texts_of_common_words_are_aligned() {
    let text = |step: usize| {
        (0..60_000).map(|i| format!("w{} ", (i * step + i * i % 91) % 977)).collect::<String>()
    };
    let (old, new) = (SourceText::new(&text(7)).unwrap(), SourceText::new(&text(13)).unwrap());
    let alignment = Alignment::new(&old, &new);
    let places: Vec<usize> = alignment.to.iter().flatten().copied().collect();
    assert!(places.windows(2).all(|p| p[0] < p[1]));
}

proptest::proptest! {
    #[test]
    fn every_span_cuts_the_new_text(old in "([a-c]{1,3}|[ \n,.é👍]){0,40}", new in "([a-c]{1,3}|[ \n,.é👍]){0,40}") {
        let (old, new) = (SourceText::new(&old).unwrap(), SourceText::new(&new).unwrap());
        let alignment = Alignment::new(&old, &new);
        let bounds: Vec<usize> = (0..=old.len()).filter(|&i| old.as_str().is_char_boundary(i)).collect();
        for (n, &a) in bounds.iter().enumerate() {
            for &z in bounds[n + 1..].iter().take(9) {
                let span = old.span(a, z).unwrap();
                let carried = alignment.carry(span);
                if let Some(to) = carried.span() {
                    proptest::prop_assert_eq!(new.span(to.start(), to.end()), Some(to));
                    proptest::prop_assert!(!to.is_empty());
                }
                if let Carried::Same(to) | Carried::Moved(to) = carried {
                    let plain = |t: &str| t.split_whitespace().collect::<String>();
                    proptest::prop_assert_eq!(plain(old.slice(span)), plain(new.slice(to)));
                }
                if old == new {
                    proptest::prop_assert_eq!(carried, Carried::Same(span));
                }
            }
        }
    }

    #[test]
    fn what_stands_before_and_after_does_not_matter(old in "([a-z]{1,3} ?){1,30}", before in "([A-Z]{1,3} ){0,9}", after in "( [A-Z]{1,3}){0,9}") {
        let new = SourceText::new(&format!("{before}{old}{after}")).unwrap();
        let old = SourceText::new(&old).unwrap();
        let whole = old.trim(old.whole());
        let carried = Alignment::new(&old, &new).carry(whole);
        proptest::prop_assert_eq!(carried, Carried::Same(new.span(before.len() + whole.start(), before.len() + whole.end()).unwrap()));
    }
}
