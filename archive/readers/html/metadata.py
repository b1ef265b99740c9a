"""Reads what a page declares about its article in JSON-LD, Open Graph, meta tags and microdata, all as strings."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment

from archive.fields import FIELDS, Field
from archive.readers.html.blocks import attribute
from archive.readers.html.json_nesting import is_too_nested

ARTICLE_TYPES = re.compile(
    r"(?:News|Reportage|Opinion|Analysis|Scholarly|Tech)?(?:News)?Article$|(?:Blog|SocialMedia)Posting$|Report$"
)
TITLE_KEYS = ("og:title", "twitter:title", "dc.title", "title")
DATE_KEYS = (
    "article:published_time article:published og:published_time og:article:published_time datepublished pubdate"
    " publishdate publish_date publication_date mediator_published_time sailthru.date dc.date dc.date.issued"
    " dc.date.created dcterms.created dcterms.issued date"
).split()
AUTHOR_KEYS = ("article:author", "og:article:author", "author", "mediator_author", "dc.creator")
DECLARED_FIELDS = tuple(field for field in FIELDS if field.schema_org)
CONTROL_CHARS = re.compile(r"[\x00-\x1f]+")
DANGLING_COMMA = re.compile(r",\s*(?=[}\]])")
LD_STRING = r'"%s"\s*:\s*"((?:[^"\\]|\\.)*+)"'
TRACKING = re.compile(r"utm_|yclid|fbclid|gclid|from$")
MAX_NAME_CHARS = 120
SAVED_FROM = re.compile(
    r"saved from url=\(\d+\)(?P<url>\S+)|Mirrored from (?P<mirrored>\S+) by HTTrack|SingleFile\s+url: (?P<single>\S+)"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page's head and microdata say; candidates in the order of trust, empty where it is silent."""

    titles: tuple[str, ...] = ()
    stamps: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)  # the other fields, by name
    sites: tuple[str, ...] = ()  # the site's names
    url: str = ""
    body: str = ""  # JSON-LD articleBody


def read_metadata(soup: BeautifulSoup) -> Metadata:
    """Reads everything that the page declares about its article."""
    meta = meta_tags(soup)
    items = list(linked_data(soup))
    article: dict[str, Any] = next((item for item in items if is_article(item)), {})
    publisher = strings(article.get("publisher"))
    sites = (meta.get("og:site_name", ""), *publisher, meta.get("application-name", ""), itemprop(soup, "publisher"))
    authors = (*strings(article.get("author")), *(meta.get(key, "") for key in AUTHOR_KEYS), itemprop(soup, "author"))
    return Metadata(
        titles=distinct(
            meta.get("og:title", ""), *strings(article.get("headline")), *(meta.get(key, "") for key in TITLE_KEYS)
        ),
        stamps=distinct(
            *strings(article.get("datePublished")),
            meta.get(DATE_KEYS[0], ""),
            itemprop(soup, "datePublished"),
            *(meta.get(key, "") for key in DATE_KEYS),
            *strings(article.get("dateCreated")),
        ),
        authors=tuple(name for name in distinct(*authors) if len(name) <= MAX_NAME_CHARS and "/" not in name),
        fields={known.name: declared_field(known, soup, meta, article) for known in DECLARED_FIELDS},
        sites=tuple(name for name in distinct(*sites) if len(name) <= MAX_NAME_CHARS),
        url=article_address(soup, meta, article),
        body=next(iter(strings(article.get("articleBody"))), ""),
    )


def declared_field(known: Field, soup: BeautifulSoup, meta: Mapping[str, str], article: Mapping[str, Any]) -> str:
    """Finds the first value that meta tags, JSON-LD or microdata give a field; skips the address of a list of terms."""
    said = (*(meta.get(key, "") for key in known.meta), *strings(article.get(known.schema_org)))
    return next((text for text in distinct(*said, itemprop(soup, known.schema_org)) if "://" not in text), "")


def distinct(*texts: str) -> tuple[str, ...]:
    """Keeps the texts that say anything, each once."""
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))


def meta_tags(soup: BeautifulSoup) -> dict[str, str]:
    """Maps name, property or itemprop of every <meta>, in small letters, to its content; the first of a name counts."""
    found: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        for key in ("property", "name", "itemprop"):
            if (name := attribute(tag, key).lower()) and (content := attribute(tag, "content")):
                found.setdefault(name, content)
    return found


def itemprop(soup: BeautifulSoup, name: str) -> str:
    """Gives the value of a microdata property: its content, its stamp, the name inside it, or its text."""
    tag = soup.find(itemprop=name)
    if not isinstance(tag, Tag):
        return ""
    inner = tag.find(itemprop="name")
    if isinstance(inner, Tag):
        tag = inner
    return attribute(tag, "content") or attribute(tag, "datetime") or tag.get_text(" ", strip=True)


def linked_data(soup: BeautifulSoup) -> Iterator[dict[str, Any]]:
    """Goes through every object of the page's JSON-LD, however nested; salvages the strings of broken JSON."""
    for script in soup.find_all("script", type="application/ld+json"):
        text = script.get_text()
        try:
            data = json.loads(DANGLING_COMMA.sub("", CONTROL_CHARS.sub(" ", text)))
            yield from () if is_too_nested(data) else nested_objects(data)
        except (ValueError, RecursionError):
            if "Article" in text:
                yield salvaged_article(text)


def salvaged_article(text: str) -> dict[str, Any]:
    """Salvages the plain strings of a JSON-LD article that cannot be parsed."""
    keys = ("headline", "datePublished", *(known.schema_org for known in DECLARED_FIELDS))
    matches = {key: re.search(LD_STRING % key, text) for key in keys}
    return {"@type": "Article"} | {key: match[1].replace('\\"', '"') for key, match in matches.items() if match}


def nested_objects(data: Any) -> Iterator[dict[str, Any]]:
    """Goes through the objects of lists, of @graph and of mainEntity, outer ones first."""
    if isinstance(data, list):
        for item in data:
            yield from nested_objects(item)
    elif isinstance(data, dict):
        yield data
        yield from nested_objects([data.get("@graph"), data.get("mainEntity")])


def is_article(item: dict[str, Any]) -> bool:
    """Tells whether a JSON-LD object is a press article."""
    kinds = item.get("@type")
    return any(
        isinstance(kind, str) and ARTICLE_TYPES.match(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def strings(value: Any) -> tuple[str, ...]:
    """Gives the strings of a JSON-LD value: itself, its `name`, or those of a list."""
    if isinstance(value, list):
        return tuple(name for item in value for name in strings(item))
    if isinstance(value, dict):
        return strings(value.get("name"))
    return (value.strip(),) if isinstance(value, str) and value.strip() else ()


def article_address(soup: BeautifulSoup, meta: dict[str, str], article: dict[str, Any]) -> str:
    """Finds the article's own address: canonical, og:url, JSON-LD; never the front page's."""
    canonical = soup.find("link", rel="canonical")
    entity = article.get("mainEntityOfPage")
    stated = (
        attribute(canonical, "href") if isinstance(canonical, Tag) else "",
        meta.get("og:url", ""),
        *strings(article.get("url")),
        *strings(entity.get("@id") if isinstance(entity, dict) else entity),
    )
    return next((url for url in map(tidy_address, stated) if url), "") or saved_from(soup)


def saved_from(soup: BeautifulSoup) -> str:
    """Finds the address that a program left in a comment when it saved the page: browsers, HTTrack, SingleFile."""
    for comment in soup.find_all(string=SAVED_FROM):
        if isinstance(comment, Comment) and (match := SAVED_FROM.search(comment)):
            url = match[match.lastgroup or 0]
            return tidy_address(url if "://" in url else f"http://{url}")
    return ""


def tidy_address(url: str) -> str:
    """Removes fragment and tracking marks from an article's address; gives "" for what is no such address."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in query if not TRACKING.match(key)]
    if parts.scheme not in ("http", "https") or not parts.netloc or (parts.path in ("", "/") and not kept):
        return ""
    return urlunsplit(parts._replace(query=parts.query if kept == query else urlencode(kept), fragment=""))
