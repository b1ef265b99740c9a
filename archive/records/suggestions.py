"""Keeps what readers suggest to correct, in a file of the home, until an archivist has decided.

A line of JSON a suggestion. Several processes may add at once: each waits its turn, and what was said to be taken is on
the disk.
"""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from archive.disk.atomic import sync, write_whole
from archive.disk.lock import in_turn
from archive.errors import Refusal
from archive.records.log import utc_now

State = Literal["waiting", "accepted", "rejected"]
MOST_WAITING = 1_000
MOST_DECIDED = 1_000  # the latest that are kept
SUGGESTION_CHARS = 500
PAGE_CHARS = 200


@dataclass(frozen=True, slots=True)
class ReaderSuggestion:
    """What a reader suggests of a page; when, and who decided, when (UTC)."""

    number: int
    at: str
    page: str  # its address on the site
    text: str
    state: State = "waiting"
    decided: str = ""
    who: str = ""


class SuggestionQueue:
    """The suggestions of one home."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def all(self) -> list[ReaderSuggestion]:
        """All that are kept, by number. Raises Refusal where the file is damaged."""
        found = []
        try:
            for line in self._file.read_text(encoding="utf-8").split("\n")[:-1]:
                found.append(ReaderSuggestion(**json.loads(line)))
        except FileNotFoundError:
            return []
        except (ValueError, TypeError) as error:
            raise Refusal(f"Файл {self._file} повреждён, строка {len(found) + 1}. Уберите её.") from error
        return found

    def waiting(self) -> list[ReaderSuggestion]:
        """Those that nobody has decided on, the oldest first."""
        return [one for one in self.all() if one.state == "waiting"]

    def add(self, page: str, text: str) -> ReaderSuggestion | None:
        """Takes one in, of bounded length; None where too many wait already."""
        with in_turn(self._lock):
            known = self.all()
            if sum(one.state == "waiting" for one in known) >= MOST_WAITING:
                return None
            number = max((one.number for one in known), default=0) + 1
            new = ReaderSuggestion(number, utc_now(), page[:PAGE_CHARS], text[:SUGGESTION_CHARS])
            self._write([*known, new])
            return new

    def decide(self, number: int, state: State, who: str) -> ReaderSuggestion | None:
        """Notes what was decided on a suggestion that waits; None where none of that number does."""
        with in_turn(self._lock):
            known = self.all()
            found = next((one for one in known if one.number == number and one.state == "waiting"), None)
            if found is None:
                return None
            decided = replace(found, state=state, decided=utc_now(), who=who)
            self._write([decided if one is found else one for one in known])
            return decided

    def forget(self, articles: Collection[int]) -> None:
        """Destroys what was suggested of articles that are destroyed."""
        with in_turn(self._lock):
            known = self.all()
            pages = tuple(f"/article/{id}" for id in articles)
            rest = [one for one in known if not is_of(one.page, pages)]
            if len(rest) < len(known):
                self._write(rest)

    @property
    def _lock(self) -> Path:
        return self._file.with_suffix(".lock")

    def _write(self, suggestions: list[ReaderSuggestion]) -> None:
        decided = [one for one in suggestions if one.state != "waiting"]
        dropped = {one.number for one in decided[:-MOST_DECIDED]}
        lines = (json.dumps(asdict(one), ensure_ascii=False) for one in suggestions if one.number not in dropped)
        write_whole(self._file, "".join(line + "\n" for line in lines).encode())
        sync(self._file.parent)


def is_of(page: str, pages: tuple[str, ...]) -> bool:
    """Whether an address is that of one of the pages, whatever follows its number.

    >>> is_of("/article/12-zavod?q=a", ("/article/12",)), is_of("/article/123", ("/article/12",))
    (True, False)
    """
    return any(page == one or (page.startswith(one) and not page[len(one)].isdigit()) for one in pages)
