"""Whatever is remembered of words is bounded, or a batch of a million articles would fill the memory."""

import functools
import importlib
import inspect
import pkgutil
from typing import Any

import pytest

import indexer

MODULES = sorted(module.name for module in pkgutil.iter_modules(indexer.__path__, "indexer."))


def caches(module: str) -> dict[str, Any]:
    """Functions of a module that remember what they said, by name."""
    return {
        name: value
        for name, value in vars(importlib.import_module(module)).items()
        if isinstance(value, functools._lru_cache_wrapper) and value.__module__ == module
    }


@pytest.mark.parametrize("module", MODULES)
def test_what_is_remembered_of_words_is_bounded(module: str) -> None:
    for name, function in caches(module).items():
        asked = inspect.signature(function).parameters
        assert not asked or function.cache_parameters()["maxsize"] is not None, name


def test_caches_are_found() -> None:
    assert {"fold"} == caches("indexer.text.tokens").keys()
