"""Destroys articles for good: in the store, in the index and, where it is named, in a backup folder."""

import re
from collections.abc import Sequence
from pathlib import Path

import click

from archive.article import StoredArticle
from archive.backup import erasing
from archive.backup.backup import backup_folder
from archive.backup.restore import need_backup
from archive.backup.snapshots import read_state, state_names
from archive.backup.store_copy import Holding, drop_left_copy, holding_of
from archive.disk.atomic import sync_folders
from archive.disk.error_log import drop_errors
from archive.disk.free_space import require_space
from archive.errors import Refusal
from archive.home import Home
from archive.records.suggestions import SuggestionQueue
from archive.store.store import Store
from indexer.index.build import drop_generations_of_destroyed
from indexer.index.lost_names import lost_names, published_names
from scripts.actions.backup import added_up
from scripts.actions.indexing import changed_store, update_index, user_name
from scripts.output import messages

LAST_WARNING = "Их не вернуть никакой командой. Чтобы уничтожить, напишите «да»"
YES = {"да", "«да»", "yes", "y"}
INTERRUPTED = 130  # exit status
ELSEWHERE = (
    "Отчёты (--report), выгрузки (export) и сами файлы партий лежат вне архива, программа их не трогает: проверьте их "
    "сами."
)


def erase(home: Home, ids: tuple[int, ...], why: str, backup: Path | None, yes: bool) -> int:
    """`podshivka erase`: 1 where an id stands for nothing, else 0. Repeated, it finishes what was interrupted."""
    if backup:
        backup = backup.absolute()
        need_backup(backup)
    with changed_store(home, "podshivka erase") as store:
        require_space(home.path, 2 * home.store.stat().st_size, "чтобы переписать файл базы,")
        update_index(store, home)  # it says who else bears the names
        versions = list(store.erasures.versions(ids))
        tell_what_goes(store, versions)
        if versions and not yes and not is_confirmed():
            messages.stop("Ничего не уничтожено.", INTERRUPTED)
        lost = lost_names(store, versions, published_names(home.index))
        gone = store.erasures.erase(ids, why, user_name(), lost.keys, lost.entities)
        update_index(store, home)
        drop_generations_of_destroyed(store, home.index)
        store.erasures.purge()
        drop_left_copy(home)
        drop_errors(home.errors)  # they may quote it
        destroyed = set(ids) & set(store.erasures.numbers())
        SuggestionQueue(home.suggestions).forget(destroyed)
        sync_folders(home.path)
        tell_of_authority(home, lost.labels | lost.entities)
        if backup and destroyed:
            erase_in_backup(home, store, backup, sorted(destroyed), why)
        tell_of_backups(home, store, sorted(destroyed))
    messages.say(ELSEWHERE)
    unknown = sorted(set(ids) - destroyed)
    if unknown:
        messages.complain(f"Таких статей в архиве нет и не было: {', '.join(map(str, unknown))}.")
    again = len(destroyed) - len(gone)
    said = f"Уничтожено статей: {len(gone)}." + (f" Были уничтожены раньше: {again}." if again else "")
    messages.report(said, erased=len(gone), erased_before=again)
    return int(bool(unknown))


def is_confirmed() -> bool:
    """Asks the person; no answer is no."""
    try:
        return click.prompt(LAST_WARNING, default="", show_default=False).strip().lower() in YES
    except click.Abort:
        return False


def tell_what_goes(store: Store, versions: list[StoredArticle]) -> None:
    """Says what is about to be destroyed, and where else it stands."""
    for id, heading in {one.id: one.article.heading for one in versions}.items():
        messages.say(f"{id}: {heading}")
        if others := store.erasures.sharing(id):
            messages.say(
                f"    Тот же текст слово в слово печатают статьи {', '.join(map(str, others))}: они останутся, пока вы "
                "не уничтожите и их."
            )
        for original in store.erasures.originals(id):
            messages.say(f"    Исходный файл останется, удалите статью из него сами: {original.batch}: {original.path}")


def tell_of_authority(home: Home, names: frozenset[str]) -> None:
    """Says which lines of the authority file name those who were named nowhere else."""
    named = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names) or "$.", re.IGNORECASE)
    for path in sorted(home.authority.rglob("*.csv")):
        lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
        found = [number for number, line in enumerate(lines, 1) if named.search(line)]
        if found:
            where = ", ".join(map(str, found))
            messages.warn(
                f"Словарь имён называет тех, кто был назван только там: {path}, строки {where}. Удалите их сами."
            )


def erase_in_backup(home: Home, store: Store, folder: Path, ids: Sequence[int], why: str) -> None:
    """Destroys articles in all states of a backup folder."""

    def rework(copy: Path) -> Holding | None:
        with Store(copy, write=True) as kept:
            versions = list(kept.erasures.versions(ids))
            if not versions:
                return None
            lost = lost_names(kept, versions, None)
            kept.erasures.erase(ids, why, user_name(), lost.keys, lost.entities)
            kept.erasures.purge()
        return holding_of(copy, home)

    with backup_folder(folder, home.path):
        places = [read_state(folder / "states", name) for name in state_names(folder / "states")]
        size = sum(file.size for state in places for file in state.files if file.path == home.store.name)
        with added_up("erasing", size) as done:
            made = erasing.erase(folder, store.erasures.archive, home.store.name, ids, rework, done)
    messages.say(f"В копиях {folder} уничтожено тоже: копий исправлено {made.changed} из {made.states}.")


def tell_of_backups(home: Home, store: Store, ids: Sequence[int]) -> None:
    """Names the backups that still hold one of the articles, as far as the folders are known and at hand."""
    lifetimes = {id: store.erasures.lifetime(id) for id in ids}
    known = home.backups.read_text(encoding="utf-8").splitlines() if home.backups.exists() else []
    numbers = " ".join(map(str, ids))
    for folder in map(Path, known):
        again = f"podshivka erase {numbers} --why … --backup {folder}"
        try:
            need_backup(folder)
            states = [read_state(folder / "states", name) for name in state_names(folder / "states")]
        except (Refusal, OSError) as error:
            messages.warn(f"Копии в {folder} не посмотреть, в них, вероятно, всё осталось: {error} Потом: {again}")
            continue
        holding = [
            state.name
            for state in states
            if any(
                born <= state.holding.revision < ended and id not in state.erased
                for id, (born, ended) in lifetimes.items()
            )
        ]
        if holding:
            messages.warn(f"Ещё хранят копии в {folder}: {', '.join(holding)}. Уничтожить и там: {again}")
