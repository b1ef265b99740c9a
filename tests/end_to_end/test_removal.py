"""A removed article is gone from everything at once: pages, API, facets, names, commands, and what a browser keeps."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive.home import default_home
from scripts.actions import batches
from scripts.cli import commands
from search.local import live_snapshot
from webapp.app import create_app

TRACES = ("Стрекаловск", "Мордюков", "mordyukov", "Приозёрн", "priozern", "Сторожев", "Кузнечное дело")
COMMON = (
    "Стан строили три года, и за это время рабочие трёх смен успели переделать почти половину старого цеха: "
    "заменили кровлю, проложили новые пути, поставили печи и подъёмные краны, а рядом открыли столовую на двести мест. "
    "Первую сталь увезли на стройку моста через реку, вторую ждут судостроители, и заказов хватит до самой весны."
)
GOING = {
    "id": 1,
    "title": "Стрекаловский завод пустил стан",
    "text": f"Директор Пётр Мордюков пустил прокатный стан. Ему помог завод «Приозёрный». {COMMON}",
    "date": "1987-05-12",
    "source": "Сторожевский вестник",
    "author": "А. Сторожева",
    "rubric": "Кузнечное дело",
}
STAYING = (
    {"id": 2, "title": "Сев", "text": "В области закончили сев яровых. Иван Петров доволен."},
    {"id": 3, "title": "Пущен стан", "text": COMMON, "date": "1987-05-14", "source": "Другая газета"},
)
PAGES = (
    "/",
    "/search",
    "/search?sort=oldest&size=100",
    "/search.rss?reprints=1",
    "/search.csv",
    "/article/1",
    "/person/petr-mordyukov",
    "/enterprise/priozernyy",
    "/values/person?find=мор",
    "/values/enterprise?find=при",
    "/api/v1/search",
    "/api/v1/search?facet_size=100&sort=oldest",
    "/api/v1/articles/1",
    "/api/v1/persons/petr-mordyukov",
    "/api/v1/enterprises/priozernyy",
    "/api/v1/entities?q=мордюков",
    "/api/v1/entities?q=приозёрный",
    "/article/3",
    "/article/3/compare/1",
    "/article/1/versions",
    "/api/v1/articles/3",
    "/about",
    "/api/v1/about",
    "/healthz",
)
COMMANDS = (("search", "мордюков"), ("search", "", "--json"), ("stats",), ("authority", "export"), ("export",))


def traces(text: str) -> set[str]:
    return {trace for trace in TRACES if trace in text}


def run(*arguments: str) -> str:
    done = CliRunner().invoke(commands, arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("interrupted", [False, True])
@pytest.mark.parametrize("by", ["id", "batch"])
def test_gone_at_once_and_back_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str, interrupted: bool
) -> None:
    """`interrupted`: the command got as far as the store, and the index was told nothing."""
    monkeypatch.setenv("PODSHIVKA_HOME", str(tmp_path / "дом"))
    monkeypatch.setenv("LOGNAME", "архивист")
    monkeypatch.setattr(live_snapshot, "SECONDS_BETWEEN_LOOKS", 0)
    for number, records in enumerate(((GOING,), STAYING)):
        lines = (json.dumps(record, ensure_ascii=False) for record in records)
        (tmp_path / f"{number}.jsonl").write_text("\n".join(lines), encoding="utf-8")
        run("add", str(tmp_path / f"{number}.jsonl"))
    named = ("1",) if by == "id" else ("--batch", "1")
    client = create_app(default_home()).test_client()
    before = {url: (client.get(url), traces(client.get(url).get_data(as_text=True))) for url in PAGES}
    told = {command: traces(run(*command)) for command in COMMANDS}
    assert set.union(*(found for _, found in before.values())) == set(TRACES)
    assert [url for url, (_, found) in before.items() if not found] == ["/healthz"]
    assert all(told.values()), told

    with monkeypatch.context() as context:
        if interrupted:
            context.setattr(batches, "update_index", lambda *_: None)
        run("remove", *named, "--why", "по решению суда")
    assert client.get("/healthz").get_json()["status"] == ("behind" if interrupted else "ready")
    for url, (old, _) in before.items():
        now = kept(client, url, old.headers.get("ETag"), old.headers.get("Last-Modified"))
        assert now.status_code in (200, 404), url
        assert now.status_code != 200 or "/article/1" not in now.get_data(as_text=True), url
        assert not traces(now.get_data(as_text=True)), url
    assert client.get("/api/v1/search?q=стрекаловский").get_json()["total"] == 0
    assert client.get("/api/v1/search?from=1987-01-01&to=1987-05-13").get_json()["total"] == 0
    assert client.get("/healthz").get_json()["articles"] == 2
    for command in COMMANDS:
        assert not traces(run(*command)), command

    run("unremove", *named)
    for url, (_, found) in before.items():
        assert traces(client.get(url).get_data(as_text=True)) == found, url
    line = run("log").splitlines()[3].split("\t")
    assert (line[2], line[6]) == ("архивист", "по решению суда")
    assert (line[5] if by == "id" else line[4]) == "1"


def test_earlier_versions_go_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PODSHIVKA_HOME", str(tmp_path / "дом"))
    monkeypatch.setattr(live_snapshot, "SECONDS_BETWEEN_LOOKS", 0)
    for text in (GOING["text"], f"{COMMON} Поправка."):
        (tmp_path / "a.jsonl").write_text(json.dumps({**GOING, "text": text}, ensure_ascii=False), encoding="utf-8")
        run("add", str(tmp_path / "a.jsonl"))
    client = create_app(default_home()).test_client()
    pages = ("/article/1/versions", "/article/1/version/1", "/article/1/version/1/compare")
    assert ["Мордюков" in client.get(page).get_data(as_text=True) for page in pages] == [False, True, True]
    run("remove", "1")
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]


def kept(client: FlaskClient, url: str, tag: str | None, changed: str | None) -> TestResponse:
    """What a browser that kept the page is answered."""
    headers = {name: value for name, value in (("If-None-Match", tag), ("If-Modified-Since", changed)) if value}
    return client.get(url, headers=headers)
