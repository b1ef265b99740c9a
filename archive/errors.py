"""Says in Russian why something cannot be done: by our own rules, or because the operating system refused."""

import errno

REASONS = {
    errno.EACCES: "нет права доступа",
    errno.EPERM: "нет права доступа",
    errno.EROFS: "диск доступен только для чтения",
    errno.ENOSPC: "на диске не осталось места",
    errno.EDQUOT: "исчерпана дисковая квота",
    errno.ENOENT: "такого файла или папки нет",
    errno.ENOTDIR: "на месте папки лежит файл",
    errno.EEXIST: "на месте папки лежит файл",
    errno.EISDIR: "это папка",
    errno.EIO: "сбой диска",
    errno.EMFILE: "открыто слишком много файлов",
    errno.EADDRINUSE: "адрес занят другой программой",
    errno.EADDRNOTAVAIL: "такого адреса у этой машины нет",
}


class Refusal(Exception):
    """Something cannot be done; the message is a sentence for the user, `advice` says what helps."""

    advice = ""


class StoreError(Refusal):
    """The store cannot be read or written."""


class FormerStore(StoreError):
    """The store is of a schema before that of this program; `archive.database.schema` brings it up."""


class DamagedStore(StoreError):
    """The store's file is damaged or lost."""

    advice = "Переименуйте папку архива и верните его из резервной копии: podshivka restore ПАПКА_КОПИЙ"


def is_full_disk(error: OSError) -> bool:
    """Tells whether there was no room for what was to be written."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def reason(error: OSError) -> str:
    """Explains a failed system call; in the system's own words where there are no Russian ones."""
    return REASONS.get(error.errno or 0) or error.strerror or str(error)
