#!/usr/bin/env python3
"""Leaves the golds of doubtful.tsv out of a corpus and out of what was found there.

    doubtful.py GOLD.jsonl OUT.jsonl NEW_GOLD.jsonl NEW_OUT.jsonl

GOLD has one document a line with "id" and "timex"; OUT is what `galley annotate --jsonl` printed for it.
A finding that overlaps a gold left out is left out too. Score the two new files as the old ones.
"""
import json
import pathlib
import sys


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def doubtful():
    spans = {}
    for line in pathlib.Path(__file__).with_name("doubtful.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            document, start, end, *_ = line.split("\t")
            spans.setdefault(document, []).append((int(start), int(end)))
    return spans


def main(gold_path, out_path, new_gold, new_out):
    spans = doubtful()
    with open(new_gold, "w", encoding="utf-8") as gold_file, open(new_out, "w", encoding="utf-8") as out_file:
        for gold, out in zip(lines(gold_path), lines(out_path), strict=True):
            left_out = spans.get(gold["id"], [])
            kept = lambda item: not any(item["start"] < end and start < item["end"] for start, end in left_out)
            gold["timex"] = [t for t in gold["timex"] if kept(t)]
            out["annotations"] = [a for a in out["annotations"] if a["kind"] != "date" or kept(a)]
            print(json.dumps(gold, ensure_ascii=False), file=gold_file)
            print(json.dumps(out, ensure_ascii=False), file=out_file)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
