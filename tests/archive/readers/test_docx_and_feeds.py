"""Word documents, WordPress exports, RSS and Atom: whole articles out of them, nothing dangerous obeyed."""

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from archive.article import Article, Rejection
from archive.batches.reading import ReadOptions, read_batch
from archive.readers import xml_stream

FIRST = "На заводе «Красный Октябрь» пустили новый прокатный стан, которого рабочие ждали целых три года подряд."
SECOND = "Директор завода Иван Петров поблагодарил строителей и пообещал новые заказы до конца этого года."
LONG = f"{FIRST} {SECOND} " * 3
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = f'<w:styles xmlns:w="{W}"><w:style w:styleId="a3"><w:name w:val="Title"/></w:style></w:styles>'
CORE = '<c:coreProperties xmlns:c="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>%s</dc:title></c:coreProperties>'


def docx(*paragraphs: str, core: str = "", prolog: str = "") -> bytes:
    """A document of those paragraphs; «= Title», or markup where one begins with «<»."""
    body = "".join(
        text
        if text.startswith("<")
        else f'<w:p><w:pPr><w:pStyle w:val="a3"/></w:pPr><w:r><w:t>{text[2:]}</w:t></w:r></w:p>'
        if text.startswith("= ")
        else f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        for text in paragraphs
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", f'{prolog}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        file.writestr("word/styles.xml", STYLES)
        if core:
            file.writestr("docProps/core.xml", CORE % core)
    return data.getvalue()


def read(folder: Path, name: str, data: str | bytes, options: ReadOptions | None = None) -> list[Article | Rejection]:
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_batch([folder / name], options))


def article(folder: Path, name: str, data: str | bytes) -> Article:
    (found,) = read(folder, name, data)
    assert isinstance(found, Article), found
    return found


def reason(folder: Path, name: str, data: str | bytes) -> str:
    (found,) = read(folder, name, data)
    assert isinstance(found, Rejection), found
    return found.reason


def test_a_word_document(tmp_path: Path) -> None:
    found = article(
        tmp_path, "a.docx", docx("= Пущен стан", "12 марта 1998 года", FIRST, "Автор: Анна Петрова", SECOND)
    )
    assert (found.title, found.paragraphs) == ("Пущен стан", (FIRST, SECOND))
    assert (str(found.published.day), found.published.origin, found.author) == ("1998-03-12", "text", "Анна Петрова")


@pytest.mark.parametrize(
    ("paragraphs", "core", "title"),
    [
        (("Пущен стан", FIRST, SECOND), "Старое имя", "Пущен стан"),
        ((FIRST, SECOND), "Пущен стан", "Пущен стан"),
        ((FIRST, SECOND), "Документ Microsoft Word", None),
        ((FIRST, SECOND), "статья 5.doc", None),
        ((FIRST, SECOND), "", None),
    ],
)
def test_titles_of_word_documents(tmp_path: Path, paragraphs: tuple[str, ...], core: str, title: str | None) -> None:
    found = article(tmp_path, "a.docx", docx(*paragraphs, core=core))
    assert (found.title, found.paragraphs) == (title, (FIRST, SECOND))


def test_runs_tabs_tables_and_text_boxes(tmp_path: Path) -> None:
    run = (
        "<w:p><w:r><w:t>На заво</w:t></w:r><w:r><w:t xml:space='preserve'>де:</w:t><w:tab/><w:t>стан.</w:t></w:r></w:p>"
    )
    cell = "<w:tc><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc>"
    table = f"<w:tbl><w:tr>{cell % 'Стан'}{cell % '500 т.'}</w:tr></w:tbl>"
    deleted = "<w:p><w:del><w:r><w:delText>Вычеркнуто.</w:delText></w:r></w:del><w:r><w:t>Осталось.</w:t></w:r></w:p>"
    found = article(tmp_path, "a.docx", docx("= Пущен стан", FIRST, run, table, deleted))
    assert found.paragraphs == (FIRST, "На заводе: стан.", "Стан 500 т.", "Осталось.")


def test_what_a_correction_moved_stands_once(tmp_path: Path) -> None:
    moved = "<w:r><w:t>Этот абзац переставили.</w:t></w:r>"
    data = docx(f"<w:p><w:moveFrom>{moved}</w:moveFrom></w:p>", FIRST, f"<w:p><w:moveTo>{moved}</w:moveTo></w:p>")
    assert article(tmp_path, "a.docx", data).paragraphs == (FIRST, "Этот абзац переставили.")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (docx(), "нет текста"),
        (docx(FIRST)[:200], "испорчен"),
        (docx(FIRST, prolog='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'), "DTD"),
        (docx(f"<w:p>{FIRST}"), "испорчен"),
    ],
)
def test_broken_word_documents(tmp_path: Path, data: bytes, why: str) -> None:
    assert why in reason(tmp_path, "a.docx", data)


def test_other_zips_are_no_word_documents(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("mimetype", "application/epub+zip")
    assert "EPUB" in reason(tmp_path, "a.epub", data.getvalue())


WXR = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file generated by WordPress. -->
<!-- It contains posts. -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Вести</title>{}</channel></rss>"""
POST = """<item><title>Пущен стан &amp; печь</title><link>https://v.example/stan/?a=1&amp;b=2</link>
<pubDate>Thu, 12 Mar 1998 21:30:00 +0000</pubDate><dc:creator><![CDATA[petrova]]></dc:creator>
<guid isPermaLink="false">https://v.example/?p={id}</guid><content:encoded><![CDATA[{text}]]></content:encoded>
<excerpt:encoded><![CDATA[Кратко.]]></excerpt:encoded><wp:post_id>{id}</wp:post_id>
<wp:post_date><![CDATA[1998-03-13 00:30:00]]></wp:post_date><wp:post_type>{type}</wp:post_type>
<wp:status>{status}</wp:status><category domain="post_tag"><![CDATA[стан]]></category>
<category domain="category"><![CDATA[Без рубрики]]></category>
<category domain="category"><![CDATA[Экономика]]></category>
</item>"""


def test_a_wordpress_export(tmp_path: Path) -> None:
    classic = f"[caption id='1']<img> Фото[/caption]{FIRST}\n\n<strong>{SECOND}</strong>\n[gallery ids='1,2']"
    blocks = f"<!-- wp:paragraph -->\n<p>{FIRST}</p>\n<!-- /wp:paragraph --><p>{SECOND}</p>"
    data = WXR.format(
        POST.format(id=1, text=classic, type="post", status="publish")
        + POST.format(id=2, text=blocks, type="page", status="publish")
        + POST.format(id=3, text=FIRST, type="post", status="draft")
        + POST.format(id=4, text=FIRST, type="attachment", status="inherit")
    )
    one, two, draft = read(tmp_path, "wp.xml", data)
    for found in (one, two):
        assert isinstance(found, Article)
        assert (found.title, found.paragraphs) == ("Пущен стан & печь", (FIRST, SECOND))
        assert (found.url, found.author, found.rubric) == ("https://v.example/stan/?a=1&b=2", "petrova", "Экономика")
        assert (str(found.published.day), str(found.published.time)) == ("1998-03-13", "00:30:00")  # as printed
    assert isinstance(one, Article)
    assert one.own_id == "https://v.example/?p=1"
    assert draft == Rejection("wp.xml:3", "запись не опубликована (черновик)")


def test_an_export_without_articles_is_told(tmp_path: Path) -> None:
    menu = WXR.format(POST.format(id=4, text=FIRST, type="nav_menu_item", status="publish"))
    assert "ни одной статьи" in reason(tmp_path, "wp.xml", menu)


RSS = '<?xml version="1.0" encoding="{}"?>\n<rss xmlns:yandex="http://news.yandex.ru"><channel>{}</channel></rss>'
ITEM = (
    "<item><title>Стан</title><link>https://v.example/{0}</link><guid>https://v.example/{0}</guid>"
    "<pubDate>Thu, 12 Mar 1998 21:30:00 +0000</pubDate><category>Город</category>{1}</item>"
)


@pytest.mark.parametrize(
    ("inside", "whole"),
    [
        (f"<yandex:full-text>{FIRST}</yandex:full-text>", True),
        (f"<description>{escape(f'<p>{LONG}</p>')}</description>", True),
        (f"<description>{LONG}…</description>", False),
        (f"<description>{FIRST}</description>", False),
        ("", False),
    ],
)
def test_rss_with_whole_texts_and_with_beginnings(tmp_path: Path, inside: str, whole: bool) -> None:
    (found,) = read(tmp_path, "a.rss", RSS.format("utf-8", ITEM.format(1, inside)))
    if whole:
        assert isinstance(found, Article)
        assert found.paragraphs[0].startswith(FIRST)
        assert (found.url, found.own_id, found.rubric) == ("https://v.example/1", None, "Город")
        assert (str(found.published.day), found.source) == ("1998-03-13", "v.example")
    else:
        assert found == Rejection("a.rss:1", "в ленте только начало статьи, а не весь текст")


def test_feeds_in_an_old_encoding_with_signs_of_html(tmp_path: Path) -> None:
    text = f"<yandex:full-text>{FIRST} R&D&nbsp;&mdash; &laquo;так&raquo;.</yandex:full-text>"
    data = RSS.format("windows-1251", ITEM.format(1, text)).encode("cp1251")
    found = article(tmp_path, "лента", data)
    assert found.paragraphs == (f"{FIRST} R&D\xa0— «так».",)
    assert found.encoding == "windows-1251"


def test_atom(tmp_path: Path) -> None:
    entry = (
        "<entry><title>Стан</title><id>tag:1</id><link rel='self' href='https://v.example/a.xml'/>"
        "<link href='https://v.example/1'/><published>1998-03-12T21:30:00Z</published>"
        "<author><name>Анна Петрова</name><uri>https://x.example</uri></author><category term='Город'/>%s</entry>"
    )
    bodies = (
        f"<content type='html'>{escape(f'<p>{FIRST}</p><p>{SECOND}</p>')}</content>",
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
        f"<p>{FIRST}</p><p>{SECOND}</p></div></content>",
    )
    data = "<feed xmlns='http://www.w3.org/2005/Atom'>" + "".join(entry % body for body in bodies) + "</feed>"
    for found in read(tmp_path, "a.atom", data):
        assert isinstance(found, Article)
        assert found.paragraphs == (FIRST, SECOND)
        assert (found.own_id, found.url, found.author) == ("tag:1", "https://v.example/1", "Анна Петрова")
        assert (found.rubric, str(found.published.day)) == ("Город", "1998-03-13")


LAUGHS = '<!DOCTYPE a [<!ENTITY a "ха"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><item>&b;</item></channel></rss>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (LAUGHS, "сущности"),
        ('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>', "сущности"),
        ("<rss><channel></channel></rss>", "ни одной статьи"),
    ],
)
def test_xml_that_is_no_feed_of_articles(tmp_path: Path, data: str, why: str) -> None:
    assert why in reason(tmp_path, "a.xml", data)


def test_a_feed_cut_off_gives_what_stands_before(tmp_path: Path) -> None:
    whole = RSS.format("utf-8", ITEM.format(1, f"<yandex:full-text>{FIRST}</yandex:full-text>") * 3)
    first, second, third = read(tmp_path, "a.xml", whole[: whole.rindex("<yandex")])
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert third == Rejection("a.xml:3", "XML испорчен; всё после этого места не прочитано")


@pytest.mark.parametrize("chars", range(12, 40))
def test_an_entity_between_two_pieces_of_a_feed_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chars: int
) -> None:
    monkeypatch.setattr(xml_stream, "CHUNK_CHARS", chars)
    item = f"<item><title>А&nbsp;& Б &laquo;В&raquo;</title><description>{LONG * 2}</description></item>"
    (tmp_path / "a.xml").write_text(f"<rss><channel>{item}</channel></rss>", encoding="utf-8")
    (found,) = read_batch([tmp_path / "a.xml"])
    assert isinstance(found, Article)
    assert found.title == "А & Б «В»"
