//! Runs of combining marks, broken up for display: browsers take time with the square of a run's length, and a letter
//! with a million marks would freeze the page. The text stays as it is.

/// Marks on one letter that are drawn together. Living languages need fewer than ten.
const MOST_TOGETHER: usize = 40;

/// True for the marks that stack on a letter, in the blocks that have them.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{6d6}'..='\u{6ed}' | '\u{8d3}'..='\u{903}' | '\u{93a}'..='\u{94f}'
        | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{f71}'..='\u{f84}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200f}'
        | '\u{20d0}'..='\u{20ff}' | '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The pieces to draw apart; `None`: no letter has that many marks. Linear.
pub fn pieces(text: &str) -> Option<Vec<&str>> {
    let (mut pieces, mut from, mut run) = (Vec::new(), 0, 0);
    for (at, c) in text.char_indices() {
        run = if is_mark(c) { run + 1 } else { 0 };
        if run > MOST_TOGETHER {
            pieces.extend(text.get(from..at));
            (from, run) = (at, 1);
        }
    }
    if pieces.is_empty() {
        return None;
    }
    pieces.extend(text.get(from..));
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_stacks_are_broken_up_and_nothing_is_lost() {
        for text in ["", "plain", "e\u{301}a\u{308}", "الْعَرَبِيَّة", "हिन्दी में लिखा", "👩‍👩‍👧‍👦🏽", "กำลัง"]
        {
            assert_eq!(pieces(text), None, "{text}");
        }
        let stack = format!("Ann a{} Ray", "\u{301}\u{200d}".repeat(500_000));
        let found = pieces(&stack).unwrap();
        assert_eq!(found.concat(), stack);
        assert!(
            found
                .iter()
                .all(|piece| piece.chars().filter(|c| is_mark(*c)).count() <= MOST_TOGETHER)
        );
        assert_eq!(found.len(), 25_000);
    }
}
