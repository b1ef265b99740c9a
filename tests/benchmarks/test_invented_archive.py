"""The archive that benchmarks make up: its annotations point at its texts, and a home of it is an ordinary one."""

import os
import sys
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from archive.home import Home
from archive.store.store import Store
from benchmarks.archive import fill
from benchmarks.contenders.own_engine import documents
from benchmarks.invented.articles import articles
from benchmarks.invented.corpus import Corpus, Words
from benchmarks.invented.rows import month_of, rows
from benchmarks.memory import held, watched
from indexer.entities.resolution import facet_values
from indexer.index import build
from indexer.pipeline import ANNOTATOR
from search.request import SearchRequest
from search.searcher import Searcher

ARTICLES = 60


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    path = tmp_path_factory.mktemp("words") / "vocabulary.txt"
    path.write_text("завод завод завода заводу\nсталь сталь стали сталью\nволга волга волги\nцех цех цеха\n")
    return Corpus(Words.read(path), ARTICLES, 1)


def test_annotations_point_at_names_of_the_text(corpus: Corpus) -> None:
    kinds = set()
    for article, annotation in articles(corpus):
        end = 0
        for mention in annotation.mentions:
            assert article.text[mention.start : mention.stop] == mention.text == mention.label
            assert mention.start >= end
            end = mention.stop
            kinds.add(mention.key.text[:2])
    assert kinds == {"p:", "e:", "o:"}


def test_other_engines_are_given_the_same_articles(corpus: Corpus) -> None:
    lemmas = dict(zip(corpus.words.forms, (corpus.words.lemmas[k] for k in corpus.words.form_lemmas), strict=True))
    for document, (id, said, forms, day, month, persons, enterprises) in zip(
        documents(corpus), rows(corpus), strict=True
    ):
        assert (id + 1, day) == (document.id, document.day)
        assert forms.split() == list(document.forms)
        assert said.split() == [lemmas[form] for form in document.forms]
        assert month == month_of(day)
        assert {*(f"p:{one}|||" for one in persons), *(f"e:{one}" for one in enterprises)} == set(document.names)


def test_a_home_of_it_is_searched_without_annotating(corpus: Corpus, tmp_path: Path) -> None:
    home = Home(tmp_path)
    with Store(home.store, write=True) as store:
        fill(store, corpus)
        assert next(store.unannotated(ANNOTATOR), None) is None
        assert not store.reprints.uncompared(1)
        assert sum(map(len, store.reprints.signed())) == ARTICLES
        assert not store.reprints.alike()
        build.rebuild(store, home.index)
        named = {key.text for _, annotation in articles(corpus) for key in facet_values(annotation)}
        assert {key for key, *_ in store.names()} == named
    result = Searcher(home).search(SearchRequest("завод"))
    assert 0 < result.total <= ARTICLES
    assert all(len(facet.values) > 1 for facet in result.facets if facet.name in ("person", "source", "rubric"))


def test_memory_is_that_of_a_process_and_all_below_it(tmp_path: Path) -> None:
    code = "import sys; own = b'1' * (1 << 26); print(flush=True); sys.stdin.read()"
    before = held(os.getpid()).own
    with watched() as most, Popen([sys.executable, "-c", code], stdin=PIPE, stdout=PIPE) as child:
        assert child.stdout
        child.stdout.readline()
        assert held(os.getpid()).own >= before + 64
        assert 64 <= held(child.pid).own < held(os.getpid()).own
    assert most.own >= 64
    assert held(child.pid).own == 0
