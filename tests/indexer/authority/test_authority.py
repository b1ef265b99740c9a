"""The archivists' file: what each kind of line does to the facets, what is wrong with a line, and undoing it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.article import Article, Published
from archive.home import Home
from indexer.authority.authority_file import read_authority
from indexer.authority.authority_line import COLUMNS
from indexer.authority.authority_table import add_line
from indexer.authority.corrections import corrected_names
from search.request import ENTITY_FACETS, SearchRequest
from search.result import SearchResult
from search.searcher import Searcher
from tests.support.random_archives import published_home

HEAD = ",".join(COLUMNS)


def article(number: int, persons: str = "", enterprises: str = "", day: str = "", source: str = "Вести") -> Article:
    return Article(
        path=str(number),
        own_id=str(number),
        paragraphs=(f"Заметка {number}.",),
        source=source,
        persons=tuple(filter(None, persons.split(", "))),
        enterprises=tuple(filter(None, enterprises.split(", "))),
        published=Published(dt.date.fromisoformat(day), None, "metadata") if day else Published(),
    )


ARTICLES = (
    article(1, "Андрей Бочаров, Сергей Иванов", "ВТЗ", "2019-05-01"),
    article(2, "Бочаров", "Волжский трубный завод, ВТЗ", "2021-05-01"),
    article(3, "Анна Черных", "Рентген, Сталинградский тракторный завод", "1955-05-01"),
    article(4, "А. Черных, Сергей Иванов", "Тракторный завод", "2021-06-01", "Правда"),
    article(5, "Сергей Иванов", "СТЗ"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return published_home(tmp_path_factory.mktemp("authority"), [ARTICLES])


@pytest.fixture(scope="module")
def searcher(home: Home) -> Searcher:
    return Searcher(home)


@pytest.fixture(autouse=True)
def _no_file(home: Home) -> Iterator[None]:
    yield
    for path in home.authority.glob("*.csv"):
        path.unlink()


def write(home: Home, *lines: str, file: str = "enterprises.csv") -> None:
    home.authority.mkdir(exist_ok=True)
    (home.authority / file).write_text("\n".join((HEAD, *lines)) + "\n", encoding="utf-8")


def facets(searcher: Searcher) -> dict[str, int]:
    """label → articles; and every count is what following the value yields."""
    result = searcher.search(SearchRequest())
    found = {}
    for facet in result.facets:
        for value in facet.values if facet.name in ENTITY_FACETS else ():
            if value.key != "none":
                found[value.label] = value.count
                assert searcher.search(SearchRequest(chosen={facet.name: (value.key,)})).total == value.count
    return found


BEFORE = {
    "Сергей Иванов": 3, "Анна Черных": 2, "Андрей Бочаров": 1, "Бочаров (без имени)": 1,
    "ВТЗ": 2, "Волжский трубный завод": 1, "Рентген": 1, "СТЗ": 1, "Сталинградский тракторный завод": 1,
    "Тракторный завод": 1,
}  # fmt: skip


def test_no_file(searcher: Searcher) -> None:
    assert facets(searcher) == BEFORE


CASES: dict[str, tuple[str, list[str], dict[str, int | None]]] = {
    "merge, an article once": (
        "enterprises.csv",
        ["volzhskiy-trubnyy-zavod,,,vtz"],
        {"Волжский трубный завод": 2, "ВТЗ": None},
    ),
    "merge by spelling, renamed": (
        "enterprises.csv",
        ["vtz,Волжский трубный завод (ВТЗ),,АО «Волжский трубный завод»"],
        {"Волжский трубный завод (ВТЗ)": 2, "ВТЗ": None, "Волжский трубный завод": None},
    ),
    "a new id": (
        "enterprises.csv",
        ["truby,Трубы,,ВТЗ | Волжский трубный завод"],
        {"Трубы": 2, "ВТЗ": None, "Волжский трубный завод": None},
    ),
    "retype": ("enterprises.csv", ["rentgen,,организация"], {}),
    "not a name": ("enterprises.csv", ["rentgen,,не имя"], {"Рентген": None}),
    "hide": ("persons.csv", ["sergey-ivanov,,скрыть"], {"Сергей Иванов": None}),
    "a bare surname": (
        "persons.csv",
        ["andrey-bocharov,,,Бочаров"],
        {"Андрей Бочаров": 2, "Бочаров (без имени)": None},
    ),
    "not him": ("persons.csv", ["anna-chernykh,,,,А. Черных"], {"Анна Черных": 1, "А. Черных": 1}),
    "not him, with a line of its own": (
        "persons.csv",
        ["anna-chernykh,,,,А. Черных", "anna-chernykh--a-chernykh,Александр Черных"],
        {"Анна Черных": 1, "Александр Черных": 1},
    ),
    "not him, but another's": (
        "persons.csv",
        ["anna-chernykh,,,,А. Черных", "sergey-ivanov,,,anna-chernykh--a-chernykh"],
        {"Анна Черных": 1, "Сергей Иванов": 3},
    ),
    "not him, split": (
        "persons.csv",
        ["anna-chernykh,,,,А. Черных", "a-2,Черных из «Правды»,,anna-chernykh--a-chernykh [издание: Правда]"],
        {"Анна Черных": 1, "Черных из «Правды»": 1},
    ),
    "not him, who is not his anyway": ("persons.csv", ["anna-chernykh,,,,Бочаров"], {}),
    "two lines, one takes what the other lets go": (
        "persons.csv",
        ["anna-chernykh,,,,А. Черных", "aleksandr-chernykh,Александр Черных,,А. Черных"],
        {"Анна Черных": 1, "Александр Черных": 1},
    ),
    "by date": (
        "persons.csv",
        ["ivanov-2021,Сергей Иванов (2021),,Сергей Иванов,,2021,2021-12"],
        {"Сергей Иванов": 2, "Сергей Иванов (2021)": 1},
    ),
    "by source": (
        "persons.csv",
        ["ivanov-pravda,Иванов из «Правды»,,sergey-ivanov [издание: правда]"],
        {"Сергей Иванов": 2, "Иванов из «Правды»": 1},
    ),
    "by company": (
        "persons.csv",
        ["ivanov-vtz,Иванов с трубного,,Сергей Иванов [вместе: ВТЗ]"],
        {"Сергей Иванов": 2, "Иванов с трубного": 1},
    ),
    "lineage": (
        "enterprises.csv",
        [
            "stz,Сталинградский тракторный завод,,Сталинградский тракторный завод,,1930,1961",
            "vgtz,Волгоградский тракторный завод,,Тракторный завод,,1961,,stz",
        ],
        {"Волгоградский тракторный завод": 3, "Тракторный завод": None, "СТЗ": None}
        | {"Сталинградский тракторный завод": None},
    ),
    "what stands in no article": ("enterprises.csv", ["barrikady,Баррикады,,Титан-Баррикады"], {}),
}


@pytest.mark.parametrize("case", CASES)
def test_lines(case: str, home: Home, searcher: Searcher) -> None:
    file, lines, changed = CASES[case]
    write(home, *lines, file=file)
    assert facets(searcher) == {label: count for label, count in (BEFORE | changed).items() if count}


def test_a_retyped_value_changes_its_facet(home: Home, searcher: Searcher) -> None:
    write(home, "rentgen,,организация")
    by_name = {facet.name: [value.label for value in facet.values] for facet in searcher.search(SearchRequest()).facets}
    assert "Рентген" in by_name["organisation"]
    assert "Рентген" not in by_name["enterprise"]


def test_a_merged_id_still_leads_somewhere(home: Home, searcher: Searcher) -> None:
    write(home, "volzhskiy-trubnyy-zavod,,,vtz")
    assert searcher.search(SearchRequest(chosen={"enterprise": ("vtz",)})).total == 2


def test_a_hit_says_the_former_name(home: Home, searcher: Searcher) -> None:
    write(
        home,
        "stz,Сталинградский тракторный завод,,Сталинградский тракторный завод,,1930,1961",
        "vgtz,Волгоградский тракторный завод,,Тракторный завод,,1961,,stz",
    )
    hits = searcher.search(SearchRequest(chosen={"enterprise": ("vgtz",)})).hits
    said = {hit.own_id: named.former for hit in hits for named in hit.enterprises if named.key == "vgtz"}
    assert said == {"3": "Сталинградский тракторный завод", "4": "", "5": "СТЗ"}


def test_men_and_women_stay_apart(tmp_path: Path) -> None:
    home = published_home(tmp_path, [[article(1, "Анна Шевченко, А. Шевченко"), article(2, "Шевченко Андрей")]])
    write(home, "anna-shevchenko,,,Шевченко Андрей", file="persons.csv")
    assert facets(Searcher(home))["Анна Шевченко"] == 1


BROKEN = [
    (",Без номера", "нет id"),
    ("ВТЗ,Завод", "латинские"),
    ("none,Завод", "латинские"),
    ("vtz,Завод,город", "kind «город»"),
    ("vtz,Завод,,ВТЗ [где: там]", "условие"),
    ("vtz,Завод,,ВТЗ [вместе: ]", "условие"),
    ("vtz,Завод,,,,когда-то", "не дата"),
    ("vtz,Завод,,,,1961-13", "не дата"),
    ("vtz,Завод,,,,1999,1998", "позже"),
    ("vtz,Завод,,а,б,,,,г,д", "больше, чем столбцов"),
]


@pytest.mark.parametrize(("line", "said"), BROKEN)
def test_a_broken_line_is_told_and_skipped(line: str, said: str, home: Home, searcher: Searcher) -> None:
    write(home, "rentgen,,не имя", line, "stz,,не имя")
    [problem] = read_authority(home.authority).problems
    assert str(problem).startswith("enterprises.csv, строка 3: ")
    assert said in problem.what
    assert facets(searcher) == {label: count for label, count in BEFORE.items() if label not in ("Рентген", "СТЗ")}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("a,А,,ВТЗ", "b,Б,,ВТЗ"), "имя «ВТЗ» уже отдано a"),
        (("vtz,,,stz", "rentgen,,,stz"), "уже присоединено к vtz"),
        (("vtz,,,stz", "stz,,,vtz"), "и так одно"),
        (("vtz,,,,,,,nikto",), "нет такого id"),
        (("vtz,,,СТЗ [вместе: Никто Нигде]",), "в архиве такого имени нет"),
    ],
)
def test_lines_that_contradict(lines: tuple[str, ...], said: str, home: Home, searcher: Searcher) -> None:
    write(home, *lines)
    names = [(f"e:{name.lower()}", id, "enterprise", name) for name, id in (("ВТЗ", "vtz"), ("СТЗ", "stz"))]
    [problem] = corrected_names(
        [*names, ("e:рентген", "rentgen", "enterprise", "Рентген")], read_authority(home.authority)
    ).problems
    assert said in problem.what
    assert problem.line == len(lines) + 1
    facets(searcher)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1251"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_whatever_a_spreadsheet_saves(delimiter: str, encoding: str, end: str, tmp_path: Path) -> None:
    line = ("vtz", "Волжский трубный завод", "предприятие", '"ВТЗ; Волжский трубный|Трубный, Волжский"')
    text = end.join((delimiter.join(COLUMNS), delimiter.join(line) + delimiter * 5, delimiter * 8, ""))
    (tmp_path / "enterprises.csv").write_bytes(text.encode(encoding))
    read = read_authority(tmp_path)
    assert not read.problems
    assert [variant.text for variant in read.lines[0].variants] == ["ВТЗ", "Волжский трубный", "Трубный, Волжский"]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff" * 50, "просто текст\n".encode(), b'id,label\nvtz,"open'])
def test_no_table_is_no_crash(content: bytes, home: Home, searcher: Searcher) -> None:
    home.authority.mkdir(exist_ok=True)
    (home.authority / "persons.csv").write_bytes(content)
    assert facets(searcher).keys() == BEFORE.keys()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_unclosed_quote_breaks_its_own_line_only(tmp_path: Path, end: str) -> None:
    """«note» of the last whole line has a line break and an id in it, as cells may."""
    whole = 'oleg-bocharov,"Олег, или Олежка",,,,,,,"см.\npetr-ivanov"'
    lines = (
        ",".join(COLUMNS),
        'petr-ivanov,"Пётр,,,,,,,',
        "elena-ivanova,Елена,,,,,,,",
        whole,
        'ivan,"Иван,,,,,,,',
        "",
    )
    (tmp_path / "persons.csv").write_bytes(end.join(lines).encode())
    read = read_authority(tmp_path)
    assert [line.label for line in read.lines] == ["Елена", "Олег, или Олежка"]
    assert [str(problem) for problem in read.problems] == [
        "persons.csv, строка 2: не закрыта кавычка",
        "persons.csv, строка 6: не закрыта кавычка",
    ]
    assert add_line(tmp_path / "persons.csv", {"id": "anna", "label": "Анна"}) == 7


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(b";id\r!")  # a line that ends before its id
@given(st.binary(max_size=60) | st.text('id,;\t\n"[]:|а-я0\x00\r', max_size=60).map(str.encode))
def test_no_bytes_are_too_strange(tmp_path: Path, content: bytes) -> None:
    for start in (b"", HEAD.encode() + b"\n", b"id\tvariants\r\n"):
        (tmp_path / "persons.csv").write_bytes(start + content)
        for problem in read_authority(tmp_path).problems:
            assert problem.file == "persons.csv"


def test_a_cell_beyond_measure_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "persons.csv").write_text("id" + "x" * 200_000, encoding="utf-8")
    (tmp_path / "enterprises.csv").mkdir()
    assert [(problem.file, problem.line) for problem in read_authority(tmp_path).problems] == [
        ("persons.csv", 1),
        ("enterprises.csv", 0),
    ]


def whole(result: SearchResult) -> SearchResult:
    return replace(result, took_ms=0)


ids = st.sampled_from(("vtz", "stz", "rentgen", "volzhskiy-trubnyy-zavod", "sergey-ivanov", "bocharov", "novyy"))
cells = st.one_of(ids, st.sampled_from(("", "ВТЗ", "Бочаров", "СТЗ [вместе: ВТЗ]", "Сергей Иванов [издание: Правда]")))
lines = st.lists(
    st.tuples(ids, st.sampled_from(("", "Имя")), st.sampled_from(("", "организация", "не имя", "персона")), cells,
              cells, st.sampled_from(("", "1960", "2020")), st.sampled_from(("", "2021")), st.just("") | ids),
    max_size=5,
)  # fmt: skip


TWO_KINDS = [  # vtz, a person, is in some articles what is an enterprise elsewhere
    ("vtz", "Имя", "персона", "ВТЗ", "", "2020", "", ""),
    ("rentgen", "", "", "ВТЗ", "", "", "", ""),
]
UNTIL = [  # bocharov is until 2021 vtz, and vtz is Бочаров
    ("vtz", "", "", "Бочаров", "vtz", "", "", ""),
    ("bocharov", "", "", "vtz", "vtz", "", "2021", ""),
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(TWO_KINDS, "enterprises.csv")
@example(UNTIL, "persons.csv")
@given(lines, st.sampled_from(("persons.csv", "enterprises.csv")))
def test_whatever_is_written_counts_are_exact_and_undone_whole(
    home: Home, searcher: Searcher, table: list[tuple[str, ...]], file: str
) -> None:
    for written in home.authority.glob("*.csv"):
        written.unlink()  # of an example that failed
    before = whole(searcher.search(SearchRequest()))
    write(home, *(",".join(line) for line in table), file=file)
    assert all(count <= len(ARTICLES) for count in facets(searcher).values())
    (home.authority / file).unlink()
    assert whole(searcher.search(SearchRequest())) == before


def test_a_quote_that_is_never_closed_costs_its_line_only(tmp_path: Path) -> None:
    lines = [f"a{number},Имя {number}" for number in range(20_000)]
    (tmp_path / "persons.csv").write_text("\n".join(["id,label", 'a,"Имя', *lines]), encoding="utf-8")
    found = read_authority(tmp_path)
    assert [str(problem) for problem in found.problems] == ["persons.csv, строка 2: не закрыта кавычка"]
    assert len(found.lines) == len(lines)
