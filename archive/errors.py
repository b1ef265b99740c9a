"""What stops a command, in a Russian sentence: our own refusals, and why the operating system refused."""

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
    """What cannot be done, as a sentence for whoever asked; `advice` says what helps."""

    advice = ""


def reason(error: OSError) -> str:
    """The reason of a failed system call; the system's own words where there are no Russian ones."""
    return REASONS.get(error.errno or 0) or error.strerror or str(error)
