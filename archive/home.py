"""Says where everything of one archive lives."""

import os
from dataclasses import dataclass
from pathlib import Path

from archive.errors import Refusal


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
    def backups(self) -> Path:
        """The file that names the folders it was copied to, a line each."""
        return self.path / "backups"

    @property
    def errors(self) -> Path:
        """The file of errors that nobody foresaw."""
        return self.path / "errors.log"

    @property
    def suggestions(self) -> Path:
        """The file of what readers suggest to correct."""
        return self.path / "suggestions.jsonl"

    @property
    def layouts(self) -> Path:
        """The folder of layouts that the archivists wrote."""
        return self.path / "layouts"


def default_home() -> Home:
    """Returns the home that PODSHIVKA_HOME names, else var/ of a checkout, else the one in the user's data folder.

    Raises Refusal where the user has no home folder to look in.
    """
    try:
        return Home(_folder().resolve())
    except RuntimeError as error:
        raise Refusal(
            "Не ясно, где лежит архив: у пользователя нет домашней папки. Назовите папку архива в PODSHIVKA_HOME."
        ) from error


def checkout() -> Path | None:
    """Returns the folder of the sources that the program runs from; None where it is installed as a package."""
    folder = Path(__file__).resolve().parent.parent
    return folder if (folder / "scripts" / "podshivka").exists() else None


def _folder() -> Path:
    if named := os.environ.get("PODSHIVKA_HOME"):
        return Path(named).expanduser()
    if sources := checkout():
        return sources / "var"
    data = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (data if data.is_absolute() else Path.home() / ".local" / "share") / "podshivka"
