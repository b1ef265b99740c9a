"""Writes the reference to an article that a reporter copies, in the manner of GOST R 7.0.5."""

from urllib.parse import urlsplit

from archive.article import Article
from search.facets.periods import MONTH_GENITIVES

DASH = " \N{EN DASH} "


def cite(article: Article) -> str:
    """«Автор. Заголовок // Издание. – 2022. – 12 марта. – № 5. – С. 3. – URL: …»; what is unknown is left out."""
    head = article.heading.rstrip().removesuffix(".")
    if article.author:
        head = f"{_closed(article.author)} {head}"
    if article.source:
        head = f"{head} // {article.source}"
    day = article.published.day
    link = web_address(article.url)
    parts = [
        _closed(head),
        *((f"{day.year}.", f"{day.day} {MONTH_GENITIVES[day.month - 1]}.") if day else ()),
        *((f"№ {article.issue.removeprefix('№').strip()}.",) if article.issue else ()),
        *((f"С. {article.page}.",) if article.page else ()),
        *((f"URL: {link}",) if link else ()),
    ]
    return DASH.join(parts)


def web_address(url: str | None) -> str | None:
    """`url` where a browser may follow it: http or https with a host; None else."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _closed(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else text + "."
