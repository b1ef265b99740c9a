"""What a reporter, a reader and an archivist do, on a wide screen and on a phone, with and without JavaScript."""

from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from archive.home import Home
from scripts.serving.upkeep import add_sample
from webapp.app import create_app
from webapp.desk.desk import create_desk

pytestmark = pytest.mark.browser
KEY = "ключ"


@pytest.fixture(scope="module")
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the sample that may be changed."""
    home = Home(tmp_path_factory.mktemp("journeys") / "home")
    add_sample(home)
    return home


@pytest.fixture(scope="module")
def sites(own_home: Home) -> Iterator[tuple[str, str]]:
    """The addresses of the site and of the desk."""
    site = make_server("127.0.0.1", 0, create_app(own_home, accept_suggestions=True), threaded=True)
    desk = make_server("127.0.0.1", 0, lambda *call: made(*call), threaded=True)
    made = create_desk(own_home, desk.port, KEY, "архивист")
    for server in (site, desk):
        Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.port}", f"http://127.0.0.1:{desk.port}"
    for server in (site, desk):
        server.shutdown()
        server.server_close()


@pytest.fixture(params=[(1280, True), (360, True), (1280, False), (360, False)], ids=lambda one: f"{one[0]} {one[1]}")
def page(browser: Browser, sites: tuple[str, str], request: pytest.FixtureRequest) -> Iterator[Page]:
    width, script = request.param
    viewport = {"width": width, "height": 900}
    context = browser.new_context(base_url=sites[0], viewport=viewport, java_script_enabled=script)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def narrow(page: Page, facet: str) -> None:
    """Ticks the first value of a facet and applies it."""
    if page.locator(".to-refine").is_visible():
        page.locator(".to-refine").click()
    page.locator(f"#{facet} .pick").first.click()
    page.get_by_role("button", name="Применить").click()
    expect(page.locator("a.condition")).to_have_count(1)


def test_a_reporter_looks_up_past_coverage(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Слова или имя").fill("завод")
    page.get_by_role("button", name="Найти").click()
    narrow(page, "enterprise")
    page.locator(".hit h2 a").first.click()
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator("p.citation")).to_contain_text("Текст : ")
    page.get_by_role("link", name="Что в архиве на эту тему").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Справка")
    page.go_back()
    page.get_by_role("link", name="К результатам поиска").click()
    page.get_by_role("link", name="Сохранить поиск").click()
    expect(page.locator(".saved li")).to_have_count(1)
    page.get_by_role("button", name="Запомнить в этом браузере").click()
    page.goto("/saved")
    expect(page.locator(".saved .meta")).to_contain_text("ничего нового")


def test_a_reader_walks_through_the_archive(page: Page) -> None:
    page.goto("/")
    page.locator("#strip a").filter(has_text="2021").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2021 год")
    page.locator(".days a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2021 года")
    page.locator(".hit h2 a").first.click()
    page.locator(".who-box li a").first.click()
    expect(page.locator(".dossier-head h1")).to_be_visible()
    name = page.locator(".dossier-head h1").inner_text()
    page.get_by_role("link", name="Все: ").click()
    expect(page.locator("a.condition")).to_contain_text(name)
    page.goto("/help")
    page.locator("main a[href^='/search']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Найдено")


def test_an_archivist_mends_what_a_reader_found(page: Page, sites: tuple[str, str]) -> None:
    page.goto("/person/viktor-chuprina")
    page.get_by_text("Ошибка в имени?").click()
    page.get_by_label("Что исправить").fill("Он Виктор Ильич")
    page.get_by_role("button", name="Предложить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Спасибо")
    page.goto(f"{sites[1]}/?key={KEY}")
    expect(page.locator("main")).to_contain_text("Он Виктор Ильич")
    page.get_by_label("Имя", exact=True).fill("чуприна")
    page.get_by_role("button", name="Найти").click()
    page.locator(".counts a").first.click()
    page.get_by_label("Новое имя").fill("Виктор Ильич Чуприна")
    page.get_by_role("button", name="Назвать").click()
    page.get_by_role("button", name="Принято").first.click()
    page.goto(f"{sites[0]}/person/viktor-chuprina")
    expect(page.get_by_role("heading", level=1)).to_have_text("Виктор Ильич Чуприна")
    page.goto(sites[1])
    page.get_by_role("button", name="Отменить").first.click()
    page.goto(f"{sites[0]}/person/viktor-chuprina")
    expect(page.get_by_role("heading", level=1)).to_have_text("Виктор Чуприна")
