"""Pages: titles without the site's tail, dates by their place, the article without the furniture around it."""

import datetime as dt
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from archive.article import Article, Rejection
from archive.batches.reading import read_batch
from archive.readers.html.layouts import declared_layouts, layout_for, parse_layout
from archive.readers.html.page import CUT_OFF, SITE_FOR_TITLE, read_html
from archive.readers.html.titles import own_title
from archive.text.encoding import decode

MOSCOW = ZoneInfo("Europe/Moscow")
FIRST = "На заводе «Красный Октябрь» пустили новый стан, сообщили в пресс-службе предприятия."
SECOND = "Его мощность составит 500 тысяч тонн проката в год, рассказал главный инженер."
THIRD = "Рабочие ждали этого события три года. «Мы готовы», — сказал мастер Пётр Иванов."


def page(body: str = "", head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def article_tag(extra: str = "") -> str:
    return f"<article><h1>Пущен новый стан</h1>{extra}<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>"


def read(html: str) -> Article:
    found = read_html(html, "a.html", MOSCOW)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("candidates", "sites", "expected"),
    [
        (["Смогли повторить - Фонтанка.Ру"], ["Фонтанка.Ру"], "Смогли повторить"),
        (["Порт открыт | РИА Новости"], ["РИА Новости"], "Порт открыт"),
        (["Порт открыт - РИА Новости, 16.05.2021"], ["РИА Новости"], "Порт открыт"),
        (["Порт открыт — Якутия24"], ["Якутия 24"], "Порт открыт"),
        (["Новости порта — порт открыт"], ["Фонтанка"], "Новости порта — порт открыт"),
        (["Суд: порт открыт: Общество: Lenta.ru", "Суд: порт открыт"], ["lenta.ru"], "Суд: порт открыт"),
        (["ДОН24 - Эксперт рассказал о порте", "Эксперт рассказал о порте"], [], "Эксперт рассказал о порте"),
        (["ДОН24 - Эксперт рассказал о порте"], ["ДОН 24"], "Эксперт рассказал о порте"),
        (["Порт открыт | В мире | Политика | Аргументы"], [], "Порт открыт"),
        (["Фонтанка.Ру", "Порт открыт"], ["Фонтанка.ру"], "Порт открыт"),
        (["Фонтанка.Ру"], ["Фонтанка.ру"], None),
        ([""], [], None),
    ],
)
def test_a_title_loses_the_name_of_the_site(candidates: list[str], sites: list[str], expected: str | None) -> None:
    assert own_title(candidates, sites) == expected


LD = '<script type="application/ld+json">%s</script>'
META = '<meta property="article:published_time" content="%s">'


@pytest.mark.parametrize(
    ("head", "body", "day", "time", "origin"),
    [
        (META % "2021-05-15T23:42:00Z", "", "2021-05-16", "02:42", "metadata"),  # UTC is turned to the paper's zone
        (META % "2021-05-15T23:42:00", "", "2021-05-15", "23:42", "metadata"),
        (LD % '{"@type":"NewsArticle","datePublished":"2020-01-13"}', "", "2020-01-13", None, "metadata"),
        (LD % '{"@graph":[{"@type":"WebPage"},{"@type":["Article"],"datePublished":"2020-01-13T10:00"}]}', "",
         "2020-01-13", "10:00", "metadata"),
        (LD % '[{"@type":"NewsArticle","datePublished":"2020-01-13",}]', "", "2020-01-13", None, "metadata"),
        (LD % '{"@type":"NewsArticle","datePublished":"2020-01-13T11:12","name":"обры', "",
         "2020-01-13", "11:12", "metadata"),
        ('<meta name="pubdate" content="2020-10-09 13:41:00">', "", "2020-10-09", "13:41", "metadata"),
        ("", '<span itemprop="datePublished" content="2020-10-09">вчера</span>', "2020-10-09", None, "metadata"),
        ("", '<time datetime="2019-05-01T08:00:00+03:00">сегодня</time>', "2019-05-01", "08:00", "page"),
        ("", '<div class="news-date">12 марта 1998 г., 14:05</div>', "1998-03-12", "14:05", "page"),
        ("", "<p>12 марта 1998 года</p>", "1998-03-12", None, "text"),
        ('<link rel="canonical" href="https://paper.ru/2022/01/31/7035/">', "", "2022-01-31", None, "url"),
        (META % "сегодня", '<time datetime="вчера">вчера, 14:05</time>', None, None, None),
    ],
)  # fmt: skip
def test_the_date_and_where_it_was_read(head: str, body: str, day: str | None, time: str | None, origin: str) -> None:
    published = read(page(article_tag(body), head)).published
    assert published.day == (dt.date.fromisoformat(day) if day else None)
    assert published.time == (dt.time.fromisoformat(time) if time else None)
    assert published.origin == origin


def test_metadata_of_every_kind() -> None:
    data = {
        "@type": "NewsArticle", "headline": "Пущен новый стан", "author": [{"@type": "Person", "name": "Анна Петрова"}],
        "publisher": {"name": "ООО «Вести»"}, "articleSection": ["Экономика", "Город"],
    }  # fmt: skip
    head = (
        LD % json.dumps(data, ensure_ascii=False)
        + '<meta property="og:site_name" content="Городские вести">'
        + '<link rel="canonical" href="https://vesti.example/news/1?utm_source=tg#top">'
    )
    found = read(page(article_tag(), head))
    assert found.title == "Пущен новый стан"
    assert (found.source, found.author, found.rubric) == ("Городские вести", "Анна Петрова", "Экономика")
    assert found.url == "https://vesti.example/news/1"
    assert found.identity == "url:https://vesti.example/news/1"


@pytest.mark.parametrize(
    ("head", "genre"),
    [
        (LD % '{"@type": "NewsArticle", "articleSection": "Экономика", "genre": ["интервью", "город"]}', "интервью"),
        ('<meta itemprop="genre" content="репортаж"><meta property="article:section" content="Город">', "репортаж"),
        (LD % '{"@type": "NewsArticle", "genre": "http://cv.iptc.org/newscodes/genre/Current"}', None),
        ('<meta property="article:section" content="Интервью">', None),
    ],
)
def test_a_genre_is_what_the_page_calls_so(head: str, genre: str | None) -> None:
    assert read(page(article_tag(), head)).genre == genre


def test_a_layout_says_where_the_genre_stands() -> None:
    layout = parse_layout('body = "article"\ngenre = ".kind"\n')
    found = read_html(page(article_tag() + '<p class="kind">Репортаж</p>'), "a.html", MOSCOW, (layout,))
    assert isinstance(found, Article)
    assert (found.genre, found.rubric) == ("Репортаж", None)


def test_source_is_the_host_where_the_page_does_not_name_itself_and_the_front_page_is_no_address() -> None:
    found = read(page(article_tag(), '<meta property="og:url" content="https://www.paper.example/a/1">'))
    assert found.source == "paper.example"
    assert read(page(article_tag(), '<link rel="canonical" href="https://paper.example/">')).url is None


def test_an_author_is_never_the_paper_itself() -> None:
    head = '<meta property="og:site_name" content="Коммерсантъ"><meta name="author" content="«Коммерсантъ»">'
    assert read(page(article_tag(), head)).author is None


FURNITURE = [
    "<nav><a href='/'>Главная</a><a href='/n'>Новости</a></nav>",
    "<div class='share-buttons'>Поделиться ВКонтакте</div>",
    "<figure><img src='a.jpg'><figcaption>Фото пресс-службы завода.</figcaption></figure>",
    "<p>Читайте также: <a href='/2'>Завод отметил юбилей и наградил ветеранов</a></p>",
    "<p>Читайте также:</p><p><a href='/2'>Завод отметил юбилей и наградил ветеранов</a></p>",
    "<p>Подписывайтесь на наш Telegram-канал, чтобы узнавать новости первыми.</p>",
    "<p>Фото: Иван Снегирёв</p>",
    "<p>Автор: Анна Петрова</p>",
    "<div class='comments'><p>Вася: Давно пора было пустить этот стан.</p></div>",
    "<script>var a = 'Не текст.';</script><style>.a{}</style><!-- Не текст. -->",
    "<form><p>Оставьте ваш комментарий здесь.</p><button>Отправить</button></form>",
    "<p>Пущен новый стан</p>",
    "<p>&nbsp;</p><p>…</p>",
    "<p>1-5 6-10 далее</p>",
    "<p>← Назад | 1 2 3 | Вперёд →</p>",
    "<p><a href='/zavod'>Заводы</a></p>",
]


def test_a_rubric_above_the_text_is_none_of_it() -> None:
    for rubric, head in (
        ("Общество", ""),
        ("Заводские вести", '<meta property="article:section" content="Заводские вести">'),
    ):
        body = f"<div itemprop='articleBody'><p>{rubric}</p><p>{FIRST}</p><p>{SECOND}</p><p>1998 1999 2000</p></div>"
        assert read(page(body, head)).paragraphs == (FIRST, SECOND, "1998 1999 2000")


@pytest.mark.parametrize("extra", FURNITURE)
@pytest.mark.parametrize("frame", ["<article>%s</article>", "<div itemprop='articleBody'>%s</div>"])
def test_furniture_stays_out_of_the_paragraphs(extra: str, frame: str) -> None:
    body = frame % f"<h1>Пущен новый стан</h1><p>{FIRST}</p>{extra}<p>{SECOND}</p><p>{THIRD}</p>"
    assert read(page(body)).paragraphs == (FIRST, SECOND, THIRD)


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (f"{FIRST}<br><br>{SECOND}<br>\n<br/>{THIRD}", (FIRST, SECOND, THIRD)),
        (f"{FIRST}<br>{SECOND}", (FIRST, SECOND)),  # a break after a full stop
        ("На заводе пустили<br>новый стан, его ждали долго.", ("На заводе пустили новый стан, его ждали долго.",)),
        (f"<div>{FIRST}<p>{SECOND}</p>{THIRD}</div>", (FIRST, SECOND, THIRD)),
        (f"<p>{FIRST}</p><ul><li>Первый стан.</li><li>Второй стан.</li></ul>", (FIRST, "Первый стан.", "Второй стан.")),
        (f"<blockquote><p>{FIRST}</p></blockquote><h2>Что дальше</h2><p>{SECOND}", (FIRST, "Что дальше", SECOND)),
        ("<table><tr><td>Стан</td><td>500 т.</td></tr></table>", ("Стан 500 т.",)),
        (
            "<p>При\u00adбыль <b>«Красного\nОктября»</b> — 104,1&nbsp;млн.</p>",
            ("Прибыль «Красного Октября» — 104,1\u00a0млн.",),
        ),
    ],
)
def test_blocks_become_paragraphs(inside: str, expected: tuple[str, ...]) -> None:
    assert read(page(f"<div itemprop='articleBody'>{inside}</div>")).paragraphs == expected


def test_a_no_break_space_stays_as_printed() -> None:
    html = page(f"<article><p>12&nbsp;мая в\u00a0цехе. {FIRST}</p><p>{SECOND}</p><p>&nbsp;</p><p>{THIRD}</p></article>")
    assert read(html).paragraphs == (f"12\u00a0мая в\u00a0цехе. {FIRST}", SECOND, THIRD)


def test_a_page_cut_off_in_mid_tag_gives_what_is_there_with_a_warning() -> None:
    whole = page(article_tag())
    cut = read(whole[: whole.index(THIRD)] + "Рабочие ждали <a hre")
    assert cut.paragraphs[:2] == (FIRST, SECOND)
    assert CUT_OFF in cut.warnings
    assert CUT_OFF not in read(whole).warnings
    assert CUT_OFF not in read(f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>").warnings


def test_the_name_of_the_site_is_no_title() -> None:
    head = '<title>Городские вести</title><meta property="og:site_name" content="Городские вести">'
    found = read(page(f"<article><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>", head))
    assert found.title is None
    assert SITE_FOR_TITLE in found.warnings
    assert found.heading == FIRST


@pytest.mark.parametrize("html", [page(), page("<p> </p>"), page("<ul><li><a href='/'>Главная</a></ul>"), "<html>"])
def test_a_page_without_an_article_is_rejected(html: str) -> None:
    assert read_html(html, "a.html", MOSCOW) == Rejection("a.html", "на странице не найден текст статьи")


def test_deeply_nested_markup_is_read() -> None:
    assert FIRST in read(page("<div>" * 200 + f"<p>{FIRST}</p><p>{SECOND}</p>" + "</div>" * 200)).paragraphs


def test_a_layout_fits_by_host_and_by_what_the_page_has() -> None:
    old, new = (
        parse_layout(f'body = "{b}"\nhosts = ["paper.ru"]\npresent = "{p}"') for b, p in ((".o", ".a"), (".n", ".b"))
    )
    anywhere = parse_layout('body = ".x"')
    assert layout_for("www.paper.ru", {".b"}.__contains__, (old, new)) is new
    assert layout_for("notpaper.ru", {".b"}.__contains__, (old, new, anywhere)) is None
    assert layout_for("", {".x"}.__contains__, (old, new, anywhere)) is anywhere
    with pytest.raises(ValueError, match="bodi"):
        parse_layout('bodi = "p"')


def test_every_declared_layout_says_where_the_body_is() -> None:
    assert len(declared_layouts()) >= 10
    assert all(layout.body and (layout.source or not layout.hosts) for layout in declared_layouts())


@pytest.fixture(scope="module")
def saved(gold: Path) -> dict[str, tuple[dict[str, str], Article | Rejection]]:
    """The saved pages of the gold set: file → what is known of it, what was read."""
    known = json.loads((gold / "pages" / "gold.json").read_text())
    return {
        entry["file"]: (
            entry,
            read_html(decode((gold / "pages" / entry["file"]).read_bytes()).text, entry["file"], MOSCOW),
        )
        for entry in known
    }


def test_gold_titles(saved: dict[str, tuple[dict[str, str], Article | Rejection]]) -> None:
    for entry, found in saved.values():
        if expected := entry.get("gold_title"):
            assert isinstance(found, Article)
            assert found.title == expected.removesuffix(" - Новости – Мир – Коммерсантъ")


def test_gold_dates_and_addresses(saved: dict[str, tuple[dict[str, str], Article | Rejection]]) -> None:
    for name, (entry, found) in saved.items():
        if isinstance(found, Rejection):
            assert name == "htmldate_1493663910.html"  # a page of photographs: its text is empty
            continue
        assert found.url
        assert found.url.rstrip("/") == entry["url"].rstrip("/")
        if expected := entry["gold_date"]:
            utc = name == "newsag_0bcf59_20.html"  # 02:42 in Moscow, the day before in UTC
            assert str(found.published.day) == ("2021-05-16" if utc else expected[:10])


def test_gold_text(saved: dict[str, tuple[dict[str, str], Article | Rejection]]) -> None:
    entry, found = saved["fundus_Kommersant_2025_05_14.html"]
    (section,) = json.loads(entry["gold_text"])["sections"]
    assert isinstance(found, Article)
    assert [p.replace("\xa0", " ") for p in found.paragraphs] == [p.replace("\xa0", " ") for p in section["paragraphs"]]
    assert found.author == "Андрей Колесников"


def test_simple_pages_give_title_date_and_text(gold: Path) -> None:
    for path in sorted((gold / "pages" / "simple").glob("*.html"))[::3]:
        found = read(decode(path.read_bytes()).text)
        assert found.title
        assert found.published.day
        assert found.paragraphs
        assert found.source


def test_a_page_of_frames_says_where_the_text_is() -> None:
    html = (
        '<html><title>Вести</title><frameset cols="99,*"><frame src="menu.htm"><frame src="main.htm"></frameset></html>'
    )
    assert read_html(html, "a.htm", MOSCOW) == Rejection(
        "a.htm", "страница из рамок (frameset): текст лежит в других её файлах"
    )


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<p>" * 100_001, "на странице больше 100 тысяч тегов: это не одна статья"),
        ("<p " + "".join(f" a{n}=1" for n in range(2_001)) + ">а", "у одного тега больше 2 тысяч атрибутов"),
        ("<p a='>'" + " b" * 2_001 + ">а", "у одного тега больше 2 тысяч атрибутов"),
        ("<div>" * 2_000 + "а", "теги вложены друг в друга слишком глубоко"),
    ],
)
def test_a_page_with_too_much_markup_is_refused(tmp_path: Path, page: str, reason: str) -> None:
    (tmp_path / "a.html").write_text(f"<html>{page}", encoding="utf-8")
    (found,) = read_batch([tmp_path / "a.html"])
    assert isinstance(found, Rejection)
    assert found.reason.startswith(reason)


def test_signs_of_comparison_in_a_script_are_no_tags() -> None:
    script = "<script>if (a<b " + "c d " * 3_000 + ")</script>"
    assert isinstance(read_html(f"<html>{script}<p>{FIRST}</p></html>", "a.html", MOSCOW), Article)
