"""Every kind of page is valid HTML, and nothing on it keeps a reader with other senses out, wide and narrow, in both
schemes."""

import html5lib
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from tests.support.axe import axe_source, violations

PAGES = (
    "/",
    "/search",
    "/search?q=завод&not_person=none&from=2021-01-01&to=2022-12-31",
    "/search?q=завод&size=100&unit=share&date_step=month",
    "/search?q=нигденет",
    "/search?q=заавод+2021+года",
    "/search?q=сталь+завод+цех+прокат+нигденет",
    "/article/1?q=завод&at=1",
    "/article/1/versions",
    "/article/1/compare/2",
    "/person/sergey-ivanov",
    "/source/Вечерний%20Царицын",
    "/values/person?q=завод",
    "/values/enterprise",
    "/calendar/2021",
    "/day/2021-03-12",
    "/help",
    "/background",
    "/clippings",
    "/clippings?article=3&note=а&article=1&note=&article=999&note=",
    "/saved?search=5.3.q%3Dзавод&search=1.1.q%3Dсталь%26person%3Dandrey-bocharov",
    "/background?article=1",
    "/api",
    "/about",
    "/about/batches",
    "/about/batches/1",
    "/нет",
    "/search?to=x",
)
WIDTHS = (1280, 360)  # pixels


@pytest.mark.parametrize("url", PAGES)
def test_html_is_valid(site: FlaskClient, url: str) -> None:
    html5lib.HTMLParser(strict=True).parse(site.get(url, follow_redirects=True).text)


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(browser: Browser, address: str, width: int, dark: bool) -> None:
    source = axe_source()
    if source is None:
        pytest.skip("no npm is installed")
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
    )
    page = context.new_page()
    found: list[str] = []
    for url in PAGES:
        page.goto(url)
        found += [f"{url} {one}" for one in violations(page, source)]
    context.close()
    assert not found, "\n".join(found)
