/// The number of exactly `len` ASCII digits.
pub(super) fn parse_digits(text: &str, len: usize) -> Option<u32> {
    (text.len() == len && text.bytes().all(|b| b.is_ascii_digit())).then_some(())?;
    text.parse().ok()
}
