//! Made-up pages: stories with what sites put around them.

use serde::Deserialize;

use crate::random::SplitMix;
use galley_engine::document::Zone;

/// A story with its headline.
#[derive(Deserialize)]
pub(super) struct Story {
    title: String,
    text: String,
}

/// A text, and its zones as byte ranges.
pub(super) type MadePage = (String, Vec<(usize, usize, Zone)>);

const BLOCKS: &str = include_str!("pages.txt");

/// A block of `pages.txt`: where it stands, its zone, its lines.
struct Block {
    place: &'static str,
    zone: Zone,
    text: &'static str,
}

const FIRST_NAMES: [&str; 24] = [
    "Jane", "John", "Omar", "Lea", "Anna", "Peter", "Grace", "Kwame", "Priya", "Wei", "Sinéad",
    "Tom", "Maria", "Ahmed", "Lucy", "David", "Ngozi", "Carlos", "Hana", "Erik", "Fatima", "Sam",
    "Rosa", "Ivan",
];
const SURNAMES: [&str; 24] = [
    "Doe", "Roe", "Haddad", "Stein", "Lind", "Okafor", "Mensah", "Rao", "Chen", "O'Dell", "Hurst",
    "Carrow", "Vance", "Malik", "Brandt", "Tran", "Nkosi", "Vega", "Sato", "Holm", "Aziz", "Pike",
    "Marsh", "Petrov",
];
const OUTLETS: [&str; 18] = [
    "TidalPost", "The Harbour Times", "Norland News", "Channel 6 News", "Brenna Herald", "AP",
    "AFP", "Reuters", "GNA", "The Selby Tribune", "Daily Ledger", "PA", "Getty Images",
    "Radio Norland", "The Valley Star", "NNA", "Coast Online", "EPA",
];
const PLACES: [&str; 16] = [
    "Brenna", "Port Selby", "Norland", "Harwell", "Kestle Bay", "Maldon", "Oxbow County", "Lindau",
    "West Brenna", "Asher", "Tamale", "Leeds", "Durban", "Perth", "Pune", "Austin",
];
const SECTIONS: [&str; 18] = [
    "World", "Politics", "Business", "Sport", "UK", "Africa", "Health", "Technology", "Crime",
    "Local News", "Entertainment", "Science", "Football", "Economy", "Education", "Culture",
    "Environment", "Courts",
];
const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
];
const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const ZONES: [&str; 8] = ["GMT", "BST", "EST", "IST", "PST", "UTC", "AEST", "ET"];

/// The words of the templates, in lowercase.
pub(super) fn template_words() -> std::collections::BTreeSet<String> {
    let lines = BLOCKS.lines().filter(|line| !line.starts_with('#'));
    let texts = lines.filter_map(|line| line.splitn(3, '\t').nth(2));
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '\''));
    let lists = OUTLETS.iter().chain(&SECTIONS).chain(&MONTHS).chain(&WEEKDAYS);
    let listed = lists.flat_map(|entry| entry.split(' '));
    words.chain(listed).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

struct Maker<'s> {
    random: SplitMix,
    stories: &'s [Story],
    blocks: Vec<Block>,
}

/// `count` pages.
pub(super) fn make_pages(stories: &[Story], count: usize) -> Vec<MadePage> {
    let blocks = BLOCKS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.splitn(3, '\t');
            let (place, zone, text) = (fields.next()?, fields.next()?, fields.next()?);
            Some(Block { place, zone: Zone::from_name(zone)?, text })
        })
        .collect();
    let mut maker = Maker { random: SplitMix::new(11), stories, blocks };
    if stories.is_empty() {
        return Vec::new();
    }
    (0..count).map(|_| maker.make_page()).collect()
}

impl Maker<'_> {
    fn chance(&mut self, percent: u64) -> bool {
        self.random.below(100) < percent
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.random.below(list.len() as u64) as usize]
    }

    fn headline(&mut self) -> String {
        let story = &self.stories[self.random.below(self.stories.len() as u64) as usize];
        let title = story.title.clone();
        match self.random.below(11) {
            10 => {
                let count = 2 + self.random.below(4) as usize;
                let words: Vec<&str> = title.split(' ').take(count).collect();
                words.join(" ")
            }
            0 | 1 => title_case(&title),
            2 => {
                let name = self.name();
                format!("'{}': {title}", name)
            }
            3 => {
                let question = ["Why ", "How ", "What we know: ", "Watch: ", "Analysis: "];
                format!("{}{title}", self.pick(&question))
            }
            4 => {
                let end = ["? What to know", "? Here's why", ", says expert", " - report", "!"];
                format!("{title}{}", self.pick(&end))
            }
            _ => title,
        }
    }

    fn paragraphs(&mut self) -> Vec<String> {
        let story = &self.stories[self.random.below(self.stories.len() as u64) as usize];
        let all = story.text.lines().map(str::trim).filter(|line| line.len() > 60);
        all.map(str::to_owned).collect()
    }

    fn sentence(&mut self) -> String {
        let paragraphs = self.paragraphs();
        if paragraphs.is_empty() {
            return "Nothing is known of it yet.".to_owned();
        }
        let paragraph = &paragraphs[self.random.below(paragraphs.len() as u64) as usize];
        paragraph.split_inclusive(". ").next().unwrap_or("").trim().to_owned()
    }

    /// A phrase of four to fourteen words out of a story.
    fn words(&mut self) -> String {
        let sentence = self.sentence();
        let count = 3 + self.random.below(14) as usize;
        let words: Vec<&str> = sentence.split_whitespace().take(count).collect();
        words.join(" ").trim_end_matches(['.', ',', ';', ':']).to_owned()
    }

    fn name(&mut self) -> String {
        format!("{} {}", self.pick(&FIRST_NAMES), self.pick(&SURNAMES))
    }

    fn date(&mut self) -> String {
        let day = 1 + self.random.below(28);
        let year = 2005 + self.random.below(21);
        let month = self.random.below(12) as usize;
        let (long, short) = (MONTHS[month], &MONTHS[month][..3]);
        let weekday = self.pick(&WEEKDAYS);
        match self.random.below(14) {
            0 | 1 => format!("{long} {day}, {year}"),
            2 | 3 => format!("{day} {long} {year}"),
            4 => format!("{short} {day}, {year}"),
            5 => format!("{weekday}, {long} {day}, {year}"),
            6 => format!("{weekday} {day} {long} {year}"),
            7 => format!("{} {day} {short} {year}", &weekday[..3]),
            8 => format!("{year}-{:02}-{day:02}", month + 1),
            9 => format!("{day}/{:02}/{year}", month + 1),
            10 => format!("{day} {} {year}", short.to_uppercase()),
            11 => format!("{} {day:02}, {year}", long.to_uppercase()),
            12 => format!("{weekday}, {day} {long}, {year}"),
            _ => format!("{short}. {day}, {year}"),
        }
    }

    fn clock(&mut self) -> String {
        let (hour, minute) = (self.random.below(24), self.random.below(60));
        let half = if hour < 12 { "am" } else { "pm" };
        let twelve = (hour + 11) % 12 + 1;
        let zone = self.pick(&ZONES);
        match self.random.below(9) {
            0 => format!("{hour:02}:{minute:02}"),
            1 => format!("{hour:02}:{minute:02} {zone}"),
            2 => format!("{twelve}:{minute:02} {half}"),
            3 => format!("{twelve}:{minute:02}{half}"),
            4 => format!("{twelve}:{minute:02} {} {zone}", half.to_uppercase()),
            5 => format!("{twelve}.{minute:02}{half}"),
            6 => format!("{hour:02}:{minute:02}:{:02}", self.random.below(60)),
            7 => format!("{hour:02}.{minute:02} {zone}"),
            _ => format!("{twelve}:{minute:02} {}.m.", &half[..1]),
        }
    }

    fn fill(&mut self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((slot, after)) = after.split_once('}') else {
                break;
            };
            let filled = match slot.to_lowercase().as_str() {
                "name" => self.name(),
                "surname" => self.pick(&SURNAMES).to_owned(),
                "outlet" => self.pick(&OUTLETS).to_owned(),
                "place" => self.pick(&PLACES).to_owned(),
                "section" => self.pick(&SECTIONS).to_owned(),
                "date" => self.date(),
                "clock" => self.clock(),
                "headline" => self.headline(),
                "words" => self.words(),
                "year" => (2005 + self.random.below(21)).to_string(),
                "n" => (1 + self.random.below(60)).to_string(),
                "phone" => format!("+44 {}", 1_000_000 + self.random.below(9_000_000)),
                "handle" => self.pick(&SURNAMES).to_lowercase().replace('\'', ""),
                _ => String::new(),
            };
            let all = slot.bytes().all(|b| b.is_ascii_uppercase());
            let first = slot.starts_with(|c: char| c.is_ascii_uppercase());
            out.push_str(&match (all, first) {
                (true, _) => filled.to_uppercase(),
                (_, true) => title_case(&filled),
                _ => filled,
            });
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// The lines of a random block that stands in `place`, with their zone.
    fn block(&mut self, place: &str, zone: Option<Zone>) -> Vec<(Zone, String)> {
        let fitting: Vec<(Zone, &'static str)> = self
            .blocks
            .iter()
            .filter(|b| b.place == place && zone.is_none_or(|zone| b.zone == zone))
            .map(|b| (b.zone, b.text))
            .collect();
        if fitting.is_empty() {
            return Vec::new();
        }
        let (zone, text) = fitting[self.random.below(fitting.len() as u64) as usize];
        let filled = self.fill(text);
        filled.split(" / ").map(|line| (zone, line.to_owned())).collect()
    }

    fn head(&mut self, lines: &mut Vec<(Zone, String)>) {
        if self.chance(12) {
            let block = self.block("stamp", None);
            lines.extend(block);
        }
        if self.chance(30) {
            let block = self.block("top", Some(Zone::Section));
            lines.extend(block);
        }
        if self.chance(25) {
            let block = self.block("top", Some(Zone::Furniture));
            lines.extend(block);
        }
        if self.chance(10) {
            let block = self.block("caption", None);
            lines.extend(block);
        }
        if self.chance(88) {
            let title = self.headline();
            lines.push((Zone::Title, title));
        }
        for _ in 0..[0, 0, 0, 1, 1, 2, 3][self.random.below(7) as usize] {
            let sentence = self.sentence();
            let text = match self.random.below(3) {
                0 => sentence,
                1 => sentence.trim_end_matches('.').to_owned(),
                _ => self.headline(),
            };
            lines.push((Zone::Standfirst, text));
        }
        let mut parts: Vec<&str> = Vec::new();
        for (place, percent) in
            [("byline", 55), ("stamp", 60), ("caption", 35), ("top", 40), ("top", 20)]
        {
            if self.chance(percent) {
                parts.push(place);
            }
        }
        if self.chance(40) {
            self.random.shuffle(&mut parts);
        }
        for place in parts {
            let zone = (place == "top").then_some(Zone::Furniture);
            let block = self.block(place, zone);
            lines.extend(block);
        }
    }

    fn make_page(&mut self) -> MadePage {
        let mut lines: Vec<(Zone, String)> = Vec::new();
        if !self.chance(8) {
            self.head(&mut lines);
        }
        let mut paragraphs = self.paragraphs();
        // Some papers set every sentence as a paragraph.
        if self.chance(50) {
            paragraphs = paragraphs
                .iter()
                .flat_map(|p| p.split_inclusive(". ").map(|s| s.trim().to_owned()))
                .collect();
        }
        // Briefs of a paragraph or two, and stories of twenty.
        let longest = if self.chance(20) { 3 } else { 20 };
        paragraphs.truncate(1 + self.random.below(longest) as usize);
        let busy = self.random.below(40);
        for (i, paragraph) in paragraphs.into_iter().enumerate() {
            if i > 0 && self.chance(busy) {
                let block = self.block("middle", None);
                lines.extend(block);
            }
            if i > 0 && self.chance(8) {
                let block = self.block("caption", None);
                lines.extend(block);
            }
            if i > 0 && self.chance(7) {
                let block = self.block("subhead", None);
                lines.extend(block);
            }
            // Short turns of speech are the story's own.
            if self.chance(6) {
                let words = self.words();
                lines.push((Zone::Body, format!("\u{201c}{words},\u{201d} she said.")));
            }
            if self.chance(3) {
                lines.push((Zone::Body, format!("{}.", self.words())));
            }
            lines.push((Zone::Body, paragraph));
        }
        if self.chance(35) {
            let block = self.block("foot", Some(Zone::Signoff));
            lines.extend(block);
        }
        for _ in 0..self.random.below(4) {
            let block = self.block("foot", Some(Zone::Furniture));
            lines.extend(block);
        }
        self.set(&lines)
    }

    /// The lines with a blank line between them, or not, as the page's style is.
    fn set(&mut self, lines: &[(Zone, String)]) -> MadePage {
        let (mut text, mut zones) = (String::new(), Vec::new());
        let tight = [0, 15, 40, 100][self.random.below(4) as usize];
        let mut before = None;
        for (zone, line) in lines.iter().filter(|(_, line)| !line.trim().is_empty()) {
            if !text.is_empty() {
                let same = before == Some(*zone) && *zone != Zone::Body;
                let close = self.chance(if same { tight.max(50) } else { tight });
                text.push_str(if close { "\n" } else { "\n\n" });
            }
            let from = text.len();
            text.push_str(line);
            zones.push((from, text.len(), *zone));
            before = Some(*zone);
        }
        (text, zones)
    }
}

/// Every word of four letters or more with a capital.
fn title_case(text: &str) -> String {
    let words = text.split(' ').enumerate().map(|(i, word)| {
        let mut chars = word.chars();
        match chars.next() {
            Some(first) if i == 0 || word.len() > 3 => {
                first.to_uppercase().collect::<String>() + chars.as_str()
            }
            _ => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}
