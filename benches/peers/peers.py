"""Screens names with what Python programs use: `peers.py PEER FOLDER ANSWER`.

FOLDER holds `list.csv` (entity, kind, name) and `names.csv` (name, and the entity that it must find, or nothing).
Writes one JSON object to ANSWER: seconds on the wall and on the processor for the names, what preparing took, what was found.
"""

import csv
import json
import sys
import time
from pathlib import Path

LOGIC_V2_THRESHOLD = 0.70  # the default of the project
CDIST_CUTOFF = 0.85  # as the other scans here
SCHEMATA = {"person": "Person", "organization": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Clock:
    """Seconds on the wall and on the processor since the last time it was read."""

    def __init__(self):
        self.read()

    def read(self):
        now = (time.perf_counter(), time.process_time())
        past = getattr(self, "last", now)
        self.last = now
        return now[0] - past[0], now[1] - past[1]


def found_by_logic_v2(listed, names, folder):
    """Candidates by the index of nomenklatura, each scored by logic-v2."""
    from followthemoney import Dataset, StatementEntity
    from nomenklatura.blocker import Index
    from nomenklatura.matching import LogicV2, ScoringConfig
    from nomenklatura.resolver import Linker
    from nomenklatura.store.memory import MemoryStore

    dataset = Dataset.make({"name": "bench", "title": "bench"})

    def entity(id, schema, texts):
        data = {"id": id, "schema": schema, "properties": {"name": texts}}
        return StatementEntity.from_data(dataset, data)

    texts = {}
    for row in listed:
        texts.setdefault((row["entity"], SCHEMATA.get(row["kind"], "LegalEntity")), []).append(row["name"])
    store = MemoryStore(dataset, Linker({}))
    with store.writer() as writer:
        for (id, schema), names_of_entity in texts.items():
            writer.add_entity(entity(id, schema, names_of_entity))
    view = store.default_view()
    index = Index(view, folder / "index")
    index.build()
    yield
    config = ScoringConfig.defaults()
    # A customer of unknown kind: what matches persons and companies alike.
    customers = {f"q{at}": entity(f"q{at}", "LegalEntity", [row["name"]]) for at, row in enumerate(names)}
    found = {}
    for id, candidates in index.match_entities(customers.values()):
        customer = customers[id.id]
        for candidate, _ in candidates:
            other = view.get_entity(candidate.id)
            if LogicV2.compare(customer, other, config).score >= LOGIC_V2_THRESHOLD:
                found.setdefault(int(id.id[1:]), set()).add(candidate.id)
    yield found


def found_by_cdist(listed, names, _folder):
    """Every name with every name, by Jaro-Winkler."""
    import numpy
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    texts = [row["name"].lower() for row in listed]
    yield
    found = {}
    for start in range(0, len(names), 256):
        some = [row["name"].lower() for row in names[start : start + 256]]
        scores = process.cdist(
            some, texts, scorer=JaroWinkler.similarity, score_cutoff=CDIST_CUTOFF, dtype=numpy.float32, workers=1
        )
        for query, name in zip(*numpy.nonzero(scores)):
            found.setdefault(start + int(query), set()).add(listed[name]["entity"])
    yield found


PEERS = {"logic-v2": found_by_logic_v2, "cdist": found_by_cdist}


def main(peer, folder, answer_path):
    folder = Path(folder)
    listed, names = rows(folder / "list.csv"), rows(folder / "names.csv")
    steps = PEERS[peer](listed, names, folder)
    clock = Clock()
    next(steps)
    _, prepared = clock.read()
    found = next(steps)
    seconds, cpu_seconds = clock.read()
    right = sum(1 for at, row in enumerate(names) if row["entity"] and row["entity"] in found.get(at, ()))
    alerts = sum(1 for at, row in enumerate(names) if not row["entity"] and found.get(at))
    answer = {
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "prepare_cpu_seconds": prepared,
        "found": right,
        "alerts": alerts,
    }
    Path(answer_path).write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
