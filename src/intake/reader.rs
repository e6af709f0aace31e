//! The reader of each kind of file, and files in files.

use crate::encoding::decode;
use crate::kind::FileKind;
use crate::limits::{MAX_ARTICLES, MAX_FILE_BYTES, MAX_NESTED_ARCHIVES, MAX_UNPACKED_BYTES};
use crate::{
    Article, IntakeError, Reading, html, mail, markdown, office, pdf, plain, rtf, sniff, table, zip,
};

/// The articles of a file. What an archive holds beside them is left out; [`read_all`] names it.
///
/// # Errors
/// When there is none, or the file is larger, deeper or fuller than is read.
pub fn read(name: &str, bytes: &[u8]) -> Result<Vec<Article>, IntakeError> {
    read_all(name, bytes).map(|reading| reading.articles)
}

/// The articles of a file, and what of it could not be read.
///
/// # Errors
/// When there is no article, or the file is larger, deeper or fuller than is read.
pub fn read_all(name: &str, bytes: &[u8]) -> Result<Reading, IntakeError> {
    let mut reading = Reading::default();
    let mut room = MAX_UNPACKED_BYTES;
    read_into(&mut reading, name, bytes, &mut room, 0)?;
    match reading.articles.is_empty() {
        true => Err(reading.left_out.pop().map_or(IntakeError::Empty, |(_, why)| why)),
        false => Ok(reading),
    }
}

/// `depth`: archives around this file.
fn read_into(
    into: &mut Reading,
    name: &str,
    bytes: &[u8],
    room: &mut usize,
    depth: usize,
) -> Result<(), IntakeError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(IntakeError::TooLarge { bytes: bytes.len() as u64 });
    }
    let one = |article: Article| vec![article];
    let kind = sniff::kind_of(name, bytes);
    let mut attached = Vec::new();
    let mut articles = match kind {
        FileKind::Html => one(html::read(&decode(bytes, Some(&html::declared_encoding(bytes)))?)?),
        FileKind::Mail => {
            let mail = mail::read(bytes)?;
            attached = mail.attached;
            mail.articles
        }
        FileKind::Docx => one(office::read_docx(bytes)?),
        FileKind::Odt => one(office::read_odt(bytes)?),
        FileKind::FlatOdt => one(office::read_flat_odt(bytes)?),
        FileKind::Rtf => one(rtf::read(bytes)?),
        FileKind::Pdf => one(pdf::read(bytes)?),
        FileKind::Markdown => one(markdown::read(&decode(bytes, None)?)),
        FileKind::Json => table::read_json(&decode(bytes, None)?, into)?,
        FileKind::Table(separator) => table::read_table(&decode(bytes, None)?, separator, into)?,
        FileKind::Text => one(plain::read(&decode(bytes, None)?)),
        FileKind::Zip => {
            if depth >= MAX_NESTED_ARCHIVES {
                return Err(IntakeError::TooDeep);
            }
            for (inner, unpacked) in zip::unpack(bytes, room)? {
                let path = format!("{name}/{inner}");
                match unpacked.and_then(|bytes| read_into(into, &path, &bytes, room, depth + 1)) {
                    Ok(()) => {}
                    Err(why @ IntakeError::ZipBomb) => return Err(why),
                    Err(why) => into.left_out.push((inner, why)),
                }
            }
            Vec::new()
        }
        FileKind::Protected(what) => return Err(IntakeError::Protected(what)),
        FileKind::Unreadable(what) => return Err(IntakeError::NotText(what)),
    };
    let stem = plain::stem(name);
    let several = articles.len() > 1;
    for (i, article) in articles.iter_mut().enumerate() {
        if article.text.chars().all(plain::is_unseen) && !matches!(kind, FileKind::Text) {
            return Err(IntakeError::Empty);
        }
        if article.id.is_none() {
            article.id = Some(if several { format!("{stem}-{}", i + 1) } else { stem.clone() })
                .filter(|id| !id.is_empty());
        }
        article.name = name.to_owned();
    }
    if into.articles.len() + articles.len() > MAX_ARTICLES {
        return Err(IntakeError::TooManyArticles);
    }
    into.articles.append(&mut articles);
    for (inner, bytes) in attached {
        let path = format!("{name}/{inner}");
        if let Err(why) = read_into(into, &path, &bytes, room, depth + 1) {
            into.left_out.push((inner, why));
        }
    }
    Ok(())
}
