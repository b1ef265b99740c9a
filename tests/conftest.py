"""What every test may ask for."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import settings

import archive
from archive.home import Home
from scripts.cli import commands
from tests.support.killable_client import Nursery
from webapp.app import create_app

settings.register_profile("no deadline", deadline=None)  # a busy machine is no failure
settings.load_profile("no deadline")
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell started the tests by &


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder of gold sets and press texts; a test that asks for it is skipped where there is none."""
    named = os.environ.get("PODSHIVKA_GOLD")
    if not named:
        pytest.skip("PODSHIVKA_GOLD is not set")
    return Path(named)


@pytest.fixture(scope="session")
def site_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the sample batch and an article full of markup, both added by the command; not to be changed."""
    folder = tmp_path_factory.mktemp("site")
    hostile = {
        "id": "hostile",
        "title": "<script>alert(1)</script> & сталь",
        "text": "<p>Завод выпустил &lt;b&gt;сталь&lt;/b&gt; &amp; прокат.</p><p>Второй &lt;/main&gt; абзац.</p>",
        "url": "javascript:alert(1)",
        "source": 'Газета "<i>Вести</i>" & Ко',
        "author": "<u>А. Кот</u>",
        "persons": ["<b>Иван</b> Котов", "Иван Петрович Котов"],
        "enterprises": ["Красный Октябрь"],
    }
    (folder / "hostile.jsonl").write_text(json.dumps(hostile, ensure_ascii=False), encoding="utf-8")
    for batch in (Path(archive.__file__).parent / "sample" / "batch", folder / "hostile.jsonl"):
        added = CliRunner().invoke(commands, ["add", str(batch)], env={"PODSHIVKA_HOME": str(folder / "home")})
        assert added.exit_code == 0, added.output
    return Home(folder / "home")


@pytest.fixture(scope="session")
def site(site_home: Home) -> FlaskClient:
    """A client of the application over that home."""
    return create_app(site_home).test_client()


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where commands run that may be killed."""
    nursery = Nursery()
    yield nursery
    nursery.end()
