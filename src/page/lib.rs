//! The page: state and update (pure, native-tested), then thin components, worker and storage.
//!
//! Owns what a person sees. Must not know how anything is found.
//!
//! ## Hooks
//!
//! Names that tests and people's scripts can rely on.
//!
//! | hook | what |
//! |---|---|
//! | `#paste` | the paste box (pasting reads at once); `#read` reads what was typed |
//! | `#file` | the file field; `#sample` tries the sample |
//! | `#shelf button[data-key]` | a kept document; `#shelf button[data-forget]` forgets one, `#undo-forget` takes it back |
//! | `#kept-promise` | whether the browser has promised to keep the documents |
//! | `#notice` | a sentence in a box; `#close-notice` |
//! | `#said` | the polite live region |
//! | `#reading` | the progress bar's region while the worker reads; `#cancel` |
//! | `main[data-view]` | `start` or `document`; `data-partial` while it fills in; `data-millis` the worker's reading time |
//! | `#article` | the article; `p[data-start]` a paragraph with its first byte |
//! | `#article mark` | a segment: `data-ids` (innermost first), `data-kind`, `data-label`, `data-status` |
//! | `[role=dialog]` | the popover `#popover` (`data-id`), or the chips for selected text `#chips`, or `#help` |
//! | `#popover button[data-label]` | a label chip; `[data-do]`: `accept reject restore split merge all pick unit start-out start-in end-in end-out` |
//! | `#spread` | "apply to all" in the popover: a tick box a place, `[data-do]`: `tick-all apply reject-all back` |
//! | `#grip-start`, `#grip-end` | drag the boundaries of the annotation whose popover is open |
//! | `#picking`, `main[data-picking]` | a click on a name says who speaks |
//! | `#caret` | the caret in the text |
//! | `#help button[data-command]` | gives a command another key; `#keys` switches keys off, `#usual-keys` brings them back |
//! | `#name`, `#date-value`, `#speaker` | fields of the popover, by Enter; `#date-pick`; `[data-alternative]`, `[data-speaker]`, `[data-quote]` buttons |
//! | `#chips button[data-label]` | marks the selected text; `[data-do=date]`, `[data-do=quote]` |
//! | `#title`, `#published` | title; publication date (a date field) |
//! | `#counts button[data-kind]` | counts that filter (`aria-pressed`) |
//! | `#undo #redo #find-button #download #scheme #help-button #close` | the top bar |
//! | `#more` | the menu, `[data-open]`: `words learned text compare backup keys colours`; without a document, without `text` and `compare` |
//! | `#leaving` | what leaves this page; also at the address `#nothing-leaves`; `#elsewhere`, `#later`, `#refused`: counts |
//! | `#backup` | `#make-backup`, the field `#backup-file`; `#restored` says what became of it |
//! | `dialog#dialog` | own words: `#word-name #word-rule #word-case`, `#words`, `#label-name #label-colour #label-key`, `#labels`, `#words-file` |
//! | | the text: `#revised`, `#revise` (shows, then does), `#preview`; comparing: `#other-file`, `#differences`; `#dialog-said` says what happened |
//! | | downloading: `[data-format="Galley JSON"]` and so on, `data-whole` where nothing is left out |
//! | | patterns: `#pattern #pattern-label #pattern-case`, `#try-pattern`, `#hits`, `#patterns`, `#shipped [role=switch]`; learned: `#learned-said`, `#learned-switch`, `#reviewed`, `#lessons`, `#changes`, `#doubtful`, `#own-learned`, `#suggest-everywhere`, `#everywhere` |
//! | `#suggestions` | suggestions of own labels: `#take`, `#refuse`, `#next-suggestion`, `#take-sure`; its list |
//! | `[data-do=always]`, `[data-do=never]` | the popover's word-list buttons |
//! | `#find`, `#find-next`, `#find-back`, `#find-count` | search |
//! | `#saved[data-state]` | `saved`, `saving`, `failed` |
//! | `#filters` | below the search: `#filter-label #filter-status #filter-speaker`, `#only-uncertain`; `#unfilter` shows all again; `#find-lists` what of the lists holds the query |
//! | `#reports` | quotes of documents, beliefs and intentions too |
//! | `[data-do=merge-with]`, `[data-do=speaker]` | open `#names button[data-name]`; `[data-part]` sets a mention apart; `[data-drag]` onto `[data-drop]` |
//! | `#time` | the time axis: `.node[data-ids]`; `#time-in #time-out #time-back #time-on #time-all`, `#time-range` |
//! | `[role=tab]#tab-review -people -quotes -timeline` | tabs; `#panel` the list; `#panel button[data-go]` goes to an annotation; `[data-restore]` takes a rejection back; `details[data-entity]` an entity |
//! | `html[data-scheme]` | `system`, `light`, `dark` |

pub mod action;
pub mod boundary;
pub mod dialog;
pub mod effect;
pub mod filter;
pub mod intake;
pub mod keymap;
pub mod keys;
pub mod language;
pub mod learning;
pub mod leaving;
pub mod library;
pub mod lists;
pub mod markup;
pub mod occurrences;
pub mod protocol;
pub mod sample;
pub mod saved;
pub mod search;
pub mod sections;
pub mod stacks;
pub mod state;
pub mod update;
pub mod words;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod files;
#[cfg(target_arch = "wasm32")]
mod requests;
#[cfg(target_arch = "wasm32")]
mod wire;
#[cfg(target_arch = "wasm32")]
mod worker;
#[cfg(target_arch = "wasm32")]
mod worker_labels;

#[cfg(target_arch = "wasm32")]
pub use browser::start;
#[cfg(target_arch = "wasm32")]
pub use files::start as start_files;
#[cfg(target_arch = "wasm32")]
pub use worker::start as start_worker;

#[cfg(test)]
mod dialog_tests;
#[cfg(test)]
mod panel_tests;
#[cfg(test)]
mod tests;
