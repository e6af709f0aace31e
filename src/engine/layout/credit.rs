//! Photo credits: "(photo credit: BOB STRONG / REUTERS)", "Photo: Jane Doe", "Getty Images".

use crate::text::Span;

use super::lines::{Line, Lines, is_one_of, split_words};
use crate::vocabulary::organisations::OUTLETS;
use crate::vocabulary::page::{CREDIT_LABELS, CREDIT_STOPWORDS, CreditWord};

/// The longest credit, in bytes.
const MAX_CREDIT_BYTES: usize = 160;

pub(super) fn find_credits(lines: &Lines<'_, '_>) -> Vec<Span> {
    let mut out = Vec::new();
    for line in lines.all() {
        let before = out.len();
        find_bracketed(line, &mut out);
        if out.len() == before {
            out.extend(labelled_credit(line).or_else(|| signature_line(line)));
        }
    }
    out
}

/// "(photo credit: …)", "[Image: …]", "(AP Photo/Jane Doe)", "(REUTERS/Jane Doe)".
fn find_bracketed(line: &Line<'_>, out: &mut Vec<Span>) {
    let mut open = None;
    for (at, c) in line.text.char_indices() {
        match c {
            '(' | '[' => open = Some(at),
            ')' | ']' => {
                let Some(start) = open.take().filter(|start| at - start <= MAX_CREDIT_BYTES) else {
                    continue;
                };
                let inside = &line.text[start + 1..at];
                if begins_as_credit(inside) || is_signature(inside) {
                    out.push(line.subspan(start..at + 1));
                }
            }
            _ => {}
        }
    }
}

/// Does it begin as a credit does? "photo credit: …", "Photo by …", "File photo: …".
fn begins_as_credit(text: &str) -> bool {
    let mut seen = false;
    for (at, word) in split_words(text).take(5) {
        let rest = text[at + word.len()..].trim_start();
        let kind = CREDIT_LABELS.get_any_case(word);
        if kind == Some(&CreditWord::Label) {
            seen = true;
            if rest.starts_with([':', '/', '|', '©']) {
                return true;
            }
        } else if seen {
            return is_one_of(word, &["by", "via", "courtesy", "from"])
                || (is_one_of(word, &["source"]) && rest.starts_with([',', ':']));
        } else if kind.is_none() {
            return false;
        }
    }
    false
}

/// Names and an agency, nothing else: "REUTERS/Jane Doe", "Jane Doe via Getty Images", "AFP".
fn is_signature(text: &str) -> bool {
    let mut agency = false;
    let mut name = 0;
    let mut count = 0;
    for (_, word) in split_words(text) {
        count += 1;
        let signs = OUTLETS.get_any_case(word).is_some_and(|outlet| outlet.signs_pictures);
        agency |= signs;
        name += usize::from(!signs && word.starts_with(char::is_uppercase));
        let small = word.starts_with(char::is_lowercase);
        if count > 8 || (small && !matches!(word, "via" | "for" | "by" | "and" | "the" | "of")) {
            return false;
        }
    }
    // "(AFP/Reuters)" names the sources of a report.
    let person = name > 0 && text.contains(['/', '|']);
    agency && (person || text.contains("Getty") || text.contains(" via "))
}

/// "Photo: …" to the end of its line, at the line's start or after a caption's sentence.
fn labelled_credit(line: &Line<'_>) -> Option<Span> {
    let mut from = 0;
    if line.text.len() > MAX_CREDIT_BYTES {
        // The end of a caption; credits never begin earlier.
        from = line.text.len() - MAX_CREDIT_BYTES;
        while !line.text.is_char_boundary(from) {
            from += 1;
        }
    }
    let tail = &line.text[from..];
    let (at, _) = split_words(tail).find(|&(at, word)| {
        let before = line.text[..from + at].trim_end();
        let opens = before.is_empty()
            || before.ends_with(['.', '!', '?', '|', '"', '”', ')', '—', '–'])
            || tail[at + word.len()..].starts_with([':', '/']);
        opens && word.starts_with(char::is_uppercase) && begins_as_credit(&tail[at..]) && {
            let rest = &tail[at..];
            split_words(rest).count() <= 14 && !sentence_after_label(rest)
        }
    })?;
    Some(line.subspan(from + at..line.text.len()))
}

/// "Video: the minister says she will not resign" is a headline, not a credit.
fn sentence_after_label(text: &str) -> bool {
    let small = split_words(text)
        .skip(1)
        .filter(|(_, w)| w.starts_with(char::is_lowercase) && !CREDIT_STOPWORDS.contains(w));
    small.count() > 2
}

/// A line that is nothing but a signature: "Scott Olson via Getty Images.", "REUTERS/Jane Doe".
fn signature_line(line: &Line<'_>) -> Option<Span> {
    let text = line.text.trim_end_matches('.');
    let alone = is_one_of(text, &["getty", "getty images", "afp/getty images", "ap photo"]);
    (line.words <= 8 && (alone || is_signature(text))).then_some(line.span)
}
