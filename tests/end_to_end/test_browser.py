"""A real browser on a real server: typed, clicked, narrow, without JavaScript."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
PAGES = (
    "/",
    "/search",
    "/search?q=завод&person=none",
    "/search?q=нигденет",
    "/search?q=заавод+2021+года",
    "/article/1?q=завод",
    "/person/sergey-ivanov",
    "/article/1/versions",
    "/article/1/compare/2",
    "/about",
    "/about/batches",
    "/about/batches/1",
    "/values/person?q=завод&find=и",
    "/нет",
    "/search?to=x",
)


@pytest.fixture(params=[True, False], ids=["javascript", "no javascript"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page whose every request must stay with our server."""
    context = browser.new_context(base_url=address, java_script_enabled=request.param)
    requested: list[str] = []
    context.on("request", lambda one: requested.append(one.url))
    opened = context.new_page()
    yield opened
    context.close()
    assert {urlsplit(url).netloc for url in requested} == {urlsplit(address).netloc}


def test_a_reader_finds_narrows_and_reads(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Слова или имя").fill("завод")
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Найдено")
    everything = heading.inner_text()
    expect(page.locator(".snippet mark").first).to_be_visible()

    person = page.locator("#person .value").first
    expect(person).to_be_visible()
    count = person.locator(".count").inner_text()
    person.locator(".pick").click()
    page.get_by_role("button", name="Применить").click()
    expect(page.locator("a.condition")).to_have_count(1)
    expect(heading).to_contain_text(f"Найдено: {count}\u00a0")
    page.locator("a.condition").click()
    expect(page.locator("a.condition")).to_have_count(0)
    expect(heading).to_have_text(everything)

    results = page.url
    page.locator(".hit h2 a").first.click()
    expect(page.locator(".article mark").first).to_be_visible()
    expect(page.locator("p.citation")).to_be_visible()
    page.get_by_role("link", name="К результатам поиска").click()
    assert page.url == results


def test_a_range_of_dates_is_chosen_in_the_form(page: Page) -> None:
    page.goto("/search?q=завод")
    page.get_by_text("точные даты").click()
    page.locator("input[name=from]").fill("2021-01-01")
    page.locator("input[name=to]").fill("2021-12-31")
    page.get_by_role("button", name="Показать").click()
    expect(page.locator("a.condition")).to_contain_text("2021")
    assert urlsplit(page.url).query.endswith("from=2021-01-01&to=2021-12-31")


@pytest.mark.parametrize("url", PAGES)
def test_a_phone_needs_no_sideways_scrolling(browser: Browser, address: str, url: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto(url)
    for summary in page.locator("details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()


def test_facets_are_a_sheet_on_a_phone_and_stand_beside_the_hits_on_a_wide_screen(
    browser: Browser, address: str
) -> None:
    for width, visible in ((360, False), (1280, True)):
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": 740}, java_script_enabled=False
        )
        page = context.new_page()
        page.goto("/search?q=завод")
        assert page.locator("#person .pick").first.is_visible() == visible
        assert page.locator(".to-refine").is_visible() != visible
        if not visible:
            page.locator(".to-refine").click()
            expect(page.locator("#person .pick").first).to_be_visible()
            page.locator("#person .pick").first.click()
            page.get_by_role("button", name="Применить").click()
            expect(page.locator("a.condition")).to_have_count(1)
        context.close()


def test_a_list_of_values_is_looked_through_and_ticked(page: Page) -> None:
    page.goto("/search?q=завод")
    page.locator("#person .more").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Персоны")
    value = page.locator(".all-values .value").first
    count = value.locator(".count").inner_text()
    value.locator("input[name=person]").click()
    page.get_by_role("button", name="Применить").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Найдено: {count}\u00a0")


def test_the_keyboard_skips_to_the_first_hit(page: Page) -> None:
    page.goto("/search?q=завод")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="К найденному")).to_be_focused()
    expect(page.get_by_role("link", name="К найденному")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".hit h2 a").first).to_be_focused()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("script", [True, False])
def test_the_first_hit_is_a_few_stops_away(browser: Browser, address: str, width: int, script: bool) -> None:
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 900}, java_script_enabled=script
    )
    page = context.new_page()
    page.goto("/search?q=завод")
    stops = 0
    while not page.locator(".hit h2 a").first.evaluate("link => link === document.activeElement"):
        page.keyboard.press("Tab")
        stops += 1
        assert stops <= 25
    page.emulate_media(media="print")
    expect(page.locator("#refine")).to_be_hidden()
    hits = page.locator(".hits-area").bounding_box()
    assert hits
    assert hits["width"] > 0.9 * width
    context.close()


def test_names_are_offered_as_one_types(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    page.goto("/")
    query = page.get_by_role("combobox", name="Слова или имя")
    query.press_sequentially("боча")
    options = page.get_by_role("listbox", name="Подсказки").get_by_role("option")
    expect(options.first).to_be_visible()
    expect(query).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").first).to_contain_text("Подсказок: ")
    query.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(query).to_have_attribute("aria-activedescendant", str(options.first.get_attribute("id")))
    query.press("Escape")
    expect(query).to_have_value("боча")
    expect(query).to_have_attribute("aria-expanded", "false")
    query.press_sequentially("ров")
    expect(options.first).to_be_visible()
    query.press("ArrowDown")
    query.press("Enter")
    page.wait_for_url("**/person/**")
    page.close()


def test_clippings_are_kept_in_the_browser(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 800})
    page = context.new_page()
    for article in (3, 1):
        page.goto(f"/article/{article}")
        page.get_by_role("button", name="В подборку").click()
        expect(page.get_by_role("button", name="Убрать из подборки")).to_be_visible()
    page.get_by_role("link", name="Открыть").click()
    items = page.locator("form.clippings li")
    expect(items).to_have_count(2)
    page.get_by_label("Заметка").first.fill("позвонить")
    page.get_by_role("button", name="Ниже").first.click()
    expect(page.get_by_label("Заметка").nth(1)).to_have_value("позвонить")
    page.get_by_label("Номер или адрес").fill(f"{address}/article/5-nazvanie?q=завод")
    page.get_by_role("button", name="Сохранить и добавить").click()
    expect(items).to_have_count(3)
    page.goto("/clippings")
    expect(items).to_have_count(3)
    expect(page.get_by_label("Заметка").nth(1)).to_have_value("позвонить")
    with page.expect_download() as download:
        page.get_by_role("button", name="Документ Word").click()
    assert download.value.suggested_filename == "podborka.docx"
    page.get_by_role("button", name="Убрать").first.click()
    expect(items).to_have_count(2)
    page.goto("/clippings?article=7")
    expect(items).to_have_count(1)
    page.goto("/clippings")
    expect(items).to_have_count(2)
    page.goto("/clippings?article=7")
    page.get_by_role("button", name="Заменить ею мою подборку").click()
    expect(items).to_have_count(1)
    context.close()


def test_clippings_without_javascript_are_kept_in_the_link(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/article/3")
    page.get_by_role("link", name="В подборку").click()
    page.get_by_label("Номер или адрес").fill("1")
    page.get_by_label("Заметка").fill("позвонить")
    page.get_by_role("button", name="Сохранить и добавить").click()
    items = page.locator("form.clippings li")
    expect(items).to_have_count(2)
    page.get_by_role("button", name="Ниже").first.click()
    expect(page.get_by_label("Заметка").nth(1)).to_have_value("позвонить")
    kept = page.url
    page.goto("/")
    page.goto(kept)
    expect(items).to_have_count(2)
    context.close()
