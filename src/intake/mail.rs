//! Messages (.eml, mbox) and web pages that a browser saved as one (.mhtml). MIME is `mail-parser`'s.
//!
//! Owns what of a message is its article: subject, sender, date and body; attached documents are articles of
//! their own.

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use crate::article::Article;
use crate::kind::FileKind;
use crate::sniff::kind_of;
use crate::{IntakeError, MAX_ARTICLES, dates, html};
use galley_engine::text::one_line;

const MESSAGE: &str = "an e-mail message";

/// What came in a message.
#[derive(Debug, Default)]
pub(crate) struct Mail {
    /// The message's own text, or a saved page's.
    pub(crate) articles: Vec<Article>,
    /// Documents that came with it: names and bytes.
    pub(crate) attached: Vec<(String, Vec<u8>)>,
}

/// What is in a message, or in each message of a mailbox.
///
/// # Errors
/// When there is no message, or no text in it.
pub(crate) fn read(bytes: &[u8]) -> Result<Mail, IntakeError> {
    if !bytes.starts_with(b"From ") {
        return read_message(bytes);
    }
    let mut all = Mail::default();
    for message in MessageIterator::new(bytes).take(MAX_ARTICLES) {
        let Ok(message) = message else { break };
        let mail = read_message(message.contents()).unwrap_or_default();
        all.articles.extend(mail.articles);
        all.attached.extend(mail.attached);
    }
    all.unless_empty()
}

impl Mail {
    fn unless_empty(self) -> Result<Mail, IntakeError> {
        match self.articles.is_empty() && self.attached.is_empty() {
            true => Err(IntakeError::Empty),
            false => Ok(self),
        }
    }
}

fn read_message(bytes: &[u8]) -> Result<Mail, IntakeError> {
    let message = MessageParser::default().parse(bytes).ok_or(IntakeError::Broken(MESSAGE))?;
    if message.headers().is_empty() {
        return Err(IntakeError::Broken(MESSAGE));
    }
    let mail = match saved_page(&message) {
        Some(page) => Mail { articles: vec![page?], attached: Vec::new() },
        None => {
            Mail { articles: body_of(&message).into_iter().collect(), attached: attached(&message) }
        }
    };
    mail.unless_empty()
}

/// A web page that was saved whole: its parts have addresses, and nobody sent it to anybody.
fn saved_page(message: &Message<'_>) -> Option<Result<Article, IntakeError>> {
    let address = message.header_raw("Snapshot-Content-Location");
    let is_saved = address.is_some()
        || message.to().is_none()
            && message.parts.iter().any(|part| part.content_location().is_some());
    let source = message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(html) => Some(html),
        _ => None,
    });
    let source = source.filter(|_| is_saved)?;
    Some(html::read(source).map(|mut page| {
        if page.published.is_none() {
            page.published = address.and_then(dates::in_address);
        }
        page
    }))
}

fn body_of(message: &Message<'_>) -> Option<Article> {
    let title = message.subject().map(one_line);
    let sender = message.from().and_then(|from| from.first());
    let byline = sender.and_then(|address| address.name()).map(one_line);
    let published = message.date().map(|date| {
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            date.year, date.month, date.day, date.hour, date.minute, date.second
        )
    });
    // The parts that are written, not made from one another by the library.
    let plain = message.text_body.iter().filter_map(|part| match &message.part(*part)?.body {
        PartType::Text(text) => Some(text.as_ref()),
        _ => None,
    });
    let plain: Vec<&str> = plain.collect();
    let source = message.html_body.iter().find_map(|part| match &message.part(*part)?.body {
        PartType::Html(html) => Some(html.as_ref()),
        _ => None,
    });
    let blocks = paragraphs(&plain.join("\n\n"));
    let article = match source {
        // "Your program shows no HTML" and the like.
        Some(source) if blocks.iter().map(String::len).sum::<usize>() < 200 => {
            html::read_fragment(source, title.as_deref(), byline.clone()).ok()
        }
        _ => None,
    };
    let article = article
        .or_else(|| (!blocks.is_empty()).then(|| Article::from_blocks(title, byline, &blocks)))?;
    Some(Article { published: published.as_deref().and_then(dates::parse), ..article })
}

/// Documents that came with a message.
fn attached(message: &Message<'_>) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for part in message.attachments() {
        let name = part.attachment_name().unwrap_or_default();
        let bytes = part.contents();
        let kind = kind_of(name, bytes);
        let is_document = matches!(
            kind,
            FileKind::Docx | FileKind::Odt | FileKind::FlatOdt | FileKind::Rtf | FileKind::Pdf
        );
        if is_document {
            found.push((name.to_owned(), bytes.to_vec()));
        }
    }
    found
}

/// Paragraphs of a body whose lines are wrapped; without the signature.
fn paragraphs(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    let text = text.split("\n-- \n").next().unwrap_or_default();
    // Quoted-printable loses the space.
    let text = text.split("\n--\n").next().unwrap_or_default();
    let longest = text.lines().map(str::len).filter(|n| *n < 120).max().unwrap_or_default();
    let is_wrapped = text.lines().all(|line| line.len() < 1000) && longest > 40;
    let mut blocks: Vec<String> = Vec::new();
    for block in text.split("\n\n") {
        let mut out = String::new();
        let mut before = 0;
        for line in block.lines() {
            let line = line.trim_end();
            // A line that ends well before the others ends there on purpose.
            if !out.is_empty() {
                let joins = is_wrapped
                    && before * 10 >= longest * 6
                    && !line.starts_with(['-', '*', '•', '>', ' ']);
                out.push(if joins { ' ' } else { '\n' });
            }
            out.push_str(line);
            before = line.len();
        }
        let out = out.trim_matches('\n');
        if !out.trim().is_empty() {
            blocks.push(out.to_owned());
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_and_a_saved_page() {
        let eml = b"From: =?utf-8?Q?Ann_R=C3=A9?= <ann@a.example>\r\nTo: desk@b.example\r\nSubject: Rain in\r\n Lagos\r\nDate: Thu, 14 Mar 2024 09:30:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nIt rained in Lagos for the third day, the governor said in a note=\r\n to\r\nreporters on Thursday: =93no end in sight=94.\r\n\r\nShort line.\r\n-- \r\nAnn\r\n";
        let articles = read(eml).unwrap().articles;
        let article = &articles[0];
        assert_eq!(article.title.as_deref(), Some("Rain in Lagos"));
        assert_eq!(article.byline.as_deref(), Some("Ann Ré"));
        assert_eq!(article.published.as_deref(), Some("2024-03-14T09:30:00"));
        assert_eq!(
            article.text,
            "Rain in Lagos\n\nBy Ann Ré\n\nIt rained in Lagos for the third day, the governor said in a note to reporters on Thursday: “no end in sight”.\n\nShort line."
        );
        let mhtml = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/2024/03/14/rain\r\nSubject: Rain | The Post\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://a.example/\r\n\r\n<html><head><meta charset=3D\"utf-8\"><title>Rain | The Post</title></head><body><nav>Home News</nav><h1>Rain</h1><p>It rained in Lagos for the third day, =C2=A340m was lost, the governor said.</p></body></html>\r\n--x--\r\n";
        let articles = read(mhtml).unwrap().articles;
        assert_eq!(articles[0].published.as_deref(), Some("2024-03-14"));
        assert_eq!(
            articles[0].text,
            "Rain\n\nIt rained in Lagos for the third day, £40m was lost, the governor said."
        );
    }

    proptest::proptest! {
        #[test]
        fn any_bytes(bytes: Vec<u8>) {
            let mut mail = b"Subject: a\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n".to_vec();
            mail.extend(bytes);
            let _ = read(&mail);
        }
    }
}
