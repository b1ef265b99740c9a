"""Nothing that a stranger asks goes past the bounds of work, size and status."""

import pytest
from flask import Flask

from archive.home import Home
from benchmarks.attacks.patterns import ATTACKS, Attack, asked
from search import work
from webapp.app import create_app

STATUSES = {200, 206, 304, 400, 404, 405, 410, 413, 414, 416}
MOST_BYTES = 1_000_000  # of a page
SIZES = (0, 1, 40, 1_000, 5_000)
UNITS_PAST_LIMIT = 2_000_000  # that the last step of work may take


@pytest.fixture(scope="module")
def app(site_home: Home) -> Flask:
    return create_app(site_home)


@pytest.fixture
def works(monkeypatch: pytest.MonkeyPatch) -> list[work.Work]:
    """All works that are begun."""
    begun: list[work.Work] = []

    class Recorded(work.Work):
        def __init__(self, units: int) -> None:
            super().__init__(units)
            begun.append(self)

    monkeypatch.setattr(work, "Work", Recorded)
    return begun


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])
def test_an_attack_stays_in_bounds(app: Flask, attack: Attack, works: list[work.Work]) -> None:
    for size in SIZES:
        answer = asked(app, attack, size)
        assert answer.status in STATUSES, (size, answer)
        assert answer.size < MOST_BYTES or answer.kind != "text/html", (size, answer)
        assert all(one.left > -UNITS_PAST_LIMIT for one in works)


def test_the_table_is_large() -> None:
    names = [attack.name for attack in ATTACKS]
    assert len(set(names)) == len(names) > 80
