"""Says what a snapshot makes of a query beyond its words: whom its names mean, what it cannot tell, what was cut."""

from collections.abc import Iterator

from search.local.collector.field_articles import having_words
from search.local.matching.masks import MOST_FORMS, masked_forms
from search.local.snapshot.snapshot import Snapshot
from search.query.explain import FIELD_NOUNS
from search.query.tree import Capital, FieldValue, Mask, Node, Number, Sentence, Title, nodes

NAMES_TOLD = 4
NOT_INDEXED = "в части архива {} не отмечены, пока индекс не построен заново: там {}"


def remarks(snapshot: Snapshot, tree: Node) -> Iterator[str]:
    """Sentences without a capital and a full stop, each once."""
    every = tuple(nodes(tree))
    for field in dict.fromkeys(node for node in every if isinstance(node, FieldValue)):
        yield from _meant(snapshot, field)
    segments = [view.segment for view in snapshot.views]
    for mask in dict.fromkeys(node for node in every if isinstance(node, Mask)):
        if any(masked_forms(segment, mask.pattern).cut for segment in segments):
            shown = mask.pattern.replace("*", "…")
            yield f"под «{shown}» подходит слишком много слов: взяты самые частые, до {MOST_FORMS} в части архива"
    if not all(segment.marks.known for segment in segments):
        if any(isinstance(node, Capital) for node in every):
            yield NOT_INDEXED.format("большие буквы", "«^» не действует")
        if any(isinstance(node, Number) and node.sign for node in every):
            yield NOT_INDEXED.format("знаки «%» и «№»", "они не различаются")
        if any(isinstance(node, Sentence) for node in every):
            yield NOT_INDEXED.format("предложения", "«/п» ищет в одном абзаце")
        if any(isinstance(node, Title) for node in every):
            yield NOT_INDEXED.format("заголовки", "«заголовок:» ничего не находит")


def _meant(snapshot: Snapshot, field: FieldValue) -> Iterator[str]:
    """Which values are meant, where what was typed does not say it; that there is none."""
    if field.name in snapshot.values:
        labels = [value.label for value in snapshot.typed_values.meant(field)]
        known = bool(labels)
    else:
        labels = []
        known = any(having_words(view.segment, field).any() for view in snapshot.views)
    if not known:
        yield f"{FIELD_NOUNS[field.name]['genitive']} «{field.value}» в архиве нет"
    elif labels and labels != [field.value]:
        more = f" и ещё {len(labels) - NAMES_TOLD}" if len(labels) > NAMES_TOLD else ""
        shown = ", ".join(f"«{label}»" for label in labels[:NAMES_TOLD]) + more
        yield f"{FIELD_NOUNS[field.name]['nominative']} «{field.value}» – это {shown}"
