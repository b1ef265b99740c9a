"""Pages and JSON of a person or body: every count leads to so many articles; who moved is found where he is now."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from archive.home import Home
from search.request import ENTITY_FACETS
from tests.indexer.authority.test_authority import ARTICLES, write
from tests.support.random_archives import published_home
from webapp.app import create_app

LINES = (
    "stalingradskiy-traktornyy-zavod,Сталинградский тракторный завод,,СТЗ,,1930,1961",
    "vgtz,Волгоградский тракторный завод,,Тракторный завод,,1961,,stalingradskiy-traktornyy-zavod",
    "volzhskiy-trubnyy-zavod,,,vtz | Трубник",
    "rentgen,,организация",
)
PERSONS = ("bocharov", "andrey-bocharov", "anna-chernykh", "sergey-ivanov")


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = published_home(tmp_path_factory.mktemp("entities"), [ARTICLES])
    write(home, *LINES)
    return home


@pytest.fixture(scope="module")
def client(corrected: Home) -> FlaskClient:
    return create_app(corrected).test_client()


def soup(client: FlaskClient, url: str) -> BeautifulSoup:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def counted_links(page: BeautifulSoup) -> Iterator[tuple[int, str]]:
    for link in page.select("a.count"):
        yield int(re.sub(r"\D", "", link.text)), str(link["href"])


def total(client: FlaskClient, url: str) -> int:
    found = client.get(url.replace("/search", "/api/v1/search", 1)).get_json()
    return int(found["total"])


PAGES = [*(f"/person/{key}" for key in PERSONS), "/enterprise/vgtz", "/enterprise/volzhskiy-trubnyy-zavod"]


@pytest.mark.parametrize("url", PAGES)
def test_every_count_is_what_its_link_finds(client: FlaskClient, url: str) -> None:
    page = soup(client, url)
    links = list(counted_links(page))
    assert links
    for count, link in links:
        assert total(client, link) == count, link
    for about in page.select(".counts a.pick"):
        assert client.get(str(about["href"])).status_code == 200


@pytest.mark.parametrize("key", ["andrey-bocharov", "sergey-ivanov", "olga-sokolova"])
def test_counts_of_the_sample(site: FlaskClient, key: str) -> None:
    for count, link in counted_links(soup(site, f"/person/{key}")):
        assert total(site, link) == count, link


def test_numbers_of_all_the_sample_add_up(site: FlaskClient) -> None:
    plural = {"person": "persons", "enterprise": "enterprises", "organisation": "organisations"}
    found = site.get("/api/v1/entities?size=100").get_json()["entities"]
    assert len(found) > 60
    for one in found:
        page = site.get(f"/api/v1/{plural[one['kind']]}/{one['key']}").get_json()
        assert page["articles"] == one["articles"] == sum(page["years"].values())
        assert page["names"]
        assert all(name["articles"] <= one["articles"] for name in page["names"])
        assert all(other["articles"] <= one["articles"] for company in page["together"].values() for other in company)


def test_roles_come_with_their_sentence(site: FlaskClient) -> None:
    roles = soup(site, "/person/viktor-chuprina").find(id="roles")
    assert isinstance(roles, Tag)
    assert roles.parent
    assert "директор" in roles.parent.text
    link = roles.parent.select_one(".posts .meta a")
    assert link
    assert "Чуприн" in soup(site, str(link["href"])).text
    [role] = site.get("/api/v1/persons/viktor-chuprina").get_json()["roles"]
    [mark] = role["evidence"]["marks"]
    assert "Чуприн" in role["evidence"]["text"][slice(*mark)]


def test_lineage(client: FlaskClient) -> None:
    page = soup(client, "/enterprise/vgtz")
    former = page.find(id="former")
    assert isinstance(former, Tag)
    assert "Сталинградский тракторный завод" in page.text
    assert "1930–1961" in page.text
    years = [row.text.split()[0] for row in page.select(".strip .y")]
    assert (years[0], years[-1]) == ("1955", "2021")
    assert page.select_one(".facts-line a[href*='undated=only']")
    assert "(здесь: Сталинградский тракторный завод)" in soup(client, "/search?enterprise=vgtz").text
    assert "здесь: Сталинградский тракторный завод" in soup(client, "/article/3").text


def test_who_of_them(client: FlaskClient) -> None:
    page = soup(client, "/person/bocharov")
    assert "Кто из них?" in page.text
    assert page.find("a", href="/person/andrey-bocharov")


def test_an_article_leads_to_its_persons(client: FlaskClient) -> None:
    links = [str(link["href"]) for link in soup(client, "/article/1").select(".about .who a")]
    assert links[:2] == ["/person/andrey-bocharov", "/search?person=andrey-bocharov"]


@pytest.mark.parametrize(
    ("url", "now"),
    [
        ("/enterprise/vtz", "/enterprise/volzhskiy-trubnyy-zavod"),
        ("/enterprise/stz", "/enterprise/vgtz"),
        ("/enterprise/rentgen", "/organisation/rentgen"),
        ("/person/rentgen", "/organisation/rentgen"),
        ("/search?enterprise=rentgen&person=vgtz", "/search?enterprise=vgtz&organisation=rentgen"),
        ("/search?not_enterprise=rentgen", "/search?not_organisation=rentgen"),
    ],
)
def test_moved(client: FlaskClient, url: str, now: str) -> None:
    answer = client.get(url)
    assert (answer.status_code, answer.headers["Location"]) == (302, now)


def test_json_of_the_retyped(client: FlaskClient) -> None:
    found = client.get("/api/v1/enterprises/rentgen").get_json()
    assert (found["kind"], found["key"]) == ("organisation", "rentgen")
    assert client.get("/api/v1/search?enterprise=rentgen").get_json()["total"] == found["articles"]


@pytest.mark.parametrize(
    "url", ["/person/nikto", "/person/none", "/api/v1/persons/nikto", "/api/v1/persons/none", "/city/a"]
)
def test_nobody(client: FlaskClient, url: str) -> None:
    assert client.get(url).status_code == 404


def test_what_is_read_of_the_newest_articles_only_says_so(site: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    roles = soup(site, "/person/viktor-chuprina").select_one("section:has(#roles)")
    assert roles
    assert "последним статьям" not in roles.text
    monkeypatch.setattr("search.pages.entity_page.ARTICLES_READ", 1)
    roles = soup(site, "/person/viktor-chuprina").select_one("section:has(#roles)")
    assert roles
    assert "По 1 последним статьям" in roles.text


def test_json(client: FlaskClient) -> None:
    found = client.get("/api/v1/enterprises/stz").get_json()
    assert (found["key"], found["articles"], found["years"]) == ("vgtz", 3, {"1955": 1, "2021": 1, "none": 1})
    assert found["lineage"] == [
        {
            "key": "stalingradskiy-traktornyy-zavod",
            "label": "Сталинградский тракторный завод",
            "from": "1930-01-01",
            "to": "1961-12-31",
        }
    ]
    assert {name["label"]: name["former"] for name in found["names"]} == {
        "СТЗ": True, "Сталинградский тракторный завод": True, "Тракторный завод": False,
    }  # fmt: skip
    assert found["together"]["person"][1] == {"key": "sergey-ivanov", "label": "Сергей Иванов", "articles": 2}


def test_entities_json(client: FlaskClient) -> None:
    def keys(query: str) -> list[str]:
        return [one["key"] for one in client.get("/api/v1/entities" + query).get_json()["entities"]]

    assert keys("?kind=person&q=боч") == ["andrey-bocharov", "bocharov"]
    assert keys("?q=завод волг") == ["vgtz"]
    assert keys("?kind=organisation") == ["rentgen"]
    assert keys("?q=трубник") == ["volzhskiy-trubnyy-zavod"]
    assert keys("?q=стз") == keys("?q=сталинг трак") == ["vgtz"]
    assert [one["name"] for one in client.get("/api/v1/entities?q=стз").get_json()["entities"]] == ["СТЗ"]
    assert [one["name"] for one in client.get("/api/v1/entities?q=боч").get_json()["entities"]] == [None, None]
    assert len(keys("?size=3")) == 3
    assert len(keys("")) == 7
    assert keys("?q=нетакого") == []
    wrong = client.get("/api/v1/entities?kind=город")
    assert (wrong.status_code, wrong.get_json()["error"]["parameter"]) == (400, "kind")
    assert client.get("/api/v1/entities?size=0").status_code == 400


@pytest.mark.parametrize("facet", ENTITY_FACETS)
def test_a_facets_values_are_found_by_typing(site: FlaskClient, facet: str) -> None:
    results = soup(site, "/search?q=завод")
    if field := results.select_one(f"#{facet} input[name=find]"):
        form = results.find(id=field["form"])
        assert isinstance(form, Tag)
        assert [hidden["value"] for hidden in form.select("input[type=hidden]")] == ["завод"]
    else:
        assert facet == "organisation"  # it has few values
    page = soup(site, f"/values/{facet}?q=завод&find=во")
    links = list(counted_links(page))
    for count, link in links:
        assert total(site, link) == count
        assert quote("завод") in link
    assert all(re.search(r"\bво", row.text.lower()) for row in page.select(".all-values .what"))


def test_strange_typing(site: FlaskClient) -> None:
    for typed in ("", "  ", "<script>", "«»", "a" * 5000, "%00"):
        answer = site.get("/values/person", query_string={"find": typed})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.get_data(as_text=True)
    assert site.get("/values/date").status_code == 404
    assert site.get("/values/person?from=вчера").status_code == 400
