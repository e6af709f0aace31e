//! How many keys a long article takes a person: every press is counted, and the table is printed
//! (`cargo xtask test browser -- keys_of_a_long_article --nocapture`).

use crate::harness::{Outcome, Page, run};
use crate::steps::{focused, marks, read};
use thirtyfour::prelude::*;

/// Some ninety annotations in five hundred words, written for these tests.
const ARTICLE: &str = include_str!("../data/articles/council.txt");

/// What the person of this test thinks wrong: the words of an annotation, and the keys that mend it before it is
/// accepted. A press each.
const WRONG: [(&str, &str, &[&str]); 4] = [
    ("reject a quote", "to speak", &["x"]),
    ("reject a quote", "the plan", &["x"]),
    ("reject a date", "now", &["x"]),
    ("another label", "Mauthausen", &["3"]),
];

/// Presses that are counted.
struct Keys<'p> {
    page: &'p Page,
    rows: Vec<(String, usize)>,
}

impl Keys<'_> {
    async fn press(&mut self, row: &str, keys: impl Into<TypingData>) -> Outcome {
        match self.rows.iter_mut().find(|(name, _)| name == row) {
            Some((_, n)) => *n += 1,
            None => self.rows.push((row.to_owned(), 1)),
        }
        self.page.keys(keys).await
    }

    fn total(&self) -> usize {
        self.rows.iter().map(|(_, n)| n).sum()
    }
}

/// The annotation under review: its id and its words.
async fn reviewed(page: &Page) -> WebDriverResult<(String, String)> {
    let now = page
        .eval("const p = document.querySelector('#popover'); return [p?.dataset.id ?? '', p?.querySelector('#popover-text').textContent.replace(/[“”]/g, '') ?? '']")
        .await?;
    Ok(serde_json::from_value(now)?)
}

async fn number(page: &Page, script: &str) -> WebDriverResult<u64> {
    Ok(page.eval(script).await?.as_u64().unwrap_or_default())
}

const UNCHECKED: &str = "return document.querySelectorAll('#review-list [data-go]').length";
const SURE: &str = "return Number(/Accept (\\d+)/.exec(document.querySelector('#accept-sure')?.textContent)?.[1] ?? 0)";

#[test]
fn keys_of_a_long_article() {
    run("keys-counted", async |page| {
        read(&page, ARTICLE).await?;
        let all = number(&page, UNCHECKED).await?;
        let mut keys = Keys { page: &page, rows: Vec::new() };

        // The least certain first, until what is left is sure.
        keys.press("start the review", "r").await?;
        page.css(".desk[data-review] #popover").await?;
        let (mut edges, mut speakers) = (0, 0);
        while number(&page, UNCHECKED).await? > number(&page, SURE).await? {
            let (id, words) = reviewed(&page).await?;
            let wrong = WRONG.iter().find(|(_, start, _)| words == *start);
            let quote = page.all("#popover[data-kind=quote]").await?.len() == 1;
            let long = words.split(' ').count() > 5;
            let mut row = "accept and go on";
            if let Some((what, _, presses)) = wrong {
                for &key in *presses {
                    keys.press(what, key).await?;
                }
                row = what;
                if *presses == ["x"] {
                    page.until("the next one", async || Ok(reviewed(&page).await?.0 != id)).await?;
                    continue;
                }
            } else if quote && long && edges < 4 {
                // The quote ends two words earlier.
                edges += 1;
                row = "an edge at a word";
                keys.press(row, "e").await?;
                focused(&page, "#edge-word").await?;
                let last = words.trim_end_matches(['"', '.', ',']).rsplit(' ').nth(2);
                for letter in last.unwrap_or_default().chars().take(2) {
                    keys.press(row, letter.to_string()).await?;
                }
                keys.press(row, Key::Enter + "").await?;
                focused(&page, "#popover").await?;
            } else if quote && speakers < 3 {
                speakers += 1;
                row = "a listed speaker";
                keys.press(row, "2").await?;
                page.css("#popover [data-do=next]").await?;
            }
            keys.press(row, "a").await?;
            page.until("the next one", async || Ok(reviewed(&page).await?.0 != id)).await?;
        }
        keys.press("end the review", "r").await?;
        keys.press("accept all that are sure", "b").await?;
        focused(&page, "#accept-sure").await?;
        keys.press("accept all that are sure", Key::Enter + "").await?;
        page.until_js(
            "all is checked",
            "return document.querySelector('#panel').textContent.includes('Everything is checked')",
        )
        .await?;

        // Two names that were missed: found, and marked where they stand.
        for (name, label) in [("town hall", "6"), ("steamer", "9")] {
            let row = "a missed name, found and marked";
            let before = marks(&page).await?.len();
            keys.press(row, "/").await?;
            focused(&page, "#find").await?;
            for letter in name.chars() {
                keys.press(row, letter.to_string()).await?;
            }
            keys.press(row, Key::Enter + "").await?;
            keys.press(row, Key::Escape + "").await?;
            page.css("#chips").await?;
            keys.press(row, label).await?;
            page.until("it is marked", async || Ok(marks(&page).await?.len() == before + 1))
                .await?;
        }

        let total = keys.total();
        println!("{all} annotations, {total} keys");
        for (row, n) in &keys.rows {
            println!("{n:>4}  {row}");
        }
        assert!(edges >= 3 && speakers >= 1, "{edges} edges, {speakers} speakers");
        let goal = usize::try_from(all).unwrap_or_default() * 120 / 86;
        assert!(total <= goal, "{total} keys for {all} annotations, the goal is {goal}");

        // One undo takes back all that was accepted at once.
        for _ in 0..3 {
            page.keys(Key::Control + "z").await?;
        }
        page.until("many are unchecked again", async || Ok(number(&page, UNCHECKED).await? > 20))
            .await?;
        Ok(())
    });
}
