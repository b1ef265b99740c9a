"""What readers suggest waits in a file of the home until somebody decides."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archive.errors import Refusal
from archive.records import suggestions
from archive.records.suggestions import SuggestionQueue


@pytest.fixture
def kept(tmp_path: Path) -> SuggestionQueue:
    return SuggestionQueue(tmp_path / "suggestions.jsonl")


def test_a_suggestion_waits_until_it_is_decided(kept: SuggestionQueue) -> None:
    first = kept.add("/article/1", "Не Иванов,\u2028а Петров")
    second = kept.add("/person/ivan", "x" * 900)
    assert first
    assert second
    assert (first.number, second.number, len(second.text)) == (1, 2, 500)
    assert kept.waiting() == [first, second]
    decided = kept.decide(1, "accepted", "архивист")
    assert decided
    assert (decided.state, decided.who) == ("accepted", "архивист")
    assert kept.waiting() == [second]
    assert kept.decide(1, "rejected", "архивист") is None
    assert kept.decide(7, "rejected", "архивист") is None
    assert kept.add("/", "ещё").number == 3  # type: ignore[union-attr]


def test_there_is_an_end_of_the_queue(kept: SuggestionQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "MOST_WAITING", 3)
    monkeypatch.setattr(suggestions, "MOST_DECIDED", 2)
    assert [bool(kept.add("/", str(number))) for number in range(5)] == [True, True, True, False, False]
    for number in (1, 2, 3):
        assert kept.decide(number, "rejected", "")
    assert [one.number for one in kept.all()] == [2, 3]
    assert kept.add("/", "ещё").number == 4  # type: ignore[union-attr]


def test_several_at_once_lose_nothing(kept: SuggestionQueue) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: SuggestionQueue(kept._file).add("/", str(number)), range(24)))
    assert sorted(int(one.text) for one in kept.all()) == list(range(24))
    assert [one.number for one in kept.all()] == list(range(1, 25))


def test_what_is_destroyed_takes_its_suggestions_along(kept: SuggestionQueue) -> None:
    for page in ("/article/1", "/article/12-zavod", "/article/1-zavod", "/person/a"):
        kept.add(page, "тайна")
    kept.forget([1])
    assert [one.page for one in kept.all()] == ["/article/12-zavod", "/person/a"]


def test_a_damaged_file_is_told(kept: SuggestionQueue) -> None:
    kept.add("/", "слово")
    kept._file.write_text(kept._file.read_text(encoding="utf-8") + "{\n", encoding="utf-8")
    with pytest.raises(Refusal, match="строка 2"):
        kept.all()
