"""Answers a query with found articles, as text or as the JSON of the API."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

import click

from archive.home import Home
from archive.text.harmless import in_one_line
from scripts.actions.indexing import searcher_of
from scripts.output import messages
from search.background import DRAFT_CHARS, Background
from search.request import ENTITY_FACETS
from search.result import Hit, SearchResult
from search.searcher import Searcher
from search.work import TooComplex
from webapp.presenters.json import background_json, result_json
from webapp.urls.params import BadParameter, parse


def search(home: Home, pairs: list[tuple[str, str]], as_json: bool) -> int:
    """`podshivka search`: found articles as text, or the answer of the API; `pairs` are the API's parameters."""
    try:
        request = parse(pairs)
    except BadParameter as bad:
        raise click.BadParameter(bad.message, param_hint=f"--{bad.parameter}") from bad
    searcher = searcher_of(home)
    try:
        result = searcher.search(replace(request, chosen=with_keys(searcher, request.chosen)))
    except TooComplex as error:
        if as_json:
            messages.put_json({"too_complex": str(error)}, indent=1)
        else:
            messages.put(in_one_line(str(error)))
        return 0
    if as_json:
        messages.put_json(result_json(result), indent=1)
    else:
        messages.put("\n".join(map(in_one_line, told(result))))
    return 0


def background(home: Home, text: str, as_json: bool) -> int:
    """`podshivka background`: what the archive has on a draft, as text or as the answer of the API."""
    found = searcher_of(home).background(text)
    if as_json:
        messages.put_json(background_json(found), indent=1)
    else:
        messages.put("\n".join(map(in_one_line, told_background(found))))
    return 0


def told_background(found: Background) -> Iterator[str]:
    """The lines of what the archive has on a draft."""
    if found.cut:
        yield f"Прочитаны первые {DRAFT_CHARS} знаков."
    for one in found.known:
        yield f"{one.label}: статей {one.articles}"
        for hit in one.hits:
            yield from told_hit(hit)
        yield ""
    if found.hits:
        yield f"На ту же тему ({', '.join(found.words)}):"
        for hit in found.hits:
            yield from told_hit(hit)
    if found.unknown:
        yield ""
        yield f"Названы, но в архиве не найдены или не различены: {', '.join(found.unknown)}"
    if not found.known and not found.hits:
        yield "В архиве об этом ничего не нашлось."


def with_keys(searcher: Searcher, chosen: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Persons and bodies may be called by their label too."""
    return {
        facet: tuple(searcher.called(facet, value) or value if facet in ENTITY_FACETS else value for value in values)
        for facet, values in chosen.items()
    }


def told(result: SearchResult) -> Iterator[str]:
    """The lines of an answer."""
    yield result.read_as
    for other in result.other_words:
        yield f"«{other.typed}» – ещё и форма слова «{other.meant}»: podshivka search '{other.query}'"
    if result.rescue:
        yield f"{result.rescue.says} Искать именно так: podshivka search --as-typed '{result.rescue.typed}'"
    for offer in result.suggestions:
        yield f"Возможно, вы искали: podshivka search '{offer.query}' (статей: {offer.total})"
    if then := result.dated:
        given = f"podshivka search '{then.query}' --from {then.date_from} --to {then.date_to}"
        yield f"По дате выхода, {then.label}: {given} (статей: {then.total})"
    folded = f" Без перепечаток: {result.stories}." if result.stories < result.total else ""
    below = "где слов меньше половины" if result.partial.weighed else "где не все слова"
    more = f" Ещё {result.partial.total}, {below}." if result.partial.total else ""
    yield f"Найдено статей: {result.total}.{folded}{more}"
    for hit in result.hits:
        yield from told_hit(hit)
    for words, hits in groupby(result.partial.hits, lambda hit: hit.lacking):
        yield f"\nБез слов: {', '.join(words)}" if words else "\nДальше:"
        for hit in hits:
            yield from told_hit(hit)


def told_hit(hit: Hit) -> Iterator[str]:
    """The lines of one found article."""
    when = f"{hit.published.day:%d.%m.%Y}" if hit.published.day else "без даты"
    yield ""
    yield f"[{hit.id}] {hit.title}"
    yield "    " + ", ".join(filter(None, (when, hit.source, hit.url)))
    for snippet in hit.snippets:
        yield "    " + snippet.text
    if hit.reprints:
        yield "    Перепечатки: " + ", ".join(f"[{one.id}] {one.source or 'без издания'}" for one in hit.reprints)
