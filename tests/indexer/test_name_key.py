"""The key of a name: what its stored text looks like, that nothing is lost in it, and what is no key."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.name_key import BODY_KINDS, BodyKey, NameKey, PersonKey, key_part, name_key, prefix_of_surname

TEXTS: dict[str, NameKey] = {
    "p:бочаров|андрей|иванович|m": PersonKey("бочаров", "андрей", "иванович", "m"),
    "p:комарова|н|и|f": PersonKey("комарова", "н", "и", "f"),
    "p:ван дамм|жан-клод||m": PersonKey("ван дамм", "жан-клод", "", "m"),
    "p:|елизавета ii||f": PersonKey("", "елизавета ii", "", "f"),
    "p:черных|а||": PersonKey("черных", "а", "", ""),
    "p:|||": PersonKey("", "", "", ""),
    "p:o:брайен|||m": PersonKey("o:брайен", "", "", "m"),
    "e:красный октябрь": BodyKey("enterprise", "красный октябрь"),
    "o:газета «красный октябрь»": BodyKey("organisation", "газета «красный октябрь»"),
    "e:а|б:в": BodyKey("enterprise", "а|б:в"),
    "o:": BodyKey("organisation", ""),
}
NO_KEYS = ["", "завод", "p:", "p:бочаров", "p:а|б|в|г|m", "p:а|б|в|x", "x:завод", "e", "enterprise:завод", ":завод"]

ANY = st.text() | st.text("аб| .:ё-\n", max_size=5)
PERSONS = st.builds(
    PersonKey, ANY.map(key_part), ANY.map(key_part), ANY.map(key_part), st.sampled_from(["m", "f", ""])
)  # fmt: skip
BODIES = st.builds(BodyKey, st.sampled_from(BODY_KINDS), ANY)


@pytest.mark.parametrize("text", TEXTS)
def test_a_key_is_stored_so(text: str) -> None:
    assert name_key(text) == TEXTS[text]
    assert type(name_key(text)) is type(TEXTS[text])
    assert TEXTS[text].text == text


@pytest.mark.parametrize("text", NO_KEYS)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no name key"):
        name_key(text)


@given(PERSONS | BODIES)
@example(PersonKey(key_part("А|Б"), key_part("В."), "", "m"))
def test_nothing_of_a_key_is_lost_in_its_text(key: NameKey) -> None:
    assert name_key(key.text) == key
    assert type(name_key(key.text)) is type(key)


@given(PERSONS | BODIES, PERSONS | BODIES)
def test_two_keys_have_two_texts(one: NameKey, other: NameKey) -> None:
    assert (one.text == other.text) == (one == other)


@given(PERSONS | BODIES, ANY.map(key_part))
@example(PersonKey("иванов", "", "", ""), "иван")
@example(PersonKey("", "иван", "", "m"), "")
@example(BodyKey("enterprise", "иванов|"), "иванов")
def test_persons_of_a_surname_and_no_others_begin_so(key: NameKey, surname: str) -> None:
    is_of_surname = isinstance(key, PersonKey) and key.surname == surname
    assert key.text.startswith(prefix_of_surname(surname)) == is_of_surname


@given(ANY)
def test_a_part_stays_a_part(text: str) -> None:
    assert "|" not in key_part(text)
    assert key_part(key_part(text)) == key_part(text)
