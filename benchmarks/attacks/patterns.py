"""Lists patterns of requests that are made to cost much, and asks them of the application without a network."""

import io
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

LETTERS = "оарнвпсктмдлзбгеичяу"
STREAMS = ("text/csv", "application/x-ndjson")  # all that is found, article by article
STOPWORDS = "и в на не с по к за из о от у до для что как это его она они".split()


class Answer(NamedTuple):
    """What came back, and the processor's time for it."""

    status: int
    kind: str
    size: int
    seconds: float
    location: str
    lines: int  # of what is streamed, each an article


@dataclass(frozen=True, slots=True)
class Attack:
    """A pattern of requests by its size: about so many characters, or as many things as they hold."""

    name: str
    target: Callable[[int], str]
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Callable[[int], bytes] = lambda size: b""


def cut(unit: str) -> Callable[[int], str]:
    """The unit again and again, so many characters."""
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def several(words: list[str], between: str = " ") -> Callable[[int], str]:
    """The words in turn, so many characters."""
    return cut(between.join(words) + between)


def pairs() -> list[str]:
    """Beginnings of two letters, those that most words begin so first."""
    return [first + second for first in LETTERS for second in LETTERS]


def saved(size: int) -> list[str]:
    """Saved searches of words that most articles have, as parameters."""
    return [f"search=1.1.q%3D{quote(one)}+{quote(other)}" for one in STOPWORDS for other in STOPWORDS][:size]


TEXTS: dict[str, Callable[[int], str]] = {  # what is typed
    "one letter": cut("а"),
    "a long word of a suffix": cut("не"),
    "a long word of many": cut("сталелитейный"),
    "a long Latin word": cut("qwertyui"),
    "digits": cut("1234567890"),
    "words of one letter": several(list(LETTERS)),
    "words of two letters": several(pairs()),
    "stopwords": several(STOPWORDS),
    "stopwords by OR": several(STOPWORDS, "|"),
    "stopwords excluded": lambda size: several(["-" + word for word in STOPWORDS])(size),
    "rows of stopwords": several([f'"{one} {other}"' for one in STOPWORDS for other in STOPWORDS[:6]]),
    "rows of stopwords by OR": several([f'"{one} {other}"' for one in STOPWORDS for other in STOPWORDS[:6]], "|"),
    "a row of stopwords": lambda size: '"' + several(STOPWORDS)(size - 2) + '"',
    "beginnings": several([pair + "*" for pair in pairs()]),
    "beginnings by OR": several([pair + "*" for pair in pairs()], "|"),
    "rows of beginnings": several([f'"{pair}* {pair}*"' for pair in pairs()]),
    "endings": several(["*" + pair for pair in pairs()]),
    "middles": several([f"*{pair}*" for pair in pairs()], "|"),
    "masks of many stars": several(["о*а*е*и", "с*т*а*л*ь", "*а*о*е*"]),
    "stars": cut("*"),
    "a star between letters": cut("а*"),
    "opened brackets": cut("("),
    "closed brackets": cut(")"),
    "brackets in brackets": lambda size: "(" * (size // 2) + "а" + ")" * (size // 2),
    "alternatives in brackets": cut("(завод|сталь "),
    "exclusions of exclusions": cut("-("),
    "opened quotes": cut("«"),
    "quotes": cut('"'),
    "a quote and words": lambda size: "«" + several(pairs())(size),
    "dashes": cut("-"),
    "exclamations": cut("!"),
    "bars": cut("|"),
    "alternatives of nothing": cut("ИЛИ "),
    "windows": several([f"({one} {other}) /9" for one in STOPWORDS for other in STOPWORDS[:4]]),
    "sentences": several([f"({one} {other}) /п" for one in STOPWORDS for other in STOPWORDS[:4]]),
    "capitals": several(["^" + word for word in STOPWORDS]),
    "fields": several([f"автор:{letter}" for letter in LETTERS]),
    "titles": several([f"заголовок:{word}" for word in STOPWORDS]),
    "days": several([f"{day} января 1998" for day in range(1, 29)]),
    "numeric days": cut("01.02.1998 "),
    "numbers": cut("10 000 1,5 "),
    "initials": cut("А. "),
    "the other keyboard": several(["ghbdtn", "cnfkm", "pfdjl", ",jxfhjd"]),
    "commas of the other keyboard": cut(","),
    "slips": several(["заваод", "стлаь", "бочараов", "волгоргад", "областнной"]),
    "words without a space": several(["заводсталь", "городобласть", "красныйоктябрь"]),
    "words by hyphens": cut("а-"),
    "words by dots": cut("а."),
    "names": several(["Иванов", "Петрова", "Сидорову", "Бочаров", "Андрей"]),
    "combining marks": lambda size: "а" + "\u0301\u0306" * (size // 2),
    "joined pictures": cut("\U0001f469\u200d"),
    "turned writing": cut("\u202e\u2066а"),
    "widest letters": cut("\ufdfa"),
    "NULs": cut("\0"),
    "control characters": cut("\x1b[31m\r\n\x7f"),
    "markup": cut("<script>alert(1)</script>"),
    "SQL": cut("' OR 1=1 --"),
    "a regular expression": cut("(а+)+$"),
    "a template": cut("{{7*7}}"),
    "line ends": cut("\n\u2028\x85"),
}


def typed(name: str, text: Callable[[int], str]) -> Attack:
    """The text typed into the form."""
    return Attack(name, lambda size: "/search?q=" + quote(text(size)))


def again(name: str, unit: str, path: str = "/search?", characters: int = 10) -> Attack:
    """A parameter again and again, {} in it numbered."""
    return Attack(
        name, lambda size: path + "&".join(unit.format(number) for number in range(max(1, size // characters)))
    )


def at(name: str, start: str, text: Callable[[int], str], **others: object) -> Attack:
    """A text where the address goes on."""
    return Attack(name, lambda size: start + quote(text(size), safe="/&=%"), **others)  # type: ignore[arg-type]


ATTACKS: tuple[Attack, ...] = (
    *(typed(name, text) for name, text in TEXTS.items()),
    *(
        at(f"{name}, {where}", start, TEXTS[name])
        for where, start in (
            ("API", "/api/v1/search?q="),
            ("feed", "/search.rss?q="),
            ("table", "/search.csv?q="),
            ("an article", "/article/1?q="),
            ("values", "/values/person?q="),
        )
        for name in ("stopwords by OR", "beginnings by OR", "brackets in brackets")
    ),
    Attack("half a letter", lambda size: "/search?q=" + "%D0" * size),
    Attack("half a pair of surrogates", lambda size: "/search?q=" + "%ED%A0%80" * (size // 3)),
    Attack("bytes of no letter", lambda size: "/search?q=" + "%FF%C0%80" * (size // 3)),
    Attack("signs of per cent", lambda size: "/search?q=" + "%" * size),
    Attack("signs of per cent, encoded again", lambda size: "/search?q=" + "%2525" * (size // 5)),
    Attack("all at once", lambda size: "/search?size=100&facet_size=200&q=" + quote("|".join(STOPWORDS * 9)[:size])),
    again("persons", "person=nobody-{}"),
    again("persons excluded", "not_person=nobody-{}"),
    again("papers", "source=a{}"),
    again("papers excluded, with words", "not_source=a{}", "/search?q=" + quote("завод") + "&"),
    again("forty conditions", "not_author=a{}", characters=25),
    again("queries", "q=a{}", characters=5),
    again("unknown parameters", "x{}=1", characters=5),
    again("nothing", "", characters=1),
    again("persons, API", "person=a{}", "/api/v1/search?"),
    again("persons, table", "person=a{}", "/search.csv?"),
    at("a long key", "/search?size=100&source=", cut("ы")),
    at("a long page", "/search?page=", cut("9")),
    at("a long size", "/search?size=", cut("9")),
    at("a long facet size", "/search?facet_size=", cut("1")),
    at("a long day", "/search?from=", cut("2020-01-01")),
    at("a long order", "/search?sort=", cut("newest")),
    Attack("the last page", lambda size: "/search?page=1000000&size=100"),
    Attack("the last page, API", lambda size: "/api/v1/search?page=1000000"),
    at("a long name", "/person/", cut("a")),
    at("a name of slashes", "/person/", cut("a/")),
    at("slashes", "/", cut("/")),
    at("steps upward", "/static/", cut("../")),
    at("a long number", "/article/", cut("9")),
    at("a long number, API", "/api/v1/articles/", cut("9")),
    at("a long number to compare", "/article/1/compare/", cut("9")),
    Attack("two articles", lambda size: "/article/1/compare/2"),
    at("a long version", "/article/1/version/", cut("1")),
    at("a page of values", "/values/person?page=", cut("7")),
    at("values by a long name", "/values/person?find=", cut("а")),
    at("values by names", "/values/author?find=", several(pairs())),
    at("persons by a long name", "/api/v1/entities?q=", several(pairs())),
    at("a long kind", "/api/v1/entities?kind=", cut("person")),
    at("a page of a batch", "/about/batches/1?page=", cut("1")),
    at("a calendar", "/calendar?year=", cut("1")),
    at("a draft's article", "/background?article=", cut("1")),
    Attack(
        "a long draft",
        lambda size: "/background",
        "POST",
        {"Content-Type": "application/x-www-form-urlencoded"},
        lambda size: b"text=" + quote(several(pairs())(20 * size)).encode(),
    ),
    at("slashes of a paper", "/source/", cut("a/")),
    Attack("saved searches", lambda size: "/saved?" + "&".join(saved(size))),
    Attack("one search saved", lambda size: "/saved?add=" + quote("q=" + " ".join(STOPWORDS))),
    *(
        Attack(
            f"clippings, {form}",
            lambda size, form=form: f"/clippings{form}?" + "&".join(f"article={n}" for n in range(1, size)),
        )
        for form in ("", ".docx", ".csv", ".bib")
    ),
    Attack(
        "clippings sent, .docx",
        lambda size: "/clippings.docx",
        "POST",
        {"Content-Type": "application/x-www-form-urlencoded"},
        lambda size: "&".join(f"article={n}&note={'a' * size}" for n in range(1, size)).encode(),
    ),
    Attack(
        "searches sent to be kept",
        lambda size: "/saved",
        "POST",
        {"Content-Type": "application/x-www-form-urlencoded"},
        lambda size: "&".join(["do=seen", *saved(size)]).encode(),
    ),
    Attack("a suggestion", lambda size: "/suggestions", "POST", body=lambda size: b"text=" + b"a" * size * 100),
    Attack(
        "a draft of brackets",
        lambda size: "/api/v1/background",
        "POST",
        {"Content-Type": "application/json"},
        lambda size: b"[" * size * 20,
    ),
    *(
        Attack(method, lambda size: "/search?q=a", method)
        for method in ("POST", "PUT", "DELETE", "TRACE", "HEAD", "X" * 99)
    ),
    *(
        Attack(f"{name}: {value[:6]} {len(value)}", lambda size: "/search.rss?q=a", headers={name: value})
        for name, value in (
            ("Host", "a" * 64 + ".ru"),
            ("Host", "<script>"),
            ("Host", "a" * 5000),
            ("Range", "bytes=" + "0-1," * 1000),
            ("If-None-Match", '"a",' * 2000),
            ("If-Modified-Since", "вчера".encode().decode("latin-1") * 100),
            ("Cookie", "a=b;" * 2000),
            ("Accept", "text/html;q=0.1," * 500),
            ("Accept-Encoding", "gzip;q=0.1," * 500),
            ("Content-Length", "-1"),
            ("Content-Type", "multipart/form-data; boundary=" + "a" * 1000),
            ("X-Forwarded-Host", "evil.example"),
        )
    ),
    Attack("a range of a file", lambda size: "/static/podshivka.css", headers={"Range": "bytes=" + "0-1," * 500}),
)


def asked(app: Flask, attack: Attack, size: int) -> Answer:
    """The answer to one request; where it leads elsewhere on the site, that of there."""
    answer = _once(app, attack, attack.target(size), attack.body(size))
    if answer.status == 302:
        then = _once(app, attack, answer.location, b"")
        answer = then._replace(seconds=then.seconds + answer.seconds)
    return answer


def _once(app: Flask, attack: Attack, target: str, body: bytes) -> Answer:
    path, _, query = target.partition("?")
    names = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in attack.headers.items()}
    names |= {name[5:]: names.pop(name) for name in ("HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH") if name in names}
    environ = EnvironBuilder(method=attack.method, input_stream=io.BytesIO(body)).get_environ()
    environ |= {"CONTENT_LENGTH": str(len(body)), **names}
    environ |= {"PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query}
    begun = time.process_time()
    parts, status, headers = run_wsgi_app(app, environ, buffered=True)
    content = b"".join(parts)
    seconds = time.process_time() - begun
    kind = headers.get("Content-Type", "").partition(";")[0]
    lines = content.count(b"\n") if kind in STREAMS else 0
    return Answer(int(status[:3]), kind, len(content), seconds, headers.get("Location", ""), lines)
