"""Runs Xapian as a peer: terms of lemmas with their places, forms and persons as terms with a prefix, values in slots.

Its ValueCountMatchSpy counts one value a slot, so an article's persons stand in as many slots as it has persons, and
the counts of the slots are added up here; every match is looked at (`checkatleast`), or they would be estimates.
"""

from collections import Counter
from pathlib import Path

import xapian

from benchmarks.invented.corpus import TRIED, Corpus
from benchmarks.invented.requests import Answer, Asked
from benchmarks.invented.rows import TOP, VALUES, rows

DAY, MONTH = 0, 1
PERSONS = range(2, 2 + TRIED)
ENTERPRISES = range(PERSONS.stop, PERSONS.stop + TRIED)
LEMMA, FORM, PERSON = "L", "F", "P"
A_COMMIT = 20_000  # articles


class Xapian:
    """Facets are its own spies over value slots."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, corpus: Corpus) -> None:
        """One thread, then compacted."""
        raw = self._folder.with_name(self._folder.name + ".raw")
        writer = xapian.WritableDatabase(str(raw), xapian.DB_CREATE_OR_OVERWRITE)
        for id, lemmas, forms, day, month, persons, enterprises in rows(corpus):
            document = xapian.Document()
            for place, lemma in enumerate(lemmas.split(), 1):
                document.add_posting(LEMMA + lemma, place)
            for form in forms.split():
                document.add_term(FORM + form)
            document.add_value(DAY, xapian.sortable_serialise(day))
            document.add_value(MONTH, str(month))
            for slots, values in ((PERSONS, persons), (ENTERPRISES, enterprises)):
                for slot, value in zip(slots, values, strict=False):
                    document.add_value(slot, str(value))
            for person in persons:
                document.add_boolean_term(f"{PERSON}{person}")
            writer.replace_document(id + 1, document)
            if id % A_COMMIT == A_COMMIT - 1:
                writer.commit()
        writer.commit()
        writer.compact(str(self._folder))
        writer.close()

    def open(self) -> None:
        """A reader of what was built."""
        self._database = xapian.Database(str(self._folder))

    def page(self, asked: Asked) -> Answer:
        """One pass over the match."""
        enquire = xapian.Enquire(self._database)
        enquire.set_query(query(asked))
        if asked.newest:
            enquire.set_weighting_scheme(xapian.BoolWeight())
            enquire.set_sort_by_value(DAY, True)
        else:
            enquire.set_weighting_scheme(xapian.BM25Weight())
        slots = (PERSONS, ENTERPRISES, (MONTH,))
        spies = [[xapian.ValueCountMatchSpy(slot) for slot in some] for some in slots]
        for spy in (spy for some in spies for spy in some):
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, TOP, self._database.get_doccount())
        persons, enterprises, months = (added(some) for some in spies)
        return Answer(found.size() and found.get_matches_estimated(), top(persons), top(enterprises), ordered(months))


def query(asked: Asked) -> xapian.Query:
    """The request as Xapian's own tree."""
    query = xapian.Query
    parts = [query(LEMMA + word) for word in asked.every]
    if asked.any:
        parts.append(query(query.OP_OR, [LEMMA + word for word in asked.any]))
    if asked.row:
        parts.append(query(query.OP_PHRASE, [LEMMA + word for word in asked.row], len(asked.row)))
    if asked.form:
        parts.append(query(FORM + asked.form))
    if asked.prefix:
        parts.append(query(query.OP_WILDCARD, FORM + asked.prefix))
    wanted = query(query.OP_AND, parts) if parts else query.MatchAll
    if asked.days:
        first, last = map(xapian.sortable_serialise, asked.days)
        wanted = query(query.OP_FILTER, wanted, query(query.OP_VALUE_RANGE, DAY, first, last))
    if asked.person is not None:
        wanted = query(query.OP_FILTER, wanted, query(f"{PERSON}{asked.person}"))
    for word in asked.none:
        wanted = query(query.OP_AND_NOT, wanted, query(LEMMA + word))
    return wanted


def added(spies: list[xapian.ValueCountMatchSpy]) -> Counter[int]:
    """The counts of all slots together."""
    counts: Counter[int] = Counter()
    for spy in spies:
        for item in spy.values():
            counts[int(item.term)] += item.termfreq
    return counts


def top(counts: Counter[int]) -> tuple[tuple[int, int], ...]:
    """The most frequent values, the most first."""
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:VALUES])


def ordered(counts: Counter[int]) -> tuple[tuple[int, int], ...]:
    """All values, ascending."""
    return tuple(sorted(counts.items()))
