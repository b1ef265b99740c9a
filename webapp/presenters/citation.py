"""Writes references to an article: by ГОСТ Р 7.0.100–2018, on one line, for BibTeX and for RIS."""

import datetime as dt
import re
from urllib.parse import urlsplit

from archive.article import Article
from search.facets.periods import MONTH_GENITIVES
from webapp.presenters.russian import NBSP

SENTENCE_DASH = f"{NBSP}\N{EN DASH} "
INITIALS = re.compile(r"(?:\w\.\s*)+")
PART_OF_NAME = re.compile(r"[А-ЯЁA-Z](?:[\w’-]*|\.(?:[А-ЯЁA-Z]\.)?)")
AUTHORS_APART = re.compile(r"\s*[,;]\s*|\s+и\s+")
BIBTEX_SPECIAL = re.compile(r"[{}\\%&$#_^~]")
MOST_AUTHORS_FIRST = 3  # more are named after the slash only (ГОСТ Р 7.0.100–2018, 5.2.6)


def cite(article: Article, seen: dt.date | None = None) -> str:
    """«Ярош, К. Заголовок / Константин Ярош. – Текст : электронный // Издание. – 2022. – 12 марта (№ 5). – С. 3. –
    URL: … (дата обращения: 01.12.2026)»; what is unknown is left out. `seen`: the day of access."""
    title = article.heading.rstrip().removesuffix(".")
    names = authors(article)
    head = f"{turned(names[0])} {title}" if 0 < len(names) <= MOST_AUTHORS_FIRST else title
    link = web_address(article.url)
    if names:
        head = f"{head} / {', '.join(names)}"
    parts = [head, f"Текст : {'электронный' if link else 'непосредственный'}"]
    if article.source:
        parts[-1] += f" // {article.source}"
    day = article.published.day
    issue = f"№{NBSP}{article.issue.removeprefix('№').strip()}" if article.issue else ""
    if day:
        parts.append(str(day.year))
        parts.append(f"{day.day} {MONTH_GENITIVES[day.month - 1]}" + (f" ({issue})" if issue else ""))
    elif issue:
        parts.append(issue)
    if article.page:
        parts.append(f"С.{NBSP}{article.page}")
    if link:
        parts.append(f"URL: {link}" + (f" (дата обращения: {seen:%d.%m.%Y})" if seen else ""))
    return SENTENCE_DASH.join(_closed(part) if part is not parts[-1] else part for part in parts) + (
        "" if parts[-1].endswith((".", "!", "?", "…")) or link else "."
    )


def one_line(article: Article) -> str:
    """«Вечерний Царицын», 15 апреля 2021 года, № 28, с. 1: for a text that names its source."""
    day = article.published.day
    parts = [
        f"«{article.source}»" if article.source else f"«{article.heading}»",
        f"{day.day} {MONTH_GENITIVES[day.month - 1]} {day.year} года" if day else "",
        f"№{NBSP}{article.issue.removeprefix('№').strip()}" if article.issue else "",
        f"с.{NBSP}{article.page}" if article.page else "",
    ]
    return ", ".join(part for part in parts if part)


def bibtex(article: Article, id: int) -> str:
    """The same as a BibTeX entry."""
    day = article.published.day
    fields = {
        "author": " and ".join(map(turned, authors(article))),
        "title": article.heading,
        "journal": article.source or "",
        "date": day.isoformat() if day else "",
        "number": (article.issue or "").removeprefix("№").strip(),
        "pages": article.page or "",
        "url": web_address(article.url) or "",
    }
    lines = (f"  {name} = {{{_bibtex_text(name, value)}}}" for name, value in fields.items() if value)
    return f"@article{{podshivka-{id},\n" + ",\n".join(lines) + "\n}"


def ris(article: Article) -> str:
    """The same for reference managers that read RIS."""
    day = article.published.day
    fields = [
        ("TY", "NEWS"),
        *(("AU", turned(name)) for name in authors(article)),
        ("TI", article.heading),
        ("T2", article.source or ""),
        ("DA", f"{day:%Y/%m/%d}" if day else ""),
        ("IS", (article.issue or "").removeprefix("№").strip()),
        ("SP", article.page or ""),
        ("UR", web_address(article.url) or ""),
    ]
    return "".join(f"{name}  - {' '.join(value.split())}\n" for name, value in fields if value) + "ER  - \n"


def authors(article: Article) -> list[str]:
    """Who wrote it, one by one."""
    return [name for name in AUTHORS_APART.split((article.author or "").strip()) if name]


def turned(name: str) -> str:
    """The surname first: «Константин Ярош» → «Ярош, К.», «Котов И.» → «Котов, И.».

    >>> turned("Константин Ярош"), turned("Котов И."), turned("И. В. Котов"), turned("ИА «Регион»")
    ('Ярош, К.', 'Котов, И.', 'Котов, И. В.', 'ИА «Регион»')
    """
    words = name.split()
    if not 2 <= len(words) <= 3 or not all(
        word[:1].isupper() and (word.isalpha() or "." in word or "-" in word) for word in words
    ):
        return name
    if all(INITIALS.fullmatch(word) for word in words[1:]):
        surname, given = words[0], words[1:]
    else:
        *given, surname = words
    if INITIALS.fullmatch(surname):
        return name
    return f"{surname}, {' '.join(word if word.endswith('.') else word[0] + '.' for word in given)}"


def web_address(url: str | None) -> str | None:
    """`url` where a browser may follow it: http or https with a host; None else."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _bibtex_text(name: str, value: str) -> str:
    return (
        value
        if name == "url"
        else BIBTEX_SPECIAL.sub(lambda found: "\\" + found[0] if found[0] in "%&$#_" else " ", value)
    )


def _closed(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else text + "."
