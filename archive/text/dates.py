"""Reads dates as papers print them: Russian date lines, machine stamps, addresses.

A date line holds a date and hardly anything else («Волгоград, 12 марта 1998 г., 14:05»); a date inside prose is none.
Years before 1700 or after the next one, and days that no calendar has, are refused.
"""

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

Moment = tuple[dt.date, dt.time | None]

FIRST_YEAR, FIRST_WEB_YEAR = 1700, 1990
MONTHS = (
    "янв|январь|января",
    "фев|февр|февраль|февраля",
    "мар|март|марта",
    "апр|апрель|апреля",
    "май|мая",
    "июн|июнь|июня",
    "июл|июль|июля",
    "авг|август|августа",
    "сен|сент|сентябрь|сентября",
    "окт|октябрь|октября",
    "ноя|нояб|ноябрь|ноября",
    "дек|декабрь|декабря",
)
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
MONTH_OF = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split("|")}
MONTH_OF |= {name: number for number, name in enumerate(ROMAN, 1)}

DAY = r"(?<![\d.,/:-])(?P<day>\d{1,2})"
MONTH = rf"(?P<name>{'|'.join(sorted(MONTH_OF.keys() - set(ROMAN), key=len, reverse=True))})\b\.?"
YEAR = r"(?P<year>\d{4})(?!\d)(?:\s*(?:года|году|год|г)\b\.?)?"
END = r"(?![\d/]|[.,:-]\d)"
DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d)(?P<year>\d{{4}})(?P<s>[-./])(?P<month>\d{{1,2}})(?P=s)(?P<day>\d{{1,2}}){END}",  # 1998-03-12
        rf"{DAY}(?P<s>[-./])(?P<month>\d{{1,2}})(?P=s)(?P<year>\d{{4}}|\d\d){END}(?:\s*(?:года|г)\b\.?)?",  # 12.03.98
        rf"{DAY}[./ -](?P<name>{'|'.join(ROMAN)})[./ -](?P<year>\d{{4}}){END}",  # 12.III.1998
        rf"{DAY}(?:\s*-?\s?(?:го|ое|е))?\s*{MONTH},?\s*{YEAR}",  # 12-го марта 1998 г.
        rf"{DAY}\s*{MONTH}\s+(?P<year>\d\d)\s*(?:года|г)\b\.?",  # 12 марта 98 г.
        rf"\b{MONTH}\s+(?P<day>\d{{1,2}}),\s*{YEAR}",  # марта 12, 1998
        rf"{DAY}(?:-?(?:го|ое|е))?\s*{MONTH}(?!\s*\d{{3}})",  # 12 марта: the year of the base
        r"\b(?P<relative>сегодня|вчера|позавчера)\b",
    )
)
RELATIVE = {"сегодня": 0, "вчера": 1, "позавчера": 2}
TIME = re.compile(r"(?<![\d.:])(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d|[.:]\d)")
CHANGED = re.compile(r"(?:обновлен\w*|изменен\w*|отредактирован\w*)\W*(?:в\s)?$")
SMALL_WORDS = frozenset(
    """г год года году от за в во на и мск msk gmt ч час часов мин по московскому московское время понедельник вторник
    среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс дата день публикации опубликовано опубликована
    опубликован обновлено обновлена изменено размещено добавлено добавлен создано просмотров номер выпуск газета
    """.split()
)
NOT_PUNCTUATION = re.compile(r"[^\W_]+")
OTHER_WORDS = 4  # of a place, a paper or an author, with capitals, set off by a sign: «Волгоград, 12 марта»
LONGEST_LINE = 100
URL_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<s>[/_.-])(?P<month>\d\d?)(?P=s)(?P<day>\d\d?)(?!\d)",
        r"(?<!\d)(?P<day>\d\d)(?P<s>[/_.-])(?P<month>\d\d)(?P=s)(?P<year>(?:19|20)\d\d)(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)/?(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
    )
)
OFFSET_WITH_SPACE = re.compile(r"\s+(?=[+-]\d\d:?\d\d$|[zZ]$)")


def read_date(text: str, base: dt.date | None = None) -> Moment | None:
    """The day and time that a candidate line names, None if it is no date line; `base` is the day it was printed.

    >>> read_date("Четверг, 12 МАРТА 1998 г., 14:05")
    (datetime.date(1998, 3, 12), datetime.time(14, 5))
    """
    if len(text) > LONGEST_LINE:
        return None
    line = re.sub(r"\s+", " ", text.replace("ё", "е")).strip()
    small = line.lower()
    matches = _date_matches(small)
    own = [match for match in matches if not CHANGED.search(small[: match.start()])]
    own = [match for match in own if "day" in match.groupdict()] or own  # «Сегодня, 12 марта»
    days = {_day(match, base) for match in own}
    day = days.pop() if len(days) == 1 else None  # «12 марта — 15 марта» is no day
    if day is None:
        return None
    for match in matches:
        line = line[: match.start()] + "|" * len(match.group()) + line[match.end() :]
    time = min(TIME.finditer(line), key=lambda match: abs(match.start() - own[0].start()), default=None)
    if not _hardly_anything_else(TIME.sub("|", line)):
        return None
    return day, dt.time(int(time["hour"]), int(time["minute"])) if time else None


def names_no_day(text: str) -> bool:
    """Whether a line names a day that no calendar has, and hardly anything else; telephones are no dates.

    >>> [names_no_day(line) for line in ("31 ноября 2003 г.", "30.02.1998", "30 ноября 2003 г.", "Тел. 22-33-44")]
    [True, True, False, False]
    """
    if len(text) > LONGEST_LINE:
        return False
    line = re.sub(r"\s+", " ", text.replace("ё", "е")).strip()
    matches = [match for match in _date_matches(line.lower()) if len(match.groupdict().get("year") or "") == 4]
    if not matches or any(_day(match, None) for match in matches):
        return False
    for match in matches:
        line = line[: match.start()] + "|" * len(match.group()) + line[match.end() :]
    return _hardly_anything_else(TIME.sub("|", line))


def read_stamp(stamp: str, zone: ZoneInfo) -> Moment | None:
    """The day and time of a machine's stamp (ISO 8601, RFC 2822, else a date line); an offset is turned to `zone`.

    >>> read_stamp("2021-05-15T23:42:00Z", ZoneInfo("Europe/Moscow"))
    (datetime.date(2021, 5, 16), datetime.time(2, 42))
    """
    stamp = stamp.strip()
    if len(stamp) > LONGEST_LINE:
        return None
    moment = _iso(stamp) or _rfc2822(stamp)
    if moment is None:
        return read_date(stamp)
    if moment.tzinfo:
        try:
            if moment.timestamp() == 0:  # a content system's «no date»
                return None
            moment = moment.astimezone(zone)
        except OverflowError:
            return None
    day = _valid(moment.year, moment.month, moment.day)
    if day is None:
        return None
    return day, moment.time().replace(second=0, microsecond=0) if ":" in stamp or "T" in stamp else None


def date_in_url(url: str) -> dt.date | None:
    """The day an address carries, None if it carries only a month or none.

    >>> date_in_url("https://example.ru/2022/01/31/70356794/")
    datetime.date(2022, 1, 31)
    """
    for pattern in URL_DATES:
        for match in pattern.finditer(url):
            day = _valid(int(match["year"]), int(match["month"]), int(match["day"]))
            if day and day.year >= FIRST_WEB_YEAR:
                return day
    return None


def _date_matches(line: str) -> list[re.Match[str]]:
    """The dates of a line in their order; where two patterns meet, the one named first counts."""
    found: list[re.Match[str]] = []
    for pattern in DATES:
        for match in pattern.finditer(line):
            if all(match.end() <= other.start() or match.start() >= other.end() for other in found):
                found.append(match)
    return sorted(found, key=lambda match: match.start())


def _day(match: re.Match[str], base: dt.date | None) -> dt.date | None:
    """The day that a match of DATES names, if there is such a day."""
    named = match.groupdict()
    if named.get("relative"):
        return base - dt.timedelta(RELATIVE[named["relative"]]) if base else None
    month = MONTH_OF[named["name"]] if named.get("name") else int(named["month"])
    if "year" in named:
        return _valid(_full_year(named["year"], base), month, int(named["day"]))
    return _valid(base.year, month, int(named["day"])) if base else None


def _full_year(year: str, base: dt.date | None) -> int:
    """A year of two digits is the latest one that has come: a paper does not print its future."""
    if len(year) == 4:
        return int(year)
    latest = (base or dt.date.today()).year
    return latest - (latest - int(year)) % 100


def _valid(year: int, month: int, day: int) -> dt.date | None:
    """The day, if the calendar has it and a paper can have been printed on it."""
    if not FIRST_YEAR <= year <= dt.date.today().year + 1:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _hardly_anything_else(line: str) -> bool:
    """Whether what stands beside the date («|») is numbers, small words, or a few names set off by a sign."""
    others = 0
    for part in re.split(r"[|,.;:()«»\"/\\•·—–-]+", line):
        words = [
            word for word in NOT_PUNCTUATION.findall(part) if not word.isdigit() and word.lower() not in SMALL_WORDS
        ]
        if any(not word[0].isupper() for word in words):
            return False
        others += len(words)
    return others <= OTHER_WORDS


def _iso(stamp: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(OFFSET_WITH_SPACE.sub("", stamp))
    except ValueError:
        return None


def _rfc2822(stamp: str) -> dt.datetime | None:
    try:
        return parsedate_to_datetime(stamp)
    except (ValueError, TypeError, IndexError):
        return None
