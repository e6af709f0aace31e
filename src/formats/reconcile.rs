//! What people changed in another program: what Galley had written and what the file has now, made into the edits
//! that lead from one to the other.
//!
//! So a name that was relabelled in another program is what it would be had it been relabelled here: corrected,
//! with the machine's reading kept; what was taken out is rejected. What is new is added. Owns the comparison;
//! what an edit means is for `edits`, whether parts fit together for [`DocumentBuilder`].

use std::collections::{HashMap, HashSet};

use super::export::join_spans;
use super::found::{
    FoundAnnotation, FoundDocument, Meaning, is_same_label, labelled_annotation, meaning_of,
    unknown_value,
};
use super::galley_json::{AnnotationJson, DocumentBuilder, PointRange};
use super::import::Import;
use galley_engine::document::{
    Anchor, Annotation, AnnotationId, Body, Confidence, Document, Entity, EntityId, Label, Speaker,
    Status, Timex,
};
use galley_engine::edits::{Edit, apply};
use galley_engine::text::Span;
use galley_engine::timex::{TimexType, TimexValue};

/// The document: as Galley had written it, then what was changed, then what is new, then who speaks.
///
/// # Errors
/// When its parts contradict each other.
pub(super) fn finish(found: FoundDocument) -> Import {
    let FoundDocument { offsets, mut annotations, kept, .. } = found;
    let mut left_out = found.left_out;
    // An annotation of Galley's is there once; a copy of it is a new one.
    let mut taken = HashSet::new();
    for annotation in &mut annotations {
        annotation.kept = annotation.kept.filter(|place| taken.insert(*place));
    }
    // What stands where it stood is the machine's document; the rest comes as the file has it.
    let mut builder = DocumentBuilder::new(found.head);
    let mut written: Vec<Option<Box<AnnotationJson<'static>>>> = Vec::new();
    let mut infos = Vec::new();
    for (place, kept) in kept.into_iter().enumerate() {
        let id = kept.id.clone();
        infos.push((kept.id, kept.label, kept.range, kept.value));
        match kept.json {
            Ok(json) if kept.range.is_some() => {
                if found.is_kept_complete || taken.contains(&place) {
                    builder.add_annotation("", Ok(*json));
                }
                written.push(None);
            }
            Ok(json) => written.push(Some(json)),
            Err(why) => {
                if taken.contains(&place) {
                    left_out.push(format!("annotation {id}: {why}"));
                }
                written.push(None);
            }
        }
    }
    for entity in found.entities {
        builder.add_entity("", entity);
    }
    let (mut document, lines) = builder.finish()?;
    left_out.extend(lines);

    let base: HashMap<String, Annotation> =
        document.annotations.iter().map(|a| (a.id.0.clone(), a.clone())).collect();
    let range_of = |[start, end]: PointRange, document: &Document| {
        let [start, end] = [start, end].map(|point| offsets.byte_of_point(point as usize));
        document.text.span(start, end).filter(|span| !span.is_empty())
    };
    let mut edits = Vec::new();
    // The id of each annotation of the file that is one of the document's by now.
    let mut ids: Vec<Option<AnnotationId>> = vec![None; annotations.len()];
    let mut new = Vec::new();
    for (place, annotation) in annotations.iter().enumerate() {
        let info = annotation.kept.and_then(|kept| Some((infos.get(kept)?, written.get(kept)?)));
        let Some(((id, label, range, value), as_written)) = info else {
            new.push((place, None));
            continue;
        };
        let Some(was) = base.get(id.as_str()) else {
            // It stood elsewhere in another text; what could not be read was named.
            if as_written.is_some() {
                new.push((place, annotation.kept));
            }
            continue;
        };
        let is_there = Some(annotation.range) == *range;
        let span = if is_there { Some(was.span) } else { range_of(annotation.range, &document) };
        let Some(span) = span else {
            let [start, end] = annotation.range;
            left_out.push(format!("annotation {id}: {start} to {end} is no stretch of the text"));
            continue;
        };
        match changes(annotation, was, span, label, value) {
            Some(these) => {
                edits.extend(these);
                ids[place] = Some(was.id.clone());
            }
            None => {
                edits.push(Edit::Reject(was.id.clone()));
                new.push((place, None));
            }
        }
    }
    if found.is_kept_complete {
        // What another program took out. A tombstone is not written, so it is not missing.
        let missing = infos.iter().enumerate().filter(|(place, _)| !taken.contains(place));
        for (_, (id, ..)) in missing {
            if let Some(was) = base.get(id.as_str()).filter(|a| a.status != Status::Rejected) {
                edits.push(Edit::Reject(was.id.clone()));
            }
        }
    }
    document = apply_edits(document, edits, &mut left_out);

    // Entities of names that are new: the same words with the same label are one.
    let mut names = Names::new(&document);
    let mut fresh = FreshIds::new(&document, infos.iter().map(|info| info.0.as_str()));
    // Ids that the file gives go before those that are made up.
    for (place, _) in &new {
        let annotation = &annotations[*place];
        ids[*place] = fresh.take(&annotation.id).map(AnnotationId);
    }
    let mut built = Vec::new();
    for (place, kept) in &new {
        let annotation = &annotations[*place];
        let id = ids[*place].get_or_insert_with(|| AnnotationId(fresh.make())).0.clone();
        let [start, end] = annotation.range;
        let words = range_of(annotation.range, &document)
            .map_or(String::new(), |span| document.text.slice(span).to_owned());
        let kept = kept.and_then(|kept| written.get_mut(kept)?.take());
        let json = match kept {
            Some(json) => as_written_elsewhere(*json, annotation.range),
            None => labelled_annotation(annotation, &words, |label| names.of(label, &words)),
        };
        built.push((
            *place,
            AnnotationJson {
                id: Some(id.into()),
                start: Some(start),
                end: Some(end),
                text: Some(words.into()),
                ..json
            },
        ));
    }
    join_new_mentions(&found.same_entity, &mut built, &ids, &document);
    let mut builder = DocumentBuilder::new(document);
    for (_, json) in built {
        builder.add_annotation("", Ok(json));
    }
    let (document, lines) = builder.finish()?;
    left_out.extend(lines);

    let edits = relations(
        &document,
        &base,
        &ids,
        &found.same_entity,
        &found.speakers,
        &found.undecided,
        found.has_all_relations,
    );
    let document = apply_edits(document, edits, &mut left_out);
    let edits = naming_edits(&document, &annotations, &ids);
    let document = apply_edits(document, edits, &mut left_out);
    Ok((document, left_out))
}

/// What was done to an annotation in the other program; `None` when it became something that no edit leads to.
fn changes(
    found: &FoundAnnotation,
    was: &Annotation,
    span: Span,
    label: &str,
    value: &str,
) -> Option<Vec<Edit>> {
    let id = &was.id;
    let mut edits = Vec::new();
    if span != was.span {
        edits.push(Edit::Resize { id: id.clone(), span });
    }
    let new_value = found.value.as_deref().filter(|new| *new != value);
    let is_relabelled = !is_same_label(&found.label, label);
    match (&was.body, meaning_of(&found.label)) {
        (Body::Date(date), _) if !is_relabelled => {
            edits.extend(new_value.map(|value| set_date(id, date.timex.kind, value)));
        }
        _ if !is_relabelled => {}
        (Body::Entity(_) | Body::Date(_), Meaning::Date(kind)) => {
            let type_of_timex = TimexType::parse(kind)?;
            let value = match value {
                "" => unknown_value(kind),
                value => value,
            };
            edits.push(set_date(id, type_of_timex, found.value.as_deref().unwrap_or(value)));
        }
        (Body::Entity(_) | Body::Date(_), Meaning::Entity(label)) => {
            let label = Label::named(&label)?;
            edits.push(Edit::Relabel { id: id.clone(), label, whole_entity: false });
        }
        (Body::Quote(_), Meaning::Quote(_)) => {}
        _ => return None,
    }
    Some(edits)
}

fn set_date(id: &AnnotationId, kind: TimexType, value: &str) -> Edit {
    let value = TimexValue::parse(value);
    let interval = value.interval();
    let timex = Timex { kind, value, modifier: None, anchor: Anchor::None };
    Edit::SetDate { id: id.clone(), timex, interval }
}

/// What Galley had written of an annotation of another text; its parts are cut to where it stands now.
fn as_written_elsewhere(
    mut json: AnnotationJson<'static>,
    [start, end]: PointRange,
) -> AnnotationJson<'static> {
    json.machine = None;
    if let Some(parts) = json.parts.as_mut() {
        parts.retain(|[from, to]| *from.max(&start) < *to.min(&end));
        for [from, to] in parts {
            (*from, *to) = ((*from).max(start), (*to).min(end));
        }
    }
    json
}

/// The document after these edits; one that cannot be done is named.
fn apply_edits(document: Document, edits: Vec<Edit>, left_out: &mut Vec<String>) -> Document {
    if edits.is_empty() {
        return document;
    }
    let batch = Edit::Batch(edits);
    if let Ok(after) = apply(&document, &batch) {
        return after;
    }
    let Edit::Batch(edits) = batch else { return document };
    edits.iter().fold(document, |document, edit| match apply(&document, edit) {
        Ok(after) => after,
        Err(why) => {
            left_out.push(format!("a change could not be taken over: {why}"));
            document
        }
    })
}

/// New mentions of an entity that another annotation of the file mentions.
fn join_new_mentions(
    pairs: &[(usize, usize)],
    built: &mut [(usize, AnnotationJson<'static>)],
    ids: &[Option<AnnotationId>],
    document: &Document,
) {
    let entity_of = |place: usize, built: &[(usize, AnnotationJson<'static>)]| -> Option<String> {
        if let Ok(at) = built.binary_search_by_key(&place, |(place, _)| *place) {
            return built.get(at)?.1.entity.clone().flatten().map(Into::into);
        }
        document.annotation(ids.get(place)?.as_ref()?)?.entity().map(|id| id.0.clone())
    };
    for &(first, second) in pairs {
        let is_mention = |json: &AnnotationJson<'_>| json.kind.as_deref() == Some("entity");
        // Whichever of the two is new goes to the other one's entity.
        for (from, to) in [(first, second), (second, first)] {
            let Some(entity) = entity_of(from, built) else { continue };
            let at = built.binary_search_by_key(&to, |(place, _)| *place);
            let mention = at.ok().and_then(|at| built.get_mut(at)).map(|(_, json)| json);
            if let Some(mention) = mention.filter(|json| is_mention(json)) {
                mention.entity = Some(Some(entity.into()));
                break;
            }
        }
    }
}

/// The edits that join entities and set speakers as the file has them.
fn relations(
    document: &Document,
    base: &HashMap<String, Annotation>,
    ids: &[Option<AnnotationId>],
    same_entity: &[(usize, usize)],
    speakers: &[(usize, usize)],
    undecided: &[usize],
    has_all_relations: bool,
) -> Vec<Edit> {
    let annotations: HashMap<&str, &Annotation> =
        document.annotations.iter().map(|a| (a.id.0.as_str(), a)).collect();
    let annotation = |place: usize| -> Option<&Annotation> {
        annotations.get(ids.get(place)?.as_ref()?.0.as_str()).copied()
    };
    let mut edits = Vec::new();
    let mut merged: HashMap<EntityId, EntityId> = HashMap::new();
    let root = |merged: &HashMap<EntityId, EntityId>, id: &EntityId| {
        let mut id = id.clone();
        while let Some(into) = merged.get(&id) {
            id = into.clone();
        }
        id
    };
    for &(first, second) in same_entity {
        let entity = |place| annotation(place).and_then(Annotation::entity);
        // What was one before is no news: it may have been relabelled since.
        let before = |place| base.get(annotation(place)?.id.0.as_str())?.entity();
        if before(first).is_some() && before(first) == before(second) {
            continue;
        }
        if let (Some(into), Some(from)) = (entity(first), entity(second)) {
            let (into, from) = (root(&merged, into), root(&merged, from));
            if into != from {
                edits.push(Edit::Merge { from: from.clone(), into: into.clone() });
                merged.insert(from, into);
            }
        }
    }
    let undecided = undecided.iter().filter_map(|place| annotation(*place));
    let mut has_relation: HashSet<&AnnotationId> = undecided.map(|quote| &quote.id).collect();
    for &(quote, by) in speakers {
        let (Some(quote), Some(by)) = (annotation(quote), annotation(by)) else {
            continue;
        };
        let Body::Quote(body) = &quote.body else { continue };
        if !has_relation.insert(&quote.id) {
            continue;
        }
        let now = body.speaker.as_ref().and_then(|speaker| speaker.mention.first());
        // The name may have been moved since: it is still the same one.
        let before = base.get(&by.id.0).map(|was| was.span);
        if now.is_some_and(|now| *now == by.span || Some(*now) == before) {
            continue;
        }
        let entity = by.entity().map(|id| root(&merged, id));
        let known = entity.as_ref().and_then(|id| document.entity(id));
        let words = document.text.slice(by.span);
        let speaker = Speaker {
            mention: vec![by.span],
            name: Some(known.map_or(words, |entity| entity.name.as_str()).to_owned()),
            entity,
            confidence: Confidence::CERTAIN,
        };
        edits.push(Edit::SetSpeaker { id: quote.id.clone(), speaker: Some(speaker) });
    }
    if has_all_relations {
        let there: HashSet<&str> = ids.iter().flatten().map(|id| id.0.as_str()).collect();
        let mentions: HashSet<Span> = base
            .values()
            .filter(|a| matches!(a.body, Body::Entity(_)) && there.contains(a.id.0.as_str()))
            .map(|a| a.span)
            // Nothing but blanks has no relations in files that know tokens alone.
            .filter(|span| !document.text.slice(*span).trim().is_empty())
            .collect();
        for quote in &document.annotations {
            let Some(Body::Quote(was)) = base.get(&quote.id.0).map(|was| &was.body) else {
                continue;
            };
            let named = was.speaker.as_ref().and_then(|speaker| speaker.mention.first());
            let is_gone = named.is_some_and(|span| mentions.contains(span))
                && there.contains(quote.id.0.as_str())
                && !has_relation.contains(&quote.id);
            if is_gone {
                edits.push(Edit::SetSpeaker { id: quote.id.clone(), speaker: None });
            }
        }
    }
    edits
}

/// The edits that give entities and speakers the names that they have in the file.
fn naming_edits(
    document: &Document,
    found: &[FoundAnnotation],
    ids: &[Option<AnnotationId>],
) -> Vec<Edit> {
    if found.iter().all(|found| found.name.is_none()) {
        return Vec::new();
    }
    let annotations: HashMap<&str, &Annotation> =
        document.annotations.iter().map(|a| (a.id.0.as_str(), a)).collect();
    let entities: HashMap<&str, &Entity> =
        document.entities.iter().map(|entity| (entity.id.0.as_str(), entity)).collect();
    let entity = |id: &Option<EntityId>| entities.get(id.as_ref()?.0.as_str()).copied();
    let mut edits = Vec::new();
    for (found, id) in found.iter().zip(ids) {
        let (Some(name), Some(id)) = (&found.name, id) else { continue };
        match annotations.get(id.0.as_str()).map(|a| &a.body) {
            Some(Body::Entity(mention)) => {
                if let Some(entity) = entity(&mention.entity).filter(|e| e.name != *name) {
                    let entity = entity.id.clone();
                    edits.push(Edit::Rename { entity, name: name.clone() });
                }
            }
            Some(Body::Quote(quote)) => {
                let now = quote.speaker.as_ref();
                let named =
                    now.and_then(|speaker| entity(&speaker.entity)).map(|e| e.name.as_str());
                let written = now.and_then(|speaker| speaker.name.as_deref());
                let words = now.map(|speaker| join_spans(document, &speaker.mention));
                let mut by = named.into_iter().chain(written);
                if by.find(|name| !name.is_empty()).or(words.as_deref()) != Some(name.as_str()) {
                    let known = document.entities.iter();
                    let known = known.filter(|e| e.name == *name || e.aliases.contains(name));
                    let speaker = Speaker {
                        mention: Vec::new(),
                        entity: known.map(|entity| entity.id.clone()).next(),
                        name: Some(name.clone()),
                        confidence: Confidence::CERTAIN,
                    };
                    edits.push(Edit::SetSpeaker { id: id.clone(), speaker: Some(speaker) });
                }
            }
            Some(Body::Date(_)) | None => {}
        }
    }
    edits
}

/// The entities of names that are new, by label and words.
struct Names {
    known: HashMap<String, String>,
    ids: HashSet<String>,
    made: usize,
}

impl Names {
    fn new(document: &Document) -> Names {
        let mut known = HashMap::new();
        for entity in &document.entities {
            for name in std::iter::once(&entity.name).chain(&entity.aliases) {
                let key = format!("{} {name}", entity.label.name());
                known.entry(key).or_insert_with(|| entity.id.0.clone());
            }
        }
        let ids = document.entities.iter().map(|entity| entity.id.0.clone()).collect();
        Names { known, ids, made: 0 }
    }

    fn of(&mut self, label: &str, words: &str) -> String {
        let words: Vec<&str> = words.split_whitespace().collect();
        let key = format!("{label} {}", words.join(" "));
        if let Some(id) = self.known.get(&key) {
            return id.clone();
        }
        let id = loop {
            let id = format!("n{}", self.made);
            self.made += 1;
            if self.ids.insert(id.clone()) {
                break id;
            }
        };
        self.known.insert(key, id.clone());
        id
    }
}

/// Ids of annotations that are not in use.
struct FreshIds {
    used: HashSet<String>,
    next: usize,
}

impl FreshIds {
    fn new<'i>(document: &Document, reserved: impl Iterator<Item = &'i str>) -> FreshIds {
        let used = document.annotations.iter().map(|a| a.id.0.clone());
        FreshIds { used: used.chain(reserved.map(str::to_owned)).collect(), next: 1 }
    }

    /// This id, when it is one and free.
    fn take(&mut self, id: &str) -> Option<String> {
        (!id.is_empty() && self.used.insert(id.to_owned())).then(|| id.to_owned())
    }

    fn make(&mut self) -> String {
        loop {
            let id = format!("a{}", self.next);
            self.next += 1;
            if self.used.insert(id.clone()) {
                return id;
            }
        }
    }
}
