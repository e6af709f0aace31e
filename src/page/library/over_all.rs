//! People, quotes and dates over many documents.
//!
//! Names are joined carefully: the same full name with the same label is one entity. A person's name of one word
//! ("Kirby") may be anybody's elsewhere, so it stays within its document; a place or an organisation of one word
//! ("Kabul") does not.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::search::{FoldedText, fold_query};
use crate::words;
use galley_engine::document::Kind;

use super::digest::{Digest, Name};
use super::index::Searchable;
use super::joined::Joined;

/// A document of those that are looked at: its key, and what is known of it.
pub type Source<'l> = (&'l str, &'l Searchable);

/// An entity over all documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameOverAll {
    /// What makes it the same everywhere.
    pub identity: String,
    /// Its name.
    pub name: String,
    /// Its label for people.
    pub label: String,
    /// Its family.
    pub kind: Kind,
    /// Its other names.
    pub aliases: BTreeSet<String>,
    /// How many documents mention it.
    pub documents: usize,
    /// Every mention.
    pub mentions: Vec<Place>,
    /// Names that a person has joined to it: what makes each the same everywhere, and the name.
    pub joined: BTreeMap<String, String>,
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The document's key.
    pub document: String,
    /// The document's title.
    pub title: String,
    /// The annotation there.
    pub annotation: String,
    /// What is marked, its first byte and the one after its last.
    pub span: (u32, u32),
    /// A person has checked it.
    pub checked: bool,
}

impl Place {
    pub(super) fn new(source: Source, annotation: &str, span: (u32, u32), checked: bool) -> Place {
        Place {
            document: source.0.to_owned(),
            title: source.1.digest.title.clone(),
            annotation: annotation.to_owned(),
            span,
            checked,
        }
    }

    /// The words that stand before it, itself, the words after it.
    pub fn in_context(&self, digest: &Digest) -> (String, String, String) {
        let (start, end) = (self.span.0 as usize, self.span.1 as usize);
        let (before, after) = super::index::around(&digest.text, start, end);
        let own = digest.text.get(start..end).unwrap_or_default();
        (before, words::shorten(&own.replace(char::is_whitespace, " "), 120), after)
    }
}

/// What makes an entity the same in every document; `document`: the one that it is of.
fn identity(name: &Name, document: &str) -> String {
    let folded = fold_query(&name.name);
    let is_short = name.kind() == Kind::Person && !folded.contains(' ');
    match is_short {
        true => format!("{}\t{folded}\t{document}", name.label),
        false => format!("{}\t{folded}", name.label),
    }
}

/// Entities over all documents, in most documents first; only those whose names hold the query. Linear.
pub fn names(sources: &[Source], query: &str, joined: &Joined) -> Vec<NameOverAll> {
    let query = fold_query(query);
    let heads = joined.heads();
    let mut all: Vec<NameOverAll> = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    for &source in sources {
        let (key, document) = source;
        for name in &document.digest.names {
            let own = identity(name, key);
            let identity = heads.get(own.as_str()).map_or_else(|| own.clone(), |&h| h.to_owned());
            let is_head = own == identity;
            let at = *index.entry(identity.clone()).or_insert_with(|| {
                all.push(NameOverAll {
                    identity,
                    name: name.name.clone(),
                    label: name.label_title().to_owned(),
                    kind: name.kind(),
                    aliases: BTreeSet::new(),
                    documents: 0,
                    mentions: Vec::new(),
                    joined: BTreeMap::new(),
                });
                all.len() - 1
            });
            let Some(found) = all.get_mut(at) else { continue };
            if !is_head {
                found.aliases.insert(name.name.clone());
                found.joined.insert(own, name.name.clone());
            } else if found.name != name.name {
                // One that was joined to it came first.
                found.name.clone_from(&name.name);
                name.label_title().clone_into(&mut found.label);
                found.kind = name.kind();
            }
            // Two entities of one document may have the same name.
            if found.mentions.last().is_none_or(|last| last.document != key) {
                found.documents += 1;
            }
            found.aliases.extend(name.aliases.iter().cloned());
            found.mentions.extend(
                name.mentions
                    .iter()
                    .map(|m| Place::new(source, &m.id, (m.start, m.end), m.checked)),
            );
        }
    }
    for found in &mut all {
        found.aliases.remove(&found.name);
    }
    all.retain(|found| {
        query.is_empty()
            || fold_query(&found.name).contains(&query)
            || found.aliases.iter().any(|alias| fold_query(alias).contains(&query))
    });
    all.sort_by(|a, b| {
        (b.documents, b.mentions.len(), &a.name).cmp(&(a.documents, a.mentions.len(), &b.name))
    });
    all
}

/// Names of the same family that one may be joined to: those that share a word with it first, then those in most
/// documents.
pub fn like<'n>(all: &'n [NameOverAll], name: &NameOverAll, most: usize) -> Vec<&'n NameOverAll> {
    let words_of = |name: &NameOverAll| -> BTreeSet<String> {
        let folded = fold_query(&name.name);
        folded.split(' ').filter(|word| word.chars().count() > 2).map(str::to_owned).collect()
    };
    let own = words_of(name);
    let others = || all.iter().filter(|n| n.kind == name.kind && n.identity != name.identity);
    let (near, far): (Vec<_>, Vec<_>) = others().partition(|n| !words_of(n).is_disjoint(&own));
    near.into_iter().chain(far).take(most).collect()
}

/// What a speaker says over all documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeakerOverAll {
    /// What makes the speaker the same everywhere.
    pub identity: String,
    /// The name; `None`: nobody is named.
    pub name: Option<String>,
    /// How many documents quote them.
    pub documents: usize,
    /// What is quoted, with its place.
    pub quotes: Vec<(String, Place)>,
}

/// Quotes by speaker over all documents, those with most quotes first; only speakers whose name holds the
/// query, and quotes that do. Linear.
pub fn quotes(sources: &[Source], query: &str, joined: &Joined) -> Vec<SpeakerOverAll> {
    let query = fold_query(query);
    let heads = joined.heads();
    let mut all: Vec<SpeakerOverAll> = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    for &source in sources {
        let (key, document) = source;
        for quote in &document.digest.quotes {
            let named = quote.speaker_name.and_then(|i| document.digest.names.get(i as usize));
            let name = named.map(|n| n.name.clone()).or_else(|| quote.speaker.clone());
            let is_wanted = query.is_empty()
                || name.as_deref().is_some_and(|name| fold_query(name).contains(&query))
                || !FoldedText::new(&quote.words).find(&query, 1).is_empty();
            if !is_wanted {
                continue;
            }
            let identity = match (named, &name) {
                (Some(named), _) => {
                    let own = identity(named, key);
                    heads.get(own.as_str()).map_or(own.clone(), |&head| head.to_owned())
                }
                // "A spokesman" is somebody else in every document.
                (None, Some(words)) => format!("\t{}\t{key}", fold_query(words)),
                (None, None) => String::new(),
            };
            let at = *index.entry(identity.clone()).or_insert_with(|| {
                all.push(SpeakerOverAll { identity, name, documents: 0, quotes: Vec::new() });
                all.len() - 1
            });
            let Some(found) = all.get_mut(at) else { continue };
            if found.quotes.last().is_none_or(|(_, last)| last.document != key) {
                found.documents += 1;
            }
            let place = Place::new(source, &quote.id, (quote.start, quote.end), quote.checked);
            found.quotes.push((quote.words.clone(), place));
        }
    }
    // Who is not named comes last.
    all.sort_by(|a, b| {
        (a.name.is_none(), b.quotes.len(), &a.name).cmp(&(
            b.name.is_none(),
            a.quotes.len(),
            &b.name,
        ))
    });
    all
}

/// A date of one of the documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateOverAll {
    /// Its TIMEX3 value.
    pub value: String,
    /// Its value for people.
    pub meaning: String,
    /// From when to when, in minutes of the calendar.
    pub range: (i64, i64),
    /// Where it stands.
    pub place: Place,
}

/// Dates that have a place in the calendar, over all documents, in its order; only those whose words, value or
/// title hold the query.
pub fn dates(sources: &[Source], query: &str) -> Vec<DateOverAll> {
    let query = fold_query(query);
    let mut all = Vec::new();
    for &source in sources {
        let digest = &source.1.digest;
        for date in &digest.dates {
            let Some(range) = date.place else { continue };
            let own = digest.text.get(date.start as usize..date.end as usize).unwrap_or_default();
            let is_wanted = query.is_empty()
                || [own, &date.meaning, &date.value, &digest.title]
                    .iter()
                    .any(|words| fold_query(words).contains(&query));
            if is_wanted {
                all.push(DateOverAll {
                    value: date.value.clone(),
                    meaning: date.meaning.clone(),
                    range,
                    place: Place::new(source, &date.id, (date.start, date.end), date.checked),
                });
            }
        }
    }
    all.sort_by_key(|date| date.range);
    all
}

fn yes(checked: bool) -> String {
    if checked { "yes" } else { "no" }.to_owned()
}

/// Rows of a table, the first one its head.
pub type Table = Vec<Vec<String>>;

fn table(head: &[&str]) -> Table {
    vec![head.iter().map(|&cell| cell.to_owned()).collect()]
}

fn words_of(place: &Place, sources: &HashMap<&str, &Searchable>) -> String {
    let text = sources.get(place.document.as_str()).map(|s| s.digest.text.as_str());
    let span = place.span.0 as usize..place.span.1 as usize;
    text.and_then(|text| text.get(span)).unwrap_or_default().replace(char::is_whitespace, " ")
}

fn by_key<'l>(sources: &[Source<'l>]) -> HashMap<&'l str, &'l Searchable> {
    sources.iter().copied().collect()
}

/// Every mention of these entities, a row each.
pub fn names_table(names: &[NameOverAll], sources: &[Source]) -> Table {
    let sources = by_key(sources);
    let mut out = table(&["name", "label", "articles", "article", "mention", "checked"]);
    for name in names {
        out.extend(name.mentions.iter().map(|place| {
            vec![
                name.name.clone(),
                name.label.clone(),
                name.documents.to_string(),
                place.title.clone(),
                words_of(place, &sources),
                yes(place.checked),
            ]
        }));
    }
    out
}

/// Every quote of these speakers, a row each.
pub fn quotes_table(speakers: &[SpeakerOverAll]) -> Table {
    let mut out = table(&["speaker", "quote", "article", "checked"]);
    for speaker in speakers {
        out.extend(speaker.quotes.iter().map(|(words, place)| {
            let name = speaker.name.clone().unwrap_or_default();
            let line = words.replace(char::is_whitespace, " ");
            vec![name, line, place.title.clone(), yes(place.checked)]
        }));
    }
    out
}

/// These dates, a row each.
pub fn dates_table(dates: &[DateOverAll], sources: &[Source]) -> Table {
    let sources = by_key(sources);
    let mut out = table(&["date", "in words", "as written", "article", "checked"]);
    out.extend(dates.iter().map(|date| {
        vec![
            date.value.clone(),
            date.meaning.clone(),
            words_of(&date.place, &sources),
            date.place.title.clone(),
            yes(date.place.checked),
        ]
    }));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{DateFound, Library, NameMention, QuoteFound};

    fn name(name: &str, label: &str, at: &[(u32, u32)]) -> Name {
        let mentions = at.iter().enumerate().map(|(i, &(start, end))| NameMention {
            id: format!("{name}{i}"),
            start,
            end,
            checked: i == 0,
        });
        Name {
            entity: name.to_owned(),
            name: name.to_owned(),
            label: label.to_owned(),
            aliases: Vec::new(),
            mentions: mentions.collect(),
        }
    }

    fn library() -> Library {
        let mut library = Library::default();
        let text = "John Kirby met Kirby in Kabul. “No,” he said on 3 May.".to_owned();
        for (key, title) in [("a-1", "One"), ("b-1", "Two")] {
            let mut digest =
                Digest { title: title.to_owned(), text: text.clone(), ..Digest::default() };
            digest.names = vec![
                name("John Kirby", "PERSON", &[(0, 10)]),
                name("Kirby", "PERSON", &[(15, 20)]),
                name("Kabul", "GPE", &[(24, 29)]),
            ];
            digest.quotes = vec![
                QuoteFound {
                    id: "q".to_owned(),
                    start: 31,
                    end: 40,
                    words: "No,".to_owned(),
                    speaker: Some("John Kirby".to_owned()),
                    speaker_name: Some(0),
                    checked: false,
                },
                QuoteFound {
                    id: "r".to_owned(),
                    start: 31,
                    end: 40,
                    words: "Never".to_owned(),
                    speaker: None,
                    speaker_name: None,
                    checked: false,
                },
            ];
            digest.dates = vec![DateFound {
                id: "d".to_owned(),
                start: 52,
                end: 57,
                value: "2021-05-03".to_owned(),
                meaning: "3 May 2021".to_owned(),
                place: Some((if key == "a-1" { 20 } else { 10 }, 30)),
                checked: true,
            }];
            library.insert(key.to_owned(), 1, digest);
        }
        library
    }

    fn sources(library: &Library) -> Vec<Source<'_>> {
        let mut all: Vec<Source> =
            library.documents.iter().map(|(key, d)| (key.as_str(), &**d)).collect();
        all.sort_by_key(|source| source.0);
        all
    }

    #[test]
    fn full_names_are_joined_and_short_ones_are_not() {
        let library = library();
        let sources = sources(&library);
        let found = names(&sources, "", &Joined::default());
        let counts: Vec<_> =
            found.iter().map(|n| (n.name.as_str(), n.documents, n.mentions.len())).collect();
        assert_eq!(
            counts,
            [("John Kirby", 2, 2), ("Kabul", 2, 2), ("Kirby", 1, 1), ("Kirby", 1, 1)]
        );
        assert_eq!(names(&sources, "kab", &Joined::default()).len(), 1);
        let table = names_table(&found, &sources);
        assert_eq!(table.len(), 1 + 6);
        assert_eq!(table[1], ["John Kirby", "Person", "2", "One", "John Kirby", "yes"]);
        let mention = &found[1].mentions[0];
        let (before, own, after) = mention.in_context(&library.documents["a-1"].digest);
        assert_eq!((before.as_str(), own.as_str()), ("John Kirby met Kirby in ", "Kabul"));
        assert!(after.starts_with(". “No,”"), "{after}");
    }

    #[test]
    fn names_that_a_person_joined_are_one_everywhere() {
        let library = library();
        let sources = sources(&library);
        let short = names(&sources, "kirby", &Joined::default());
        let mut joined = Joined::default();
        for name in &short[1..] {
            joined.join(&name.identity, &short[0].identity);
        }
        let found = names(&sources, "", &joined);
        assert_eq!(found.len(), 2, "and Kabul");
        let kirby = &found[0];
        assert_eq!(
            (kirby.name.as_str(), kirby.documents, kirby.mentions.len()),
            ("John Kirby", 2, 4)
        );
        assert_eq!(kirby.joined.len(), 2);
        assert!(kirby.aliases.contains("Kirby"));
        joined.part(&short[2].identity);
        assert_eq!(names(&sources, "", &joined).len(), 3);
    }

    #[test]
    fn quotes_go_to_their_speaker_and_dates_into_the_calendar() {
        let library = library();
        let sources = sources(&library);
        let found = quotes(&sources, "", &Joined::default());
        assert_eq!(found[0].name.as_deref(), Some("John Kirby"));
        assert_eq!((found[0].documents, found[0].quotes.len()), (2, 2));
        assert_eq!((found[1].name.as_ref(), found[1].quotes.len()), (None, 2));
        assert_eq!(quotes(&sources, "never", &Joined::default())[0].quotes.len(), 2);
        assert_eq!(quotes_table(&found).len(), 5);
        let found = dates(&sources, "may");
        let order: Vec<&str> = found.iter().map(|d| d.place.title.as_str()).collect();
        assert_eq!(order, ["Two", "One"]);
        assert_eq!(dates_table(&found, &sources)[1][1], "3 May 2021");
        assert!(dates(&sources, "june").is_empty());
    }
}
