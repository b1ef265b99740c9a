"""Tells what is in the home and how it came there; nothing here changes it."""

from dataclasses import astuple

from archive.home import Home
from archive.text.harmless import in_one_line
from scripts.actions.indexing import read_store, searcher_of
from scripts.output import messages
from search.statistics import Holdings
from webapp.operation.version import own_version
from webapp.presenters.pages.statistics import sections

DONE = {
    "publish": "добавил",
    "remove": "убрал статьи",
    "unremove": "вернул статьи",
    "remove batch": "убрал партию",
    "unremove batch": "вернул партию",
    "erase": "уничтожил статьи",
}
COUNTED = (
    *("прочитано", "новых", "изменённых", "без изменений", "отказов", "карт сайта"),
    *("убраны раньше", "убраны раньше с партией", "уничтожены раньше"),
)
BATCH_COLUMNS = ("партия", "когда (UTC)", "кто", "что с ней", *COUNTED, "издание", "название")
STATUS = {"open": "не закончена", "published": "в архиве", "removed": "убрана"}


def batches(home: Home) -> int:
    """`podshivka batches`: the history, a line a batch."""
    with read_store(home) as store:
        messages.put("\t".join(BATCH_COLUMNS))
        for batch in store.batches():
            counts = batch.counts
            numbers = astuple(counts)
            when = (batch.finished or batch.started).replace("T", " ")[:19]
            fields = (batch.id, when, batch.who, STATUS[batch.status], *numbers, batch.source or "", batch.name)
            messages.put("\t".join(in_one_line(str(field)) for field in fields))
    return 0


def log(home: Home) -> int:
    """`podshivka log`: who changed the archive, when and why, a line a revision."""
    with read_store(home) as store:
        messages.put("запись\tкогда (UTC)\tкто\tчто сделал\tпартия\tстатьи\tпочему")
        for entry in store.log():
            when = entry.at.replace("T", " ")[:19]
            articles = ", ".join(map(str, entry.articles))
            done = DONE[entry.what] + (f", взял снова убранных с партией: {entry.restored}" if entry.restored else "")
            why = entry.why + (f" (читателям: {entry.notice})" if entry.notice else "")
            fields = (entry.revision, when, entry.who, done, entry.batch or "", articles, why.strip())
            messages.put("\t".join(in_one_line(str(field)) for field in fields))
    return 0


def stats(home: Home) -> int:
    """`podshivka stats`: what the archive holds, in numbers."""
    for section in sections(Holdings(home, searcher_of(home)).figures(), own_version()):
        messages.put(f"\n{section.title}")
        for fact in section.facts:
            messages.put(f"    {fact.name}: {fact.value}")
    return 0
