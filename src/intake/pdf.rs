//! PDF: characters at places, made into lines and paragraphs. Objects, fonts and encodings are
//! `pdf-extract`'s (with `lopdf`).
//!
//! Owns what is a line, a paragraph, a title, a running head. `pdf-extract` panics on some damaged files:
//! here it runs on a thread of its own, whose end is an error. A page that cannot be read is left out.

mod layout;

use std::collections::{HashMap, HashSet};

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use pdf_extract::{
    Document, MediaBox, Object, ObjectId, OutputDev, OutputError, Transform, output_doc_page,
};

use crate::article::Article;
use crate::{IntakeError, MAX_UNPACKED_BYTES};
use layout::Line;

const PDF: &str = "a PDF";
/// Pages of one file that are read.
const MAX_PAGES: usize = 5000;

/// Reads a document.
///
/// # Errors
/// When it is protected, scanned or damaged.
pub(crate) fn read(bytes: &[u8]) -> Result<Article, IntakeError> {
    let lines = on_own_thread(bytes)?;
    let article = layout::article(lines);
    match article.text.trim().is_empty() {
        true => Err(IntakeError::ScannedPdf),
        false => Ok(article),
    }
}

/// A browser's worker that panics is started anew; elsewhere a thread ends in its place.
#[cfg(target_arch = "wasm32")]
fn on_own_thread(bytes: &[u8]) -> Result<Vec<Line>, IntakeError> {
    read_lines(bytes)
}

#[cfg(not(target_arch = "wasm32"))]
fn on_own_thread(bytes: &[u8]) -> Result<Vec<Line>, IntakeError> {
    /// Deep page trees and forms in forms are read by recursion.
    const STACK_BYTES: usize = 64 << 20;
    const NAME: &str = "pdf";
    static QUIET: std::sync::Once = std::sync::Once::new();
    QUIET.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if std::thread::current().name() != Some(NAME) {
                before(info);
            }
        }));
    });
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().name(NAME.to_owned()).stack_size(STACK_BYTES);
        let thread = builder.spawn_scoped(scope, || read_lines(bytes));
        let joined = thread.map_err(|_| IntakeError::Broken(PDF))?.join();
        joined.unwrap_or(Err(IntakeError::Broken(PDF)))
    })
}

fn read_lines(bytes: &[u8]) -> Result<Vec<Line>, IntakeError> {
    refuse_bombs(bytes)?;
    let is_encrypted = bytes.windows(8).any(|w| w == b"/Encrypt");
    let refused = if is_encrypted { IntakeError::Protected(PDF) } else { IntakeError::Broken(PDF) };
    let mut document = Document::load_mem(bytes).map_err(|_| refused.clone())?;
    if document.is_encrypted() {
        document.decrypt("").map_err(|_| refused)?;
    }
    if has_circle_of_forms(&document) {
        return Err(IntakeError::Broken(PDF));
    }
    let pages: Vec<u32> = document.get_pages().into_keys().take(MAX_PAGES).collect();
    if pages.is_empty() {
        return Err(IntakeError::Broken(PDF));
    }
    let mut out = Lines::default();
    for page in pages {
        // What is there of a page that breaks off stays.
        #[cfg(not(target_arch = "wasm32"))]
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            output_doc_page(&document, &mut out, page)
        }));
        #[cfg(target_arch = "wasm32")]
        let _ = output_doc_page(&document, &mut out, page);
        out.end_line_here();
    }
    Ok(out.lines)
}

/// Streams together may unpack to what an archive may.
fn refuse_bombs(bytes: &[u8]) -> Result<(), IntakeError> {
    let mut room = MAX_UNPACKED_BYTES;
    let mut at = 0;
    while let Some(found) = find(bytes, at, b"stream") {
        at = found + 6;
        let rest = bytes.get(at..).unwrap_or_default();
        let skip = rest.iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let data = rest.get(skip..).unwrap_or_default();
        // Zlib's first two bytes; a stream of anything else is as long as it is.
        if skip == 0 || !matches!(data, [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..]) {
            continue;
        }
        let end = find(bytes, at, b"endstream").unwrap_or(bytes.len());
        let data = bytes.get(at + skip..end).unwrap_or_default();
        match decompress_to_vec_zlib_with_limit(data, room) {
            Ok(plain) => room -= plain.len().min(room),
            Err(why) if why.status == miniz_oxide::inflate::TINFLStatus::HasMoreOutput => {
                return Err(IntakeError::ZipBomb);
            }
            Err(_) => {}
        }
        at = end;
    }
    Ok(())
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let mut at = 0;
    // A quick search for the first byte, which is rare in packed data.
    while let Some(next) = rest.get(at..)?.iter().position(|b| Some(b) == what.first()) {
        at += next;
        if rest.get(at..)?.starts_with(what) {
            return Some(from + at);
        }
        at += 1;
    }
    None
}

/// Forms that draw each other would be followed without end.
fn has_circle_of_forms(document: &Document) -> bool {
    let mut drawn: HashMap<ObjectId, Vec<ObjectId>> = HashMap::new();
    for (id, object) in &document.objects {
        let Object::Stream(stream) = object else { continue };
        let resources = stream.dict.get(b"Resources").ok().and_then(|r| resolved(document, r));
        let forms = resources.and_then(|r| r.as_dict().ok()?.get(b"XObject").ok());
        let forms = forms.and_then(|f| resolved(document, f)).and_then(|f| f.as_dict().ok());
        let Some(forms) = forms else { continue };
        let inner = forms.iter().filter_map(|(_, form)| form.as_reference().ok());
        drawn.insert(*id, inner.collect());
    }
    // Peels off forms that draw nothing more; a circle is left over.
    let mut done: HashSet<ObjectId> = HashSet::new();
    loop {
        let ready: Vec<ObjectId> = drawn
            .iter()
            .filter(|(id, inner)| {
                !done.contains(*id)
                    && inner.iter().all(|i| done.contains(i) || !drawn.contains_key(i))
            })
            .map(|(id, _)| *id)
            .collect();
        if ready.is_empty() {
            return done.len() < drawn.len();
        }
        done.extend(ready);
        if done.len() > 100_000 {
            return true;
        }
    }
}

fn resolved<'d>(document: &'d Document, object: &'d Object) -> Option<&'d Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

/// Takes characters and ends lines where they move down or back.
#[derive(Default)]
struct Lines {
    lines: Vec<Line>,
    line: Option<Line>,
    page: u32,
    height: f64,
    /// Where the last character ended.
    end: f64,
}

impl Lines {
    fn end_line_here(&mut self) {
        if let Some(line) = self.line.take().filter(|line| !line.text.trim().is_empty()) {
            self.lines.push(line);
        }
    }
}

impl OutputDev for Lines {
    fn begin_page(
        &mut self,
        page: u32,
        media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.end_line_here();
        self.page = page;
        self.height = (media.ury - media.lly).abs().max(1.0);
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        self.end_line_here();
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        character: &str,
    ) -> Result<(), OutputError> {
        let scale = (place.m11 * place.m22 - place.m12 * place.m21).abs().sqrt();
        let size = (scale * font_size).abs();
        // Turned text is a watermark or a table's head.
        if !size.is_finite() || size < 1.0 || place.m12.abs() > place.m11.abs() {
            return Ok(());
        }
        let (x, y) = (place.m31, self.height - place.m32);
        if !x.is_finite() || !y.is_finite() {
            return Ok(());
        }
        let goes_on = self.line.as_ref().is_some_and(|line| {
            let taller = size.max(line.size);
            // Raised figures of notes stay in their line.
            (y - line.y).abs() < taller * 0.6
                && x > self.end - taller * 2.0
                && x < self.end + taller * 3.0
        });
        if !goes_on {
            self.end_line_here();
            self.line = Some(Line {
                page: self.page,
                page_height: self.height,
                x,
                end: x,
                y,
                size,
                text: String::new(),
                sized: Vec::new(),
            });
            self.end = x;
        }
        if let Some(line) = &mut self.line {
            let gap = x - self.end;
            if gap > size * 0.15 && !line.text.ends_with(' ') && !line.text.is_empty() {
                line.text.push(' ');
            }
            line.text.push_str(layout::without_ligature(character));
            line.sized.push(size);
            self.end = x + width * size;
            line.end = line.end.max(self.end);
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
