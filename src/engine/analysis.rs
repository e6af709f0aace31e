//! `analyze(text, options) -> Document`: the engines in their order, behind one function.
//!
//! Owns the order and the joining of results into a document. Must not know any engine's inside.

use crate::asset::AssetError;
use crate::calendar::Stamp;
use crate::document::{
    self, Annotation, AnnotationId, Body, DateBody, Document, Entity, EntityBody, EntityId,
    Generator, PublishedSource, QuoteBody, Speaker, Timex,
};
use crate::lexicon::Word;
use crate::text::{NormalizedText, SourceText, TextError, TokenizedText, one_line};
use crate::user_words::WordList;
use crate::{dates, entities, layout, linking, quotes};

/// Everything trained, opened once and shared by all analyses.
#[derive(Debug, Clone, Default)]
pub struct Models {
    /// The entity tagger.
    pub entities: entities::Model,
    /// The quote tagger and ranker.
    pub quotes: quotes::Model,
}

impl Models {
    /// Opens both assets.
    ///
    /// # Errors
    /// [`AssetError`] of the first that is not sound.
    pub fn from_bytes(entities: &[u8], quotes: &[u8]) -> Result<Models, AssetError> {
        Ok(Models {
            entities: entities::Model::from_bytes(entities)?,
            quotes: quotes::Model::from_bytes(quotes)?,
        })
    }
}

/// What the caller knows about the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The caller's name for it.
    pub id: Option<String>,
    /// The publication date; `None`: it is looked for in the text.
    pub published: Option<Stamp>,
    /// Leave these engines out.
    pub skip: Skip,
    /// The reader's own names; left out with the entities.
    pub words: WordList,
    /// What the reader's corrections taught ([`crate::learning`]).
    pub learned: entities::LearnedWeights,
}

/// Engines to leave out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "plain words")]
pub struct Skip {
    pub entities: bool,
    pub dates: bool,
    pub quotes: bool,
}

/// Reads `text`. Total and deterministic: no clock, no IO; the same on every machine.
///
/// # Errors
/// [`TextError`] when the text is longer than [`crate::text::MAX_BYTES`].
pub fn analyze(text: &str, options: &Options, models: &Models) -> Result<Document, TextError> {
    let source = SourceText::new(text)?;
    let mut document = match normalize(&source, models) {
        Some(copy) => {
            let mut document = read(&copy.tokenized(), options, models);
            for annotation in &mut document.annotations {
                annotation.for_each_span_mut(|span| *span = copy.source_span(*span));
            }
            let parts = std::mem::take(&mut document.parts);
            document.text = source.clone();
            document.set_parts(
                parts
                    .into_iter()
                    .map(|part| document::PagePart { span: copy.source_span(part.span), ..part }),
            );
            document
        }
        None => read(&TokenizedText::new(&source), options, models),
    };
    document.text = source;
    Ok(document)
}

/// What the engines read in place of `source`, where its words are cut or hold more than letters.
pub fn normalize(source: &SourceText, models: &Models) -> Option<NormalizedText> {
    let lexicon = models.entities.lexicon();
    NormalizedText::new(source, |word| lexicon.word(word) != Word::default())
}

fn read(reading: &TokenizedText<'_>, options: &Options, models: &Models) -> Document {
    let layout = layout::find_layout(reading);
    let (published, published_source) = match (options.published, &layout.published) {
        (Some(stamp), _) => (Some(stamp), PublishedSource::Given),
        (None, Some((stamp, _))) => (Some(*stamp), PublishedSource::Text),
        (None, None) => (None, PublishedSource::Unknown),
    };
    let mut dates = Vec::new();
    if !options.skip.dates {
        dates = dates::find(reading, layout.published, published);
    }
    let mut mentions = Vec::new();
    if !options.skip.entities {
        mentions =
            entities::find_mentions_with(reading, &layout, &models.entities, &options.learned);
    }
    linking::settle_overlaps(reading, &mut mentions, &mut dates);
    if !options.skip.entities {
        linking::apply_word_list(&mut mentions, &mut dates, &options.words.find_matches(reading));
    }
    let clusters = linking::cluster_mentions(reading, &mentions);
    let mut quotes = Vec::new();
    if !options.skip.quotes {
        let vectors = models.entities.vectors();
        quotes = quotes::find(reading, &layout, &mentions, &clusters, &models.quotes, vectors);
    }
    let mut document = Document {
        id: options.id.clone(),
        title: layout.title.map(|span| one_line(reading.slice(span))),
        language: "en".to_owned(),
        published,
        published_source,
        generator: Generator {
            name: "galley".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model: format!("{}, {}", models.entities.name(), models.quotes.name()),
        },
        parts: layout.parts,
        ..Document::default()
    };
    join(&mut document, mentions, dates, &clusters, quotes);
    document
}

/// Gives every result its id, in text order, and turns indices into ids.
fn join(
    document: &mut Document,
    mentions: Vec<entities::Mention>,
    dates: Vec<dates::Expression>,
    clusters: &[linking::Cluster],
    quotes: Vec<quotes::Quote>,
) {
    let entity_id = |cluster: usize| EntityId(format!("e{}", cluster + 1));
    let mut cluster_of = vec![None; mentions.len()];
    for (c, cluster) in clusters.iter().enumerate() {
        for &m in &cluster.mentions {
            if let Some(slot) = cluster_of.get_mut(m) {
                *slot = Some(c);
            }
        }
    }
    // Ids follow the text; kinds that begin and end together come in the order entity, date, quote.
    let mention_spans: Vec<_> = mentions.iter().map(|m| m.span).collect();
    let spans = mention_spans.iter().copied();
    let spans = spans.chain(dates.iter().map(|d| d.span)).chain(quotes.iter().map(|q| q.span));
    let mut order: Vec<_> =
        spans.enumerate().map(|(i, s)| (s.start(), usize::MAX - s.end(), i)).collect();
    order.sort();
    let mut ids = vec![AnnotationId(String::new()); order.len()];
    for (n, &(.., i)) in order.iter().enumerate() {
        ids[i] = AnnotationId(format!("a{}", n + 1));
    }
    let (mention_ids, rest) = ids.split_at(mentions.len());
    let (date_ids, quote_ids) = rest.split_at(dates.len());

    document.entities = clusters
        .iter()
        .enumerate()
        .map(|(c, cluster)| Entity {
            id: entity_id(c),
            label: cluster.label,
            name: cluster.name.clone(),
            aliases: cluster.aliases.clone(),
            mentions: {
                let mut found: Vec<(usize, usize)> = Vec::new();
                for &m in &cluster.mentions {
                    found.extend(mention_spans.get(m).map(|s| (s.start(), m)));
                }
                found.sort();
                found.dedup();
                let ids = found.iter().filter_map(|&(_, m)| mention_ids.get(m));
                ids.cloned().collect()
            },
            status: document::Status::Machine,
        })
        .collect();

    let annotation = |id: &AnnotationId, span, body, confidence, reason| Annotation {
        id: id.clone(),
        span,
        body,
        confidence,
        status: document::Status::Machine,
        reason,
        machine: None,
    };
    let entities =
        mentions.into_iter().zip(mention_ids).zip(&cluster_of).map(|((m, id), cluster)| {
            let body = EntityBody { label: m.label, entity: cluster.map(entity_id) };
            annotation(id, m.span, Body::Entity(body), m.confidence, m.reason)
        });
    let dates = dates.into_iter().zip(date_ids).map(|(d, id)| {
        let anchor = match d.anchor {
            dates::Anchor::None => document::Anchor::None,
            dates::Anchor::Published => document::Anchor::Published,
            dates::Anchor::Expression(i) => date_ids
                .get(i)
                .map_or(document::Anchor::None, |id| document::Anchor::Annotation(id.clone())),
        };
        let reading = |value: dates::DateValue| document::DateReading {
            interval: value.value.interval(),
            timex: Timex {
                kind: value.kind,
                value: value.value,
                modifier: value.modifier,
                anchor: anchor.clone(),
            },
        };
        let first = reading(d.value);
        let alternatives = d.alternatives.into_iter().map(reading).collect();
        let body = DateBody { timex: first.timex, interval: first.interval, alternatives };
        annotation(id, d.span, Body::Date(body), d.confidence, d.reason)
    });
    let quotes = quotes.into_iter().zip(quote_ids).map(|(q, id)| {
        let speaker = q.speaker.map(|s| Speaker {
            mention: s.mention,
            name: s.cluster.and_then(|c| clusters.get(c)).map(|c| c.name.clone()).or(s.name),
            entity: s.cluster.filter(|&c| c < clusters.len()).map(entity_id),
            confidence: s.confidence,
        });
        let body =
            QuoteBody { kind: q.kind, parts: q.parts, cue: q.cue, speaker, strength: q.strength };
        annotation(id, q.span, Body::Quote(body), q.confidence, q.reason)
    });
    document.annotations = entities.chain(dates).chain(quotes).collect();
    document.sort_annotations();
}
