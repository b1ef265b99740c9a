"""JSON Lines, CSV and plain texts: fields by their usual names, a broken line named, the rest read on."""

import datetime as dt
import io
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import UNDATED, Article, Published, Rejection
from archive.batches.reading import read_batch
from archive.readers.exports import csv_table, json_lines
from archive.readers.exports.csv_table import read_csv
from archive.readers.exports.json_lines import read_json
from archive.readers.exports.records import meaning, read_record
from archive.readers.plain_text import read_plain
from archive.text.encoding import decode

MOSCOW = ZoneInfo("Europe/Moscow")
TEXT = "На заводе пустили новый стан. Его ждали три года."


def from_json(text: str) -> list[Article | Rejection]:
    return list(read_json(io.StringIO(text), "d.jsonl", MOSCOW))


def from_csv(text: str) -> list[Article | Rejection]:
    return list(read_csv(io.StringIO(text, newline=""), "t.csv", MOSCOW))


def one(record: dict[str, object]) -> Article:
    found = read_record(record, "d.jsonl:1", MOSCOW)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("ИД", "id"), ("Заголовок", "title"), ("HEADLINE", "title"), ("Текст статьи", "text"), ("full_text", "text"),
        ("Дата публикации", "date"), ("published_at", "date"),
        ("Ссылка", "url"), ("издание", "source"), ("Автор", "author"),
        ("рубрика", "rubric"), ("Section", "rubric"), ("Тип материала", "genre"),
        ("№", None), ("Номер", "issue"), ("полоса", "page"),
        ("Персоны", "persons"), ("предприятия", "enterprises"), ("\ufeffid", "id"), ("wordcount", None),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_usual_names(name: str, field: str | None) -> None:
    assert meaning(name) == field


def test_a_whole_record() -> None:
    found = one({
        "id": 17, "Заголовок": "Пущен «стан»", "text": [TEXT, "Второй абзац."], "дата": "12 марта 1998 г.",
        "url": "https://p.ru/1",
        "издание": "Вести", "автор": ["А. Петрова", "И. Ким"],
        "rubric": "Экономика", "Жанр": "репортаж", "номер": 45, "полоса": "2",
        "persons": ["Пётр Иванов", "Пётр Иванов", " "], "предприятия": "Красный Октябрь; Каустик|Химпром",
    })  # fmt: skip
    assert found == Article(
        path="d.jsonl:1", paragraphs=(TEXT, "Второй абзац."), title="Пущен «стан»",
        published=Published(dt.date(1998, 3, 12), None, "metadata"), source="Вести", own_id="17", url="https://p.ru/1",
        author="А. Петрова, И. Ким", rubric="Экономика", genre="репортаж", issue="45", page="2",
        persons=("Пётр Иванов",), enterprises=("Красный Октябрь", "Каустик", "Химпром"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Первый.\n\nВторой.", ("Первый.", "Второй.")),
        ("<p>Первый.</p><p>Второй <b>абзац</b>.</p>", ("Первый.", "Второй абзац.")),
        ("Первый.<br><br>Второй.", ("Первый.", "Второй.")),
        ("&laquo;Титан&raquo; &mdash; завод.", ("«Титан» — завод.",)),
        ("Если 5 < 6, то a > b.", ("Если 5 < 6, то a > b.",)),
        (["Первый.", "", "Второй."], ("Первый.", "Второй.")),
        ("Пара \ud83d\ude00 и \ud83d половина\x00.", ("Пара 😀 и \ufffd половина.",)),
    ],
)
def test_texts_become_paragraphs(text: object, expected: tuple[str, ...]) -> None:
    found = one({"text": text})
    assert found.paragraphs == expected
    assert found.digest


@pytest.mark.parametrize(
    ("record", "published", "warned"),
    [
        ({"date": "2021-05-15T23:42:00Z"}, Published(dt.date(2021, 5, 16), dt.time(2, 42), "metadata"), False),
        ({"date": "12.03.1998", "time": "14:05"}, Published(dt.date(1998, 3, 12), dt.time(14, 5), "metadata"), False),
        (
            {"date": "как-нибудь", "url": "https://p.ru/2022/01/31/7/"},
            Published(dt.date(2022, 1, 31), None, "url"),
            True,
        ),
        ({"date": 5}, UNDATED, True),
        ({"date": None}, UNDATED, False),
    ],
)
def test_the_date_of_a_record(record: dict[str, object], published: Published, warned: bool) -> None:
    found = one(record | {"text": TEXT})
    assert found.published == published
    assert bool(found.warnings) == warned


def test_a_broken_line_is_named_and_the_rest_read() -> None:
    lines = [json.dumps({"id": n, "text": TEXT}) for n in range(4)]
    lines[1] = lines[1][:-5]
    lines[2:2] = ["", '{"title": "Без текста"}', '"строка"', '{"text": ""}', "[" * 100_000]
    found = from_json("\ufeff" + "\n".join(lines))
    assert [item.path for item in found] == [f"d.jsonl:{n}" for n in (1, 2, 4, 5, 6, 7, 8, 9)]
    assert [isinstance(item, Article) for item in found] == [True, *[False] * 5, True, True]
    reasons = [item.reason for item in found if isinstance(item, Rejection)]
    assert reasons[0].startswith("строка JSON испорчена")
    assert reasons[1:3] == ["нет текста статьи", json_lines.NOT_AN_OBJECT]


@pytest.mark.parametrize("indent", [None, 1])
def test_an_array_and_a_single_object_printed_wide(indent: int | None) -> None:
    records = [{"id": str(n), "text": f"{TEXT} {{[{n}]}}"} for n in range(30)]
    assert [a.own_id for a in from_json(json.dumps(records, indent=indent)) if isinstance(a, Article)] == [
        r["id"] for r in records
    ]
    assert len(from_json(json.dumps(records[0], indent=indent))) == 1


@pytest.mark.parametrize("indent", [None, 1])
def test_a_list_inside_an_object_that_says_nothing_itself(indent: int | None) -> None:
    records = [{"id": 1, "text": TEXT}, {"id": 2, "title": "Стан"}]
    found = from_json(json.dumps({"total": 2, "articles": records, "pages": {"next": 2}}, indent=indent))
    assert [item.path.rpartition(":")[2] for item in found] == ["1.1", "1.2"]
    assert isinstance(found[0], Article)
    assert found[1] == Rejection(found[1].path, "нет текста статьи")


def test_what_readers_said_below_an_article_is_none() -> None:
    found = from_json(json.dumps({"id": 1, "title": "Стан", "comments": [{"author": "Я", "text": TEXT}]}))
    assert [type(item) for item in found] == [Rejection]


def test_an_array_is_read_in_pieces_and_its_broken_tail_is_a_rejection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "CHUNK_CHARS", 16)
    records = [{"id": str(n), "text": TEXT} for n in range(5)]
    *read, broken = from_json(json.dumps(records, ensure_ascii=False)[:-10])
    assert [item.path for item in read] == [f"d.jsonl:{n}" for n in range(1, 5)]
    assert isinstance(broken, Rejection)
    assert from_json("[]") == []


def test_an_endless_line_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "MAX_RECORD_CHARS", 200)
    good = json.dumps({"text": TEXT}, ensure_ascii=False)
    first, second, third = from_json(f"{good}\n{json.dumps({'text': 'я' * 500}, ensure_ascii=False)}\n{good}\n")
    assert isinstance(first, Article)
    assert second == Rejection("d.jsonl:2", json_lines.TOO_LONG)
    assert isinstance(third, Article)
    assert third.path == "d.jsonl:3"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_table_with_any_delimiter_and_cells_of_many_lines(delimiter: str, line_end: str) -> None:
    rows = [
        ["id", "Заголовок", "Текст", "персоны"],
        ["1", f"Стан{delimiter} «Октябрь»", f'"Первый"{delimiter} сказал он.{line_end}Второй.', "Иванов П.|Ким И."],
        ["2", "", TEXT, ""],
    ]
    quoted = (delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    first, second = from_csv(line_end.join(quoted) + line_end)
    assert isinstance(first, Article)
    assert first.paragraphs == (" ".join(f'"Первый"{delimiter} сказал он.'.split()), "Второй.")
    assert first.persons == ("Иванов П.", "Ким И.")
    assert (first.path, second.path) == ("t.csv:2", "t.csv:" + str(4))


def test_broken_rows_of_a_table_are_named_and_the_rest_read() -> None:
    found = from_csv(
        f"id;title;text\n1;Стан;{TEXT}\n2;Без текста\n\n4;Лишнее;{TEXT};а;б\n"
        f'5;"Кавычка не закрыта;{TEXT}\n6;Стан;{TEXT}\n7;"Труба 5"" стальная";{TEXT}\n8;Труба 5" стальная;{TEXT}\n'
    )
    ids = [item.own_id if isinstance(item, Article) else item.path for item in found]
    assert ids == ["1", "t.csv:3", "t.csv:5", "t.csv:6", "6", "7", "8"]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("1;2;3\n4;5;6\n", csv_table.NO_TEXT_COLUMN),
        ("id;title\n1;Стан\n", csv_table.NO_TEXT_COLUMN),
        ("\n\n", csv_table.NO_TEXT_COLUMN),
    ],
)
def test_a_table_without_a_text_column_is_rejected(table: str, reason: str) -> None:
    assert from_csv(table) == [Rejection("t.csv", reason)]


def test_what_excel_puts_first_is_skipped() -> None:
    (found,) = from_csv(f"\ufeffsep=;\r\nid;text\r\n1;{TEXT}\r\n")
    assert isinstance(found, Article)
    assert found.path == "t.csv:3"


CELL = st.text(alphabet="аб;,\t\"\n 'я", max_size=12)


@given(st.lists(st.tuples(CELL, CELL), max_size=8), st.sampled_from(";,\t"))
def test_every_quoted_table_comes_back(rows: list[tuple[str, str]], delimiter: str) -> None:
    quoted = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    found = from_csv("\n".join([f"title{delimiter}text", *quoted]) + "\n")
    # a row with no text is a Rejection, one with nothing at all is no row
    assert len(found) == sum(any(cell.strip() for cell in row) for row in rows)
    texts = ["".join("".join(item.paragraphs).split()) for item in found if isinstance(item, Article)]
    assert texts == ["".join(text.split()) for _, text in rows if text.strip()]


PLAIN = [  # file, title, day, paragraphs
    (f"Пущен новый стан\n\n{TEXT}\n", "Пущен новый стан", None, (TEXT,)),
    (f"Пущен новый стан\n12 марта 1998 г.\n\n{TEXT}", "Пущен новый стан", "1998-03-12", (TEXT,)),
    (f"Пущен новый стан\n\n12 марта 1998 г.\n\n{TEXT}", "Пущен новый стан", "1998-03-12", (TEXT,)),
    (f"12 марта 1998 г.\n\nПущен новый стан\n\n{TEXT}", "Пущен новый стан", "1998-03-12", (TEXT,)),
    (f"Пущен новый стан.\n\n{TEXT}", None, None, ("Пущен новый стан.", TEXT)),
    (f"Кто пустит стан?\n\n{TEXT}\n\n12.03.1998", "Кто пустит стан?", "1998-03-12", (TEXT,)),
    (TEXT, None, None, (TEXT,)),
    (f"Стан пущен 12 марта 1998 года, сообщил директор завода.\n\n{TEXT}", None, None,
     ("Стан пущен 12 марта 1998 года, сообщил директор завода.", TEXT)),
    ("Пущен новый стан", None, None, ("Пущен новый стан",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "title", "day", "paragraphs"), PLAIN)
def test_plain_texts(text: str, title: str | None, day: str | None, paragraphs: tuple[str, ...]) -> None:
    found = read_plain(text, "a.txt")
    assert isinstance(found, Article)
    assert (found.title, found.paragraphs) == (title, paragraphs)
    assert found.published.day == (dt.date.fromisoformat(day) if day else None)
    assert found.published.origin == ("text" if day else None)


def test_a_byline_of_a_plain_text_is_its_author() -> None:
    found = read_plain(f"Пущен новый стан\n\nАвтор: Анна Петрова\n\n{TEXT}\n", "a.txt")
    assert isinstance(found, Article)
    assert (found.author, found.paragraphs) == ("Анна Петрова", (TEXT,))


def test_the_issue_and_page_of_a_printed_paper_stand_in_its_date_line() -> None:
    found = read_plain(
        f"Пущен новый стан\n\n№ 45 (1203) от 12 марта 1998 г., стр. 2\n\n{TEXT}\n\nТекст: Н. Ким", "a.txt"
    )
    assert isinstance(found, Article)
    assert (found.issue, found.page, found.author) == ("45 (1203)", "2", "Н. Ким")
    assert found.paragraphs == (TEXT,)


def test_a_text_of_nothing_is_rejected() -> None:
    assert read_plain(" \n\n \t\n", "a.txt") == Rejection("a.txt", "в файле нет текста статьи")


@pytest.mark.parametrize(("name", "count"), [("000_87864ade9000dff3.txt", 14), ("004_f9588fda4fd4e456.txt", 8)])
def test_the_seed_articles(gold: Path, name: str, count: int) -> None:
    found = read_plain(decode((gold / "seed-articles" / name).read_bytes()).text, name)
    assert isinstance(found, Article)
    assert (found.title, found.published, len(found.paragraphs)) == (None, UNDATED, count)


DEEP_VALUES = ("[" * 200_000 + "]" * 200_000, '{"а":' * 5_000 + '"]}\\""' + "}" * 5_000, "[" * 400 + '"а"' + "]" * 400)


@pytest.mark.parametrize("deep", DEEP_VALUES)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_value_nested_too_deep_rejects_itself_and_nothing_beside_it(tmp_path: Path, deep: str, place: int) -> None:
    records = [json.dumps({"id": number, "text": TEXT}, ensure_ascii=False) for number in (1, 2)]
    for many in ("\n".join, lambda values: f"[{','.join(values)}]"):
        for value in (deep, f'{{"id": 3, "text": {deep}}}'):
            (tmp_path / "d.json").write_text(many([*records[:place], value, *records[place:]]), encoding="utf-8")
            found = list(read_batch([tmp_path / "d.json"]))
            refused = Rejection(f"d.json:{place + 1}", "запись JSON слишком глубоко вложена")
            assert [item.own_id for item in found if isinstance(item, Article)] == ["1", "2"]
            assert [item for item in found if isinstance(item, Rejection)] == [refused]


def test_a_record_of_a_hundred_thousand_tags_is_no_article() -> None:
    first, second = from_json("\n".join(json.dumps({"text": text}) for text in ("<p>а" * 100_001, TEXT)))
    assert first == Rejection("d.jsonl:1", "на странице больше 100 тысяч тегов: это не одна статья")
    assert isinstance(second, Article)
