"""Pages of about 2003: tables, <FONT>, no paragraphs, no date but in the address, which a browser noted."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from archive.article import Article, Published
from archive.readers.html.page import read_html
from archive.readers.html.trace import trace

MOSCOW = ZoneInfo("Europe/Moscow")
HEADLINE = "Стан пустили раньше срока"
TEXT = (
    "На заводе «Красный Октябрь» пустили новый прокатный стан. Его ждали три года.",
    "Директор завода Иван Петров поблагодарил строителей. Цех даст городу триста рабочих мест.",
    "Первую сталь отправят на Север. Договор с газовиками подписан в марте.",
)
RUBRICS = "Главная Политика Экономика Общество Культура Спорт Реклама Подписка Контакты".split()
MENU = "".join(f'<TR><TD><IMG src=a.gif><A href="/{n}.htm"><FONT size=1>{n}</FONT></A></TD></TR>' for n in RUBRICS)
FOOTER = "<CENTER><FONT size=1>&copy; 2003 «Волжские вести». Все права защищены. Ссылка обязательна.</FONT></CENTER>"


def page(head: str, text: str, above: str = "") -> str:
    return (
        f'{above}<HTML><HEAD><TITLE>Волжские вести</TITLE></HEAD><BODY bgColor="#ffffff"><TABLE><TR>'
        f"<TD width=150><TABLE>{MENU}</TABLE></TD><TD valign=top>{head}<FONT face=Arial size=2>{text}</FONT></TD>"
        f'<TD width=99><FONT size=1><A href="x.htm">Другая новость города.</A></FONT></TD></TR></TABLE>{FOOTER}'
    )


def read(html: str) -> Article:
    found = read_html(html, "a.htm", MOSCOW)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("parted", ["<BR><BR>", "<BR>&nbsp;&nbsp;&nbsp;", "<P>", "<P align=justify>&nbsp;&nbsp;"])
@pytest.mark.parametrize(
    "head",
    [
        f"<FONT size=5><B>{HEADLINE}</B></FONT><BR><BR>",
        f'<FONT size="+2">{HEADLINE}</FONT><BR>',  # one break only: it stands in one block with the text
        f"<B>{HEADLINE}</B><BR><BR>",
        f"<B>ЭКОНОМИКА</B><BR><BR><FONT size=4>{HEADLINE}</FONT><BR><BR>",
        f"<CENTER><H2>{HEADLINE}</H2></CENTER>",
    ],
)
def test_the_cell_of_the_article_without_menu_and_footer(head: str, parted: str) -> None:
    found = read(page(head, parted.join(TEXT)))
    assert found.title == HEADLINE
    assert tuple(text for text in found.paragraphs if text != "ЭКОНОМИКА") == TEXT


def test_a_page_without_tables() -> None:
    html = f"<HTML><BODY><FONT size=5>{HEADLINE}</FONT><BR><BR>{'<BR><BR>'.join(TEXT)}</BODY></HTML>"
    assert (read(html).title, read(html).paragraphs) == (HEADLINE, TEXT)


def test_bold_words_at_the_head_of_a_text_are_no_headline() -> None:
    found = read(page("", "<B>Красный Октябрь.</B> " + "<BR><BR>".join(TEXT)))
    assert found.paragraphs == ("Красный Октябрь. " + TEXT[0], *TEXT[1:])
    assert found.title == "Волжские вести"


def test_the_line_above_the_headline_dates_it() -> None:
    line = "<FONT size=2>12 мая 2003 г. № 55 (12345)</FONT><BR>"
    found = read(page(f"{line}<FONT size=5>{HEADLINE}</FONT><BR><BR>", "<BR><BR>".join(TEXT)))
    assert (found.published, found.issue) == (Published(dt.date(2003, 5, 12), None, "text"), "55 (12345)")
    assert found.paragraphs == TEXT


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0047)http://www.vesti.example/2003/05/12/news1.htm -->",
        "<!-- Mirrored from www.vesti.example/2003/05/12/news1.htm by HTTrack Website Copier/3.x, Tue, 13 May 2014 -->",
        "<!--\n Page saved with SingleFile \n url: http://www.vesti.example/2003/05/12/news1.htm \n saved: Mon -->",
    ],
)
def test_the_address_that_was_noted_when_the_page_was_saved(comment: str) -> None:
    found = read(page(f"<FONT size=5>{HEADLINE}</FONT><BR><BR>", "<BR><BR>".join(TEXT), above=comment))
    assert found.url == "http://www.vesti.example/2003/05/12/news1.htm"
    assert found.source == "vesti.example"
    assert found.published == Published(dt.date(2003, 5, 12), None, "url")


def test_the_page_s_own_address_is_trusted_more_and_a_file_is_none() -> None:
    saved = "<!-- saved from url=(0030)http://cache.example/copy/2.htm -->"
    own = '<LINK rel=canonical href="http://www.vesti.example/1.htm">'
    assert read(page(own, "<BR><BR>".join(TEXT), above=saved)).url == "http://www.vesti.example/1.htm"
    local = "<!-- saved from url=(0022)file://C:\\архив\\1.htm -->"
    assert read(page("", "<BR><BR>".join(TEXT), above=local)).url is None


def test_layout_try_says_where_it_was_found() -> None:
    taken = trace(page(f"<FONT size=5>{HEADLINE}</FONT><BR><BR>", "<BR><BR>".join(TEXT)), "a.htm", MOSCOW)
    assert isinstance(taken, tuple)
    origins = {one.field: one.origin for one in taken}
    assert (origins["заголовок"], origins["абзац"]) == ("крупные буквы над текстом", "ячейка таблицы")
