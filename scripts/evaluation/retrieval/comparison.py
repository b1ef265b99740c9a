"""Compares our search with its peers, task by task, over homes that are built once and kept in a folder."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.home import Home
from archive.records.export import export_line
from scripts.evaluation.retrieval.peers import Peer, installed
from scripts.evaluation.retrieval.scores import DEPTH, Difference, Scores, difference, mean, scored
from scripts.evaluation.retrieval.tasks import JudgedQuery, Task, tasks
from search.request import SearchRequest
from search.searcher import Searcher

OURS = "Подшивка"
Add = Callable[[Home, Path], None]  # puts a batch into a home


@dataclass(frozen=True, slots=True)
class Compared:
    """An engine on a task: its mean scores, query by query its nDCG, and by how much ours is ahead (None of ours)."""

    task: str
    engine: str
    queries: int
    scores: Scores
    ahead: Difference | None
    ahead_in_recall: Difference | None


def compared(gold: Path, work: Path, add: Add, wanted: frozenset[str] = frozenset()) -> Iterator[Compared]:
    """Ours and then each peer on each task that is wanted (all, where none is named); homes are kept in `work`."""
    for task in tasks(gold):
        if wanted and task.name not in wanted:
            continue
        searcher = Searcher(home_of(task, work, add))
        ours = [scored(answer(searcher, query), query.relevant) for query in task.queries]
        yield Compared(task.name, OURS, len(ours), mean(ours), None, None)
        for name, peer in installed():
            peer.build(task.articles)
            theirs = [scored(peer_answer(peer, query), query.relevant) for query in task.queries]
            ahead = difference([one.ndcg for one in ours], [one.ndcg for one in theirs])
            in_recall = difference([one.recall for one in ours], [one.recall for one in theirs])
            yield Compared(task.name, name, len(theirs), mean(theirs), ahead, in_recall)


def home_of(task: Task, work: Path, add: Add) -> Home:
    """The home with a task's articles, each by itself; built where the folder has none."""
    home = Home(work / task.archive)
    if not home.store.exists():
        batch = work / f"{task.archive}.jsonl"
        batch.parent.mkdir(parents=True, exist_ok=True)
        with batch.open("w", encoding="utf-8") as file:
            file.writelines(map(export_line, task.articles))
        add(home, batch)
        batch.unlink()
    return home


def answer(searcher: Searcher, query: JudgedQuery) -> list[str]:
    """The own ids of the articles that the page would show, those below the line after the others."""
    request = SearchRequest(query.text, size=DEPTH, reprints=True)
    result = searcher.search(request)
    found = [hit.own_id or "" for hit in (*result.hits, *result.partial.hits)]
    return [own_id for own_id in found if own_id not in query.excluded][:DEPTH]


def peer_answer(peer: Peer, query: JudgedQuery) -> list[str]:
    """The own ids of a peer's articles."""
    found = peer.search(query.text, DEPTH + len(query.excluded))
    return [own_id for own_id in found if own_id not in query.excluded][:DEPTH]
