//! Nouns and titles that tell who somebody is: woman or man, one or many, a person, a body, a paper.
//!
//! Owns the lists. Must not know texts.

/// Nouns for one woman or one man.
pub(super) const WOMAN: &[&str] = &[
    "woman", "mother", "wife", "daughter", "sister", "girl", "aunt", "grandmother", "niece",
    "spokeswoman", "actress", "widow", "congresswoman", "chairwoman", "councilwoman", "mom", "mum",
    "lady", "waitress", "policewoman", "businesswoman", "girlfriend", "hostess", "nun", "queen",
];
pub(super) const MAN: &[&str] = &[
    "man", "father", "husband", "son", "brother", "boy", "uncle", "grandfather", "nephew",
    "spokesman", "widower", "congressman", "chairman", "councilman", "dad", "gentleman",
    "policeman", "businessman", "boyfriend", "priest", "king", "pope", "fisherman", "salesman",
];
/// Nouns for many that do not end in s.
pub(super) const MANY: &[&str] = &[
    "people", "police", "men", "women", "children", "others", "many", "some", "most", "both",
    "several", "few",
];
/// Nouns that stand for a person who has been named ("the president").
pub(super) const ROLES: &[&str] = &[
    "president", "senator", "governor", "mayor", "minister", "secretary", "chairman", "chairwoman",
    "judge", "justice", "spokesman", "spokeswoman", "candidate", "nominee", "general", "director",
    "chancellor", "premier", "pope", "ambassador", "professor", "coach", "lawyer", "attorney",
    "doctor", "author", "actor", "actress", "singer", "congressman", "congresswoman", "officer",
    "sheriff", "commissioner", "billionaire", "businessman", "businesswoman", "analyst",
    "economist", "bishop", "king", "queen", "prince", "princess", "captain", "leader", "lawmaker",
    "prosecutor", "historian", "journalist", "reporter",
];

/// Does a noun's ending or the list call one person?
pub(super) fn is_person(noun: &str) -> bool {
    let ends = |list: &[&str]| list.iter().any(|e| noun.ends_with(e));
    listed(WOMAN, noun)
        || listed(MAN, noun)
        || listed(ROLES, noun)
        || ends(&["man", "woman", "ist", "ian", "eer", "ant", "ician", "yer", "cher", "driver"])
        || matches!(noun, "friend" | "resident" | "official" | "student" | "victim" | "child")
}

/// Titles of men.
pub(super) const MEN: &[&str] = &[
    "mr", "mr.", "sir", "king", "prince", "lord", "father", "congressman", "chairman",
    "councilman", "businessman", "pope", "sheikh",
];
/// Titles of women.
pub(super) const WOMEN: &[&str] = &[
    "mrs", "mrs.", "ms", "ms.", "miss", "queen", "princess", "lady", "dame", "mother",
    "congresswoman", "chairwoman", "councilwoman", "businesswoman",
];

/// Is `word` in the list, in any case?
pub(super) fn listed(list: &[&str], word: &str) -> bool {
    list.iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// What is written and speaks ("it read", "the letter said").
const DOCUMENTS: &[&str] = &[
    "letter", "email", "e-mail", "memo", "memorandum", "report", "statement", "study", "paper",
    "survey", "poll", "article", "editorial", "website", "site", "ad", "advertisement", "document",
    "filing", "lawsuit", "complaint", "petition", "tweet", "post", "headline", "newspaper",
    "magazine", "transcript", "press release", "release", "message", "note", "indictment",
    "affidavit", "ruling", "opinion", "book", "story", "sign", "banner", "notice", "manifesto",
    "platform", "resolution", "analysis", "brief", "card", "caption", "column", "cable", "diary",
];

/// Things with a voice of their own that "it" means.
const BODIES: &[&str] = &[
    "company", "campaign", "government", "ministry", "agency", "committee", "court", "bank",
    "group", "organization", "organisation", "union", "party", "council", "department", "firm",
    "board", "army", "commission", "administration", "association", "foundation", "network",
    "university", "institute", "panel", "coalition", "team", "office", "jury", "regulator",
    "charity", "club", "airline", "police", "embassy", "bureau",
];

/// Plural nouns for people whose endings do not tell.
const PEOPLE: &[&str] = &[
    "people", "men", "women", "children", "police", "officials", "associates", "candidates",
    "delegates", "advocates", "witnesses", "analysts", "students", "residents", "parents",
    "experts", "friends", "families", "allies", "aides", "lawyers", "judges", "sources", "chiefs",
    "democrats", "republicans", "conservatives", "liberals", "voters", "heads", "colleagues",
    "relatives", "neighbors", "neighbours", "authorities", "diplomats", "guests", "staff",
    "journalists", "rivals", "victims", "troops", "guards", "villagers", "citizens", "locals",
    "soldiers", "partners", "members", "critics", "academics", "executives", "insiders", "guys",
    "girls", "boys", "spokesmen", "companies", "unions", "groups", "banks", "agencies", "firms",
    "campaigns", "organizations", "organisations", "parties", "states", "countries",
];

pub(super) fn is_document(noun: &str) -> bool {
    listed(DOCUMENTS, noun)
}

pub(super) fn is_body(noun: &str) -> bool {
    listed(BODIES, noun)
}

/// Does a plural noun mean people, or bodies of them?
pub(super) fn are_people(noun: &str) -> bool {
    let ends = |list: &[&str]| list.iter().any(|e| noun.ends_with(e));
    let things = |noun: &str| {
        listed(
            &[
                "numbers", "papers", "letters", "matters", "orders", "others", "powers", "waters",
                "offers", "factors", "errors", "computers", "quarters", "chapters", "answers",
                "centers", "weapons", "dollars", "years", "hours", "powers", "borders", "events",
                "moments", "comments", "agents", "parents", "statements", "elements", "documents",
                "payments", "agreements", "investments", "arguments", "talents", "patents",
                "incidents", "accents", "cents", "percents", "presidents", "hers", "ours", "yours",
                "theirs", "covers", "servers", "figures", "layers", "towers", "posters",
            ],
            noun,
        )
    };
    listed(PEOPLE, noun)
        || noun.len() > 5
            && ends(&["ers", "ors", "ists", "ants", "ians", "eers", "ees"])
            && !things(noun)
}
