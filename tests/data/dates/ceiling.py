#!/usr/bin/env python3
"""How far rules by wording could go on a corpus, were they made from its own golds.

    ceiling.py GOLD.jsonl OUT.jsonl

GOLD has one document a line with "id" and "timex"; OUT is what `galley annotate --jsonl` printed for it.
For each wording (weekdays, months and numbers are taken for one another) that stands there twice or more, the
golds choose what scores best: the engine's values, one constant value (PXM, PAST_REF, ...) everywhere, or to
leave the wording unmarked. Once from all golds, which is more than a rule by wording can learn, and once from
the golds of all other documents, which is what it could learn.

Below it the bare weekdays, with all golds and without those of doubtful.tsv.
Spans are matched as the scorer does: outermost, overlapping, one to one, exact ones first.
"""
import collections
import json
import re
import sys

sys.dont_write_bytecode = True
from doubtful import doubtful, lines

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\\."
)
NUMBERS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty"
FOUND, SILENT = "found", "silent"
CONSTANT = re.compile(r"P[0-9XTDWMQY].*|P[A-Z]*_REF|[A-Z]+_REF")


def outermost(spans):
    out, end = [], -1
    for span in sorted(spans, key=lambda s: (s["start"], -s["end"])):
        if span["start"] >= end:
            out.append(span)
            end = span["end"]
    return out


def pairs(gold, found):
    """Found to gold, by index."""
    near = sorted(
        (-(g["start"] == f["start"] and g["end"] == f["end"]), max(g["start"], f["start"]) - min(g["end"], f["end"]), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if g["start"] < f["end"] and f["start"] < g["end"]
    )
    taken, out = set(), {}
    for _, _, i, j in near:
        if i not in taken and j not in out:
            taken.add(i)
            out[j] = i
    return out


def wording(text):
    text = re.sub("|".join(WEEKDAYS), "WEEKDAY", text.lower())
    text = re.sub(rf"\b(?:{MONTHS})", "MONTH", text)
    return " ".join(re.sub(rf"\d+|\b(?:{NUMBERS})\b", "N", text).split())


def right(answer, rows):
    return sum(gold is not None and gold == (found if answer == FOUND else answer) for _, gold, found in rows)


def choice(rows, floor):
    """FOUND, a constant value, or SILENT: what scores best on these golds."""
    if len(rows) < 2:
        return FOUND
    constants = {gold for _, gold, _ in rows if gold and CONSTANT.fullmatch(gold)}
    # The engine's own values where they are as good.
    best = max([FOUND, *sorted(constants)], key=lambda answer: right(answer, rows))
    return best if right(best, rows) > floor * len(rows) else SILENT


def tally(counts, answer, rows):
    if answer != SILENT:
        counts["said"] += len(rows)
        counts["right"] += right(answer, rows)


def main(gold_path, out_path):
    golds, marked = 0, 0
    groups = collections.defaultdict(list)
    days = collections.Counter()
    doubts = doubtful()
    for document, out in zip(lines(gold_path), lines(out_path), strict=True):
        text = document["text"]
        gold = outermost(document["timex"])
        found = outermost(
            {"start": a["start"], "end": a["end"], "value": a["timex"].get("value") or ""}
            for a in out["annotations"]
            if a["kind"] == "date" and a.get("status") != "rejected"
        )
        golds += len(gold)
        marked += len(found)
        matched = pairs(gold, found)
        for j, f in enumerate(found):
            value = (gold[matched[j]].get("value") or "").strip() if j in matched else None
            words = text[f["start"] : f["end"]]
            groups[wording(words)].append((document["id"], value, f["value"]))
            if words.lower() in WEEKDAYS and value is not None:
                gold_span = gold[matched[j]]
                doubted = any(gold_span["start"] < z and a < gold_span["end"] for a, z in doubts.get(document["id"], []))
                for count in ["all"] if doubted else ["all", "undoubted"]:
                    days[count] += 1
                    days["right", count] += value == f["value"]

    f1 = lambda right, said: 2 * right / (said + golds)
    now = f1(sum(right(FOUND, rows) for rows in groups.values()), marked)
    # What is wrong more often than half the F1 reached costs more than it gains.
    floor = now / 2
    fitted, learnt = collections.Counter(), collections.Counter()
    for rows in groups.values():
        tally(fitted, choice(rows, floor), rows)
        for document in {d for d, _, _ in rows}:
            others = [row for row in rows if row[0] != document]
            tally(learnt, choice(others, floor), [row for row in rows if row[0] == document])
    print(f"value F1 as it is                                  {100 * now:.1f}")
    print(f"value F1, each wording fitted to all golds         {100 * f1(fitted['right'], fitted['said']):.1f}")
    print(f"value F1, each wording fitted to other documents'  {100 * f1(learnt['right'], learnt['said']):.1f}")
    print(f"bare weekdays right                                {days['right', 'all']} of {days['all']}")
    print(f"  without the golds of doubtful.tsv                {days['right', 'undoubted']} of {days['undoubted']}")


if __name__ == "__main__":
    main(*sys.argv[1:])
