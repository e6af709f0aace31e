"""Galley JSON, version 1.

Generated from galley.schema.json by `galley schema python`: do not edit.

>>> import json
>>> from galley_types import GalleyDocument
>>> document: GalleyDocument = json.load(open("article.galley.json"))  # doctest: +SKIP
"""

from __future__ import annotations

from typing import List, Literal, NotRequired, Optional, Tuple, TypedDict

# A place in the text: its first code point and the one after it.
Range = Tuple[int, int]


class GalleyDocument(TypedDict):
    """An article with its annotations: one file, or one line of JSON lines."""

    format: Literal["galley"]
    """By which a file is known."""

    version: Literal[1]
    """The version of the format. Another number is another format."""

    generator: Generator
    """Which program and models read the text."""

    document: Document
    """The article."""

    offsets: Offsets
    """How places in the text are counted."""

    annotations: List[Annotation]
    """What was found in the text or marked by people, in the order of the text. They may stand within and across each other."""

    entities: List[Entity]
    """Whom and what the text names, in the order of their first mentions."""

    review: Review
    """How many annotations stand at each status; counted anew whenever a file is written."""


class Generator(TypedDict):
    """Which program and models read the text."""

    name: str
    """The program: `galley`; empty for files of other programs."""

    version: str
    """Its version."""

    model: str
    """The models, by name, version and checksum."""


class Document(TypedDict):
    """The article: its text and what is known of it as a whole."""

    id: Optional[str]
    """The caller's name for it: of a file, or of a row of a table."""

    title: Optional[str]
    """The headline."""

    language: str
    """The language of the text, as an ISO 639-1 code."""

    published: Optional[str]
    """When the article appeared, `2021-07-23` or `2021-07-23T19:27:00`; relative dates are resolved against it."""

    published_source: Optional[Literal["text", "given"]]
    """Where `published` comes from: read in the text, or given; null where there is none."""

    text: str
    """The text that every place in the file is counted in. Line ends are LF."""

    text_sha256: Optional[str]
    """SHA-256 of the text's UTF-8 bytes, in lowercase hexadecimal digits. A file with another sum is refused."""

    zones: NotRequired[List[Zone]]
    """The parts of the page that are no paragraphs of the story, in the order of the text; left out where there are none."""


class Offsets(TypedDict):
    """How places in the text are counted."""

    unit: Literal["unicode-code-point"]
    """The unit of all places: Unicode code points, as Python counts them (JavaScript counts UTF-16 units)."""

    end: Literal["exclusive"]
    """`end` is the place after the last code point."""


class Annotation(TypedDict):
    """A marked stretch of the text: a name, a date or a quote. Which fields there are depends on its kind."""

    id: str
    """Stable within the document; two annotations never have the same."""

    kind: Literal["entity", "date", "quote"]
    """What it is: a mention of an entity (or an amount), a date, or reported speech."""

    label: NotRequired[str]
    """Of an entity its label (OntoNotes', or one of the reader's own); of a quote how it is reported: `direct` in quotation marks, `indirect` without, `mixed` both."""

    start: int
    """Its first code point."""

    end: int
    """The code point after it."""

    text: str
    """The words at that place; a file where they are others is refused."""

    entity: NotRequired[Optional[str]]
    """Of an entity's mention: the id of the entity; null for amounts, and for names that are none's."""

    confidence: float
    """How sure the machine was, from 0 to 1 in thousandths; 1 for what a person said."""

    reason: NotRequired[str]
    """Why the machine thinks so, in words for people; left out where it does not say."""

    status: Literal["machine", "accepted", "corrected", "added", "rejected"]
    """What became of it: the machine's, accepted, corrected or added by a person, or rejected (it is none, and never comes back)."""

    alternatives: NotRequired[List[DateReading]]
    """Of a date: other readings, the likeliest first; left out where there are none."""

    cue: NotRequired[List[Range]]
    """Of a quote: the places of the words that introduce it ("said", "according to")."""

    interval: NotRequired[Optional[Interval]]
    """Of a date: the calendar interval that its value stands for; null where it stands for none."""

    machine: NotRequired[MachineReading]
    """Of a corrected one: what the machine had read, so that a corrected file doubles as evaluation data."""

    parts: NotRequired[List[Range]]
    """Of a quote: the places of the quoted words, without quotation marks."""

    speaker: NotRequired[Optional[Speaker]]
    """Of a quote: who speaks; null where the text names nobody."""

    strength: NotRequired[Literal["speech", "document", "attitude"]]
    """Of a quote: whether it is speech, the words of a document, or an attitude."""

    timex: NotRequired[Timex]
    """Of a date: its value."""


class Entity(TypedDict):
    """Someone or something that the text names, with all its mentions."""

    id: str
    """Stable within the document."""

    label: str
    """The label of its mentions."""

    name: str
    """The fullest name."""

    aliases: List[str]
    """Its other names, in the order of the text."""

    mentions: List[str]
    """The ids of the annotations that mention it, in the order of the text; without the rejected ones."""

    status: NotRequired[Literal["accepted", "corrected", "added", "rejected"]]
    """`corrected` when a person named, merged or relabelled it, `added` when a person made it; left out while it is the machine's."""


class Review(TypedDict):
    """How many annotations stand at each status."""

    machine: int
    """Nobody has decided on them."""

    accepted: int
    """Right as they are."""

    corrected: int
    """Changed by a person."""

    added: int
    """Made by a person."""

    rejected: int
    """No annotations, by a person's decision."""


class Zone(TypedDict):
    """A part of the page that is no paragraph of the story."""

    zone: str
    """What it is. Readers leave out zones that they do not know."""

    start: int
    """Its first code point."""

    end: int
    """The code point after it."""


class DateReading(TypedDict):
    """Another way to read a date ("04/03")."""

    interval: Optional[Interval]
    """Its interval."""

    timex: Timex
    """The value."""


# A stretch of the calendar: its first and its last day or instant.
Interval = TypedDict(
    "Interval",
    {
        # The first day, or instant.
        "from": "str",
        # The last one; it belongs to the interval.
        "to": "str",
    },
)


class MachineReading(TypedDict):
    """What the machine had read before a person corrected it: the fields in which that differs from the annotation as it is now. Where `kind` is there, all fields of that kind are."""

    alternatives: NotRequired[List[DateReading]]
    """Of a date: other readings, the likeliest first; left out where there are none."""

    confidence: NotRequired[float]
    """How sure the machine was, from 0 to 1 in thousandths; 1 for what a person said."""

    cue: NotRequired[List[Range]]
    """Of a quote: the places of the words that introduce it ("said", "according to")."""

    end: NotRequired[int]
    """The code point after it."""

    entity: NotRequired[Optional[str]]
    """Of an entity's mention: the id of the entity; null for amounts, and for names that are none's."""

    interval: NotRequired[Optional[Interval]]
    """Of a date: the calendar interval that its value stands for; null where it stands for none."""

    kind: NotRequired[Literal["entity", "date", "quote"]]
    """What it is: a mention of an entity (or an amount), a date, or reported speech."""

    label: NotRequired[str]
    """Of an entity its label (OntoNotes', or one of the reader's own); of a quote how it is reported: `direct` in quotation marks, `indirect` without, `mixed` both."""

    parts: NotRequired[List[Range]]
    """Of a quote: the places of the quoted words, without quotation marks."""

    speaker: NotRequired[Optional[Speaker]]
    """Of a quote: who speaks; null where the text names nobody."""

    start: NotRequired[int]
    """Its first code point."""

    strength: NotRequired[Literal["speech", "document", "attitude"]]
    """Of a quote: whether it is speech, the words of a document, or an attitude."""

    text: NotRequired[str]
    """The words at that place; a file where they are others is refused."""

    timex: NotRequired[Timex]
    """Of a date: its value."""


class Speaker(TypedDict):
    """Who speaks a quote."""

    confidence: Optional[float]
    """How sure the machine was, from 0 to 1."""

    entity: Optional[str]
    """The id of the entity, where it is known."""

    mention: List[Range]
    """The places of the words that name the speaker ("he", "the minister")."""

    name: Optional[str]
    """The name, resolved through pronouns; null where it is not known."""


class Timex(TypedDict):
    """A value as TIMEX3 (ISO-TimeML) has it."""

    anchor: Optional[str]
    """What a relative date was resolved against: `published`, or the id of another date; null where it stands by itself."""

    mod: Optional[str]
    """What the words add to the value: `APPROX`, `START`, `END`, `BEFORE`, `AFTER` …; null where they add nothing."""

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    """What the expression names: a day or longer, a time of day, a length, or something that recurs."""

    value: str
    """The value: `2021-07-22`, `2021-W30`, `2021-07-21TNI`, `P3M`, `XXXX-WXX-5`, `PAST_REF`. X stands for what is not known."""
