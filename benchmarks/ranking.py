"""How well headlines find other articles on the same event: nDCG@10, MRR@10, recall@100, share with nothing found.

    podshivka add GOLD/retrieval/docs.jsonl.gz          (into a home of its own, PODSHIVKA_HOME)
    python -m benchmarks.ranking HOME GOLD

Full matches come first, then the partial ones; articles with exactly the query's headline are left out on both sides.
Each article is judged, so reprints are not folded.
"""

import argparse
import gzip
import json
import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from archive.home import Home
from search.request import SearchRequest
from search.searcher import Searcher

DEPTH = 100


def measures(found: Sequence[str], relevant: set[str]) -> tuple[float, float, float, float]:
    """nDCG@10, MRR@10, recall@100 and 1 where nothing was found, of one query."""
    gains = [(place, own_id in relevant) for place, own_id in enumerate(found[:10], 1)]
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(10, len(relevant)) + 1))
    return (
        sum(1 / math.log2(place + 1) for place, gain in gains if gain) / ideal,
        next((1 / place for place, gain in gains if gain), 0.0),
        len(relevant & set(found[:DEPTH])) / len(relevant),
        float(not found),
    )


def main() -> None:
    """Print the four figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("gold", type=Path)
    named = parser.parse_args()
    folder = named.gold / "retrieval"
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        titles = {article["id"]: article["title"] for article in map(json.loads, lines)}
    relevant = defaultdict(set)
    for line in (folder / "qrels.txt").read_text(encoding="utf-8").splitlines():
        query, _, own_id, grade = line.split()
        if int(grade):
            relevant[query].add(own_id)
    searcher = Searcher(Home(named.home))
    rows = []
    for line in (folder / "queries.tsv").read_text(encoding="utf-8").splitlines():
        query, headline = line.split("\t")
        wanted = {own_id for own_id in relevant[query] if titles[own_id] != headline}
        result = searcher.search(SearchRequest(headline, size=DEPTH, reprints=True))
        found = [hit.own_id or "" for hit in (*result.hits, *result.partial.hits)]
        if wanted:
            rows.append(measures([own_id for own_id in found if titles.get(own_id) != headline], wanted))
    columns = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    print(f"{len(rows)} queries")
    for name, value in zip(("nDCG@10", "MRR@10", "recall@100", "nothing found"), columns, strict=True):
        print(f"{name:14} {value:.3f}")


if __name__ == "__main__":
    main()
