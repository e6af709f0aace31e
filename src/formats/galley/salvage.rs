//! A damaged file, and one that was made from another format: what holds is read, the rest is named.
//!
//! The pieces of the file are found by their brackets and read one by one, so that what is wrong with one
//! annotation, or an end that is missing, costs nothing else.

use std::collections::{HashMap, HashSet};

use super::dto::{AnnotationDto, DocumentDto, EntityDto, FileDto, GeneratorDto};
use super::read::{self, Units};
use super::{FORMAT, FormatError, write};
use galley_engine::document::{
    Anchor, AnnotationId, Body, Document, Entity, EntityId, Status, Violation,
};

/// Annotations that are taken out because they contradict the rest; more, and the file is refused.
const MOST: usize = 1000;

/// Reads a file as [`read`](super::read()) does; when that fails, what of it holds, and a line for each
/// thing that was left out.
///
/// # Errors
/// As [`read`](super::read()), when not even the text can be read.
pub fn salvage(json: &str) -> Result<(Document, Vec<String>), FormatError> {
    let why = match read::read(json) {
        Ok(document) => return Ok((document, Vec::new())),
        Err(why) => why,
    };
    rest(json.trim_start_matches('\u{feff}')).ok_or(why)
}

/// A piece of the file.
struct Piece<'j> {
    name: String,
    json: &'j str,
    /// Bytes of the file before it.
    at: usize,
    /// It ends as it should.
    whole: bool,
}

fn rest(json: &str) -> Option<(Document, Vec<String>)> {
    let start = json.len() - json.trim_start().len();
    let (fields, ended) = pieces(json, start, b'{')?;
    let field = |name: &str| fields.iter().find(|f| f.name == name);
    let of = |name: &str| field(name).map_or("", |f| f.json);
    let text = |s: &str| serde_json::from_str::<String>(s).ok();
    if text(of("format"))? != FORMAT || of("version").trim() != "1" {
        return None;
    }
    let mut file = FileDto {
        format: FORMAT.into(),
        version: 1,
        generator: serde_json::from_str::<GeneratorDto<'_>>(of("generator")).unwrap_or_default(),
        document: serde_json::from_str::<DocumentDto<'_>>(of("document")).ok()?,
        ..FileDto::default()
    };
    if field("offsets").is_some() {
        file.offsets = serde_json::from_str(of("offsets")).ok()?;
    }
    let mut left = Vec::new();
    let sum = file.document.text_sha256.take();
    if sum.is_some_and(|sum| !sum.eq_ignore_ascii_case(&write::sha256(&file.document.text))) {
        left.push("the text was changed after the file was written".to_owned());
    }
    let mut document = read::document_of(file).ok()?;
    let lines = json.contains('\n');
    let line = |at: usize| {
        let before = json.get(..at).unwrap_or_default();
        match lines {
            true => format!("line {}, ", before.matches('\n').count() + 1),
            false => String::new(),
        }
    };
    let list = |name: &str| {
        let field = field(name)?;
        Some(pieces(json, field.at, b'[')?.0.into_iter())
    };
    let units_text = document.text.clone();
    let units = Units::new(&units_text);
    for piece in list("annotations").into_iter().flatten() {
        let dto = serde_json::from_str::<AnnotationDto<'_>>(piece.json);
        let id = dto.as_ref().ok().and_then(|dto| dto.id.as_deref().map(str::to_owned));
        let id = id.map_or(String::new(), |id| format!(" {id}"));
        let read = match dto {
            Ok(dto) => units.annotation(dto).map_err(|why| why.to_string()),
            Err(why) => Err(said(&piece, &why)),
        };
        match read {
            Ok(annotation) => document.annotations.push(annotation),
            Err(why) => left.push(format!("{}annotation{id}: {why}", line(piece.at))),
        }
    }
    for piece in list("entities").into_iter().flatten() {
        let read = serde_json::from_str::<EntityDto<'_>>(piece.json);
        let read = read.map_err(|why| said(&piece, &why));
        match read.and_then(|dto| read::entity(dto).map_err(|why| why.to_string())) {
            Ok(entity) => document.entities.push(entity),
            Err(why) => left.push(format!("{}entity: {why}", line(piece.at))),
        }
    }
    if !ended && left.is_empty() {
        left.push(format!("{}the file ends before its end", line(json.len())));
    }
    mend(&mut document, &mut left).then_some((document, left))
}

/// What is wrong with a piece: what serde says, without its place within the piece.
fn said(piece: &Piece<'_>, why: &serde_json::Error) -> String {
    if !piece.whole {
        return "the file ends in the middle of it".to_owned();
    }
    let why = why.to_string();
    why.split(" at line ").next().unwrap_or_default().to_owned()
}

/// The fields of the object, or the items of the list, that begins at `start`; of one that does not end
/// what there is, and false. `None`: none begins there.
fn pieces(json: &str, start: usize, bracket: u8) -> Option<(Vec<Piece<'_>>, bool)> {
    let bytes = json.as_bytes();
    if bytes.get(start) != Some(&bracket) {
        return None;
    }
    let mut found = Vec::new();
    let (mut deep, mut string, mut escaped) = (0u32, false, false);
    let mut from = start + 1;
    let mut colon = None;
    for i in start.. {
        let byte = bytes.get(i).copied();
        let ends = match byte {
            None => true,
            Some(_) if escaped => {
                escaped = false;
                false
            }
            Some(b'\\') if string => {
                escaped = true;
                false
            }
            Some(b'"') => {
                string = !string;
                false
            }
            Some(_) if string => false,
            Some(b'{' | b'[') => {
                deep += 1;
                false
            }
            Some(b'}' | b']') => {
                deep -= 1;
                deep == 0
            }
            Some(b':') => {
                colon = colon.or((deep == 1).then_some(i));
                false
            }
            Some(b',') => deep == 1,
            Some(_) => false,
        };
        if !ends {
            continue;
        }
        let begin = colon.map_or(from, |at| at + 1);
        let cut = json.get(begin..i).unwrap_or_default();
        let piece = cut.trim_ascii();
        if !piece.is_empty() {
            let name = colon.and_then(|at| json.get(from..at)).unwrap_or_default();
            found.push(Piece {
                name: serde_json::from_str(name).unwrap_or_default(),
                json: piece,
                at: begin + (cut.len() - cut.trim_ascii_start().len()),
                whole: byte.is_some(),
            });
        }
        if byte.is_none() || deep == 0 {
            break;
        }
        from = i + 1;
        colon = None;
    }
    Some((found, deep == 0))
}

/// Makes the document hold: entities by their mentions, annotations that contradict the rest taken out.
/// False when that does not help.
fn mend(document: &mut Document, left: &mut Vec<String>) -> bool {
    document.sort();
    let mut ids = HashSet::new();
    document.annotations.retain(|a| {
        let fresh = !a.id.0.is_empty() && ids.insert(a.id.clone());
        if !fresh {
            left.push(format!("annotation {}: its id is used twice", a.id));
        }
        fresh
    });
    for round in 0.. {
        anchors(document);
        entities(document);
        let (id, why) = match document.check() {
            Ok(()) => return true,
            Err(why @ (Violation::Span(_) | Violation::Parts(_))) => match &why {
                Violation::Span(id) | Violation::Parts(id) => (id.clone(), why.to_string()),
                _ => return false,
            },
            Err(_) => return false,
        };
        if round == MOST {
            return false;
        }
        document.annotations.retain(|a| a.id != id);
        left.push(why);
    }
    false
}

/// A date that hangs on what is not there hangs on nothing.
fn anchors(document: &mut Document) {
    let dates = document.annotations.iter().filter(|a| matches!(a.body, Body::Date(_)));
    let dates: HashSet<AnnotationId> = dates.map(|a| a.id.clone()).collect();
    for a in &mut document.annotations {
        if let Body::Date(date) = &mut a.body {
            let others = date.alternatives.iter_mut().map(|other| &mut other.timex);
            for timex in std::iter::once(&mut date.timex).chain(others) {
                if let Anchor::Annotation(id) = &timex.anchor
                    && (!dates.contains(id) || *id == a.id)
                {
                    timex.anchor = Anchor::None;
                }
            }
        }
    }
}

/// Every entity has the mentions that name it, and every entity that is named is there.
fn entities(document: &mut Document) {
    let mut places: HashMap<EntityId, usize> = HashMap::new();
    let mut all: Vec<Entity> = Vec::new();
    for mut entity in document.entities.drain(..) {
        entity.mentions.clear();
        if !entity.id.0.is_empty() && !places.contains_key(&entity.id) {
            places.insert(entity.id.clone(), all.len());
            all.push(entity);
        }
    }
    let known = all.len();
    for a in &mut document.annotations {
        let Body::Entity(body) = &mut a.body else {
            continue;
        };
        if body.entity.as_ref().is_some_and(|id| id.0.is_empty()) {
            body.entity = None;
        }
        let Some(id) = body.entity.as_ref().filter(|_| a.status != Status::Rejected) else {
            continue;
        };
        let words: Vec<&str> = document.text.slice(a.span).split_whitespace().collect();
        let mut name = words.join(" ");
        let at = *places.entry(id.clone()).or_insert(all.len());
        if at == all.len() {
            all.push(Entity {
                id: id.clone(),
                label: body.label,
                name: name.clone(),
                aliases: Vec::new(),
                mentions: Vec::new(),
                status: Status::Machine,
            });
        }
        let entity = &mut all[at];
        entity.mentions.push(a.id.clone());
        // Of one that only its mentions tell of, the longest is the name.
        if at < known || entity.name == name {
            continue;
        }
        if entity.name.len() < name.len() {
            std::mem::swap(&mut entity.name, &mut name);
        }
        if !name.is_empty() && name != entity.name && !entity.aliases.contains(&name) {
            entity.aliases.push(name);
        }
    }
    for a in &mut document.annotations {
        if let Body::Quote(quote) = &mut a.body
            && let Some(speaker) = &mut quote.speaker
            && speaker.entity.as_ref().is_some_and(|id| !places.contains_key(id))
        {
            speaker.entity = None;
        }
    }
    // One without a mention is there for its speaker's sake.
    let spoken = |id: &EntityId| {
        document.annotations.iter().any(|a| match &a.body {
            Body::Quote(q) => q.speaker.as_ref().and_then(|s| s.entity.as_ref()) == Some(id),
            _ => false,
        })
    };
    all.retain(|e| !e.mentions.is_empty() || spoken(&e.id));
    document.entities = all;
}
