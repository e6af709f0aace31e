"""Loads what Galley writes with the tools that it is written for: spaCy, pandas, openpyxl, lxml, jsonschema.

    cargo build && python tests/tools/load_formats.py [path of galley]

Every text and every span has to be what Galley JSON says, code point by code point. A tool that is not installed
is skipped, in one line. Needs nothing but Python 3.9; installs nothing.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GALLEY = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "target/debug/galley")

TEXTS = {
    "plain": "OSLO, July 23, 2021 – Mayor Ann Ray said on Monday that Selby Port would close. “We have no choice,” Ray said.",
    "emoji": "👩‍👧 Ann Ray 👍 said “no 👍” on 3 May 2021.\n\n𝒜 Tom Archer left Bergen for $40 million.",
    "lines": "Ann Ray left.\r\n\r\n“It rained,” said Tom Archer\r\non Monday, 3 May 2021.\r\n",
    "accents": "Zoe\u0308 Muller met Ann Ray in Orléans. =SUM(A1) <b> & \"c\" 'd' on 3 May 2021.",
    "right to left": "שלום Ann Ray עולם on 3 May 2021, said Tom Archer in Bergen.",
}


def run(*arguments, stdin=b""):
    done = subprocess.run([GALLEY, *arguments], input=stdin, capture_output=True)
    if done.returncode != 0:
        raise AssertionError(f"galley {' '.join(arguments)}: {done.stderr.decode()}")
    return done.stdout


def equal(what, got, want):
    if got != want:
        raise AssertionError(f"{what}: {got!r} is not {want!r}")


class Case:
    """A document, and its files in all formats."""

    def __init__(self, name, text, folder):
        self.name = name
        self.folder = folder
        self.json = run("annotate", "--published", "2021-07-23", "-", stdin=text.encode())
        self.document = json.loads(self.json)
        self.text = self.document["document"]["text"]
        self.marks = [a for a in self.document["annotations"] if a["status"] != "rejected"]

    def write(self, format):
        return run("convert", "--format", format, "-", stdin=self.json)

    def file(self, format, end):
        path = os.path.join(self.folder, f"{self.name.replace(' ', '-')}{end}")
        with open(path, "wb") as out:
            out.write(self.write(format))
        return path

    def words(self, kind):
        return sorted(a["text"] for a in self.marks if a["kind"] == kind)


def check_galley(jsonschema, case):
    with open(os.path.join(ROOT, "www/schema/galley.schema.json"), encoding="utf-8") as file:
        jsonschema.Draft202012Validator(json.load(file)).validate(case.document)
    for a in case.marks:
        equal("text", case.text[a["start"] : a["end"]], a["text"])


def check_spacy(spacy, case):
    row = json.loads(case.write("spacy"))
    doc = spacy.tokens.Doc(spacy.blank("en").vocab).from_json(row, validate=True)
    equal("text", doc.text, case.text)
    equal("spans", sorted(s.text for s in doc.spans["sc"]), sorted(a["text"].strip() for a in case.marks))
    equal("pairs", len(doc.spans["quotes"]), len(doc.spans["speakers"]))
    # What a program changed comes back as corrected, with the machine's reading kept.
    row.update(doc.to_json())
    if not row["spans"]["sc"]:
        return
    path = os.path.join(case.folder, "changed.jsonl")
    changed = next((s for s in row["spans"]["sc"] if s["label"] == "PERSON"), None)
    if changed:
        changed["label"] = "ORG"
        for entity in row["ents"]:
            if (entity["start"], entity["end"]) == (changed["start"], changed["end"]):
                entity["label"] = "ORG"
        for span in row["spans"]["speakers"]:
            if (span["start"], span["end"]) == (changed["start"], changed["end"]):
                span["label"] = "ORG"
    with open(path, "w", encoding="utf-8") as out:
        json.dump(row, out)
    back = json.loads(run("convert", "--format", "galley", path))
    corrected = [a for a in back["annotations"] if a["status"] == "corrected"]
    equal("corrected", [a["label"] for a in corrected], ["ORG"] if changed else [])
    equal("kept", [a["machine"]["label"] for a in corrected], ["PERSON"] if changed else [])


def check_pandas(pandas, case):
    for format, column, kind in [("entities-csv", "mention", "entity"), ("dates-csv", "date", "date")]:
        table = pandas.read_csv(case.file(format, ".csv"), keep_default_na=False)
        cut = [" ".join(case.text[s:e].split()) for s, e in zip(table["start"], table["end"])]
        equal("cells", [cell.lstrip("'") for cell in table[column].astype(str)], [c.lstrip("'") for c in cut])
        equal("rows", sorted(cut), sorted(" ".join(w.split()) for w in case.words(kind)))


def check_openpyxl(openpyxl, case):
    book = openpyxl.load_workbook(case.file("xlsx", ".xlsx"))
    equal("sheets", book.sheetnames, ["Entities", "Mentions", "Quotes", "Dates"])
    for name, kind in [("Mentions", "entity"), ("Dates", "date"), ("Quotes", "quote")]:
        rows = list(book[name].iter_rows(values_only=True))
        start, end = rows[0].index("start"), rows[0].index("end")
        equal(name, sorted(case.text[row[start] : row[end]] for row in rows[1:]), case.words(kind))
    for sheet in book:
        for row in sheet.iter_rows():
            equal("formulas", [cell.value for cell in row if cell.data_type == "f"], [])


def check_lxml(lxml, case):
    etree = importlib.import_module("lxml.etree")
    tei = etree.fromstring(case.write("tei"))
    body = tei.find(".//{http://www.tei-c.org/ns/1.0}body")
    equal("TEI", "".join(body.itertext())[1:], case.text)
    timeml = etree.fromstring(case.write("timeml"))
    equal("TimeML", "".join(timeml.find("TEXT").itertext()), case.text)
    equal("TIMEX3", sorted(t.text for t in timeml.findall("TEXT/TIMEX3")), case.words("date"))
    etree.fromstring(case.write("label-studio-config"))


def check_label_studio(_, case):
    """As its page counts: code points."""
    for result in json.loads(case.write("label-studio"))[0]["annotations"][0]["result"]:
        value = result.get("value", {})
        if "labels" in value:
            equal("region", case.text[value["start"] : value["end"]], value["text"])


CHECKS = [
    ("jsonschema", check_galley),
    ("spacy", check_spacy),
    ("pandas", check_pandas),
    ("openpyxl", check_openpyxl),
    ("lxml", check_lxml),
    ("json", check_label_studio),
]


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        cases = [Case(name, text, folder) for name, text in TEXTS.items()]
        for tool, check in CHECKS:
            try:
                module = importlib.import_module(tool)
            except ImportError:
                print(f"{tool}: not installed, skipped")
                continue
            if tool == "spacy":
                importlib.import_module("spacy.tokens")
            for case in cases:
                try:
                    check(module, case)
                except Exception as why:  # whatever a tool raises is a failure of that case
                    failed += 1
                    print(f"{tool}, {case.name}: {type(why).__name__}: {why}")
            print(f"{tool}: {check.__name__} over {len(cases)} documents")
    print("failed: " + str(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
