"""Arrays in one file and string tables: what goes in comes out; what is torn is refused."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.storage.arrays import ArrayFile, Squeezed, Strings, TornIndex, squeezed_arrays, string_arrays, write_arrays


@given(st.sets(st.text(st.characters(exclude_categories=["Cs"]), max_size=4)), st.text(max_size=2))
def test_string_tables_are_searched(words: set[str], prefix: str) -> None:
    ordered = sorted(words)
    arrays = string_arrays("t", ordered)
    table = Strings(arrays["t.text"], arrays["t.offsets"])
    assert list(table) == ordered == [table[place] for place in range(len(table))] == table[:]
    assert [table.find(word) for word in ordered] == list(range(len(ordered)))
    assert table.find(prefix) == (ordered.index(prefix) if prefix in words else -1)
    if "\U0010ffff" not in prefix + "".join(words):
        assert [table[place] for place in table.with_prefix(prefix)] == [w for w in ordered if w.startswith(prefix)]


def test_arrays_come_back(tmp_path: Path) -> None:
    arrays = {
        "пусто": np.empty(0, np.int64),
        "байты": np.arange(7, dtype=np.uint8),
        "номера": np.array([1 << 40, -1], np.int64),
        "конец": np.empty(0, np.float32),
    }
    write_arrays(tmp_path / "a", arrays)
    file = ArrayFile(tmp_path / "a")
    for name, array in arrays.items():
        assert file[name].dtype == array.dtype
        assert file[name].tolist() == array.tolist()
        assert not file[name].flags.writeable
        file.expect(name)
        file.expect(name, len(array) // 2, len(array) - len(array) // 2)
        assert file[name].tolist() == array.tolist()
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_pages_that_were_read_are_let_go(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a", {"номера": np.arange(1 << 20)})
    file = ArrayFile(tmp_path / "a")
    total = int(file["номера"].sum())
    assert resident(tmp_path / "a") > 1 << 12
    file.forget()
    assert resident(tmp_path / "a") == 0
    assert int(file["номера"].sum()) == total


def resident(path: Path) -> int:
    """KB of a mapped file that this process holds."""
    lines = iter(Path("/proc/self/smaps").read_text().splitlines())
    own = next(line for line in lines if line.endswith(str(path)))
    assert own
    return next(int(line.split()[1]) for line in lines if line.startswith("Rss:"))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda data: data[:10], "обрезан"),
        (lambda data: data[:-1], "обрезан"),
        (lambda data: data[:40], "повреждён"),
        (lambda data: b"", "обрезан"),
        (lambda data: b"PODSHIVKA-0" + data[11:], "другой версии"),
        (lambda data: data[:30] + bytes(8) + data[38:], "повреждён"),
    ],
)
def test_a_torn_file_is_refused(tmp_path: Path, damage, said: str) -> None:  # type: ignore[no-untyped-def]
    write_arrays(tmp_path / "a", {"x": np.arange(100)})
    (tmp_path / "a").write_bytes(damage((tmp_path / "a").read_bytes()))
    with pytest.raises(TornIndex, match=said):
        ArrayFile(tmp_path / "a")


@given(
    st.lists(st.integers(0, 300) | st.integers(0, 1 << 24) | st.integers(0, (1 << 32) - 1)),
    st.lists(st.integers(0, 1 << 30)),
    st.slices(20),
)
def test_squeezed_numbers_come_back(numbers: list[int], places: list[int], part: slice) -> None:
    arrays = squeezed_arrays("t", np.array(numbers, np.uint32))
    found = Squeezed(arrays["t.lower"], arrays["t.upper"])
    assert found[:].tolist() == numbers
    assert found[part].tolist() == numbers[part]
    places = [place % len(numbers) for place in places] if numbers else []
    assert found.take(np.array(places, np.int64)).tolist() == [numbers[place] for place in places]
    assert len(found) == len(numbers)
    largest = max(numbers, default=0)
    assert sum(array.nbytes for array in arrays.values()) == len(numbers) * max(2, (largest.bit_length() + 7) // 8)
