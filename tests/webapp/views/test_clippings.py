"""A reader puts articles aside and takes them along as a document, a table, references."""

import csv
from io import BytesIO, StringIO

import docx
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

LIST = "article=3&note=%D0%BF%D1%80%D0%BE%D0%B2%D0%B5%D1%80%D0%B8%D1%82%D1%8C&article=1&note=&article=999&note="


def page(client: FlaskClient, query: str, follow: bool = True) -> BeautifulSoup:
    answer = client.get(f"/clippings?{query}", follow_redirects=follow)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return BeautifulSoup(answer.text, "lxml")


def listed(shown: BeautifulSoup) -> list[tuple[str, str]]:
    items = shown.select("form.clippings li")
    return [
        (str(one.select_one("[name=article]")["value"]), str(one.select_one("[name=note]")["value"])) for one in items
    ]  # type: ignore[index]


def test_the_list_stands_in_its_link(site: FlaskClient) -> None:
    shown = page(site, LIST)
    assert listed(shown) == [("3", "проверить"), ("1", ""), ("999", "")]
    assert "Статьи № 999 в архиве нет" in shown.text
    link = shown.select_one(".where a")
    assert link
    assert listed(page(site, str(link["href"]).partition("?")[2])) == listed(shown)
    assert [place for place, _ in listed(page(site, LIST + "&do=up.1"))] == ["1", "3", "999"]
    assert [place for place, _ in listed(page(site, LIST + "&do=out.3"))] == ["1", "999"]
    assert "пока пусто" in page(site, "").text
    assert "Не взято: 1" in page(site, LIST + "&article=завод").text


def test_a_list_of_any_length_is_sent(site: FlaskClient) -> None:
    articles = [str(number) for number in range(1, 201)]
    notes = ["ы" * 300] * 200
    answer = site.post("/clippings", data={"article": articles, "note": notes, "do": "down.1"})
    shown = BeautifulSoup(answer.text, "lxml")
    assert [place for place, _ in listed(shown)][:2] == ["2", "1"]
    assert "куда поместились первые" in shown.text
    assert shown.select_one("form.clippings")["method"] == "post"  # type: ignore[index]
    assert site.post("/clippings", data={"article": ["1"], "note": ["ы" * 2_000_000]}).status_code == 413


def test_a_document_has_texts_references_and_notes(site: FlaskClient) -> None:
    answer = site.get(f"/clippings.docx?{LIST}")
    assert answer.headers["Content-Disposition"] == "attachment; filename=podborka.docx"
    text = [paragraph.text for paragraph in docx.Document(BytesIO(answer.data)).paragraphs]
    article = site.get("/api/v1/articles/3").get_json()
    assert text[0] == "Моя подборка"
    assert article["heading"] in text
    assert "проверить" in text
    assert text.index(article["paragraphs"][0]) > text.index(article["heading"])
    assert any("Текст : " in line for line in text)
    assert "Статьи № 999 в архиве нет" in text


def test_a_table_has_a_line_each(site: FlaskClient) -> None:
    answer = site.get(f"/clippings.csv?{LIST.replace('%D0%BF%D1%80%D0%BE', '%3DHYPERLINK(1)')}")
    first, *rows = csv.reader(StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    assert first[0] == "номер"
    assert [row[0] for row in rows] == ["3", "1", "999"]
    assert not rows[0][5].startswith("=")
    assert rows[0][7].startswith("http://localhost/article/3")


def test_references(site: FlaskClient) -> None:
    told = site.post("/clippings.bib", data={"article": ["3", "1"]}).text
    assert told.count("@article{podshivka-") == 2
    assert told.index("podshivka-3") < told.index("podshivka-1")


def test_an_article_leads_to_the_list(site: FlaskClient) -> None:
    link = BeautifulSoup(site.get("/article/3").text, "lxml").find("a", string="В подборку")
    assert link
    assert listed(page(site, str(link["href"]).partition("?")[2])) == [("3", "")]  # type: ignore[index]
