//! What of a page belongs to the site and not to the article: by element, by attribute, by class.

use std::collections::HashSet;

use super::tree::{Node, Sums, Tree};

/// Elements that never hold text of an article.
const NO_TEXT: [&str; 24] = [
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math",
    "canvas", "audio", "video", "button", "select", "input", "textarea", "head", "title",
    "datalist", "meter", "progress", "map", "area", "label",
];
/// Elements that are the site's, unless most of the page's text lies in them.
const SITE: [&str; 6] = ["nav", "aside", "footer", "form", "dialog", "menu"];
const SITE_ROLES: [&str; 14] = [
    "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert",
    "alertdialog", "menu", "menubar", "toolbar", "tooltip", "status", "button",
];

/// Words of classes and ids that are the site's.
const WORDS: [&str; 96] = [
    "cookie", "cookies", "consent", "gdpr", "ccpa", "newsletter", "newsletters", "subscribe",
    "subscription", "signup", "breadcrumb", "breadcrumbs", "navbar", "nav", "navigation", "menu",
    "sidebar", "footer", "navlinks", "share", "sharing", "sharebar", "sharetools", "social",
    "socials", "addthis", "sharethis", "comment", "comments", "disqus", "advert", "adverts",
    "advertisement", "advertising", "ad", "ads", "adslot", "adbox", "adunit", "dfp", "sponsor",
    "sponsored", "sponsorship", "outbrain", "taboola", "related", "recommended", "recommendation",
    "recommendations", "recirc", "recirculation", "trending", "mostread", "mostpopular",
    "mostviewed", "pagination", "pager", "paging", "paywall", "regwall", "popup", "modal",
    "overlay", "lightbox", "tooltip", "toolbar", "taglist", "tagcloud", "topics", "keywords",
    "toast", "login", "signin", "register", "donate", "donation", "carousel", "skiplink",
    "screenreader", "readmore", "onward", "onwards", "upnext", "authorbio", "survey", "copyright",
    "disclaimer", "feedback", "reactions", "noprint", "interstitial", "cta", "flyout", "ticker",
    "crosslinks", "backtotop",
];
/// Pairs of words, one after the other.
const PAIRS: [(&str, &str); 34] = [
    ("most", "read"),
    ("most", "viewed"),
    ("most", "popular"),
    ("read", "more"),
    ("read", "next"),
    ("read", "also"),
    ("also", "read"),
    ("more", "stories"),
    ("more", "from"),
    ("more", "on"),
    ("more", "news"),
    ("you", "may"),
    ("also", "like"),
    ("up", "next"),
    ("sign", "up"),
    ("author", "bio"),
    ("author", "box"),
    ("about", "author"),
    ("author", "profile"),
    ("see", "also"),
    ("sr", "only"),
    ("visually", "hidden"),
    ("screen", "reader"),
    ("site", "header"),
    ("site", "footer"),
    ("top", "bar"),
    ("editors", "picks"),
    ("editor", "picks"),
    ("further", "reading"),
    ("story", "links"),
    ("next", "article"),
    ("back", "top"),
    ("tag", "list"),
    ("post", "tags"),
];
/// Words that are the site's where links lie below them, and the article's otherwise.
const WORDS_WITH_LINKS: [&str; 9] =
    ["promo", "promos", "teaser", "teasers", "widget", "tags", "popular", "links", "follow"];

/// The share of the page's text from which on an element holds the article, whatever its name.
const ARTICLE_SHARE: (usize, usize) = (35, 100);

/// For each node: is it (or what it lies in) left out?
pub(super) fn mark(tree: &Tree) -> Vec<bool> {
    let hidden = hidden_names(tree);
    let (text, links) = (paragraph_text(tree), link_counts(tree));
    let appeals = appeals(tree, &text);
    let total = text.all();
    let mut left_out = vec![false; tree.nodes.len()];
    let mut at = 0;
    while let Some(node) = tree.nodes.get(at) {
        let own = text.of(at..node.end);
        let has_links = links.of(at..node.end) > 0;
        let is_article = total > 0 && own * ARTICLE_SHARE.1 >= total * ARTICLE_SHARE.0;
        let is_head_of_article =
            node.tag == "footer" && own < MAX_HEAD_BYTES && is_in_article(tree, at);
        if !node.is_text()
            && !is_head_of_article
            && (appeals.contains(&at) || is_furniture(node, &hidden, is_article, has_links))
        {
            left_out.get_mut(at..node.end).unwrap_or_default().fill(true);
            at = node.end.max(at + 1);
        } else {
            at += 1;
        }
    }
    left_out
}

/// Some systems put writer and date into a `footer` of the article.
const MAX_HEAD_BYTES: usize = 200;

fn is_in_article(tree: &Tree, at: usize) -> bool {
    let mut up = tree.at(at).parent;
    for _ in 0..4 {
        if tree.at(up).tag == "article" {
            return true;
        }
        up = tree.at(up).parent;
    }
    false
}

/// Boxes that ask for a subscription, a gift, an address: small elements around a button that does.
fn appeals(tree: &Tree, text: &Sums) -> HashSet<usize> {
    /// The most that such a box says, in bytes.
    const MAX_APPEAL_BYTES: usize = 450;
    const BUTTONS: [&str; 18] = [
        "subscribe",
        "subscribe now",
        "subscribe today",
        "sign up",
        "sign up now",
        "sign up here",
        "donate",
        "donate now",
        "become a member",
        "log in",
        "sign in",
        "register",
        "register now",
        "join now",
        "join us",
        "support us",
        "start your free trial",
        "get the app",
    ];
    let total = text.all();
    let mut found = HashSet::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        let is_button = matches!(node.tag.as_str(), "a" | "button") && node.end - at < 20;
        if !is_button {
            continue;
        }
        let label = tree.text_of(at);
        let label = label.trim().trim_end_matches(['.', '!', '»', '›', '→', ' ']).to_lowercase();
        if !BUTTONS.contains(&label.as_str()) {
            continue;
        }
        let (mut outer, mut up) = (None, node.parent);
        loop {
            let around = tree.at(up);
            let own = text.of(up..around.end);
            let is_box = matches!(
                around.tag.as_str(),
                "div"
                    | "section"
                    | "aside"
                    | "p"
                    | "ul"
                    | "li"
                    | "span"
                    | "form"
                    | "center"
                    | "table"
                    | "tr"
                    | "td"
                    | "tbody"
            );
            if !is_box || own > MAX_APPEAL_BYTES || own * 4 > total || up == around.parent {
                break;
            }
            outer = Some(up);
            up = around.parent;
        }
        found.extend(outer);
    }
    found
}

fn is_furniture(node: &Node, hidden: &HashSet<String>, is_article: bool, has_links: bool) -> bool {
    let tag = node.tag.as_str();
    if NO_TEXT.contains(&tag) {
        return true;
    }
    if matches!(tag, "#document" | "html" | "body") {
        return false;
    }
    let style = node.attribute("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    let is_hidden = node.attribute("hidden").is_some()
        || node.attribute("aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden");
    // A page that a script would show is hidden as a whole.
    if is_hidden && !is_article {
        return true;
    }
    let names =
        node.attribute("class").unwrap_or_default().split_whitespace().map(|c| format!(".{c}"));
    let mut names = names.chain(node.attribute("id").map(|id| format!("#{id}")));
    if !hidden.is_empty() && !is_article && names.any(|name| hidden.contains(&name)) {
        return true;
    }
    if is_article {
        return false;
    }
    if SITE.contains(&tag) || node.attribute("role").is_some_and(|role| SITE_ROLES.contains(&role))
    {
        return true;
    }
    // What is set apart inside of a line is no part of the site.
    if matches!(tag, "article" | "main" | "h1" | "em" | "strong" | "b" | "i") {
        return false;
    }
    let words = node.words();
    let is_known = |word: &String| {
        WORDS.contains(&word.as_str()) || has_links && WORDS_WITH_LINKS.contains(&word.as_str())
    };
    words.iter().any(is_known)
        || words
            .iter()
            .zip(words.iter().skip(1))
            .any(|(a, b)| PAIRS.contains(&(a.as_str(), b.as_str())))
}

/// Bytes of paragraphs before each place, white space aside.
fn paragraph_text(tree: &Tree) -> Sums {
    let mut no_text_until = 0;
    Sums::new(tree.nodes.iter().enumerate().map(|(at, node)| {
        if NO_TEXT.contains(&node.tag.as_str()) {
            no_text_until = no_text_until.max(node.end);
        }
        let length = node.text.trim().len();
        // Short runs are labels and links.
        let is_prose = at >= no_text_until && length > 30 && tree.at(node.parent).tag != "a";
        if is_prose { length } else { 0 }
    }))
}

fn link_counts(tree: &Tree) -> Sums {
    Sums::new(tree.nodes.iter().map(|node| usize::from(node.tag == "a")))
}

/// Classes (`.x`) and ids (`#x`) that the page's own style sheets hide on every screen.
fn hidden_names(tree: &Tree) -> HashSet<String> {
    let mut found = HashSet::new();
    for (at, _) in tree.elements("style") {
        let sheet = tree.text_of(at);
        let mut depth = 0;
        let mut rest = sheet.as_str();
        while let Some(open) = rest.find(['{', '}']) {
            let (selector, tail) = rest.split_at(open);
            let is_open = tail.starts_with('{');
            rest = tail.get(1..).unwrap_or_default();
            if !is_open {
                depth = usize::saturating_sub(depth, 1);
                continue;
            }
            let selector = selector.rsplit(['}', ';', '/']).next().unwrap_or_default().trim();
            let rules = rest.split(['{', '}']).next().unwrap_or_default();
            let rules = rules.replace(' ', "").to_ascii_lowercase();
            // Rules for print or small screens hold elsewhere.
            if depth == 0 && (rules.contains("display:none") || rules.contains("visibility:hidden"))
            {
                let names = selector.split(',').map(str::trim);
                let is_plain = |name: &&str| {
                    name.strip_prefix(['.', '#']).is_some_and(|name| {
                        name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
                    })
                };
                found.extend(names.filter(is_plain).map(str::to_owned));
            }
            depth += 1;
        }
    }
    found
}

/// How lines begin that are the site's, in lowercase; a line is at most [`MAX_LABEL_BYTES`] long.
const LABELS: [&str; 44] = [
    "advertisement",
    "advertising",
    "share this",
    "share on",
    "share:",
    "share article",
    "read more",
    "read also",
    "also read",
    "related:",
    "related articles",
    "related stories",
    "related topics",
    "related content",
    "most read",
    "most popular",
    "more on this story",
    "more from",
    "more stories",
    "sign up",
    "subscribe",
    "follow us",
    "follow the",
    "click here",
    "listen to this",
    "skip to",
    "skip advert",
    "continue reading",
    "story continues",
    "article continues",
    "loading",
    "view comments",
    "comments",
    "recommended",
    "you may also",
    "download our app",
    "copyright ©",
    "© 20",
    "all rights reserved",
    "enter your email",
    "we use cookies",
    "sponsored content",
    "get our free",
    "print this",
];
const MAX_LABEL_BYTES: usize = 140;

/// A line that is the site's. `links`: the share of it that is links, in percent.
pub(super) fn is_label(line: &str, links: usize) -> bool {
    const NOTES: [&str; 5] = [
        "A version of this article appear",
        "A version of this story appear",
        "This article was amended",
        "Sign up to our",
        "Sign up for our",
    ];
    if line.len() < 400 && NOTES.iter().any(|note| line.starts_with(note)) {
        return true;
    }
    if line.len() > MAX_LABEL_BYTES {
        return false;
    }
    let lower = line.to_lowercase();
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let Some(label) = LABELS.iter().find(|label| lower.starts_with(**label)) else { return false };
    // "Comments by the minister …" is a sentence; a bare label, a link or an imperative is none.
    let is_sentence = line.trim_end().ends_with(['.', '”', '"', '?']) && links < 30;
    !is_sentence
        || lower.len() < label.len() + 3
        || matches!(
            *label,
            "sign up"
                | "we use cookies"
                | "enter your email"
                | "subscribe"
                | "get our free"
                | "download our app"
                | "follow us"
        )
}
