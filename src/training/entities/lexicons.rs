//! Packing the word lists from their sources (shared/data/lexicons) and our own heads and titles.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use galley_engine::entities::words::lowercase_word;
use galley_engine::lexicon::{Builder, Place, flag, strip_diacritics};
use galley_engine::text::{SourceText, TokenizedText};

/// Our own lists: a line a list, its flag's name first.
const OWN: &str = include_str!("words.txt");

fn flag_named(name: &str) -> u16 {
    match name {
        "title" => flag::TITLE,
        "org" => flag::ORG_HEAD,
        "place" => flag::PLACE_HEAD,
        "fac" => flag::FAC_HEAD,
        "event" => flag::EVENT_HEAD,
        "law" => flag::LAW_HEAD,
        "particle" => flag::PARTICLE,
        "calendar" => flag::CALENDAR,
        "language" => flag::LANGUAGE,
        "group" => flag::GROUP,
        "media" => flag::MEDIA,
        _ => 0,
    }
}

/// What may be left out, to see what it gains.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Without {
    pub(super) clusters: bool,
    /// Names, places and our own lists.
    pub(super) lists: bool,
}

/// Reads all lists below `dir`.
pub(super) fn read_lexicons(dir: &Path, without: Without) -> io::Result<Builder> {
    let mut b = Builder::default();
    add_clusters(&mut b, dir, without.clusters)?;
    if !without.lists {
        add_lists(&mut b, dir)?;
    }
    Ok(b)
}

/// Word clusters and ranks.
fn add_clusters(b: &mut Builder, dir: &Path, ranks_alone: bool) -> io::Result<()> {
    for (n, line) in fs::read_to_string(dir.join("word_clusters.tsv"))?.lines().enumerate() {
        let mut parts = line.split('\t');
        let Some(word) = parts.next() else { continue };
        let mut number = || parts.next().and_then(|p| p.parse::<u16>().ok()).map_or(0, |c| c + 1);
        let clusters = if ranks_alone { [0; 3] } else { [number(), number(), number()] };
        let rank = match n {
            0..100 => 1,
            100..400 => 2,
            400..1500 => 3,
            1500..5000 => 4,
            5000..12_000 => 5,
            12_000..30_000 => 6,
            30_000..60_000 => 7,
            _ => 8,
        };
        b.set_clusters(word, clusters, rank);
    }
    Ok(())
}

/// Names, places and our own lists.
fn add_lists(b: &mut Builder, dir: &Path) -> io::Result<()> {
    for line in OWN.lines() {
        if let Some((name, words)) = line.split_once(':') {
            for word in words.split_whitespace() {
                b.add_flags(word, flag_named(name));
            }
        }
    }
    let file = |name: &str| fs::read_to_string(dir.join(name));
    for (name, bit, most) in [
        ("census1990_female_first.tsv", flag::FEMALE, 4000),
        ("census1990_male_first.tsv", flag::MALE, 4000),
    ] {
        for line in file(name)?.lines().take(most) {
            let word = line.split('\t').next().unwrap_or_default();
            b.add_flags(&word.to_lowercase(), bit);
        }
    }
    for (n, line) in file("census1990_all_last.tsv")?.lines().take(30_000).enumerate() {
        let word = line.split('\t').next().unwrap_or_default();
        let bit = if n < 2000 { flag::SURNAME } else { flag::RARE_SURNAME };
        b.add_flags(&word.to_lowercase(), bit);
    }
    for line in file("geonames_cities15000.tsv")?.lines() {
        let mut parts = line.split('\t');
        let name = parts.next().unwrap_or_default();
        let people: u64 = parts.nth(2).and_then(|p| p.parse().ok()).unwrap_or(0);
        add_place_name(
            b,
            name,
            match people {
                500_000.. => Place::City,
                100_000.. => Place::Town,
                _ => Place::SmallTown,
            },
        );
    }
    for line in file("us_states.tsv")?.lines() {
        if let Some((_, name)) = line.split_once('\t') {
            add_place_name(b, name, Place::State);
        }
    }
    for line in file("countries_demonyms_capitals.tsv")?.lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        let get = |i: usize| parts.get(i).copied().unwrap_or_default();
        add_place_name(b, get(1), Place::Country);
        add_place_name(b, get(2), Place::Country);
        for name in get(3).split('|').filter(|n| n.chars().count() > 2) {
            add_place_name(b, name, Place::Country);
        }
        add_place_name(b, get(4), Place::Capital);
        add_place_name(b, get(5), Place::Demonym);
        add_place_name(b, get(6), Place::Demonym);
        add_place_name(b, get(7), Place::Region);
        add_place_name(b, get(8), Place::Region);
    }
    for (kind, names) in OWN.lines().filter_map(|l| l.split_once('=')) {
        let place = match kind.trim() {
            "country" => Place::Country,
            "region" => Place::Region,
            "demonym" => Place::Demonym,
            _ => continue,
        };
        for name in names.split(',') {
            add_place_name(b, name.trim(), place);
        }
    }
    Ok(())
}

/// A word is mostly written with a capital from so many in a hundred mentions on.
const PROPER_PERCENT: usize = 60;
/// Fewer mentions say nothing: its cluster does, from so many mentions on.
const LEAST_MENTIONS: usize = 3;
const LEAST_CLUSTER_MENTIONS: usize = 20;

/// Marks the words that news writes with a capital in the middle of sentences; what is seen too
/// seldom goes by the words like it.
pub(super) fn mark_proper_words(
    b: &mut Builder,
    dir: &Path,
    texts: &[SourceText],
) -> io::Result<()> {
    let mut seen: HashMap<String, [usize; 2]> = HashMap::new();
    for text in texts {
        let reading = TokenizedText::new(text);
        for s in reading.sentences() {
            let word = |i: usize| reading.word(i);
            let capital = |i: usize| word(i).starts_with(char::is_uppercase);
            let letters = |&i: &usize| word(i).starts_with(char::is_alphabetic);
            let words = s.tokens.clone().filter(letters).count();
            let capitals = s.tokens.clone().filter(|&i| capital(i)).count();
            // Headlines and lists say nothing.
            if capitals * 2 > words {
                continue;
            }
            for i in s.tokens.clone().skip(1).filter(letters) {
                let before = word(i - 1);
                if before == "," || before.ends_with(char::is_alphanumeric) {
                    seen.entry(lowercase_word(word(i))).or_default()[usize::from(capital(i))] += 1;
                }
            }
        }
    }
    let clusters = fs::read_to_string(dir.join("word_clusters.tsv"))?;
    let mut of_cluster: HashMap<&str, [usize; 2]> = HashMap::new();
    let rows = || {
        clusters
            .lines()
            .filter_map(|line| Some((line.split_once('\t')?.0, line.rsplit_once('\t')?.1)))
    };
    for (word, cluster) in rows() {
        let sum = of_cluster.entry(cluster).or_default();
        let [low, capital] = seen.get(word).copied().unwrap_or_default();
        // No word speaks for all.
        (sum[0], sum[1]) = (sum[0] + low.min(20), sum[1] + capital.min(20));
    }
    let mostly = |[low, capital]: [usize; 2]| capital * 100 >= (low + capital) * PROPER_PERCENT;
    for (word, cluster) in rows() {
        let own = seen.get(word).copied().unwrap_or_default();
        let like = of_cluster.get(cluster).copied().unwrap_or_default();
        let proper = if own[0] + own[1] >= LEAST_MENTIONS {
            mostly(own)
        } else {
            like[0] + like[1] >= LEAST_CLUSTER_MENTIONS && mostly(like)
        };
        if proper && word.starts_with(char::is_alphabetic) {
            b.set_proper(word);
        }
    }
    Ok(())
}

/// Adds a name as the tokenizer divides it, also without its accents.
fn add_place_name(b: &mut Builder, name: &str, place: Place) {
    for name in [name.to_lowercase(), strip_diacritics(&name.to_lowercase())] {
        let Ok(source) = SourceText::new(&name) else {
            continue;
        };
        let reading = TokenizedText::new(&source);
        let words: Vec<&str> = (0..reading.tokens().len()).map(|i| reading.word(i)).collect();
        if (1..=5).contains(&words.len()) {
            b.add_phrase(words, place);
        }
    }
}
