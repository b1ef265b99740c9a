"""A removed article is gone from everything at once: pages, API, facets, names, commands, and what a browser keeps."""

import csv
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive.home import default_home
from indexer.index import build
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
        assert now.status_code in (200, 404, 410), url
        gone = bool(re.match(r"/(api/v1/)?articles?/(1\b|3/compare/1)", url))
        assert (now.status_code == 410) == gone, url
        assert ("Статья убрана из архива" in now.get_data(as_text=True)) == gone, url
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
    assert [client.get(page).status_code for page in pages] == [410, 410, 410]


@pytest.mark.parametrize("by", ["id", "batch"])
def test_the_same_folder_again_brings_nothing_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str) -> None:
    monkeypatch.setenv("PODSHIVKA_HOME", str(tmp_path / "дом"))
    monkeypatch.setenv("LOGNAME", "архивист")
    monkeypatch.setattr(live_snapshot, "SECONDS_BETWEEN_LOOKS", 0)
    lines = (json.dumps(record, ensure_ascii=False) for record in (GOING, *STAYING))
    batch, report = tmp_path / "партия.jsonl", tmp_path / "отчёт.csv"
    batch.write_text("\n".join(lines), encoding="utf-8")
    run("add", str(batch))
    run("remove", *(("1", "2") if by == "id" else ("--batch", "1")), "--why", "просьба героя")
    out, left = (2, 1) if by == "id" else (3, 0)
    counted = f"без изменений {left}, отказов 0, убраны раньше{'' if by == 'id' else ' с партией'}: {out}."
    assert counted in run("add", str(batch), "--dry-run")
    said = run("add", str(batch), "--report", str(report))
    assert counted in said
    with report.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if by == "id":
        assert "Вернуть: podshivka unremove 1 2\n" in said
        assert rows[0]["исход"] == "убрана раньше"
        assert rows[0]["причина"] == "убрана раньше по номеру; вернуть: podshivka unremove 1"
    else:
        assert "--restore-removed" in said
        assert "--restore-removed" in rows[0]["причина"]
    event = json.loads(run("add", str(batch), "--json").splitlines()[-1])
    assert (event["new"], event["removed"], event["removed_batch"]) == (0, *((2, 0) if by == "id" else (0, 3)))
    client = create_app(default_home()).test_client()
    assert client.get("/api/v1/search").get_json()["total"] == left
    assert counted in client.get("/about/batches").get_data(as_text=True)

    again = run("add", str(batch), "--restore-removed", "--why", "партия верная")
    assert f"новых {0 if by == 'id' else 3}" in again
    if by == "id":
        run("unremove", "1", "2", "--why", "договорились")
    assert client.get("/api/v1/search").get_json()["total"] == 3
    line = run("log").splitlines()[-1].split("\t")
    restored = "вернул статьи" if by == "id" else "добавил, взял снова убранных с партией: 3"
    assert (line[2], line[3], line[6]) == ("архивист", restored, "договорились" if by == "id" else "партия верная")


def test_an_export_brings_nothing_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It leaves out what was taken out; read back where it comes from, it neither brings it in nor doubles the rest."""
    monkeypatch.setenv("PODSHIVKA_HOME", str(tmp_path / "дом"))
    lines = (json.dumps(record, ensure_ascii=False) for record in (GOING, *STAYING))
    (tmp_path / "партия.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run("add", str(tmp_path / "партия.jsonl"))
    whole, rest = tmp_path / "всё.jsonl", tmp_path / "остальное.jsonl"
    run("export", str(whole))
    run("remove", "1", "--why", "просьба героя")
    run("export", str(rest))
    assert not traces(rest.read_text(encoding="utf-8"))
    assert "Прочитано 2: новых 0, изменённых 0, без изменений 2" in run("add", str(rest))
    assert "без изменений 2, отказов 0, убраны раньше: 1" in run("add", str(whole))
    monkeypatch.setenv("PODSHIVKA_HOME", str(tmp_path / "второй"))
    assert "новых 2" in run("add", str(rest))


def test_a_former_index_is_read_through_the_removals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index that `--rollback` brings back was built before the removal; it never shows what was taken out."""
    monkeypatch.setenv("PODSHIVKA_HOME", str(tmp_path / "дом"))
    monkeypatch.setattr(live_snapshot, "SECONDS_BETWEEN_LOOKS", 0)
    lines = (json.dumps(record, ensure_ascii=False) for record in (GOING, *STAYING))
    (tmp_path / "партия.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run("add", str(tmp_path / "партия.jsonl"))
    run("reindex")
    client = create_app(default_home()).test_client()
    pages = [page for page in PAGES if traces(client.get(page).get_data(as_text=True))]
    assert len(pages) > 20
    run("remove", "1", "--why", "по решению суда")
    with monkeypatch.context() as context:  # killed between the former index and its update
        context.setattr(build, "update", lambda *_: build.BuildReport(0, 0, 0, 0, 0, rebuilt=False))
        run("reindex", "--rollback")
    assert client.get("/healthz").get_json()["status"] == "behind"
    for url in pages:
        assert not traces(client.get(url).get_data(as_text=True)), url
    run("reindex")
    for url in pages:
        assert not traces(client.get(url).get_data(as_text=True)), url


def kept(client: FlaskClient, url: str, tag: str | None, changed: str | None) -> TestResponse:
    """What a browser that kept the page is answered."""
    headers = {name: value for name, value in (("If-None-Match", tag), ("If-Modified-Since", changed)) if value}
    return client.get(url, headers=headers)


def test_readers_are_told_the_notice_and_never_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PODSHIVKA_HOME", str(tmp_path / "дом"))
    monkeypatch.setattr(live_snapshot, "SECONDS_BETWEEN_LOOKS", 0)
    lines = (json.dumps(record, ensure_ascii=False) for record in (GOING, *STAYING))
    (tmp_path / "партия.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run("add", str(tmp_path / "партия.jsonl"))
    notice = "Снята по просьбе героя <b>статьи</b>."
    run("remove", "1", "--why", "суд, дело 7", "--notice", notice)
    client = create_app(default_home()).test_client()
    for url in ("/article/1", "/article/1/versions", "/api/v1/articles/1"):
        answer = client.get(url)
        assert answer.status_code == 410
        said = BeautifulSoup(answer.text, "lxml").text if not answer.is_json else answer.get_json()["error"]["message"]
        assert "Статья убрана из архива" in said
        assert notice in said
        assert "дело" not in answer.text
    assert f"суд, дело 7 (читателям: {notice})" in run("log")
    run("unremove", "1")
    assert client.get("/article/1").status_code == 200
    run("remove", "--batch", "1", "--notice", "Партия перечитывается.")
    assert "Партия перечитывается." in client.get("/article/1").text
    refused = CliRunner().invoke(commands, ["remove", "1", "--notice", "а" * 501])
    assert refused.exit_code == 2
    assert "501" in refused.output
