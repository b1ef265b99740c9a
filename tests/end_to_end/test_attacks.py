"""Nothing that a stranger asks goes past the bounds of work, size and status, whatever the archive holds."""

import random
from itertools import pairwise
from typing import ClassVar

import pytest
from click.testing import CliRunner
from flask import Flask

from archive.article import Article
from archive.home import Home
from benchmarks.attacks.patterns import ATTACKS, LETTERS, STOPWORDS, Attack, asked
from scripts.cli import commands
from search import work
from tests.support.random_archives import published_home
from webapp.app import create_app

STATUSES = {200, 206, 303, 304, 400, 403, 404, 405, 410, 413, 414, 416}
MOST_BYTES = 1_000_000  # of a page
SIZES = (0, 1, 40, 1_000, 5_000)
UNITS_PAST_LIMIT = 2_000_000  # that the last step of work may take
ARTICLES = 400
MOST_GROWTH = 3  # of the work at twice the size
UNITS_OF_NOTHING = 300_000  # below which no growth counts
ORDINARY = (  # as people ask
    *("завод", "завод сталь", "красный октябрь", "«красный октябрь»", "завод НЕ комбинат", "завод ИЛИ комбинат"),
    *("персона:Бочаров завод", "заголовок:завод", "дата:2021 завод", "до:1998", "металл*", "*завод", "ста*ль"),
    *("директор завода /п награда", "директор /а завод", "«завод стали»~5", "!завода", "^Волга", "№ 5", "20%"),
    *("530,5 млрд рублей", "Титан-Баррикады", "КХЛ-2016/17", "ТГК1", "(завод | комбинат) (сталь | прокат)"),
    *("как в городе строят новый мост через реку", "что сказал губернатор о бюджете области на будущий год"),
    *("Рабочие тракторного завода вышли на субботник и посадили сто деревьев у проходной", "в", "и в на"),
    *("мэр города рассказал, когда в домах включат отопление и кто за это ответит", "автор:Петрова школа"),
    *("завод цех смена рабочий директор план прокат сталь труба печь", "издание:«Вечерний Царицын» театр"),
)


@pytest.fixture(scope="module")
def app(site_home: Home) -> Flask:
    return create_app(site_home)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An archive of long titles, names and fields, whose words are those that the patterns ask for."""
    chance = random.Random(1)
    words = [*STOPWORDS, *LETTERS, *(a + b + c for a in LETTERS[:6] for b in LETTERS for c in LETTERS[:3])]

    def text(length: int) -> str:
        return " ".join(chance.choices(words, k=length))

    batch = [
        Article(
            path=str(number),
            paragraphs=(text(120), text(60)),
            title=text(90),
            source=f"Газета {number % 90} " + "Ы" * 180,
            author=f"{number % 300} " + "Щ" * 180,
            rubric=f"Рубрика {number % 120} " + "Ж" * 180,
            persons=tuple(f"Иван Длиннофамильный{LETTERS[n]}{LETTERS[number % 20]}ов" for n in range(15)),
        )
        for number in range(ARTICLES)
    ]
    return create_app(published_home(tmp_path_factory.mktemp("hostile"), [batch]))


class Recorded(work.Work):
    """Work that tells how much of it was done."""

    begun: ClassVar[list["Recorded"]] = []

    def __init__(self, units: int) -> None:
        super().__init__(units)
        self.units = units
        self.begun.append(self)


@pytest.fixture
def works(monkeypatch: pytest.MonkeyPatch) -> list[Recorded]:
    """All works that are begun."""
    monkeypatch.setattr(Recorded, "begun", [])
    monkeypatch.setattr(work, "Work", Recorded)
    return Recorded.begun


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])
def test_an_attack_stays_in_bounds(app: Flask, attack: Attack, works: list[Recorded]) -> None:
    for size in SIZES:
        answer = asked(app, attack, size)
        assert answer.status in STATUSES, (size, answer)
        assert answer.size < MOST_BYTES or answer.kind != "text/html", (size, answer)
        assert all(one.left > -UNITS_PAST_LIMIT for one in works)


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])
def test_work_grows_with_the_size_and_a_page_is_bounded(hostile: Flask, attack: Attack, works: list[Recorded]) -> None:
    spent = []
    for size in (250, 500, 1_000):
        works.clear()
        answer = asked(hostile, attack, size)
        assert answer.status in STATUSES, (size, answer)
        assert answer.size < MOST_BYTES or answer.kind != "text/html", (size, answer)
        spent.append(sum(one.units - one.left for one in works))
    for one, two in pairwise(spent):
        assert two <= MOST_GROWTH * one + UNITS_OF_NOTHING, spent


def test_the_table_is_large() -> None:
    names = [attack.name for attack in ATTACKS]
    assert len(set(names)) == len(names) > 80


@pytest.mark.parametrize("typed", ORDINARY)
def test_what_people_ask_is_far_from_the_bound(app: Flask, typed: str, works: list[Recorded]) -> None:
    answer = app.test_client().get("/search", query_string={"q": typed}, follow_redirects=True)
    assert answer.status_code == 200
    assert "Слишком сложный запрос" not in answer.text
    assert all(one.units - one.left < one.units / 50 for one in works)


@pytest.fixture
def little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may ask for more than a trifle."""
    monkeypatch.setattr(work, "FEWEST_UNITS", 3)
    monkeypatch.setattr(work, "UNITS_AN_ARTICLE", 0)


@pytest.mark.usefixtures("little_work")
@pytest.mark.parametrize(
    "place",
    [
        *("/search", "/api/v1/search", "/search.rss", "/search.atom", "/search.csv", "/search.jsonl"),
        *("/values/person", "/background", "/api/v1/background", "/saved"),
    ],
)
def test_what_is_too_complex_is_told_in_each_form(app: Flask, place: str) -> None:
    given = {"background": {"article": "1"}, "saved": {"search": "1.1.q=завод+сталь"}}
    query = given.get(place.rpartition("/")[2], {"q": "завод -(сталь | прокат)"})
    answer = app.test_client().get(place, query_string=query, follow_redirects=True)
    assert answer.status_code == 200
    assert "Слишком сложный запрос" in answer.text.replace("<h1>Слишком", "Слишком")


@pytest.mark.usefixtures("little_work")
def test_what_is_too_complex_is_told_at_the_terminal(site_home: Home) -> None:
    said = CliRunner().invoke(commands, ["search", "завод -сталь"], env={"PODSHIVKA_HOME": str(site_home.path)})
    assert "Слишком сложный запрос" in said.output
