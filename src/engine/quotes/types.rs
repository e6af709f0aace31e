//! The different words of a text: what is the same for all tokens of one is worked out once.
//!
//! Owns their numbering. Must not know what is worked out.

use super::words::Word;

/// The different words (types) of a text, whatever their case.
#[derive(Debug, Clone, Default)]
pub struct WordTypes {
    /// Of each token: the number of its word.
    pub type_of: Vec<u32>,
    /// Of each word: the first token that has it.
    pub first_token: Vec<u32>,
}

impl WordTypes {
    /// Numbers the words in the order of the text.
    pub fn new(words: &[Word]) -> WordTypes {
        let mut out =
            WordTypes { type_of: Vec::with_capacity(words.len()), first_token: Vec::new() };
        // Open addressing, at most half full; a cell holds a number + 1.
        let bits = (2 * words.len() + 2).ilog2() + 1;
        let mut cells = vec![0u32; 1 << bits];
        let mask = cells.len() - 1;
        for (i, w) in words.iter().enumerate() {
            let mut at = (w.low.wrapping_mul(0x9e37_79b1) >> (32 - bits.min(32))) as usize;
            let number = loop {
                at &= mask;
                match cells[at].checked_sub(1) {
                    None => {
                        out.first_token.push(i as u32);
                        cells[at] = out.first_token.len() as u32;
                        break cells[at] - 1;
                    }
                    Some(n) if words[out.first_token[n as usize] as usize].low == w.low => break n,
                    Some(_) => at += 1,
                }
            };
            out.type_of.push(number);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_numbered_in_the_order_of_the_text() {
        let words: Vec<Word> =
            [7, 9, 7, 0, 9, u32::MAX, 0].map(|low| Word { low, ..Word::default() }).to_vec();
        let types = WordTypes::new(&words);
        assert_eq!(types.type_of, [0, 1, 0, 2, 1, 3, 2]);
        assert_eq!(types.first_token, [0, 1, 3, 5]);
        assert!(WordTypes::new(&[]).type_of.is_empty());
    }
}
