"""A draft leads to what the archive has on those whom it names and on what it is about."""

import logging
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from archive.home import Home
from scripts.cli import commands
from search.background import DRAFT_CHARS
from search.searcher import Searcher

DRAFT = (
    "Директор Волжского трубного завода Виктор Чуприна рассказал о новой печи. На «Красном Октябре» тоже ждут перемен. "
    "Василий Незнакомцев не пришёл. Трубы для северных месторождений отгрузили в срок."
)


@pytest.fixture(scope="module")
def searcher(site_home: Home) -> Searcher:
    return Searcher(site_home)


def test_the_archive_knows_who_is_named(searcher: Searcher) -> None:
    found = searcher.background(DRAFT)
    known = {one.label: one for one in found.known}
    assert {"Виктор Чуприна", "Волжский трубный завод", "Красный Октябрь"} <= set(known)
    assert "Василий Незнакомцев" in found.unknown
    assert all(one.articles >= len(one.hits) for one in found.known)
    shown = [hit.id for one in found.known for hit in one.hits] + [hit.id for hit in found.hits]
    assert len(shown) == len(set(shown))  # an article stands in one place
    for one in found.known:
        days = [hit.published.day for hit in one.hits if hit.published.day]
        assert days == sorted(days, reverse=True)
    assert not found.cut


def test_an_article_s_own_background_leaves_it_out(searcher: Searcher) -> None:
    found = searcher.background_of(1)
    assert found
    assert found.known
    assert 1 not in [hit.id for one in found.known for hit in one.hits] + [hit.id for hit in found.hits]
    assert searcher.background_of(10_000) is None


@pytest.mark.parametrize("text", ["", "   ", "а", "«»", "\0", "Иванов " * 10, "😀" * 50])
def test_a_draft_of_nothing_finds_nothing_and_never_fails(searcher: Searcher, text: str) -> None:
    searcher.background(text)


def test_a_long_draft_is_cut_and_says_so(searcher: Searcher, site: FlaskClient) -> None:
    long = (DRAFT + "\n") * (DRAFT_CHARS // len(DRAFT) + 2)
    assert searcher.background(long).cut
    assert "Прочитаны первые" in site.post("/background", data={"text": long}).text
    assert site.post("/background", data={"text": "щ" * 200_000}).status_code == 413


def test_page_api_and_command_say_the_same(
    site: FlaskClient, site_home: Home, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        page = site.post("/background", data={"text": DRAFT})
        answer = site.post("/api/v1/background", json={"text": DRAFT})
    assert page.status_code == answer.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    said = answer.get_json()
    for one in said["known"]:
        assert one["label"] in page.text
    assert "Незнакомцев" not in caplog.text
    draft = tmp_path / "черновик.txt"
    draft.write_text(DRAFT, "utf-8")
    told = CliRunner().invoke(commands, ["background", str(draft)], env={"PODSHIVKA_HOME": str(site_home.path)})
    assert told.exit_code == 0
    assert all(f"{one['label']}: статей {one['articles']}" in told.output for one in said["known"])
    assert not [
        path for path in site_home.path.rglob("*") if path.is_file() and "Незнакомцев".encode() in path.read_bytes()
    ]


def test_addresses(site: FlaskClient) -> None:
    assert site.get("/background").status_code == 200
    assert site.get("/background?article=1").status_code == 200
    assert site.get("/api/v1/background?article=1").get_json()["known"]
    for wrong in ("x", "0", "99999999", "1e3"):
        assert site.get(f"/background?article={wrong}").status_code == 404
    assert site.post("/api/v1/background", json={"text": 5}).status_code == 400
    assert site.post("/api/v1/background", data="{", content_type="application/json").status_code == 400
