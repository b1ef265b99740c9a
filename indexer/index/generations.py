"""Says which folder of the index is published (gen-1, gen-2, … and a pointer), and what its last commit holds.

Every commit of Whoosh has a number. Beside it stands our manifest of the same number, written before it: the revision
of the store that the commit has taken in, the annotator that found its names, and size and checksum of every file of
its segments.
"""

import datetime as dt
import json
import re
import shutil
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.disk.atomic import make_folder, sync, write_whole
from indexer.storage.arrays import FormerIndex, NewerIndex, TornIndex

LAYOUT = 2  # of all files of ours; the one before is read too and built anew (docs/ARCHITECTURE.md says how it changes)
POINTER = "current"
GENERATION_FOLDER = re.compile(r"gen-(\d+)")
COMMIT_FILE = re.compile(r"_MAIN_(\d+)\.toc")
MANIFEST = "manifest-{}.json"
REPLACEABLE = "roll-"  # files that are made anew where they are missing or torn
READ_SIZE = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a commit took in: the store's revision, who found the names, (size, CRC) of each file of its segments, and
    the layout of these files."""

    revision: int
    annotator: str
    files: Mapping[str, tuple[int, int]]
    layout: int = LAYOUT


def current(index: Path) -> Path | None:
    """The published generation's folder; None before the first."""
    try:
        return index / (index / POINTER).read_text("ascii", "replace").strip()
    except FileNotFoundError:
        return None


def generations(index: Path) -> dict[int, Path]:
    """All generation folders by number."""
    if not index.is_dir():
        return {}
    return {number: path for path in index.iterdir() if (number := number_of(path))}


def new_generation(index: Path) -> Path:
    """An empty folder beside the published one."""
    folder = index / f"gen-{max(generations(index), default=0) + 1}"
    try:
        make_folder(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # it was made and could not be synced
        raise
    return folder


def publish(folder: Path) -> None:
    """Makes `folder` the published generation, in one step that survives a power cut."""
    index = folder.parent
    sync(folder)
    write_whole(index / POINTER, folder.name.encode())
    sync(index)


def drop_others(index: Path, *kept: Path | None) -> None:
    """Deletes all generations but those kept; what a reader has mapped stays readable to it."""
    for folder in generations(index).values():
        if folder not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def earlier(index: Path, folder: Path) -> list[Path]:
    """The generations before one, the latest first."""
    found = generations(index)
    return [found[number] for number in sorted(found, reverse=True) if number < number_of(folder)]


def drop_newer(index: Path, folder: Path) -> None:
    """Deletes what an interrupted rebuild left beside the published generation."""
    drop_others(index, *(path for number, path in generations(index).items() if number <= number_of(folder)))


def number_of(folder: Path) -> int:
    """Which generation a folder is."""
    match = GENERATION_FOLDER.fullmatch(folder.name)
    return int(match[1]) if match else 0


def last_commit(folder: Path) -> int:
    """The number of the newest commit in a generation; raises FileNotFoundError where there is none."""
    numbers = [int(match[1]) for path in folder.iterdir() if (match := COMMIT_FILE.fullmatch(path.name))]
    if not numbers:
        raise FileNotFoundError(folder)
    return max(numbers)


def published_files(index: Path) -> list[Path]:
    """All files of the published index as its last commit left it; raises FileNotFoundError where they just changed."""
    folder = current(index)
    if folder is None:
        return []
    commit = last_commit(folder)
    own = [folder / f"_MAIN_{commit}.toc", folder / MANIFEST.format(commit)]
    files = [folder / name for name in read_manifest(folder, commit).files]
    return [index / POINTER, *own, *(path for path in files if path.exists() or not path.match(REPLACEABLE + "*"))]


def last_written(index: Path) -> tuple[Manifest, dt.datetime] | None:
    """The manifest of what is published and when it was written; None before the first. Raises TornIndex."""
    folder = current(index)
    if folder is None:
        return None
    try:
        commit = last_commit(folder)
        manifest = read_manifest(folder, commit)
        check_sizes(folder, manifest)
        written = (folder / MANIFEST.format(commit)).stat().st_mtime
    except FileNotFoundError as error:
        raise TornIndex(f"недостаёт файла индекса {Path(error.filename or folder).name}") from None
    return manifest, dt.datetime.fromtimestamp(written, dt.UTC)


def write_manifest(folder: Path, commit: int, manifest: Manifest) -> None:
    """Writes the manifest of a commit that is about to be made."""
    content = {
        "layout": LAYOUT,
        "revision": manifest.revision,
        "annotator": manifest.annotator,
        "files": manifest.files,
    }
    write_whole(folder / MANIFEST.format(commit), json.dumps(content).encode())
    sync(folder)


def read_manifest(folder: Path, commit: int) -> Manifest:
    """The manifest of a commit; raises TornIndex, or FileNotFoundError where a newer commit replaced it."""
    try:
        content = json.loads((folder / MANIFEST.format(commit)).read_bytes())
        layout = content["layout"]
        if layout > LAYOUT:
            raise NewerIndex(f"Индекс {folder} построен более новой программой (версия {layout}, здесь {LAYOUT})")
        if layout < max(1, LAYOUT - 1):
            raise FormerIndex(f"индекс {folder.name} прежней версии")
        files = {name: (size, checksum) for name, (size, checksum) in content["files"].items()}
        return Manifest(content["revision"], content["annotator"], files, layout)
    except (ValueError, KeyError, TypeError):
        raise TornIndex(f"опись индекса {folder.name} повреждена") from None


def need_no_newer(index: Path) -> None:
    """Raises NewerIndex where the published index is of a newer program; whatever else is wrong is told elsewhere."""
    folder = current(index)
    try:
        if folder:
            read_manifest(folder, last_commit(folder))
    except NewerIndex:
        raise
    except (TornIndex, FileNotFoundError):
        return


def drop_leftovers(folder: Path, commit: int) -> None:
    """Deletes manifests of other commits and what an interrupted commit left half-written."""
    for path in (*folder.glob(MANIFEST.format("*")), *folder.glob("*.toc.*"), *folder.glob("*.new")):
        if path.name != MANIFEST.format(commit):
            path.unlink(missing_ok=True)


def check_sizes(folder: Path, manifest: Manifest) -> None:
    """Raises TornIndex where a file is shorter or longer than it was written, FileNotFoundError where it is gone."""
    for name, (size, _) in manifest.files.items():
        if not name.startswith(REPLACEABLE) and (folder / name).stat().st_size != size:
            raise TornIndex(f"файл индекса {name} обрезан")


def size_and_checksum(path: Path) -> tuple[int, int]:
    """Size and CRC of a file."""
    checksum = 0
    with path.open("rb") as file:
        while part := file.read(READ_SIZE):
            checksum = zlib.crc32(part, checksum)
    return path.stat().st_size, checksum
