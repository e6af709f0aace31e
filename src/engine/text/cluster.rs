//! Characters as people see them: a base with what hangs on it, joined emoji, flags, syllables.

use super::SourceText;
use super::token::is_joiner;

impl SourceText {
    /// The next place (bytes) after `from` where a visible character begins, or the end of the
    /// text; `None` at the end or inside a character.
    pub fn next_cluster(&self, from: usize) -> Option<usize> {
        let rest = self.as_str().get(from..)?;
        let mut chars = rest.char_indices();
        let (_, first) = chars.next()?;
        let mut before = Before::read(self.as_str().get(..from + first.len_utf8())?)?;
        for (i, c) in chars.take(LONGEST) {
            if !before.joins(c) {
                return Some(from + i);
            }
            before.push(c);
        }
        let taken: usize = rest.chars().take(LONGEST + 1).map(char::len_utf8).sum();
        Some(from + taken)
    }

    /// The nearest place (bytes) before `from` where a visible character begins; `None` at the
    /// start of the text or inside a character.
    pub fn previous_cluster(&self, from: usize) -> Option<usize> {
        let mut at = from;
        for _ in 0..LONGEST {
            let left = self.as_str().get(..at)?;
            at -= left.chars().next_back()?.len_utf8();
            if self.is_cluster_start(at) {
                break;
            }
        }
        Some(at)
    }

    /// Does a visible character begin (or the text end) at this byte?
    pub fn is_cluster_start(&self, at: usize) -> bool {
        let (Some(left), Some(right)) = (self.as_str().get(..at), self.as_str().get(at..)) else {
            return false;
        };
        let (Some(before), Some(next)) = (Before::read(left), right.chars().next()) else {
            return true;
        };
        !before.joins(next)
    }
}

/// No more characters are joined to one, so that no pasted text costs more than linear time.
const LONGEST: usize = 64;

fn is_flag(c: char) -> bool {
    ('\u{1F1E6}'..='\u{1F1FF}').contains(&c)
}

/// What decides whether the next character is joined to those before it.
struct Before {
    last: char,
    /// Flag letters up to `last`, without a break. They are pairs.
    flags: usize,
    /// A virama is among what hangs on the last base: a letter after it is part of the conjunct.
    virama: bool,
}

impl Before {
    fn read(left: &str) -> Option<Self> {
        let back = || left.chars().rev().take(LONGEST);
        Some(Self {
            last: back().next()?,
            flags: back().take_while(|&c| is_flag(c)).count(),
            virama: back().take_while(|&c| hangs(c)).any(is_virama),
        })
    }

    fn push(&mut self, c: char) {
        self.flags = if is_flag(c) { self.flags + 1 } else { 0 };
        self.virama = hangs(c) && (self.virama || is_virama(c));
        self.last = c;
    }

    /// Is there no boundary before `next`? Where Unicode's rules (UAX 29) are finer, more is
    /// joined rather than less.
    fn joins(&self, next: char) -> bool {
        let last = self.last;
        if last.is_ascii() && next.is_ascii() {
            return last == '\r' && next == '\n';
        }
        if last.is_control() || next.is_control() || matches!(last, '\u{2028}' | '\u{2029}') {
            return false;
        }
        hangs(next)
            || (last == '\u{200D}' && !next.is_ascii() && !next.is_whitespace())
            || (is_flag(last) && is_flag(next) && self.flags % 2 == 1)
            || (self.virama && next.is_alphabetic())
            || is_prepended(last)
            || syllable(last, next)
    }
}

fn is_virama(c: char) -> bool {
    let c = c as u32;
    (0x0900..0x0E00).contains(&c) && c & 0x7F == 0x4D
}

/// Signs that stand before what they belong to.
fn is_prepended(c: char) -> bool {
    matches!(
        c,
        '\u{0600}'
            ..='\u{0605}'
                | '\u{06DD}'
                | '\u{070F}'
                | '\u{0890}'
                | '\u{0891}'
                | '\u{08E2}'
                | '\u{0D4E}'
                | '\u{110BD}'
                | '\u{110CD}'
                | '\u{111C2}'
                | '\u{111C3}'
                | '\u{113D1}'
                | '\u{1193F}'
                | '\u{11941}'
                | '\u{11A84}'..='\u{11A89}'
                | '\u{11D46}'
                | '\u{11F02}'
    )
}

/// Combining marks, modifiers, vowel signs: what hangs on the character before it.
fn hangs(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    // The standard library escapes a mark that hangs on another character; of the other things
    // that it escapes only spaces are characters by themselves.
    let escaped = || c.escape_debug().len() > 1 && !c.is_whitespace();
    is_joiner(c) || ('\u{1F3FB}'..='\u{1F3FF}').contains(&c) || vowel_sign(c) || escaped()
}

/// Spacing vowel signs; the scripts of India share their blocks' layout.
fn vowel_sign(c: char) -> bool {
    let n = c as u32;
    match n {
        0x0900..0x0E00 => {
            matches!(n & 0x7F, 0x01..=0x03 | 0x3B | 0x3E..=0x51 | 0x55..=0x5F | 0x62 | 0x63 | 0x72 | 0x73)
        }
        0x0E00..0x1000 => matches!(n & 0x7F, 0x33) || (0x0F3E..=0x0F3F).contains(&n) || n == 0x0F7F,
        0x1000..0x1100 => {
            matches!(n, 0x102B..=0x103E | 0x1056..=0x1059 | 0x1062..=0x1064 | 0x1067..=0x106D | 0x1083..=0x108F | 0x109A..=0x109C)
        }
        0x1700..0x1800 => matches!(n, 0x1712..=0x1715 | 0x1732..=0x1734 | 0x17B6..=0x17D3),
        _ => n >= 0x0900 && MARKS.iter().any(|r| r.0 <= n && n <= r.1),
    }
}

/// Vowel signs of other scripts, by ranges; between near ones a letter may be joined with them.
const MARKS: [(u32, u32); 73] = [
    (0x093B, 0x093B),
    (0x0DD0, 0x0DD1),
    (0x1923, 0x1938),
    (0x1A19, 0x1A1A),
    (0x1A55, 0x1A57),
    (0x1A6D, 0x1A72),
    (0x1B04, 0x1B04),
    (0x1B3E, 0x1B41),
    (0x1B82, 0x1B82),
    (0x1BA1, 0x1BA7),
    (0x1BE7, 0x1BEE),
    (0x1C24, 0x1C2B),
    (0x1C34, 0x1C35),
    (0x1CE1, 0x1CE1),
    (0x1CF7, 0x1CF7),
    (0xA823, 0xA827),
    (0xA880, 0xA881),
    (0xA8B4, 0xA8C3),
    (0xA952, 0xA952),
    (0xA983, 0xA983),
    (0xA9B4, 0xA9BF),
    (0xAA2F, 0xAA34),
    (0xAA4D, 0xAA4D),
    (0xAAEB, 0xAAF5),
    (0xABE3, 0xABEC),
    (0x11000, 0x11002),
    (0x11082, 0x11082),
    (0x110B0, 0x110B8),
    (0x1112C, 0x1112C),
    (0x11145, 0x11146),
    (0x11182, 0x11182),
    (0x111B3, 0x111B5),
    (0x111BF, 0x111BF),
    (0x111CE, 0x111CE),
    (0x1122C, 0x11233),
    (0x112E0, 0x112E2),
    (0x11302, 0x11303),
    (0x1133F, 0x1134C),
    (0x11362, 0x11363),
    (0x113B9, 0x113BA),
    (0x113CA, 0x113CD),
    (0x11435, 0x11437),
    (0x11440, 0x11445),
    (0x114B1, 0x114B2),
    (0x114B9, 0x114C1),
    (0x115B0, 0x115B1),
    (0x115B8, 0x115BE),
    (0x11630, 0x11632),
    (0x1163B, 0x1163E),
    (0x116AC, 0x116AF),
    (0x1171E, 0x1171E),
    (0x11726, 0x11726),
    (0x1182C, 0x1182E),
    (0x11838, 0x11838),
    (0x11931, 0x11938),
    (0x11940, 0x11942),
    (0x119D1, 0x119D3),
    (0x119DC, 0x119E4),
    (0x11A39, 0x11A39),
    (0x11A57, 0x11A58),
    (0x11A97, 0x11A97),
    (0x11B61, 0x11B67),
    (0x11C2F, 0x11C2F),
    (0x11C3E, 0x11C3E),
    (0x11CA9, 0x11CA9),
    (0x11CB1, 0x11CB4),
    (0x11D8A, 0x11D96),
    (0x11EF5, 0x11EF6),
    (0x11F03, 0x11F03),
    (0x11F34, 0x11F35),
    (0x11F3E, 0x11F3F),
    (0x1612A, 0x1612C),
    (0x16F51, 0x16F87),
];

/// Hangul letters of one syllable.
fn syllable(last: char, next: char) -> bool {
    let (l, n) = (last as u32, next as u32);
    let lead = |c| (0x1100..=0x115F).contains(&c) || (0xA960..=0xA97C).contains(&c);
    let vowel = |c| (0x1160..=0x11A7).contains(&c) || (0xD7B0..=0xD7C6).contains(&c);
    let tail = |c| (0x11A8..=0x11FF).contains(&c) || (0xD7CB..=0xD7FB).contains(&c);
    let whole = |c| (0xAC00..=0xD7A3).contains(&c);
    (lead(l) && (lead(n) || vowel(n) || whole(n)))
        || ((whole(l) || vowel(l)) && (vowel(n) || tail(n)))
        || (tail(l) && tail(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::strategy::Strategy;
    use unicode_segmentation::UnicodeSegmentation;

    /// Places where we cut and Unicode does not.
    fn wrong(text: &str) -> Option<String> {
        let source = SourceText::new(text).unwrap();
        let text = source.as_str();
        let mut at = 0;
        let mut cuts = vec![0];
        while let Some(next) = source.next_cluster(at) {
            cuts.push(next);
            at = next;
        }
        assert_eq!(cuts.last(), Some(&text.len()));
        let mut back = vec![text.len()];
        while let Some(before) = source.previous_cluster(at) {
            back.push(before);
            at = before;
        }
        back.reverse();
        assert_eq!(back, cuts, "{text:?}");
        let theirs: Vec<usize> = text.grapheme_indices(true).map(|(i, _)| i).collect();
        let bad = cuts.iter().find(|c| **c < text.len() && !theirs.contains(c));
        bad.map(|c| format!("{:?}|{:?}", &text[..*c], &text[*c..]))
    }

    #[test]
    fn every_character_after_and_before_a_letter() {
        let all = (0..=0x10FFFF).filter_map(char::from_u32);
        let bad: Vec<String> = all
            .filter(|c| wrong(&format!("a{c}a")).is_some())
            .map(|c| format!("{:04X}", c as u32))
            .collect();
        assert!(bad.is_empty(), "{} {}", bad.len(), bad.join(" "));
    }

    #[test]
    fn what_english_text_has_is_not_joined() {
        let text = "Ann—Ray’s “é” £5… naïve\u{a0}x\u{2028}y 日本 😀😀 שלום";
        let source = SourceText::new(text).unwrap();
        for (i, _) in text.grapheme_indices(true) {
            assert!(source.is_cluster_start(i), "{:?}", &text[i..]);
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { cases: 20_000, failure_persistence: None, ..Default::default() })]
        #[test]
        fn no_visible_character_is_cut(pieces in proptest::collection::vec(proptest::prop_oneof![
            proptest::sample::select(vec!["a", " ", "\n", "👩", "\u{200d}", "👧", "🏽", "🇩", "🇪", "\u{301}",
                "क", "\u{94d}", "ष", "ि", "\u{1100}", "\u{1161}", "\u{11a8}", "각", "\u{fe0f}", "❤", "\u{600}"])
                .prop_map(str::to_owned),
            proptest::prelude::any::<char>().prop_map(String::from),
        ], 0..20)) {
            proptest::prop_assert_eq!(wrong(&pieces.concat()), None);
        }
    }
}
