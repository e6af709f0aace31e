//! Text out of bytes: UTF-8, UTF-16 with and without a byte order mark, and the older encodings.
//!
//! The tables and the statistics are `encoding_rs`'s and `chardetng`'s. Owns the order in which signs are
//! believed: a byte order mark, sound UTF-8, what the file declares, UTF-16's pattern of zeros, statistics.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::IntakeError;

/// How much of a file the statistics look at, in bytes.
const MAX_PROBED_BYTES: usize = 1 << 20;

/// The text of these bytes. `declared`: the name of the encoding that the file gives itself; it is believed
/// unless the bytes say otherwise.
///
/// # Errors
/// [`IntakeError::NotText`] for bytes that no text has.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Result<String, IntakeError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return Ok(encoding.decode_without_bom_handling(rest).0.into_owned());
    }
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return Ok(encoding.decode_without_bom_handling(bytes).0.into_owned());
    }
    let sound = std::str::from_utf8(bytes);
    // Stray control characters in sound UTF-8 are the text's own.
    if share_of_controls(bytes) > if sound.is_ok() { 500 } else { 20 } {
        return Err(IntakeError::NotText("a binary file"));
    }
    if let Ok(text) = sound {
        return Ok(text.to_owned());
    }
    let declared = declared.and_then(|name| Encoding::for_label(name.trim().as_bytes()));
    // What is no UTF-8 and claims to be is nearly always Windows-1252, unless all but a few bytes are sound.
    let encoding = match declared {
        Some(encoding) if encoding != UTF_8 => encoding,
        _ if is_nearly_utf8(bytes) => UTF_8,
        _ => guess(bytes),
    };
    Ok(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

/// Of a hundred characters beyond ASCII at most one is broken.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let broken = text.matches('\u{fffd}').count();
    let beyond_ascii = text.chars().filter(|c| !c.is_ascii()).count();
    broken * 100 <= beyond_ascii
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let probe = bytes.get(..bytes.len().min(MAX_PROBED_BYTES)).unwrap_or(bytes);
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(probe, true);
    let found = detector.guess(None, chardetng::Utf8Detection::Deny);
    // A handful of high bytes is too little to tell languages apart by; English papers write Windows-1252.
    let high: Vec<u8> = probe.iter().copied().filter(|b| *b >= 0x80).collect();
    let typographic = high.iter().filter(|b| matches!(b, 0x85 | 0x91..=0x97 | 0xa0 | 0xa3)).count();
    let multibyte = !found.is_single_byte();
    if typographic * 2 > high.len() || high.len() < 4 && !multibyte { WINDOWS_1252 } else { found }
}

/// UTF-16 without a mark: text of which every other byte is nearly always zero.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096) & !1)?;
    if head.len() < 8 {
        return None;
    }
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = head.len() / 2;
    match (even, odd) {
        (even, odd) if odd * 10 >= half * 7 && even * 50 <= half => Some(UTF_16LE),
        (even, odd) if even * 10 >= half * 7 && odd * 50 <= half => Some(UTF_16BE),
        _ => None,
    }
}

/// Of a thousand bytes at the beginning, those that are control characters; a few are none.
fn share_of_controls(bytes: &[u8]) -> usize {
    const MAX_STRAY: usize = 4;
    let head = bytes.get(..bytes.len().min(65_536)).unwrap_or(bytes);
    let is_control = |b: &&u8| {
        **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b) || **b == 0x7f
    };
    let odd = head.iter().filter(is_control).count();
    if odd <= MAX_STRAY && odd < head.len() { 0 } else { odd * 1000 / head.len().max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let decoded = |bytes: &[u8]| decode(bytes, None).unwrap();
        assert_eq!(decoded("“naïve”".as_bytes()), "“naïve”");
        assert_eq!(decoded(b"\x93na\xefve\x94 said the mayor"), "“naïve” said the mayor");
        assert_eq!(decoded(b"\xff\xfeh\0i\0"), "hi");
        assert_eq!(decoded(b"\xfe\xff\0h\0i\xd8\x00"), "hi\u{fffd}");
        let wide = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "The mayor said “no”.".encode_utf16().flat_map(unit).collect()
        };
        assert_eq!(decoded(&wide(u16::to_le_bytes)), "The mayor said “no”.");
        assert_eq!(decoded(&wide(u16::to_be_bytes)), "The mayor said “no”.");
        assert_eq!(decode(b"\xa3\xf3d\xbc", Some("iso-8859-2")).unwrap(), "Łódź");
        assert_eq!(decode("Łódź".as_bytes(), Some("iso-8859-2")).unwrap(), "Łódź");
        let japanese = b"\x93\xfa\x96{\x82\xcc\x8e\xf1\x91\x8a\x82\xcd\x8c\x8e\x97j\x93\xfa\x82\xc9\x8cb\x82\xc1\x82\xbd\x81B";
        assert_eq!(decoded(japanese), "日本の首相は月曜日に恵った。");
        // One broken byte in a page of UTF-8 is that, and no other encoding.
        let mut page = "“é” ".repeat(200).into_bytes();
        page.push(0xff);
        assert!(decoded(&page).ends_with("“é” \u{fffd}"));
    }

    #[test]
    fn binary_files_are_refused() {
        for bytes in [&b"\0\0\0\0\0\0\0\0\0\0abc"[..], b"\0", b"\x01\x02\x03\x04\x05\x06"] {
            assert!(decode(bytes, None).is_err());
        }
        assert!(decode(b"A long enough text about nothing.\0 It goes on and on.", None).is_ok());
    }
}
