"""Declares the fields of the Whoosh index and reads what was committed last.

A generation is a folder that `whoosh.index.open_dir` opens. Beside Whoosh's own files it holds, per segment, the arrays
that search works on (token stream, columns), and per commit a manifest: what of the store the commit has taken in.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from whoosh import fields
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from archive.disk.atomic import sync
from archive.fields import COLUMN_FIELDS
from indexer.storage.arrays import TornIndex

INDEX_NAME = "MAIN"  # Whoosh's own name of an index
ARRAYS_EXTENSION = ".arrays"  # extension of a segment's arrays
TERM_FIELDS = ("form", "lemma")
COLUMNS = ("name", *(field.name for field in COLUMN_FIELDS))  # a segment written before a field was known lacks its own
CODEC = "indexer.index.whoosh_codec"  # where the class stands that Whoosh writes by name into every commit
FORMER_CODEC = "indexer.codec"  # where it stood in version 0.1


class DurableStorage(FileStorage):  # type: ignore[misc]
    """Whoosh's folder of files, whose renames survive a power cut."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        folder = Path(self.folder)
        sync(folder / oldname)
        super().rename_file(oldname, newname, safe)
        sync(folder)


def schema() -> fields.Schema:
    """`lemma` and `form` hold articles and frequencies; `id`, stored, traces a stock Whoosh hit to its article."""
    words = fields.KEYWORD(scorable=True)
    return fields.Schema(id=fields.STORED(), form=words, lemma=words)


def committed_segments(folder: Path, commit: int) -> list[Any]:
    """Whoosh's segment objects of one commit; raises TornIndex, or FileNotFoundError where a newer one replaced it."""
    sys.modules.setdefault(FORMER_CODEC, import_module(CODEC))
    try:
        return list(TOC.read(FileStorage(str(folder)), INDEX_NAME, gen=commit).segments)
    except FileNotFoundError:
        raise
    except Exception as error:  # a torn pickle raises almost anything
        raise TornIndex(f"список сегментов индекса {folder.name} повреждён") from error
