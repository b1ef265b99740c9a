"""Records what a program writes and rebuilds the disk as a power cut may leave it at any moment.

What was not fsynced is lost, there, or torn at sectors; what a folder lists is as it was fsynced, with some of the
changes after that, in their order. The record is strace's: every system call that changes a file, in its order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from random import Random

CALLS = (
    "openat,close,write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,"
    "ftruncate,truncate,lseek,dup,dup2,dup3,copy_file_range,sendfile,fallocate,link,linkat"
)
STRACE = ("strace", "-f", "-qq", "--seccomp-bpf", "-xx", "-s", "100000000", "-e", f"trace={CALLS}", "-o")
UNFINISHED = re.compile(r"(\d+) +(.*) <unfinished \.\.\.>")
RESUMED = re.compile(r"(\d+) +<\.\.\. \w+ resumed>(.*)")
CALL = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
SECTORS = (512, 4096)
STDOUT = 1


@dataclass(frozen=True, slots=True)
class Call:
    """A system call: its name, the strings and the bare arguments it was given, what it returned."""

    name: str
    texts: tuple[bytes, ...]
    bare: tuple[str, ...]
    result: int


def recorded(file: Path) -> Iterator[Call]:
    """The calls of a record that did something."""
    begun: dict[str, str] = {}
    with file.open() as lines:
        for line in lines:
            if found := UNFINISHED.match(line):
                begun[found[1]] = found[2]
                continue
            if found := RESUMED.match(line):
                line = f"{found[1]} {begun.pop(found[1])}{found[2]}"
            if (found := CALL.match(line)) and int(found[4]) >= 0:
                texts = tuple(bytes.fromhex(text.replace("\\x", "")) for text in TEXT.findall(found[3]))
                yield Call(found[2], texts, tuple(TEXT.sub("", found[3]).split(", ")), int(found[4]))


@dataclass(eq=False)
class File:
    """A file: what it holds, what of that is on the disk for certain, what was written since."""

    live: bytearray = field(default_factory=bytearray)
    durable: bytes = b""
    written: list[tuple[int, bytes | None]] = field(default_factory=list)  # place and bytes; None: cut there

    def write(self, place: int, data: bytes | None) -> None:
        changed(self.live, place, data)
        self.written.append((place, data))

    def sync(self) -> None:
        self.durable = bytes(self.live)
        self.written.clear()

    def after_a_cut(self, chance: Random) -> bytes:
        """What it may hold after a power cut now."""
        found, share, sector = bytearray(self.durable), chance.choice((0.0, 0.5, 1.0)), chance.choice(SECTORS)
        for place, data in self.written:
            if data is None:
                if chance.random() < share:
                    changed(found, place, data)
                continue
            begin = place
            while begin < place + len(data):
                end = min(place + len(data), (begin // sector + 1) * sector)
                if chance.random() < share:
                    changed(found, begin, data[begin - place : end - place])
                begin = end
        return bytes(found)


def changed(content: bytearray, place: int, data: bytes | None) -> None:
    """Write into a content as a file system does, or cut it."""
    end = place if data is None else max(len(content), place + len(data))
    if end > len(content):
        content.extend(bytes(end - len(content)))
    if data is None:
        del content[place:]
    else:
        content[place : place + len(data)] = data


@dataclass(eq=False)
class Folder:
    """A folder: what it lists, what of that is on the disk for certain, what has changed since."""

    live: dict[str, "File | Folder"] = field(default_factory=dict)
    durable: dict[str, "File | Folder"] = field(default_factory=dict)
    changes: list[dict[str, "File | Folder | None"]] = field(default_factory=list)

    def change(self, changes: dict[str, "File | Folder | None"]) -> None:
        listed(self.live, changes)
        self.changes.append(changes)

    def sync(self) -> None:
        self.durable = dict(self.live)
        self.changes.clear()

    def after_a_cut(self, chance: Random) -> dict[str, "File | Folder"]:
        """What it may list after a power cut now."""
        found = dict(self.durable)
        for changes in self.changes[: chance.choice((0, chance.randint(0, len(self.changes)), len(self.changes)))]:
            listed(found, changes)
        return found


def listed(entries: dict[str, File | Folder], changes: dict[str, File | Folder | None]) -> None:
    """Apply changes to what a folder lists."""
    for name, item in changes.items():
        if item is None:
            entries.pop(name, None)
        else:
            entries[name] = item


class Disk:
    """The folder `root` of a disk while a record is played back; it begins empty."""

    def __init__(self, root: Path) -> None:
        self._root = PurePosixPath(root)
        self.tree = Folder()
        self._opened: dict[int, File | Folder] = {}
        self._places: dict[int, int] = {}

    def play(self, call: Call) -> bytes | None:
        """Do what a call did; returns what it said on stdout."""
        if call.name == "openat":
            self._open(call)
        elif call.name in ("rename", "renameat", "renameat2"):
            self._rename(*call.texts)
        elif call.name in ("unlink", "unlinkat", "rmdir"):
            self._unlink(call)
        elif call.name in ("mkdir", "mkdirat"):
            if at := self._at(call.texts[0]):
                at[0].change({at[1]: Folder()})
        elif call.name in ("copy_file_range", "sendfile", "link", "linkat", "truncate", "fallocate"):
            assert not any(self._at(text) for text in call.texts), call.name
            assert not self._opened.keys() & {int(number) for number in call.bare if number.isdigit()}, call.name
        elif call.bare[0].isdigit():
            return self._on_opened(int(call.bare[0]), call)
        return None

    def _on_opened(self, number: int, call: Call) -> bytes | None:
        if call.name.startswith("dup"):
            self._opened.pop(call.result, None)
            if number in self._opened:
                self._opened[call.result], self._places[call.result] = self._opened[number], self._places[number]
            return None
        if number not in self._opened:
            return b"".join(call.texts) if number == STDOUT and call.name == "write" else None
        item = self._opened[number]
        if call.name == "close":
            del self._opened[number]
        elif call.name in ("fsync", "fdatasync"):
            item.sync()
        elif call.name == "lseek":
            self._places[number] = call.result
        elif call.name == "ftruncate":
            assert isinstance(item, File)
            item.write(int(call.bare[1]), None)
        else:
            assert isinstance(item, File)
            data = b"".join(call.texts)[: call.result]
            is_placed = call.name == "pwrite64"
            item.write(int(call.bare[-1]) if is_placed else self._places[number], data)
            self._places[number] += 0 if is_placed else len(data)
        return None

    def _open(self, call: Call) -> None:
        self._opened.pop(call.result, None)
        path = self._path(call.texts[0], call.bare[0])
        if path is None:
            return
        item = self._find(path)
        if item is None and "O_CREAT" in call.bare[2] and (at := self._at(call.texts[0])):
            at[0].change({at[1]: (item := File())})
        if item is None:
            return
        if isinstance(item, File) and "O_TRUNC" in call.bare[2] and item.live:
            item.write(0, None)
        self._opened[call.result] = item
        self._places[call.result] = len(item.live) if "O_APPEND" in call.bare[2] else 0

    def _rename(self, old: bytes, new: bytes) -> None:
        source, target = self._at(old), self._at(new)
        if not source or not target:
            assert source is target, (old, new)  # both elsewhere
            return
        item = source[0].live[source[1]]
        if source[0] is target[0]:
            source[0].change({source[1]: None, target[1]: item})
        else:
            target[0].change({target[1]: item})
            source[0].change({source[1]: None})

    def _unlink(self, call: Call) -> None:
        path = self._path(call.texts[0], call.bare[0])
        if path is not None and path.parts:
            folder = self._find(path.parent)
            assert isinstance(folder, Folder)
            folder.change({path.name: None})

    def _path(self, text: bytes, beside: str) -> PurePosixPath | None:
        """A path of a call from the root of the disk; None where it leads elsewhere."""
        path = PurePosixPath(text.decode())
        if not path.is_absolute() and beside.isdigit():
            folder = self._opened.get(int(beside))
            path = self._root / self._where(folder) / path if isinstance(folder, Folder) else path
        return path.relative_to(self._root) if path.is_relative_to(self._root) else None

    def _where(self, wanted: Folder) -> PurePosixPath:
        """Where a folder is."""
        waiting = [(PurePosixPath(), self.tree)]
        for path, folder in waiting:
            if folder is wanted:
                return path
            waiting += [(path / name, one) for name, one in folder.live.items() if isinstance(one, Folder)]
        raise AssertionError

    def _find(self, path: PurePosixPath) -> File | Folder | None:
        found: File | Folder | None = self.tree
        for name in path.parts:
            found = found.live.get(name) if isinstance(found, Folder) else None
        return found

    def _at(self, text: bytes) -> tuple[Folder, str] | None:
        """The folder that a path stands in and its name there; None where it is elsewhere."""
        path = self._path(text, "")
        if path is None or not path.parts:
            return None
        folder = self._find(path.parent)
        assert isinstance(folder, Folder), path
        return folder, path.name


def put(folder: Folder, target: Path, chance: Random | None) -> None:
    """Write a folder of a disk out as it is, or by chance as it may be after a power cut."""
    target.mkdir()
    for name, item in (folder.after_a_cut(chance) if chance else folder.live).items():
        if isinstance(item, Folder):
            put(item, target / name, chance)
        elif not name.endswith("-shm"):  # memory that SQLite's processes share; it is made anew
            (target / name).write_bytes(item.after_a_cut(chance) if chance else item.live)
