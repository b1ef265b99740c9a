"""Sitemaps saved beside pages: they date what says no date itself, wherever they lie, and are told of in the report."""

import csv
import datetime as dt
import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.article import Article, Published, Rejection, SitemapReport
from archive.batches.reading import ReadOptions, read_batch
from archive.batches.sitemaps import address_key
from scripts.cli import commands

BODY = "На заводе пустили новый прокатный стан. Директор завода Иван Петров поблагодарил строителей и рабочих."
SPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'


def page(url: str, number: object = 1, head: str = "", heading: str = "") -> str:
    head = f"<link rel=canonical href='{url}'>{head}" if url else head
    title = f"<h1>{heading}</h1>" if heading else ""
    return f"<html><head>{head}</head><body>{title}<p>Номер {number}. {BODY}</p><p>{BODY}</p></body></html>"


def news(url: str, date: str = "", title: str = "") -> str:
    dated = f"<n:publication_date>{date}</n:publication_date>" if date else ""
    titled = f"<n:title>{title}</n:title>" if title else ""
    name = "<n:publication><n:name>Вести</n:name><n:language>ru</n:language></n:publication>"
    return f"<url><loc>{url}</loc><lastmod>2024-01-01</lastmod><n:news>{name}{dated}{titled}</n:news></url>"


def sitemap(*urls: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {SPACES}>{"".join(urls)}</urlset>'


def read(folder: Path, options: ReadOptions | None = None) -> dict[str, Article | Rejection]:
    return {item.path: item for item in read_batch([folder], options)}


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def article(item: Article | Rejection) -> Article:
    assert isinstance(item, Article), item
    return item


def podshivka(home: Path, *arguments: object, given: str = "") -> Result:
    return CliRunner().invoke(commands, list(map(str, arguments)), given, env={"PODSHIVKA_HOME": str(home)})


DAYS = st.none() | st.dates(dt.date(1998, 1, 1), dt.date(2020, 12, 31))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    own=st.lists(DAYS, min_size=3, max_size=3),
    maps=st.lists(st.tuples(st.sampled_from("az"), st.lists(DAYS, min_size=3, max_size=3)), min_size=1, max_size=3),
)
def test_a_page_s_own_date_else_the_earliest_of_the_sitemaps(
    tmp_path_factory: pytest.TempPathFactory, own: list[dt.date | None], maps: list[tuple[str, list[dt.date | None]]]
) -> None:
    """Whether they come before the pages in the order of names or after them."""
    folder = tmp_path_factory.mktemp("партия")
    url = "https://v.example/{}".format
    for number, day in enumerate(own):
        stamp = f"<meta name=date content={day}>" if day else ""
        (folder / f"m{number}.html").write_text(page(url(number), number, stamp))
    for number, (letter, days) in enumerate(maps):
        told = (news(url(place), str(day or "")) for place, day in enumerate(days))
        (folder / f"{letter}{number}.xml").write_text(sitemap(*told, news(url("нет"), "2001-01-01")))
    found = read(folder)
    for number, day in enumerate(own):
        said = [days[number] for _, days in maps if days[number]]
        best = min(filter(None, said), default=None)
        expected = Published(day, None, "metadata") if day else Published(best, None, "sitemap" if best else None)
        assert article(found[f"m{number}.html"]).published == expected
    consulted = [item.reason for item in found.values() if isinstance(item, SitemapReport)]
    assert len(consulted) == len(maps)
    assert all("адресов: 4" in reason and reason.endswith("нет в партии: 1") for reason in consulted)


def test_date_time_and_title_are_taken_where_the_page_has_none(tmp_path: Path) -> None:
    stamp = "2003-05-12T22:30:00+00:00"
    written(
        tmp_path,
        a_html=page("http://www.v.example/1/"),
        b_html=page("https://v.example/2", 2, heading="Свой заголовок статьи о стане"),
        s_xml=sitemap(
            news("https://v.example/1", stamp, "Стан пустили &amp;amp; проверили"),
            news("https://v.example/2", "", "Чужой"),
        ),
    )
    found = read(tmp_path)
    first = article(found["a.html"])
    assert first.published == Published(dt.date(2003, 5, 13), dt.time(2, 30), "sitemap")  # in Moscow
    assert first.title == "Стан пустили & проверили"
    assert (first.source, first.identity) == ("v.example", "url:http://www.v.example/1/")  # as without a sitemap
    second = article(found["b.html"])
    assert (second.title, second.published.day) == ("Свой заголовок статьи о стане", None)
    assert found["s.xml"] == SitemapReport("s.xml", "адресов: 2, дата взята для страниц: 1, заголовок: 1")


def test_the_option_is_for_what_no_sitemap_dates(tmp_path: Path) -> None:
    written(
        tmp_path,
        a_html=page("https://v.example/1"),
        b_html=page("https://v.example/2", 2),
        s_xml=sitemap(news("https://v.example/1", "2003-05-12")),
    )
    found = read(tmp_path, ReadOptions(date=dt.date(1999, 1, 1)))
    origins = [article(found[name]).published.origin for name in ("a.html", "b.html")]
    assert origins == ["sitemap", "option"]


def test_lastmod_is_no_date_of_publication(tmp_path: Path) -> None:
    plain = "<url><loc>https://v.example/1</loc><lastmod>2003-05-12</lastmod></url>"
    written(tmp_path, a_html=page("https://v.example/1"), s_xml=sitemap(plain))
    found = read(tmp_path)
    assert article(found["a.html"]).published == Published()
    assert "lastmod – день правки" in found["s.xml"].reason  # type: ignore[union-attr]


def test_a_video_beside_the_news_has_its_own_date(tmp_path: Path) -> None:
    video = '<v:video xmlns:v="v"><v:publication_date>1999-01-01</v:publication_date><v:title>Ролик</v:title></v:video>'
    both = news("https://v.example/1", "2003-05-12").replace("<n:news>", video + "<n:news>")
    written(tmp_path, a_html=page("https://v.example/1"), s_xml=sitemap(both))
    found = article(read(tmp_path)["a.html"])
    assert (found.title, str(found.published.day)) == (None, "2003-05-12")


def test_packed_sitemaps_date_packed_pages(tmp_path: Path) -> None:
    told, html = sitemap(news("https://v.example/1", "2003-05-12")).encode(), page("https://v.example/1").encode()
    (tmp_path / "a.html").write_bytes(html)
    (tmp_path / "карта.xml.gz").write_bytes(gzip.compress(told))
    assert article(read(tmp_path)["a.html"]).published.origin == "sitemap"
    (tmp_path / "карта.xml.gz").unlink()
    with zipfile.ZipFile(tmp_path / "карты.zip", "w") as packed:
        packed.writestr("карта.xml", told)
    assert article(read(tmp_path)["a.html"]).published.origin == "sitemap"
    (tmp_path / "карты.zip").unlink()
    with tarfile.open(tmp_path / "карты.tgz", "w:gz") as tar:
        for name, data in (("b.html", html), ("карта.xml", told)):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    found = read(tmp_path)
    assert article(found["a.html"]).published == article(found["карты.tgz/b.html"]).published != Published()
    assert found["карты.tgz/карта.xml"] == SitemapReport("карты.tgz/карта.xml", "адресов: 1, дата взята для страниц: 2")


def test_an_index_says_how_many_of_its_sitemaps_are_there(tmp_path: Path) -> None:
    named = "".join(f"<sitemap><loc>https://v.example/{name}</loc></sitemap>" for name in ("s.xml.gz", "t.xml"))
    written(
        tmp_path,
        i_xml=f"<sitemapindex {SPACES}>{named}</sitemapindex>",
        s_xml=sitemap(news("https://v.example/1", "2003-05-12")),
    )
    found = read(tmp_path)
    assert found["i.xml"] == SitemapReport("i.xml", "названо карт: 2, из них в партии: 1")
    alone = "адресов: 1, дата взята для страниц: 0, нет в партии: 1; добавьте её вместе с сохранёнными страницами"
    assert found["s.xml"] == SitemapReport("s.xml", alone)


def test_a_broken_sitemap_is_a_refusal_and_what_stands_above_counts(tmp_path: Path) -> None:
    whole = sitemap(news("https://v.example/1", "2003-05-12"), news("https://v.example/2", "2003-05-13"))
    written(tmp_path, a_html=page("https://v.example/1"), s_xml=whole[: whole.rindex("<url>") + 9])
    found = read(tmp_path)
    assert article(found["a.html"]).published.origin == "sitemap"
    said = "карта сайта: XML испорчен; что ниже этого места, не прочитано; адресов: 1, дата взята для страниц: 1"
    assert found["s.xml"] == Rejection("s.xml", said)


def test_a_packed_one_cut_off_is_a_refusal_too(tmp_path: Path) -> None:
    many = (news(f"https://v.example/{number}", f"2003-05-12T10:00:{number % 60:02}+04:00") for number in range(9000))
    packed = gzip.compress(sitemap(*many).encode())
    (tmp_path / "s.xml.gz").write_bytes(packed[: -len(packed) // 20])
    written(tmp_path, a_html=page("https://v.example/5"))
    found = read(tmp_path)
    assert article(found["a.html"]).published.origin == "sitemap"
    assert type(found["s.xml.gz"]) is Rejection
    assert found["s.xml.gz"].reason.startswith(
        "карта сайта: файл испорчен; что ниже этого места, не прочитано; адресов: "
    )


def test_an_address_that_is_none_stops_nothing(tmp_path: Path) -> None:
    written(tmp_path, a_html=page("https://v.example/1"))
    written(tmp_path, i_xml="<sitemapindex><sitemap><loc>http://[1/s.xml?x=1</loc></sitemap></sitemapindex>")
    written(
        tmp_path,
        s_xml=sitemap(news("http://[1/a"), news("https://v.example:x/b"), news("https://v.example/1", "2003-05-12")),
    )
    found = read(tmp_path)
    assert article(found["a.html"]).published.origin == "sitemap"
    assert found["s.xml"] == SitemapReport("s.xml", "адресов: 3, дата взята для страниц: 1, нет в партии: 2")
    assert found["i.xml"] == SitemapReport("i.xml", "названо карт: 1, из них в партии: 1")


def test_entities_are_never_unfolded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE urlset [<!ENTITY a "ха"><!ENTITY b "&a;&a;">]><urlset><url><loc>https://v.example/&b;</loc></url></urlset>'
    found = read(written(tmp_path, s_xml=bomb))["s.xml"]
    assert type(found) is Rejection
    assert "объявлены сущности" in found.reason


def test_an_exported_article_stays_as_it_was(tmp_path: Path) -> None:
    line = {"podshivka": 1, "path": "a", "paragraphs": [BODY], "url": "https://v.example/1"}
    written(tmp_path, a_jsonl=json.dumps(line), s_xml=sitemap(news("https://v.example/1", "2003-05-12", "Стан")))
    found = article(read(tmp_path)["a"])
    assert (found.published, found.title) == (Published(), None)


def test_fifty_thousand_addresses(tmp_path: Path) -> None:
    many = (news(f"https://v.example/{number}", "2003-05-12") for number in range(50_000))
    written(tmp_path, a_html=page("https://v.example/49999"), s_xml=sitemap(*many))
    found = read(tmp_path)
    assert article(found["a.html"]).published.day == dt.date(2003, 5, 12)
    assert found["s.xml"] == SitemapReport("s.xml", "адресов: 50000, дата взята для страниц: 1, нет в партии: 49999")


def test_the_command_tells_it_and_the_counts_add_up(tmp_path: Path) -> None:
    folder, home = tmp_path / "партия", tmp_path / "дом"
    folder.mkdir()
    written(folder, a_html=page("https://v.example/1"))
    podshivka(home, "add", folder)
    written(folder, s_xml=sitemap(news("https://v.example/1", "2003-05-12"), news("https://v.example/9", "2003-05-12")))
    sentence = "Прочитано 2: новых 0, изменённых 1, без изменений 0, отказов 0, карт сайта 1."
    assert sentence in podshivka(home, "add", folder, "--dry-run").output
    report = tmp_path / "отчёт.csv"
    said = podshivka(home, "add", folder, "--report", report)
    assert (said.exit_code, sentence in said.output) == (0, True)
    assert "Карта сайта s.xml: адресов: 2, дата взята для страниц: 1, нет в партии: 1." in said.output
    with report.open(encoding="utf-8-sig", newline="") as file:
        first, last = csv.DictReader(file)
    assert (first["дата"], first["откуда дата"]) == ("2003-05-12", "карта сайта")
    assert (last["файл"], last["исход"]) == ("s.xml", "карта сайта")
    assert "нет в партии: 1" in last["причина"]
    events = [json.loads(event) for event in podshivka(home, "add", folder, "--json").stdout.splitlines()]
    assert [event["path"] for event in events if event["event"] == "sitemap"] == ["s.xml"]
    assert (events[-1]["unchanged"], events[-1]["sitemap"], events[-1]["read"]) == (1, 1, 2)
    assert podshivka(home, "check", "--deep").exit_code == 0
    assert "\t2\t0\t1\t0\t0\t1\t0\t0\t0\t\tпартия" in podshivka(home, "batches").output


def test_a_sitemap_alone(tmp_path: Path) -> None:
    written(tmp_path, s_xml=sitemap(news("https://v.example/9", "2003-05-12")))
    said = podshivka(tmp_path / "дом", "add", tmp_path / "s.xml")
    assert said.exit_code == 0
    assert "добавьте её вместе с сохранёнными страницами" in said.output
    piped = podshivka(tmp_path / "дом", "add", "-", given=sitemap())
    assert (piped.exit_code, "карта сайта: её читают из файла" in piped.output) == (1, True)
    named = podshivka(tmp_path / "дом", "annotate", tmp_path / "s.xml")
    assert (named.exit_code, "Прочитано 0" in named.output) == (0, True)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://v.example/1", "https://www.v.example/1/", True),
        ("https://V.example:443/a?x=1#top", "https://v.example/a?x=1", True),
        ("https://v.example/новость", "https://v.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C", True),
        ("https://вести.рф/1", "https://xn--b1agj9af.xn--p1ai/1", True),
        ("https://v.example/1?utm_source=rss", "https://v.example/1", True),
        ("https://v.example/1?id=5", "https://v.example/1?id=6", False),
        ("https://v.example/News", "https://v.example/news", False),
        ("https://v.example:8080/1", "https://v.example/1", False),
        ("https://old.v.example/1", "https://v.example/1", False),
        ("https://v.example/", "https://v.example/", False),
        ("http://[1/a", "http://[1/a", False),
    ],
)
def test_which_addresses_are_one(one: str, other: str, same: bool) -> None:
    assert bool(address_key(one) and address_key(one) == address_key(other)) == same
