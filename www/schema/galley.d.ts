// Galley JSON, version 1. Generated from galley.schema.json by `galley schema typescript`: do not edit.

/** A place in the text: its first code point and the one after it. */
export type Range = [number, number];

/** An article with its annotations: one file, or one line of JSON lines. */
export interface GalleyDocument {
  /** By which a file is known. */
  format: "galley";
  /** The version of the format. Another number is another format. */
  version: 1;
  /** Which program and models read the text. */
  generator: Generator;
  /** The article. */
  document: Document;
  /** How places in the text are counted. */
  offsets: Offsets;
  /** What was found in the text or marked by people, in the order of the text. They may stand within and across each other. */
  annotations: Annotation[];
  /** Whom and what the text names, in the order of their first mentions. */
  entities: Entity[];
  /** How many annotations stand at each status; counted anew whenever a file is written. */
  review: Review;
}

/** Which program and models read the text. */
export interface Generator {
  /** The program: `galley`; empty for files of other programs. */
  name: string;
  /** Its version. */
  version: string;
  /** The models, by name, version and checksum. */
  model: string;
}

/** The article: its text and what is known of it as a whole. */
export interface Document {
  /** The caller's name for it: of a file, or of a row of a table. */
  id: string | null;
  /** The headline. */
  title: string | null;
  /** The language of the text, as an ISO 639-1 code. */
  language: string;
  /** When the article appeared, `2021-07-23` or `2021-07-23T19:27:00`; relative dates are resolved against it. */
  published: string | null;
  /** Where `published` comes from: read in the text, or given; null where there is none. */
  published_source: "text" | "given" | null;
  /** The text that every place in the file is counted in. Line ends are LF. */
  text: string;
  /** SHA-256 of the text's UTF-8 bytes, in lowercase hexadecimal digits. A file with another sum is refused. */
  text_sha256: string | null;
  /** The parts of the page that are no paragraphs of the story, in the order of the text; left out where there are none. */
  zones?: Zone[];
}

/** How places in the text are counted. */
export interface Offsets {
  /** The unit of all places: Unicode code points, as Python counts them (JavaScript counts UTF-16 units). */
  unit: "unicode-code-point";
  /** `end` is the place after the last code point. */
  end: "exclusive";
}

/** A marked stretch of the text: a name, a date or a quote. Which fields there are depends on its kind. */
export interface Annotation {
  /** Stable within the document; two annotations never have the same. */
  id: string;
  /** What it is: a mention of an entity (or an amount), a date, or reported speech. */
  kind: "entity" | "date" | "quote";
  /** Of an entity its label (OntoNotes', or one of the reader's own); of a quote how it is reported: `direct` in quotation marks, `indirect` without, `mixed` both. */
  label?: string;
  /** Its first code point. */
  start: number;
  /** The code point after it. */
  end: number;
  /** The words at that place; a file where they are others is refused. */
  text: string;
  /** Of an entity's mention: the id of the entity; null for amounts, and for names that are none's. */
  entity?: string | null;
  /** How sure the machine was, from 0 to 1 in thousandths; 1 for what a person said. */
  confidence: number;
  /** Why the machine thinks so, in words for people; left out where it does not say. */
  reason?: string;
  /** What became of it: the machine's, accepted, corrected or added by a person, or rejected (it is none, and never comes back). */
  status: "machine" | "accepted" | "corrected" | "added" | "rejected";
  /** Of a date: other readings, the likeliest first; left out where there are none. */
  alternatives?: DateReading[];
  /** Of a quote: the places of the words that introduce it ("said", "according to"). */
  cue?: Range[];
  /** Of a date: the calendar interval that its value stands for; null where it stands for none. */
  interval?: Interval | null;
  /** Of a corrected one: what the machine had read, so that a corrected file doubles as evaluation data. */
  machine?: MachineReading;
  /** Of a quote: the places of the quoted words, without quotation marks. */
  parts?: Range[];
  /** Of a quote: who speaks; null where the text names nobody. */
  speaker?: Speaker | null;
  /** Of a quote: whether it is speech, the words of a document, or an attitude. */
  strength?: "speech" | "document" | "attitude";
  /** Of a date: its value. */
  timex?: Timex;
}

/** Someone or something that the text names, with all its mentions. */
export interface Entity {
  /** Stable within the document. */
  id: string;
  /** The label of its mentions. */
  label: string;
  /** The fullest name. */
  name: string;
  /** Its other names, in the order of the text. */
  aliases: string[];
  /** The ids of the annotations that mention it, in the order of the text; without the rejected ones. */
  mentions: string[];
  /** `corrected` when a person named, merged or relabelled it, `added` when a person made it; left out while it is the machine's. */
  status?: "accepted" | "corrected" | "added" | "rejected";
}

/** How many annotations stand at each status. */
export interface Review {
  /** Nobody has decided on them. */
  machine: number;
  /** Right as they are. */
  accepted: number;
  /** Changed by a person. */
  corrected: number;
  /** Made by a person. */
  added: number;
  /** No annotations, by a person's decision. */
  rejected: number;
}

/** A part of the page that is no paragraph of the story. */
export interface Zone {
  /** What it is. Readers leave out zones that they do not know. */
  zone: string;
  /** Its first code point. */
  start: number;
  /** The code point after it. */
  end: number;
}

/** Another way to read a date ("04/03"). */
export interface DateReading {
  /** Its interval. */
  interval: Interval | null;
  /** The value. */
  timex: Timex;
}

/** A stretch of the calendar: its first and its last day or instant. */
export interface Interval {
  /** The first day, or instant. */
  from: string;
  /** The last one; it belongs to the interval. */
  to: string;
}

/** What the machine had read before a person corrected it: the fields in which that differs from the annotation as it is now. Where `kind` is there, all fields of that kind are. */
export interface MachineReading {
  /** Of a date: other readings, the likeliest first; left out where there are none. */
  alternatives?: DateReading[];
  /** How sure the machine was, from 0 to 1 in thousandths; 1 for what a person said. */
  confidence?: number;
  /** Of a quote: the places of the words that introduce it ("said", "according to"). */
  cue?: Range[];
  /** The code point after it. */
  end?: number;
  /** Of an entity's mention: the id of the entity; null for amounts, and for names that are none's. */
  entity?: string | null;
  /** Of a date: the calendar interval that its value stands for; null where it stands for none. */
  interval?: Interval | null;
  /** What it is: a mention of an entity (or an amount), a date, or reported speech. */
  kind?: "entity" | "date" | "quote";
  /** Of an entity its label (OntoNotes', or one of the reader's own); of a quote how it is reported: `direct` in quotation marks, `indirect` without, `mixed` both. */
  label?: string;
  /** Of a quote: the places of the quoted words, without quotation marks. */
  parts?: Range[];
  /** Of a quote: who speaks; null where the text names nobody. */
  speaker?: Speaker | null;
  /** Its first code point. */
  start?: number;
  /** Of a quote: whether it is speech, the words of a document, or an attitude. */
  strength?: "speech" | "document" | "attitude";
  /** The words at that place; a file where they are others is refused. */
  text?: string;
  /** Of a date: its value. */
  timex?: Timex;
}

/** Who speaks a quote. */
export interface Speaker {
  /** How sure the machine was, from 0 to 1. */
  confidence: number | null;
  /** The id of the entity, where it is known. */
  entity: string | null;
  /** The places of the words that name the speaker ("he", "the minister"). */
  mention: Range[];
  /** The name, resolved through pronouns; null where it is not known. */
  name: string | null;
}

/** A value as TIMEX3 (ISO-TimeML) has it. */
export interface Timex {
  /** What a relative date was resolved against: `published`, or the id of another date; null where it stands by itself. */
  anchor: string | null;
  /** What the words add to the value: `APPROX`, `START`, `END`, `BEFORE`, `AFTER` …; null where they add nothing. */
  mod: string | null;
  /** What the expression names: a day or longer, a time of day, a length, or something that recurs. */
  type: "DATE" | "TIME" | "DURATION" | "SET";
  /** The value: `2021-07-22`, `2021-W30`, `2021-07-21TNI`, `P3M`, `XXXX-WXX-5`, `PAST_REF`. X stands for what is not known. */
  value: string;
}
