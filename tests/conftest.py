"""What every test may ask for."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder of gold sets and press texts; a test that asks for it is skipped where there is none."""
    named = os.environ.get("PODSHIVKA_GOLD")
    if not named:
        pytest.skip("PODSHIVKA_GOLD is not set")
    return Path(named)
