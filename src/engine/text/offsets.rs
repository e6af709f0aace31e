use super::SourceText;

/// Converts offsets in bytes, UTF-16 code units and Unicode code points of one text into each other.
///
/// Sparse: one entry for each character outside ASCII, so an English article of any length needs
/// little memory. An offset inside a character gives the start of that character, one past the end the
/// length of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OffsetMap {
    // One entry per non-ASCII character: its start in each unit.
    marks: Vec<Mark>,
    end: Mark,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Mark {
    byte: u32,
    utf16: u32,
    point: u32,
    // Length of this character, in bytes and UTF-16 units.
    bytes: u8,
    units: u8,
}

impl OffsetMap {
    /// Reads the text once.
    pub fn new(text: &SourceText) -> OffsetMap {
        let mut marks = Vec::new();
        let (mut utf16, mut point) = (0u32, 0u32);
        let mut last = 0usize;
        for (byte, c) in text.as_str().char_indices().filter(|(_, c)| !c.is_ascii()) {
            let plain = (byte - last) as u32;
            utf16 += plain;
            point += plain;
            marks.push(Mark {
                byte: byte as u32,
                utf16,
                point,
                bytes: c.len_utf8() as u8,
                units: c.len_utf16() as u8,
            });
            last = byte + c.len_utf8();
            utf16 += c.len_utf16() as u32;
            point += 1;
        }
        let plain = (text.len() - last) as u32;
        let end = Mark {
            byte: text.len() as u32,
            utf16: utf16 + plain,
            point: point + plain,
            bytes: 0,
            units: 0,
        };
        OffsetMap { marks, end }
    }

    /// UTF-8 byte offset → code point offset.
    pub fn point_of_byte(&self, byte: usize) -> usize {
        self.convert(byte, |m| (m.byte, m.bytes), |m| (m.point, 1))
    }

    /// UTF-8 byte offset → UTF-16 offset.
    pub fn utf16_of_byte(&self, byte: usize) -> usize {
        self.convert(byte, |m| (m.byte, m.bytes), |m| (m.utf16, m.units))
    }

    /// Code point offset → UTF-8 byte offset.
    pub fn byte_of_point(&self, point: usize) -> usize {
        self.convert(point, |m| (m.point, 1), |m| (m.byte, m.bytes))
    }

    /// UTF-16 offset → UTF-8 byte offset.
    pub fn byte_of_utf16(&self, unit: usize) -> usize {
        self.convert(unit, |m| (m.utf16, m.units), |m| (m.byte, m.bytes))
    }

    /// Length of the text in code points.
    pub fn points(&self) -> usize {
        self.end.point as usize
    }

    /// Length of the text in UTF-16 code units.
    pub fn utf16_units(&self) -> usize {
        self.end.utf16 as usize
    }

    fn convert(
        &self,
        position: usize,
        from: impl Fn(&Mark) -> (u32, u8),
        to: impl Fn(&Mark) -> (u32, u8),
    ) -> usize {
        if position >= from(&self.end).0 as usize {
            return to(&self.end).0 as usize;
        }
        let after = self.marks.partition_point(|m| from(m).0 as usize <= position);
        let Some(mark) = after.checked_sub(1).and_then(|i| self.marks.get(i)) else {
            return position;
        };
        let ((from_start, from_len), (to_start, to_len)) = (from(mark), to(mark));
        let past = position - from_start as usize;
        if past < from_len as usize {
            return to_start as usize;
        }
        to_start as usize + to_len as usize + (past - from_len as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_agree_on_every_character_boundary() {
        for text in ["", "abc", "é", "a👩‍👩‍👧b", "e\u{301}x", "שלום abc", "日本", "a\u{feff}b"]
        {
            let source = SourceText::new(text).unwrap();
            let map = OffsetMap::new(&source);
            let text = source.as_str();
            for (point, byte) in text.char_indices().map(|(b, _)| b).chain([text.len()]).enumerate()
            {
                let utf16 = text[..byte].encode_utf16().count();
                assert_eq!(map.point_of_byte(byte), point);
                assert_eq!(map.utf16_of_byte(byte), utf16);
                assert_eq!(map.byte_of_point(point), byte);
                assert_eq!(map.byte_of_utf16(utf16), byte);
            }
        }
    }

    #[test]
    fn a_position_inside_a_character_or_past_the_end_is_answered() {
        let map = OffsetMap::new(&SourceText::new("a👍b").unwrap());
        assert_eq!(map.byte_of_utf16(2), 1);
        assert_eq!(map.point_of_byte(3), 1);
        assert_eq!(map.byte_of_point(99), 6);
    }
}
