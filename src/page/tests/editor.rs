//! What is typed is done, A goes on, the review, the scope of a label, kinds that change, finding and marking.

use super::*;
use crate::action::DraftField;
use crate::action::{EditAction, PageAction, PanelAction, PopoverAction, SearchAction, WalkAction};
use crate::keys::{Press, action_for};

fn speaker(state: &State, id: &AnnotationId) -> Option<String> {
    match &open(state).shown.annotation(id).unwrap().body {
        Body::Quote(q) => q.speaker.as_ref().and_then(|s| s.name.clone()),
        Body::Entity(_) | Body::Date(_) => None,
    }
}

fn date(state: &State) -> AnnotationId {
    let mut dates = open(state).shown.annotations.iter();
    dates.find(|a| a.kind() == Kind::Date && a.status != Status::Rejected).unwrap().id.clone()
}

fn value(state: &State, id: &AnnotationId) -> String {
    match &open(state).shown.annotation(id).unwrap().body {
        Body::Date(d) => d.timex.value.to_string(),
        Body::Entity(_) | Body::Quote(_) => String::new(),
    }
}

fn type_into(state: &mut State, field: DraftField, text: &str) {
    update(state, PopoverAction::Type(field, text.to_owned()));
}

#[test]
fn whatever_leads_away_does_what_is_typed_first() {
    let leaving: [Action; 7] = [
        EditAction::Accept.into(),
        EditAction::AcceptAndGoOn.into(),
        PageAction::Escape.into(),
        WalkAction::Point(vec![id("n0")]).into(),
        WalkAction::Step { back: false, unreviewed: false }.into(),
        PopoverAction::LeaveField(DraftField::Date, "2020-01-01".to_owned()).into(),
        FilesAction::DownloadGalley.into(),
    ];
    for leave in leaving {
        let mut state = opened_page();
        let date = date(&state);
        update(&mut state, WalkAction::Go(date.clone(), true));
        type_into(&mut state, DraftField::Date, "2020-01-01");
        assert_ne!(value(&state, &date), "2020-01-01", "not yet");
        update(&mut state, leave.clone());
        assert_eq!(value(&state, &date), "2020-01-01", "{leave:?}");
        assert_eq!(status(&state, &date.0), Status::Corrected);
    }
    // What takes its place does not do it, and neither does what has nothing to do with it.
    let mut state = opened_page();
    let date = date(&state);
    update(&mut state, WalkAction::Go(date.clone(), true));
    type_into(&mut state, DraftField::Date, "2020-01-01");
    update(&mut state, StorageAction::Saved("k1".to_owned(), 2));
    assert!(open(&state).card().unwrap().draft.is_some());
    update(&mut state, EditAction::Reject);
    assert_eq!(status(&state, &date.0), Status::Rejected);
    assert_eq!(open(&state).log.cursor(), 1);
}

#[test]
fn what_cannot_be_done_is_asked_about_once() {
    let mut state = opened_page();
    let date = date(&state);
    let before = value(&state, &date);
    update(&mut state, WalkAction::Go(date.clone(), true));
    type_into(&mut state, DraftField::Date, "no day at all");
    update(&mut state, EditAction::Accept);
    assert_eq!(
        status(&state, &date.0),
        Status::Machine,
        "not accepted while something else is typed"
    );
    let card = open(&state).card().unwrap();
    assert!(card.error.is_some() && card.draft.is_some());
    update(&mut state, PageAction::Escape);
    assert!(open(&state).card().is_none());
    assert_eq!(value(&state, &date), before);
}

#[test]
fn a_speaker_that_is_nowhere_in_the_text_is_asked_about() {
    let (mut state, quote) = with_quote();
    assert_eq!(open(&state).card().map(|c| &c.id), Some(&quote), "its speaker is asked for");
    type_into(&mut state, DraftField::Speaker, "An");
    let names = open(&state).offered_speakers(&quote);
    assert_eq!(names.iter().map(|e| e.name.as_str()).collect::<Vec<_>>(), ["Ana Ruiz"]);
    update(&mut state, EditAction::NameSpeaker("An".to_owned()));
    assert_eq!(speaker(&state, &quote), None);
    assert!(open(&state).card().unwrap().error.is_some());
    update(&mut state, EditAction::NameSpeaker("An".to_owned()));
    assert_eq!(speaker(&state, &quote).as_deref(), Some("An"), "Enter again");
    // Words of the text, and names in whatever case, need no question.
    update(&mut state, EditAction::NameSpeaker("ana ruiz".to_owned()));
    assert_eq!(speaker(&state, &quote).as_deref(), Some("Ana Ruiz"));
    update(&mut state, EditAction::NameSpeaker("Mayor".to_owned()));
    assert_eq!(speaker(&state, &quote).as_deref(), Some("Mayor"));
    // A digit chooses from the list.
    let press = Press { key: "1".to_owned(), ..Press::default() };
    let action = action_for(&press, &state).unwrap();
    update(&mut state, action);
    assert_eq!(speaker(&state, &quote).as_deref(), Some("Ana Ruiz"));
}

#[test]
fn a_goes_on_and_the_review_takes_the_least_certain_first() {
    let mut state = opened_page();
    let unchecked = |state: &State| {
        let all = open(state).shown.annotations.iter();
        all.filter(|a| a.status == Status::Machine).count()
    };
    let all = unchecked(&state);
    update(&mut state, WalkAction::Step { back: false, unreviewed: true });
    for left in (0..all).rev() {
        update(&mut state, EditAction::AcceptAndGoOn);
        assert_eq!(unchecked(&state), left);
    }
    assert!(state.announced.text.contains("Everything is checked"), "{}", state.announced.text);
    while open(&state).log.cursor() > 0 {
        update(&mut state, EditAction::Undo);
    }

    update(&mut state, WalkAction::ToggleReview);
    let mut sureness = Vec::new();
    for _ in 0..all {
        let id = open(&state).card().expect("a card").id.clone();
        sureness.push(open(&state).shown.annotation(&id).unwrap().confidence.permille());
        update(&mut state, EditAction::Accept);
    }
    assert!(sureness.is_sorted(), "{sureness:?}");
    assert!(!open(&state).reviewing && open(&state).card().is_none());
    assert_eq!(unchecked(&state), 0);
}

#[test]
fn all_that_are_sure_are_accepted_in_one_step() {
    let mut state = opened_page();
    update(&mut state, PanelAction::SetSureFrom(850));
    let before = open(&state).shown.clone();
    update(&mut state, EditAction::AcceptSure);
    for a in &open(&state).shown.annotations {
        let sure = a.confidence.permille() >= 850;
        assert_eq!(a.status == Status::Accepted, sure, "{}", a.id);
    }
    assert!(state.toast.as_ref().unwrap().undo);
    update(&mut state, EditAction::Undo);
    assert_eq!(open(&state).shown, before);
    update(&mut state, PanelAction::SetSureFrom(1000));
    update(&mut state, EditAction::AcceptSure);
    assert_eq!(open(&state).shown, before);
}

#[test]
fn a_label_goes_to_all_of_a_name_or_to_one() {
    let mut state = opened_page();
    // "Ruiz" is Ana Ruiz.
    update(&mut state, WalkAction::Go(id("n2"), true));
    update(&mut state, EditAction::Merge(EntityId("e0".to_owned())));
    update(&mut state, EditAction::SetLabel(Label::Org));
    assert_eq!((label(&state, "n0"), label(&state, "n2")), ("Organisation", "Organisation"));
    assert!(state.announced.text.contains("all 2 of this name"), "{}", state.announced.text);
    let (this, what) = state.toast.clone().unwrap().only_this.unwrap();
    update(&mut state, EditAction::OnlyThisOne(this, what));
    assert_eq!((label(&state, "n0"), label(&state, "n2")), ("Person", "Organisation"));
    update(&mut state, EditAction::Undo);
    assert_eq!((label(&state, "n0"), label(&state, "n2")), ("Person", "Person"));
    update(&mut state, PopoverAction::ToggleScope);
    update(&mut state, EditAction::SetLabel(Label::Event));
    assert_eq!((label(&state, "n0"), label(&state, "n2")), ("Person", "Event"));
}

#[test]
fn a_name_becomes_a_date_and_a_date_a_name_in_one_step() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Go(id("n1"), true));
    update(&mut state, EditAction::AddDate);
    let new = open(&state).card().unwrap().id.clone();
    assert_eq!(open(&state).shown.annotation(&new).unwrap().kind(), Kind::Date);
    assert_eq!(status(&state, "n1"), Status::Rejected);
    update(&mut state, EditAction::SetLabel(Label::Gpe));
    let new = open(&state).active.clone().unwrap();
    assert_eq!(open(&state).shown.annotation(&new).unwrap().kind(), Kind::Place);
    open(&state).shown.check().unwrap();
    for _ in 0..2 {
        update(&mut state, EditAction::Undo);
    }
    assert_eq!(status(&state, "n1"), Status::Machine);
}

#[test]
fn an_edge_goes_to_a_word_that_is_clicked_or_typed() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Go(id("n0"), true));
    let text = |state: &State| {
        let a = open(state).shown.annotation(&id("n0")).unwrap();
        open(state).shown.text.slice(a.span).to_owned()
    };
    update(&mut state, PopoverAction::SetEdge(at("spoke in", 0).start()));
    assert_eq!(text(&state), "Ana Ruiz spoke");
    update(&mut state, PopoverAction::ToggleEdge);
    update(&mut state, PopoverAction::TypeEdge("ka".to_owned()));
    assert_eq!(text(&state), "Ana Ruiz spoke", "only shown");
    update(&mut state, PopoverAction::DropBoundary(true));
    assert_eq!(text(&state), "Ana Ruiz spoke in Kandahar");
    update(&mut state, PopoverAction::ToggleEdge);
    update(&mut state, PopoverAction::TypeEdge("ru".to_owned()));
    update(&mut state, PageAction::Escape);
    assert!(open(&state).card().unwrap().edge.is_none());
    assert_eq!(text(&state), "Ana Ruiz spoke in Kandahar");
}

#[test]
fn a_search_leads_to_the_mark_or_to_the_words() {
    let mut state = opened_page();
    let search = |state: &mut State, query: &str| {
        update(state, SearchAction::Open);
        update(state, SearchAction::Query(query.to_owned()));
        update(state, SearchAction::Step(false));
        update(state, PageAction::Escape)
    };
    let effects = search(&mut state, "Kandahar");
    assert_eq!(effects, [Effect::Focus(Target::MarkInPlace(id("n1")))]);
    let effects = search(&mut state, "spok");
    assert_eq!(effects, [Effect::Focus(Target::Article)]);
    assert_eq!(open(&state).popover, Some(Popover::New(at("spoke", 0))), "to be marked");
    update(&mut state, PageAction::Escape);
    update(&mut state, WalkAction::Step { back: false, unreviewed: false });
    assert_eq!(open(&state).active, Some(id("n1")), "on from there");
}

#[test]
fn all_that_is_found_is_marked_as_whole_words() {
    let mut state = opened_page();
    update(&mut state, SearchAction::Open);
    update(&mut state, SearchAction::Query("on".to_owned()));
    update(&mut state, EditAction::MarkFound(Label::Product));
    let added = open(&state).shown.annotations.iter().filter(|a| a.status == Status::Added);
    let added: Vec<_> = added.map(|a| open(&state).shown.text.slice(a.span)).collect();
    // "On" before Thursday and "on" in the quote; not in "Monday" or "Thursday".
    assert!(added.iter().all(|w| w.eq_ignore_ascii_case("on")) && !added.is_empty(), "{added:?}");
    update(&mut state, EditAction::Undo);
    update(&mut state, SearchAction::Query("Ruiz".to_owned()));
    let before = open(&state).shown.annotations.len();
    update(&mut state, EditAction::MarkFound(Label::Person));
    assert!(open(&state).shown.annotations.len() <= before + 1, "marked names stay");
}

#[test]
fn a_title_is_edited_and_taken_back() {
    let mut state = opened_page();
    update(&mut state, EditAction::SetTitle("  Another \n title ".to_owned()));
    assert_eq!(open(&state).title(), "Another title");
    update(&mut state, EditAction::SetPublished("2021-07-20".to_owned()));
    update(&mut state, EditAction::Undo);
    assert_eq!(open(&state).title(), "Mayor to resign");
}
