//! Search in the text and in its annotations.

use super::announce::announce_unseen;
use super::outcome::Outcome;
use crate::action::{LearnAction, SearchAction};
use crate::effect::{Effect, Target};
use crate::learning::TrialPurpose;
use crate::search::pattern_of_query;
use crate::state::{Search, State};

pub(super) fn handle_action(state: &mut State, action: SearchAction, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    match action {
        SearchAction::Open => {
            open.popover = None;
            open.search.get_or_insert_default();
            out.effect(Effect::Focus(Target::Id("find")));
        }
        SearchAction::Query(query) => {
            if let Some((pattern, any_case)) = pattern_of_query(&query) {
                let pattern = pattern.to_owned();
                open.search = Some(Search { query, ..Search::default() });
                out.follow_up(LearnAction::Try(TrialPurpose::Find, pattern, any_case));
                return;
            }
            open.search = Some(Search { query, ..Search::default() });
            open.run_search();
            let Some(search) = &open.search else { return };
            if let Some(&span) = search.hits.first() {
                out.effect(Effect::ShowSpan(span));
            }
            let summary = search.summary();
            announce_unseen(state, &summary);
        }
        SearchAction::Step(back) => {
            let Some(search) = open.search.as_mut().filter(|s| !s.hits.is_empty()) else {
                return;
            };
            let n = search.hits.len();
            search.stepped = true;
            search.at = (search.at + if back { n - 1 } else { 1 }) % n;
            if let Some(&span) = search.hits.get(search.at) {
                out.effect(Effect::ShowSpan(span));
            }
            let sentence = format!("{} of {n}", search.at + 1);
            announce_unseen(state, &sentence);
        }
    }
}
