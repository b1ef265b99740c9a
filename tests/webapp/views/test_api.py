"""The JSON beside the pages."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from archive.home import Home
from webapp.app import create_app

HIT = {"id", "own_id", "title", "date", "time", "source", "url", "score", "snippets", "persons", "enterprises"}
HIT |= {"reprints", "lacking"}
FACETS = ["date", "person", "enterprise", "organisation", "source", "rubric", "genre", "author"]


def ask(client: FlaskClient, url: str, status: int = 200) -> Any:
    answer = client.get(url)
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/json"
    return answer.json


def test_a_result_has_the_promised_fields(site: FlaskClient) -> None:
    result = ask(site, "/api/v1/search?q=завод&size=3&facet_size=2")
    assert set(result) == {
        *(
            "read_as",
            "tree",
            "query",
            "other_words",
            "rescue",
            "suggestion",
            "suggestions",
            "dated",
            "subjects",
            "total",
            "stories",
            "page",
            "pages",
            "partial",
            "took_ms",
            "hits",
            "facets",
        ),
    }
    assert result["total"] > len(result["hits"]) == 3
    assert (result["page"], result["pages"]) == (1, -(-result["stories"] // 3))
    assert list(result["facets"]) == FACETS
    for values in result["facets"].values():
        assert all(set(value) == {"key", "label", "count", "selected", "excluded"} for value in values)
    for hit in result["hits"]:
        assert set(hit) == HIT
        assert hit["date"] is None or dt.date.fromisoformat(hit["date"])
        for snippet in hit["snippets"]:
            assert set(snippet) == {"text", "marks"}
            assert all(snippet["text"][start:stop].lower().startswith("завод") for start, stop in snippet["marks"])
        assert all(set(named) == {"key", "label"} for named in hit["persons"] + hit["enterprises"])


def test_a_score_is_the_sum_of_what_explains_it(site: FlaskClient) -> None:
    asked = "/api/v1/search?q=завод труба открытие&explain=1"
    hits = [hit for found in (ask(site, asked), ask(site, asked)["partial"]) for hit in found["hits"]]
    assert hits
    for hit in hits:
        assert set(hit) == HIT | {"why"}
        assert sum(part["score"] for part in hit["why"]) == pytest.approx(hit["score"], rel=1e-4)
    assert {part["part"] for hit in hits for part in hit["why"]} >= {"words", "title", "lead", "proximity", "feedback"}


def test_russian_is_not_escaped(site: FlaskClient) -> None:
    assert "завод" in site.get("/api/v1/search?q=завод").get_data(as_text=True)


def test_facet_size_never_cuts_dates(site: FlaskClient) -> None:
    facets = ask(site, "/api/v1/search?facet_size=1&date_step=month")["facets"]
    assert len(facets["date"]) > 12
    assert len(facets["person"]) <= 2  # «без персон» is not a name
    assert sum(value["count"] for value in facets["date"]) == ask(site, "/api/v1/search")["total"]


def test_a_chosen_key_is_selected(site: FlaskClient) -> None:
    everyone = ask(site, "/api/v1/search")["facets"]["person"]
    key = everyone[0]["key"]
    one = ask(site, f"/api/v1/search?person={key}")
    assert one["total"] == everyone[0]["count"]
    assert [value["key"] for value in one["facets"]["person"] if value["selected"]] == [key]
    assert ask(site, f"/api/v1/search?not_person={key}")["total"] == ask(site, "/api/v1/search")["total"] - one["total"]


@pytest.mark.parametrize("q", ['"', "((", "-", "!", "ИЛИ", "%00", "%ff", "😀", "a" * 3000])
def test_a_strange_query_is_answered(site: FlaskClient, q: str) -> None:
    assert ask(site, "/api/v1/search?q=" + q)["read_as"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("from=март", "from"),
        ("to=31.02.2022", "to"),
        ("from=2022-11-31", "from"),
        ("from=2022-02-30", "from"),
        ("undated=yes", "undated"),
        ("date_step=week", "date_step"),
        ("sort=random", "sort"),
        ("page=0", "page"),
        ("page=два", "page"),
        ("size=101", "size"),
        ("facet_size=-1", "facet_size"),
    ],
)
def test_a_bad_parameter_is_named(site: FlaskClient, query: str, parameter: str) -> None:
    error = ask(site, "/api/v1/search?q=завод&" + query, 400)["error"]
    assert error["parameter"] == parameter
    assert error["message"]


def test_an_unknown_parameter_says_nothing(site: FlaskClient) -> None:
    assert ask(site, "/api/v1/search?colour=red")["total"] == ask(site, "/api/v1/search")["total"]


def test_a_page_past_the_last_names_the_last(site: FlaskClient) -> None:
    answer = ask(site, "/api/v1/search?q=завод&page=77", 404)
    assert answer["error"]["parameter"] == "page"
    assert ask(site, answer["last"])["hits"]
    assert ask(site, "/api/v1/search?q=нигденет&page=2", 404)["last"].endswith("%D0%B5%D1%82")


def test_an_article_has_all_its_fields(site: FlaskClient) -> None:
    (hit,) = ask(site, "/api/v1/search?author=<u>А.+Кот</u>")["hits"]
    article = ask(site, f"/api/v1/articles/{hit['id']}")
    assert article["own_id"] == "hostile"
    assert article["title"] == article["heading"] == "<script>alert(1)</script> & сталь"
    assert len(article["paragraphs"]) == 2
    assert (article["date"], article["time"], article["date_origin"]) == (None, None, None)
    assert (article["batch"], article["path"], {one["batch"] for one in article["versions"]}) == ("", "", {""})
    assert all(named["given"] for named in article["persons"])
    assert {"source", "url", "author", "rubric", "issue", "page", "encoding", "warnings", "version"} < set(article)
    assert ask(site, "/api/v1/articles/999999", 404)["error"]["message"]
    assert ask(site, "/api/v1/nothing", 404)["error"]["message"]


def test_health(site: FlaskClient, tmp_path: Path) -> None:
    well = ask(site, "/healthz")
    assert (well["status"], well["articles"]) == ("ready", 41)
    assert well["version"]
    empty = create_app(Home(tmp_path)).test_client()
    assert ask(empty, "/healthz")["status"] == "empty"
    (tmp_path / "index").write_text("не папка", encoding="utf-8")
    assert ask(create_app(Home(tmp_path)).test_client(), "/healthz", 503)["status"] == "broken index"
