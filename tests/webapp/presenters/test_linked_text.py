"""A line is printed with its names as links and its marks numbered; nothing of it is markup."""

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from search.result import NamedSpan
from webapp.presenters.linked_text import LinkedText


def printed(text: str, marks: tuple[tuple[int, int], ...], *names: NamedSpan) -> str:
    return str(LinkedText(lambda kind, key: f"/{kind}/{key}").line(text, marks, names))


def test_a_mark_goes_on_in_a_name_under_one_number() -> None:
    assert printed("завод Котова <b>", ((0, 8), (13, 16)), NamedSpan(6, 12, "person", "kotov")) == (
        '<mark id="m1">завод </mark><a class="person" href="/person/kotov"><mark>Ко</mark>това</a> '
        '<mark id="m2">&lt;b&gt;</mark>'
    )


def test_numbers_go_through_the_lines_of_an_article() -> None:
    printer = LinkedText(lambda kind, key: "")
    assert 'id="m1"' in printer.line("сталь", ((0, 5),))
    assert 'id="m2"' in printer.line("и сталь", ((2, 7),))
    assert printer.marks == 2


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, tuple[tuple[int, int], ...], tuple[NamedSpan, ...]]:
    text = draw(st.text('аб<>&"', max_size=20))

    def stretches() -> list[tuple[int, int]]:
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
        return [(first, last) for first, last in zip(cuts[::2], cuts[1::2], strict=False) if first < last]

    return text, tuple(stretches()), tuple(NamedSpan(*one, "person", "x") for one in stretches())


@given(lines())
def test_the_text_is_whole_and_every_mark_has_its_number(
    line: tuple[str, tuple[tuple[int, int], ...], tuple[NamedSpan, ...]],
) -> None:
    text, marks, names = line
    found = BeautifulSoup(f"<p>{printed(text, marks, *names)}</p>", "html.parser")
    assert found.get_text() == text
    assert len(found.select("mark[id]")) == len(marks)
    assert [link.get_text() for link in found.select("a")] == [text[one.start : one.stop] for one in names]
