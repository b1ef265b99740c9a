"""Where everything of one archive lives: PODSHIVKA_HOME, else var/ beside the code."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """One archive's folder; nothing is created before somebody writes."""

    path: Path

    @property
    def store(self) -> Path:
        """The SQLite file: articles, batches, annotations, entities."""
        return self.path / "archive.sqlite"

    @property
    def index(self) -> Path:
        """The folder of index generations."""
        return self.path / "index"

    @property
    def authority(self) -> Path:
        """The folder of the files that say who is who."""
        return self.path / "authority"

    @property
    def layouts(self) -> Path:
        """The folder of layouts that the archivists wrote."""
        return self.path / "layouts"


def default_home() -> Home:
    """PODSHIVKA_HOME, else var/ beside the code; never the current folder."""
    named = os.environ.get("PODSHIVKA_HOME")
    return Home(Path(named).expanduser().resolve() if named else Path(__file__).resolve().parent.parent / "var")
