//! The popover's fields of a quote: who speaks, and what kind of quote it is.

use yew::{Html, html};

use super::chips::{date_chip, label_chips};
use super::fields::draft_callbacks;
use crate::action::DraftField;
use crate::action::{EditAction, PopoverAction};
use crate::browser::shared::{Emit, dispatch};
use crate::state::{Card, Open};
use crate::words;
use galley_engine::document::{Annotation, QuoteBody, QuoteKind};
use galley_engine::text::Span;
use galley_engine::user_words::UserLabel;

pub(super) fn quote_fields(
    open: &Open,
    card: &Card,
    a: &Annotation,
    body: &QuoteBody,
    own: &[UserLabel],
    emit: &Emit,
) -> Html {
    let kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect].map(|kind| {
        html! {
            <button key={kind.name()} data-quote={kind.name()} aria-pressed={(kind == body.kind).to_string()}
                onclick={dispatch(emit, EditAction::SetQuoteKind(kind))}>{ kind.name() }</button>
        }
    });
    let cue = (!body.cue.is_empty()).then(|| words_of(open, &body.cue));
    html! {
        <>
            { speaker_fields(open, card, a, body, emit) }
            <div class="row kinds" role="group" aria-label="Kind of quote">
                { for kinds }
                if let Some(cue) = cue {
                    <span class="note">{ format!("cue: “{cue}”") }</span>
                }
            </div>
            <details class="more">
                <summary>{ "Not a quote" }</summary>
                { label_chips(None, own, date_chip(emit), Html::default(), emit) }
            </details>
        </>
    }
}

fn words_of(open: &Open, spans: &[Span]) -> String {
    let words: Vec<&str> = spans.iter().map(|&s| open.shown.text.slice(s)).collect();
    words.join(" … ")
}

/// The field for the speaker, and the names that are offered: the likely ones, or those that begin with what is
/// typed. Each has its digit.
fn speaker_fields(open: &Open, card: &Card, a: &Annotation, body: &QuoteBody, emit: &Emit) -> Html {
    let speaker = body.speaker.as_ref();
    let name = speaker.map(|s| s.name.clone().unwrap_or_else(|| words_of(open, &s.mention)));
    let said = speaker.filter(|s| !s.mention.is_empty()).map(|s| words_of(open, &s.mention));
    let said = said.filter(|words| Some(words) != name.as_ref());
    let now = speaker.and_then(|s| s.entity.as_ref());
    let typed = card.typed(DraftField::Speaker);
    let names = open.offered_speakers(&a.id);
    let none = names.is_empty();
    let ranked = names.into_iter().enumerate().map(|(i, e)| {
        let on = now == Some(&e.id);
        html! {
            <button key={e.id.0.clone()} data-speaker={e.name.clone()} data-kind={words::kind_slug(e.label.kind())}
                aria-pressed={on.to_string()} onclick={dispatch(emit, EditAction::SetSpeaker(Some(e.id.clone())))}>
                <span class="glyph" aria-hidden="true">{ words::label_glyph(e.label) }</span>{ &e.name }
                <kbd aria-hidden="true">{ i + 1 }</kbd>
            </button>
        }
    });
    let asked = card.draft.as_ref().is_some_and(|d| d.field == DraftField::Speaker && d.asked);
    let as_typed = typed.filter(|t| asked && !t.trim().is_empty()).map(|typed| {
        let onclick = dispatch(emit, EditAction::NameSpeaker(typed.to_owned()));
        html! { <button data-do="as-typed" {onclick}>{ format!("Use “{}” as typed", typed.trim()) }</button> }
    });
    let shown = typed.map(str::to_owned).or(name).unwrap_or_default();
    let calls = draft_callbacks(DraftField::Speaker, EditAction::NameSpeaker, emit);
    html! {
        <div class="fields">
            <div class="named">
                <label for="speaker">{ "Speaker" }</label>
                <input id="speaker" type="text" autocomplete="off" spellcheck="false" placeholder="No speaker" value={shown}
                    oninput={calls.oninput} onblur={calls.onblur} onkeydown={calls.onkeydown} />
                <button data-do="pick" title="Then click the name in the text, or drag over the words" onclick={dispatch(emit, PopoverAction::PickSpeaker)}>
                    { "In the text…" }<kbd aria-hidden="true">{ "P" }</kbd>
                </button>
            </div>
            if let Some(said) = said {
                <p class="note">{ format!("in the text: “{said}”") }</p>
            }
            <div class="chips" role="group" aria-label="Speakers, most likely first">
                { for ranked }
                if typed.is_some() && none {
                    <span class="note">{ "No name in the text begins so." }</span>
                }
                { for as_typed }
                if speaker.is_some() {
                    <button data-speaker="" onclick={dispatch(emit, EditAction::SetSpeaker(None))}>{ "No speaker" }</button>
                }
            </div>
        </div>
    }
}
