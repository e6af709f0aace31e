//! Whether a text looks like English, the one language that the engine reads.
//!
//! Owns that guess. Must not know what is said about it, or done.

/// Small words that hardly any other language writes so.
const WORDS: [&str; 22] = [
    "the", "of", "and", "to", "that", "with", "said", "from", "by", "which", "this", "were", "be",
    "it", "not", "who", "their", "would", "been", "has", "had", "they",
];
/// Bytes of the beginning that are looked at.
const LOOKED_AT: usize = 8_000;
/// Letters without which nothing is said.
const LETTERS: usize = 150;
/// News has one of the words in four to ten; of so many words, one must be among them.
const ONE_IN: usize = 20;

/// False when the beginning of the text is long enough to tell, and has too few of English's small
/// words.
pub fn looks_english(text: &str) -> bool {
    let (mut letters, mut words, mut small) = (0, 0, 0);
    let runs = text.split(|c: char| !c.is_alphabetic() && c != '’' && c != '\'');
    let mut seen = 0;
    for word in runs {
        seen += word.len() + 1;
        if seen > LOOKED_AT {
            break;
        }
        letters += word.chars().count();
        words += usize::from(!word.is_empty());
        small += usize::from(WORDS.iter().any(|w| word.eq_ignore_ascii_case(w)));
    }
    letters < LETTERS || small * ONE_IN >= words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        let cases = [
            (
                true,
                "The council of Alesund voted on Thursday night to switch off half of its street lamps after \
                 11 p.m., making it the first harbour city on the coast to go dark by choice, its mayor said.",
            ),
            // Names, figures and headlines have fewer small words.
            (
                true,
                "Results, 3 May 2021: Leeds 2, Derby 1; York 0, Hull 0; Crewe 4, Bury 2. Scorers for Leeds were \
                 Roe and Ray, both in the second half. Attendance 12,301. Referee: Ann Marsh (Bath). Next: Hull.",
            ),
            (
                false,
                "Der Stadtrat hat am Donnerstag beschlossen, die Hälfte der Straßenlampen nach elf Uhr abzuschalten. \
                 Die Bürgermeisterin sagte, man habe lange darüber gesprochen, und es sei an der Zeit, dass die Stadt \
                 in den Nächten wieder dunkel werde.",
            ),
            (
                false,
                "Le conseil municipal a décidé jeudi soir d'éteindre la moitié des lampadaires après vingt-trois \
                 heures. La maire a déclaré que la ville en parlait depuis deux ans et qu'il était temps de rendre la \
                 nuit aux habitants.",
            ),
            (
                false,
                "De gemeenteraad heeft donderdag besloten om de helft van de straatlantaarns na elf uur uit te zetten. \
                 De burgemeester zei dat de stad er al twee jaar over sprak en dat het tijd was om de nacht terug te \
                 geven aan de bewoners.",
            ),
            (
                false,
                "قرر مجلس المدينة مساء الخميس إطفاء نصف مصابيح الشوارع بعد الساعة الحادية عشرة. وقالت رئيسة البلدية إن \
                 المدينة ناقشت الأمر منذ عامين وإن الوقت قد حان لإعادة الليل إلى السكان. ومن المتوقع صدور تقرير عن التكاليف.",
            ),
            // Too little to tell.
            (true, "Bonjour"),
            (true, ""),
            (true, "12 34 56 78 90 ".repeat(40).leak()),
        ];
        for (english, text) in cases {
            assert_eq!(looks_english(text), english, "{text}");
        }
        assert!(looks_english(crate::sample::TEXT));
    }
}
