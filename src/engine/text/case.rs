//! Lowercase forms, one character for one.
//!
//! By the standard library's tables. Must not know languages or places in a word: `İ` is `i`, and
//! a sigma at the end of a word is no other sigma, so that a part of a word is found in the whole.

/// The lowercase form of a character; any other character itself.
pub fn lowercase_char(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// [`lowercase_char`] of every character.
pub fn lowercase(text: &str) -> String {
    text.chars().map(lowercase_char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        for (text, want) in [
            ("Ångström", "ångström"),
            ("МОСКВА", "москва"),
            ("STRASSE, straße", "strasse, straße"),
            // Not as `str::to_lowercase` has them: "i̇stanbul", "οδος" with its last sigma.
            ("İstanbul", "istanbul"),
            ("ΑΘΗΝΑΣ", "αθηνασ"),
        ] {
            assert_eq!(lowercase(text), want);
        }
    }

    #[test]
    fn only_one_character_has_a_longer_lowercase_form() {
        let longer = ('\0'..=char::MAX).filter(|c| c.to_lowercase().count() > 1);
        assert_eq!(longer.collect::<String>(), "İ");
    }
}
