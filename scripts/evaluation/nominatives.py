"""Measures the share of names that we bring to their gold nominative (factRuEval .coref, BSNLP lemmas).

Equality is of folded words, quotes removed, word order ignored. Left out: persons in Latin letters, objects with
several names in factRuEval, bodies whose gold names do not have the words of the mention.
"""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.annotation import Kind
from indexer.entities.article_entities import in_article
from indexer.text.cut_text import CutText
from indexer.text.tokens import fold
from scripts.evaluation.spans import read, span_lines, trim

WORD = re.compile(r"[^\W_]+")
SLOT = {"name": "firstname", "surname": "lastname", "patronymic": "patronymic", "nickname": "nickname"}


@dataclass(frozen=True, slots=True)
class GoldName:
    """A span of a text and the nominative that its annotators gave it; `among`: any of these will do."""

    start: int
    stop: int
    kind: Kind
    among: frozenset[tuple[str, ...]]


GoldNames = tuple[str, tuple[GoldName, ...]]  # the text with its names


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold name with our nominative."""

    text: str
    name: str
    gold: GoldName

    @property
    def right(self) -> bool:
        return words(self.name) in self.gold.among

    @property
    def inflected(self) -> bool:
        return words(self.text) not in self.gold.among


def words(name: str) -> tuple[str, ...]:
    """The folded words of a name in alphabetical order."""
    return tuple(sorted(fold(word) for word in WORD.findall(name)))


def judged(texts: Iterable[GoldNames], kind: Kind) -> list[Judged]:
    """Our nominative beside every gold one of that kind."""
    found = []
    for text, names in texts:
        gold = {(name.start, name.stop): name for name in names if name.kind == kind}
        for mention in in_article(CutText(text), [(start, stop, kind) for start, stop in gold]):
            name = gold[mention.start, mention.stop]
            if name.among:
                found.append(Judged(mention.text, mention.name, name))
    return found


def share(names: Iterable[Judged]) -> float:
    """The share of right ones."""
    right = [name.right for name in names]
    return sum(right) / max(len(right), 1)


def factrueval(folder: Path) -> Iterator[GoldNames]:
    """Mentions of persons and bodies with the values of their coreference object."""
    for path in sorted(folder.glob("*.objects")):
        text = read(path.with_suffix(".txt"))
        spans = dict(span_lines(path.with_suffix(".spans")))
        values = dict(coreference(path.with_suffix(".coref")))
        names = []
        for number, kind, *ids in (line.split("#")[0].split() for line in read(path).splitlines() if line.strip()):
            parts = [spans[i] for i in ids if i in spans]
            if kind == "Person" and parts:
                names.append(_person(text, parts, values.get(number, {})))
            elif kind == "Org":
                names += [_body(text, part, values.get(number, {})) for part in parts if part[0] == "org_name"]
        yield text, tuple({(name.start, name.stop): name for name in names}.values())


def coreference(path: Path) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Object number → values of its coreference block by field; numbers of one block share them."""
    for block in read(path).replace("\r", "").split("\n\n"):
        head, *lines = [line for line in block.split("\n") if line.strip()] or [""]
        values: dict[str, list[str]] = {}
        for line in lines:
            key, _, value = line.partition(" ")
            values.setdefault(key, []).append(value.strip())
        for number in head.split()[1:]:
            yield number, values


def _person(text: str, parts: list[tuple[str, int, int]], values: dict[str, list[str]]) -> GoldName:
    start, stop = min(part[1] for part in parts), max(part[2] for part in parts)
    gold = [values.get(SLOT.get(kind, ""), []) for kind, *_ in parts]
    name = " ".join(value for several in gold for value in several)
    once = len({kind for kind, *_ in parts}) == len(parts)
    known = once and all(len(several) == 1 for several in gold) and not re.search("[A-Za-z]", text[start:stop] + name)
    return GoldName(start, stop, "person", frozenset({words(name)} if known else ()))


def _body(text: str, part: tuple[str, int, int], values: dict[str, list[str]]) -> GoldName:
    start, stop, _ = trim(text, (part[1], part[2], ""))
    mine = words(text[start:stop])
    among = frozenset(w for w in map(words, values.get("name", [])) if _same_words(mine, w))
    return GoldName(start, stop, "organisation", among)


def _same_words(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """As many words, alike but for their ends."""
    return len(one) == len(other) and all(
        a[: max(2, len(a) // 2)] == b[: max(2, len(a) // 2)] for a, b in zip(one, other, strict=True)
    )


def bsnlp(folder: Path) -> Iterator[GoldNames]:
    """Each name of a text at its first place in it, with the lemma given."""
    rows: dict[str, list[list[str]]] = {}
    for line in (folder / "entities.tsv").read_text().splitlines()[1:]:
        fields = line.split("\t")
        rows.setdefault(fields[0], []).append(fields)
    with gzip.open(folder / "docs.jsonl.gz", "rt") as lines:
        for document in map(json.loads, lines):
            text = f"{document['title']}\n{document['text']}"
            names: list[GoldName] = []
            for _, form, lemma, kind, _ in sorted(rows.get(document["id"], ()), key=lambda row: -len(row[1])):
                named = _place(text, form, names)
                latin = kind == "PER" and re.search("[A-Za-z]", form)
                if named and kind in ("PER", "ORG") and not latin:
                    ours: Kind = "person" if kind == "PER" else "organisation"
                    names.append(GoldName(*named, ours, frozenset({words(lemma)})))
            yield text, tuple(names)


def _place(text: str, form: str, taken: list[GoldName]) -> tuple[int, int] | None:
    """The first place of a form that no longer name has taken."""
    for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
        if not any(name.start < match.end() and match.start() < name.stop for name in taken):
            start, stop, _ = trim(text, (match.start(), match.end(), ""))
            return start, stop
    return None
