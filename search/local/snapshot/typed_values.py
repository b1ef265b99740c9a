"""Finds the values of a field that a query names: a person in any case and form, a rubric, a paper by its words."""

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import NamedTuple

from indexer.annotation import KINDS
from indexer.text.tokens import forms
from search.facets.typed_names import common_start, has_words, names_person
from search.local.snapshot.columns import NumberedValues
from search.local.snapshot.name_meanings import NameMeanings
from search.query.tree import FieldValue

FIELDS_KEPT = 256  # that were asked for last


class ValueMeant(NamedTuple):
    """A value of a field by its number, and its label."""

    number: int
    label: str


class TypedValues:
    """The values of a snapshot's facets as they may be typed."""

    def __init__(self, values: Mapping[str, NumberedValues], meanings: NameMeanings) -> None:
        self._values, self._meanings = values, meanings
        self._found: dict[FieldValue, tuple[ValueMeant, ...]] = {}
        self._lock = Lock()

    def meant(self, field: FieldValue) -> tuple[ValueMeant, ...]:
        """All values that the field's typed one may be; none where the archive has none or the field is no facet."""
        found = self._found.get(field)
        if found is None:
            found = tuple(self._sought(field))
            with self._lock:
                while len(self._found) >= FIELDS_KEPT:
                    del self._found[next(iter(self._found))]
                self._found[field] = found
        return found

    def _sought(self, field: FieldValue) -> Sequence[ValueMeant]:
        typed = [form for form in forms(field.value)[0] if form]
        if not typed or field.name not in self._values:
            return ()
        return self._named(field.name, typed) if field.name in KINDS else self._called(field.name, typed)

    def _named(self, kind: str, typed: list[str]) -> list[ValueMeant]:
        """Persons or bodies: those of which it is the whole name, of bodies else those that have all the words."""
        labels = self._values[kind].labels
        met = self._meanings.called(kind, list(map(common_start, typed)))  # type: ignore[arg-type]
        names = {number: {labels[number], name} for number, name in met.items()}
        if kind == "person":
            found = [number for number, some in names.items() if any(names_person(typed, one) for one in some)]
        else:
            having = {n: [one for one in some if has_words(typed, one)] for n, some in names.items()}
            found = [n for n, some in having.items() if any(len(forms(one)[0]) == len(typed) for one in some)]
            found = found or [number for number, some in having.items() if some]
        return [ValueMeant(number, labels[number]) for number in sorted(found)]

    def _called(self, name: str, typed: list[str]) -> list[ValueMeant]:
        """Values of articles' own fields: those that are called so, else those that have all the words."""
        every = [ValueMeant(number, label) for number, label in enumerate(self._values[name].labels)]
        exact = [value for value in every if forms(value.label)[0] == typed]
        return exact or [value for value in every if has_words(typed, value.label)]
