"""Texts to annotations, kept in a store by one process or several, and stopped in the middle."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import CHARS_WITH_NAMES, Article
from archive.store.store import Store
from indexer.annotation import Annotation, Mention, decode, encode
from indexer.name_key import BODY_KINDS, BodyKey, PersonKey, key_part
from indexer.pipeline import ANNOTATOR, annotate, annotate_missing, in_tasks
from tests.support.project import ROOT

TEXTS = [
    "Глава Минпромторга Денис Мантуров посетил предприятие «Красный Октябрь». Мантурову показали цех.",
    "Заводы «Каустик» и «Химпром» ответили прокуратуре.",
    "",
    "Погода без осадков.",
]
WORDS = st.text(max_size=9)
KEYS = st.builds(PersonKey, *[WORDS.map(key_part)] * 3, st.sampled_from(["m", "f", ""])) | st.builds(
    BodyKey, st.sampled_from(BODY_KINDS), WORDS
)
MENTIONS = st.builds(
    Mention,
    st.integers(0, 99),
    st.integers(0, 99),
    st.sampled_from(["person", "enterprise", "organisation"]),
    WORDS,
    WORDS,
    KEYS,
    WORDS,
)


@given(st.lists(MENTIONS, max_size=5))
def test_an_annotation_is_decoded_as_it_was_encoded(mentions: list[Mention]) -> None:
    assert decode(encode(Annotation(tuple(mentions)))) == Annotation(tuple(mentions))


def test_mentions_have_their_text_kind_and_entity() -> None:
    for text, annotation in zip(TEXTS, annotate(TEXTS), strict=True):
        assert all(text[m.start : m.stop] == m.text for m in annotation.mentions)
    found = {(m.kind, m.text, m.label) for annotation in annotate(TEXTS) for m in annotation.mentions}
    assert found == {
        ("organisation", "Минпромторга", "Минпромторг"),
        ("person", "Денис Мантуров", "Денис Мантуров"),
        ("person", "Мантурову", "Денис Мантуров"),
        ("enterprise", "Красный Октябрь", "Красный Октябрь"),
        ("enterprise", "Каустик", "Каустик"),
        ("enterprise", "Химпром", "Химпром"),
    }


def filled(path: Path, texts: list[str]) -> None:
    with Store(path, write=True) as store:
        batch = store.begin_batch("партия", str(path))
        store.stage(batch, (Article(f"{n}.txt", (text,)) for n, text in enumerate(texts)))
        store.publish_batch(batch)


@pytest.mark.parametrize("workers", [1, 2])
def test_every_text_of_a_store_is_annotated_once(tmp_path: Path, workers: int) -> None:
    texts = [f"Глава завода «Каустик-{n}» Денис Мантуров ответил." for n in range(150)]
    filled(tmp_path / "a.sqlite", [*texts, texts[0]])
    with Store(tmp_path / "a.sqlite", write=True) as store:
        steps: list[int] = []
        assert annotate_missing(store, workers, steps.append) == 150
        assert steps == [64, 128, 150]
        assert annotate_missing(store, workers) == 0
        digests = [change.digest for change in store.changes(0)]
        kept = [decode(data) for data in store.annotations(digests, ANNOTATOR).values()]
    assert sorted(kept, key=repr) == sorted(annotate(texts), key=repr)


SLOW = """
import sys
from pathlib import Path
from archive.store.store import Store
from indexer.name_key import BODY_KINDS, BodyKey, PersonKey, key_part
from indexer.pipeline import annotate_missing
if __name__ == "__main__":
    with Store(Path(sys.argv[1]), write=True) as store:
        annotate_missing(store, 2, lambda done: print(done, flush=True))
"""


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_stopped_in_the_middle_it_keeps_what_is_done_and_leaves_no_process(tmp_path: Path, stop: int) -> None:
    filled(tmp_path / "a.sqlite", [f"{n}. " + "Денис Мантуров посетил завод «Каустик». " * 8 for n in range(3000)])
    (tmp_path / "slow.py").write_text(SLOW)
    command = [sys.executable, str(tmp_path / "slow.py"), str(tmp_path / "a.sqlite")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "64\n"
        if stop == signal.SIGINT:
            os.killpg(process.pid, stop)  # as a terminal does
        else:
            process.kill()
        process.wait(30)
        assert ended(process.pid)
    with Store(tmp_path / "a.sqlite") as store:
        assert 64 <= len(store.annotations([change.digest for change in store.changes(0)], ANNOTATOR)) < 3000


def ended(group: int) -> bool:
    """Whether the process group is empty, at once or a little later."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_names_are_looked_for_in_the_beginning_of_a_very_long_text() -> None:
    line = "Министр Денис Мантуров посетил завод. "
    (found,) = annotate([line + "слово " * (CHARS_WITH_NAMES // 6) + line])
    assert [mention.name for mention in found.mentions] == ["Денис Мантуров"]


def test_a_word_of_many_letters_stops_nothing() -> None:
    (found,) = annotate([f"{'не' * 495} сказал Денис Мантуров."])
    assert [mention.name for mention in found.mentions] == ["Денис Мантуров"]


def test_long_texts_stand_in_small_tasks() -> None:
    texts = [(str(number), "а" * 400_000) for number in range(7)]
    assert [len(task) for task in in_tasks(iter(texts))] == [3, 3, 1]
