"""The pages, over the sample batch and an article full of markup."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from archive.article import Article, Published
from archive.home import Home
from search.request import FIELD_FACETS
from webapp.app import create_app
from webapp.presenters.citation import cite
from webapp.presenters.russian import marked, number, plural

STARTS = [
    "/search?size=1",
    "/search?q=завод&person=none&source=Вечерний+Царицын",
    "/search?q=завод&not_enterprise=none&from=2020-01-01&to=2021-12-31&undated=1&size=1",
    "/search?not_source=none&undated=only",
    "/search?q=завод+-тракторный&not_person=none&date_step=month&size=1&facet_size=4",
    "/search?rubric=Экономика&author=none&not_person=none",
]


def soup(client: FlaskClient, url: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(url, follow_redirects=True)
    assert answer.status_code == status, url
    return BeautifulSoup(answer.text, "lxml")


def whole(text: str) -> int:
    """The number in a text, 0 where there is none."""
    return int(re.sub(r"\D", "", text) or 0)


def found(client: FlaskClient, url: str) -> int:
    """How many articles the page at `url` and the API say there are."""
    heading = re.search("<h1>(.*?)</h1>", client.get(url, follow_redirects=True).text)
    assert heading, url
    said = whole(heading[1].split(";")[0])
    answered = client.get(url.split("#")[0].replace("/search", "/api/v1/search", 1)).json
    assert answered
    assert answered["total"] == said
    return said


def links(page: BeautifulSoup | Tag, selector: str) -> Iterator[Tag]:
    for link in page.select(selector):
        assert isinstance(link, Tag)
        yield link


def article_url(client: FlaskClient, query: str) -> str:
    link = soup(client, query).select_one(".hit h2 a")
    assert link
    return str(link["href"])


def sent(form: Tag, name: str = "", value: str = "") -> str:
    """The address that a form leads to as it was served, with one more box ticked."""
    pairs = [(str(one["name"]), str(one["value"])) for one in form.select("input[type=hidden], input[checked]")]
    if name:
        pairs.append((name, value))
    return f"{form['action']}?{urlencode(pairs)}"


def boxes(page: BeautifulSoup) -> Iterator[tuple[Tag, str, str, bool]]:
    """Each value of the form of facets: its row, the facet, its key, whether it is chosen or excluded."""
    for row in links(page, "#refine .value"):
        tick, minus = row.select("input")
        yield row, str(tick["name"]), str(tick["value"]), tick.has_attr("checked") or minus.has_attr("checked")


@pytest.mark.parametrize("start", STARTS)
def test_every_value_of_a_facet_keeps_its_promise(site: FlaskClient, start: str) -> None:
    page = soup(site, start)
    form = page.select_one("#refine")
    assert form
    followed = 0
    total = found(site, sent(form))
    for row, facet, key, taken in boxes(page):
        count = row.select_one(".count")
        assert count
        chosen = form.select(f"input[name={facet}][checked], input[name=not_{facet}][checked]")
        if taken or (chosen and facet in FIELD_FACETS):
            continue
        assert found(site, sent(form, facet, key)) == whole(count.text), (facet, key)
        if not chosen:
            assert found(site, sent(form, "not_" + facet, key)) == total - whole(count.text), (facet, key)
        followed += 1
    assert followed or total < 2


@pytest.mark.parametrize("start", STARTS)
def test_every_period_of_the_strip_keeps_its_promise(site: FlaskClient, start: str) -> None:
    for step in (start, start + "&from=2021-01-01&to=2021-12-31", start + "&from=2021-03-01&to=2021-03-31"):
        for cell in links(soup(site, step), ".strip li a"):
            said = re.search(r"(\d+)\D*стат", cell.get_text(" ", strip=True).split(cell.b.text if cell.b else "")[-1])
            number = whole(said[1]) if said else whole(cell.b.text if cell.b else "")
            assert found(site, str(cell["href"])) == number, cell["href"]


@pytest.mark.parametrize("start", STARTS[1:])
def test_a_condition_can_be_taken_back(site: FlaskClient, start: str) -> None:
    page = soup(site, start)
    before = dict.fromkeys(parse_qsl(urlsplit(start).query))
    conditions = list(links(page, "a.condition"))
    assert conditions
    for link in conditions:
        after = dict.fromkeys(parse_qsl(urlsplit(str(link["href"])).query))
        assert set(after) < set(before)


def test_a_chosen_value_stays_at_zero(site: FlaskClient) -> None:
    page = soup(site, "/search?q=ничегоподобного&source=Вечерний+Царицын&not_source=чужое")
    shown = [row.select_one(".count").text for row, _, _, taken in boxes(page) if taken]  # type: ignore[union-attr]
    assert shown == ["0", "0"]


def test_an_id_that_nobody_has_is_said_to_be_one(site: FlaskClient) -> None:
    page = soup(site, "/search?q=завод&person=nikto")
    assert "nikto – такого имени в архиве нет" in page.select_one("a.condition").text  # type: ignore[union-attr]
    assert "nikto – такого имени в архиве нет" in page.select_one("#person .what").text  # type: ignore[union-attr]


def test_a_chosen_person_has_his_dossier_beside_the_hits(site: FlaskClient) -> None:
    page = soup(site, "/search?person=andrey-bocharov")
    assert [link["href"] for link in page.select(".beside .who")] == ["/person/andrey-bocharov"]


@pytest.mark.parametrize("facet", ["person", "enterprise", "source"])
def test_all_values_of_a_facet_can_be_reached(site: FlaskClient, facet: str) -> None:
    size = site.get("/api/v1/search?facet_size=200&size=1").get_json()["facets"][facet]
    seen: set[str] = set()
    url: str | None = f"/values/{facet}"
    while url:
        page = soup(site, url)
        seen |= {str(box["value"]) for box in page.select(f".all-values input[name={facet}]")}
        here = page.select_one(".pager b")
        after = here.find_next_sibling("a") if here else None
        url = str(after["href"]) if isinstance(after, Tag) else None
    assert seen == {value["key"] for value in size}


def test_another_source_can_be_added_to_the_chosen_one(site: FlaskClient) -> None:
    one = soup(site, "/search?source=Вечерний+Царицын")
    form = one.select_one("#refine")
    assert form
    assert found(site, sent(form, "source", "Волжский листок")) > found(site, sent(form)) > 0


def test_both_forms_keep_the_conditions(site: FlaskClient) -> None:
    page = soup(site, "/search?q=завод&person=none&not_source=x&from=2020-01-01&undated=1&sort=oldest&page=1")
    typed = page.select_one(".masthead form")
    assert typed
    fields = {str(field["name"]): field.get("value") for field in links(typed, "input")}
    kept = {"q": "завод", "from": "2020-01-01", "undated": "1"}
    assert fields == {**kept, "person": "none", "not_source": "x", "sort": "oldest"}
    refine = page.select_one("#refine")
    assert refine
    assert dict(parse_qsl(urlsplit(sent(refine)).query)) == {**kept, "person": "none", "not_source": "x"}
    chosen = refine.select_one("option[selected]")
    assert chosen
    assert chosen["value"] == "oldest"


def test_one_state_has_one_url(site: FlaskClient) -> None:
    answer = site.get("/search?to=&sort=&q=завод&page=1&utm=1&from=")
    assert answer.status_code == 302
    assert dict(parse_qsl(urlsplit(answer.location).query)) == {"q": "завод"}
    assert site.get(answer.location).status_code == 200


def test_pages_follow_one_another(site: FlaskClient) -> None:
    seen: list[str] = []
    url: str | None = "/search?size=6&reprints=1"
    while url:
        page = soup(site, url)
        seen += [str(link["href"]).split("?")[0] for link in links(page, ".hits .hit h2 a")]
        following = page.select_one(".pager a[rel=next]")
        url = str(following["href"]) if following else None
    assert len(seen) == len(set(seen)) == found(site, "/search")


def test_as_many_hits_stand_on_a_page_as_are_wanted(site: FlaskClient) -> None:
    page = soup(site, "/search?page=2")
    assert [one.text for one in page.select(".sizes a, .sizes b")] == ["10", "20", "50", "100"]
    assert [one.text for one in page.select(".sizes b")] == ["10"]
    links = [str(one["href"]) for one in page.select(".sizes a")]
    assert links[0] == "/search?size=20"  # where the hit that stands first is
    more = soup(site, links[0])
    first, then = ([one.text for one in some.select(".hits .hit h2")] for some in (page, more))
    assert len(first) == 10
    assert then[10:] == first
    assert not soup(site, "/search?q=нержавеющая").select(".sizes")


def test_a_page_past_the_last_leads_to_the_last(site: FlaskClient) -> None:
    page = soup(site, "/search?q=завод&page=99", 404)
    last = page.select_one(".message a")
    assert last
    assert soup(site, str(last["href"])).select(".hit")


def test_nothing_found_shows_the_ways_out(site: FlaskClient) -> None:
    page = soup(site, "/search?q=завод&source=нет+такого&from=1900-01-01&to=1900-12-31")
    assert "Ничего не найдено" in page.text
    (way,) = page.select(".ways li")  # without either alone nothing is found
    assert "без всех условий" in way.text
    assert "С 1\u00a0января 1900 по 31\u00a0декабря 1900 в архиве нет ни одной статьи." in page.text
    held = soup(site, "/search?q=завод&source=Волжский+листок&from=2023-05-01&to=2023-05-31")
    assert "Газеты «Волжский листок» с 1\u00a0мая 2023 по 31\u00a0мая 2023 в архиве нет: есть" in held.text
    words = soup(site, "/search?q=заводик+нигденет+печь")
    for way in words.select(".ways li"):
        assert way.a
        count = way.select_one(".count")
        assert count
        assert found(site, str(way.a["href"])) == whole(count.text)
    page = soup(site, "/search?q=завод&source=нет+такого")
    (way,) = page.select(".ways li")
    assert way.a
    count = way.select_one(".count")
    assert count
    assert found(site, str(way.a["href"])) == whole(count.text)


def test_advice_is_given_where_there_is_nothing_better(site: FlaskClient) -> None:
    assert "Попробуйте меньше слов" in soup(site, "/search?q=нигденет").text
    for better, said in (
        ("заавод&as_typed=1", "Ничего не найдено"),
        ("завод+сталь+нигденет", "Со всеми словами – 0 статей; ещё"),
    ):
        assert said in (text := soup(site, f"/search?q={better}").text)
        assert "Попробуйте меньше слов" not in text


def test_the_undated_of_a_range_are_offered(site: FlaskClient) -> None:
    page = soup(site, "/search?from=2019-01-01")
    offer = page.select_one(".beside .quiet a")
    assert offer
    with_undated = found(site, str(offer["href"]))
    undated = found(site, "/search?undated=only")
    assert with_undated == found(site, "/search?from=2019-01-01") + undated == found(site, "/search")


def test_an_article_page_is_whole(site: FlaskClient) -> None:
    url = article_url(site, "/search?q=завод&source=Вечерний+Царицын")
    page = soup(site, url)
    assert page.select(".text mark")
    assert page.select(".text p")
    assert page.select_one(".citation")
    back = page.select_one(".tools a")
    assert back
    assert urlsplit(str(back["href"])).query == urlsplit(url).query.removesuffix("&at=1")
    for link in links(page, ".about .who a.all"):
        assert found(site, str(link["href"])) > 0
    assert not page.select(f".near a[href='{urlsplit(url).path}']")  # it is not like itself
    canonical = page.select_one("link[rel=canonical]")
    assert canonical
    named = soup(site, str(canonical["href"]))
    assert named.select_one(".text").text == page.select_one(".text").text  # type: ignore[union-attr]


def test_markup_in_an_article_is_text(site: FlaskClient) -> None:
    for query in ("/search?q=сталь&author=<u>А.+Кот</u>", "/search?q=<script>alert(2)</script>", "/"):
        answer = site.get(query)
        assert not re.search(r"<script>|<[bui]>(?!\d)[А-Я](?!се годы)", answer.text)
    page = soup(site, article_url(site, "/search?q=сталь&author=<u>А.+Кот</u>"))
    assert "<script>alert(1)</script> & сталь" in page.h1.text if page.h1 else False
    assert "<b>сталь</b> & прокат" in page.text
    assert "указано каталогизатором" in page.text
    assert "javascript:alert(1)" in page.text
    assert not page.select("a[href^=javascript]")
    inline = [script for script in page.select("script") if not script.get("src")]
    assert [script["type"] for script in inline] == ["application/ld+json"]
    assert "<" not in inline[0].text
    assert json.loads(inline[0].text)["headline"] == "<script>alert(1)</script> & сталь"


@pytest.mark.parametrize(
    ("url", "status", "says"),
    [
        ("/нет", 404, "Такой страницы нет"),
        ("/article/0", 404, "Такой страницы нет"),
        ("/article/" + "9" * 30, 404, "Такой страницы нет"),
        ("/article/1%20OR%201", 404, "Такой страницы нет"),
        ("/search?from=вчера", 400, "дата «с»"),
        ("/search?q=завод&page=0", 400, "страница"),
        ("/search?to=31.02.2022", 400, "не дата"),
        ("/search?sort=<b>", 400, "&lt;b&gt;"),
    ],
)
def test_bad_addresses_get_a_friendly_page(site: FlaskClient, url: str, status: int, says: str) -> None:
    answer = site.get(url)
    assert answer.status_code == status
    assert says in answer.text
    assert 'lang="ru"' in answer.text


@pytest.mark.parametrize("query", ['"', "((", "-", "!", "*", "\0", "\ud7ff", "ИЛИ", "a" * 5000, "%", "😀", "' OR 1=1"])
def test_a_query_never_fails(site: FlaskClient, query: str) -> None:
    for place in ("/search", "/api/v1/search"):
        assert site.get(place, query_string={"q": query}).status_code == 200
    assert site.get("/search?q=%ff%ed%a0%80", follow_redirects=True).status_code == 200
    assert site.get("/article/1", query_string={"q": query, "from": "?"}).status_code == 200


def test_nothing_comes_from_elsewhere(site: FlaskClient) -> None:
    for url in ("/", "/search?q=завод", "/article/1", "/нет", "/api/v1/search", "/static/podshivka.css"):
        answer = site.get(url)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert not re.search(r'(?:src|href|action)="?(?:https?:)?//(?!.*noopener)', answer.text)
        assert "style=" not in answer.text
        assert not re.search(r"url\((?!fonts/|#gap)|@import", answer.text)


def test_a_breakdown_tells_nothing(site_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(site_home)
    app.add_url_rule("/broken", view_func=lambda: 1 / 0)  # type: ignore[arg-type]
    app.add_url_rule("/api/broken", view_func=lambda: 1 / 0, endpoint="too")  # type: ignore[arg-type]
    page, answer = app.test_client().get("/broken"), app.test_client().get("/api/broken")
    assert page.status_code == answer.status_code == 500
    assert "Что-то сломалось у нас" in page.text
    assert answer.json
    said = {"parameter": None, "message": "Что-то сломалось у нас", "request": answer.headers["X-Request-Id"]}
    assert answer.json == {"error": said}
    assert page.headers["X-Request-Id"] in page.text
    assert "ZeroDivision" not in page.text + answer.text


def test_the_first_page_says_what_the_archive_holds(site: FlaskClient) -> None:
    page = soup(site, "/")
    assert page.h1
    assert page.h1.text == "41\u00a0статья 4 газет"
    assert "2019 по" in page.select_one(".hero").text  # type: ignore[union-attr]
    papers = page.select(".held tbody tr")
    assert len(papers) == 4
    for row in papers:
        count = row.select_one(".count")
        assert row.a
        assert count
        articles = soup(site, str(row.a["href"])).select_one(".facts-line a")
        assert articles
        assert found(site, str(articles["href"])) == whole(count.text)
    for link in links(page, ".ranks a, .dated .title a"):
        assert site.get(str(link["href"])).status_code == 200
    assert page.select(".ranks a")
    assert page.select("[aria-labelledby=arrivals] .title a")
    for link in links(page, ".help a"):
        assert site.get(str(link["href"])).status_code == 200


def test_an_empty_archive_says_how_to_fill_it(tmp_path: Path) -> None:
    client = create_app(Home(tmp_path / "нет ещё")).test_client()
    assert "podshivka add" in client.get("/").text
    assert "Ничего не найдено" in client.get("/search?q=завод").text
    assert client.get("/article/1").status_code == 404
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("article", "reference"),
    [
        (
            Article("", (), "Сталь.", Published(dt.date(2022, 3, 12)), "Вести", author="Котов И.", issue="5", page="3"),
            "Котов, И. Сталь / Котов И. – Текст : непосредственный // Вести. – 2022. – 12 марта (№ 5). – С. 3.",
        ),
        (
            Article("", (), "Кто виноват?", source="Вести", url="https://vesti.ru/1", author="Иван Котов", issue="№ 7"),
            "Котов, И. Кто виноват? / Иван Котов. – Текст : электронный // Вести. – № 7. – URL: https://vesti.ru/1 "
            "(дата обращения: 01.12.2026)",
        ),
        (Article("", ("Завод стоит.",)), "Завод стоит. – Текст : непосредственный."),
        (Article("", ("Да?",), url="file:///etc/passwd"), "Да? – Текст : непосредственный."),
        (Article("", ("Да",), url="http://[/"), "Да. – Текст : непосредственный."),
    ],
)
def test_a_citation_leaves_out_what_is_unknown(article: Article, reference: str) -> None:
    assert cite(article, dt.date(2026, 12, 1)).replace("\u00a0", " ") == reference


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "статей"), (1, "статья"), (4, "статьи"), (5, "статей"), (11, "статей"), (21, "статья"), (122, "статьи")],
)
def test_russian_plurals(count: int, said: str) -> None:
    assert plural(count, "статья", "статьи", "статей") == said


def test_thousands_stand_apart() -> None:
    assert number(1234567) == "1\u00a0234\u00a0567"


def test_marks_are_set_in_escaped_text() -> None:
    expected = "&lt;b&gt; <mark>сталь</mark> &amp; <mark>чугун</mark>"
    assert str(marked("<b> сталь & чугун", ((4, 9), (12, 17)))) == expected


def test_every_example_finds_as_many_articles_as_it_says(site: FlaskClient) -> None:
    first, all_of_them = soup(site, "/").select("#help .tries li"), soup(site, "/help").select(".tries li:has(a)")
    assert len(first) == 8
    assert len(all_of_them) >= 18
    for row in (*first, *all_of_them):
        count = row.select_one(".count")
        assert row.a
        assert count
        assert found(site, str(row.a["href"])) == whole(count.text) > 0, row.a.text


def test_days_typed_as_people_do_lead_to_the_canonical_address(site: FlaskClient) -> None:
    answer = site.get("/search?q=завод&from=март+2021&to=2021")
    assert dict(parse_qsl(urlsplit(answer.location).query)) == {"q": "завод", "from": "2021-03-01", "to": "2021-12-31"}
    turned = soup(site, "/search?from=2021-12-31&to=2021-01-01")
    assert "поменяли их местами" in turned.text
    assert found(site, "/search?from=2021-12-31&to=2021-01-01") == found(site, "/search?from=2021-01-01&to=2021-12-31")
