#!/usr/bin/env python3
"""Counts the cases of chrono and duckling that hold an explicit calendar form, and the negative ones that speak.

    explicit.py CASES.jsonl OUT.jsonl [--show]

CASES has one expression a line with "text" and "expected" (null: nothing may be found); OUT is what
`galley annotate --only dates --jsonl` printed for it. A case counts as explicit when its text has a month's name
beside a day or year, a day or month in figures, or a year; cases of holidays are left out. It is right when
something found begins on the expected day. marked_negatives.tsv says why some negative cases speak.
"""
import json
import pathlib
import re
import sys

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
WORDS = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|twentieth"
    r"|twenty[- ]\w+|thirtieth|thirty[- ]first|ides)"
)
EXPLICIT = re.compile(
    "|".join(
        [
            rf"\b{MONTH}[\s,/-]*(?:the )?(?:{DAY}|{WORDS})\b",
            rf"\b(?:{DAY}|{WORDS})[\s,/-]*(?:of )?(?:day of )?{MONTH}(?:\b|\d)",
            rf"\b{MONTH}[\s,'/-]*\d\d(?:\d\d)?\b",
            r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b",
            r"\b\d{1,2}/\d{1,4}\b",
            r"\b\d{8}\b",
            r"\b\d{4}[-/]\d\d\b",
            r"\b(?:19|20)\d\d\b",
        ]
    ),
    re.IGNORECASE,
)


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def expected_day(want):
    """The day that a case asks for, or an empty string."""
    day = (want.get("start.date") or want.get("start") or "")[:10]
    fields = [want.get(f"start.{field}") for field in ("year", "month", "day")]
    if not day and None not in fields:
        day = "{:04d}-{:02d}-{:02d}".format(*fields)
    return day


def marked():
    """The texts of negative cases that TimeML marks."""
    text = pathlib.Path(__file__).with_name("marked_negatives.tsv").read_text(encoding="utf-8")
    return {line.split("\t")[1] for line in text.splitlines() if line and not line.startswith("#")}


def main(cases_path, out_path, show):
    explicit = right = negative = speaking = known = 0
    timeml = marked()
    for case, out in zip(lines(cases_path), lines(out_path), strict=True):
        found = [a for a in out["annotations"] if a["kind"] == "date" and a.get("status") != "rejected"]
        said = [(a["text"], a["timex"]["value"]) for a in found]
        want = case.get("expected")
        if want is None:
            negative += 1
            speaking += bool(found)
            known += bool(found) and case["text"] in timeml
            if found and show:
                print("speaks", repr(case["text"]), said)
            continue
        if not isinstance(want, dict) or want.get("holiday"):
            continue
        day = expected_day(want)
        if not day or not EXPLICIT.search(case["text"]):
            continue
        explicit += 1
        hit = any((a.get("interval") or {}).get("from", "")[:10] == day for a in found)
        right += hit
        if not hit and show:
            print("wrong ", repr(case["text"]), "wants", day, said)
    share = 100 * right / max(1, explicit)
    print(f"explicit {right}/{explicit} ({share:.1f}%)  negatives that speak {speaking}/{negative}, marked by TimeML {known}")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], "--show" in sys.argv)
