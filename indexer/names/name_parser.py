"""Takes a printed name apart: finds its words, those that belong together, and which is the surname."""

import re
from typing import NamedTuple

from indexer.names.transliteration import is_of_russians
from indexer.names.word_readings import PATRONYMIC, marks
from indexer.text.lemmas import known, parses
from indexer.text.tokens import fold

PIECE = re.compile(r"[^\W\d_]+(?:[’'`ʼ][^\W\d_]+)*")
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
MANS_PATRONYMIC_ENDING = re.compile("ич(?:а|у|ем|е)?$")
LIKE_SURNAME = re.compile(  # in any case
    "(?:(?:[оеё]в|[иы]н)(?:[аеу]|ой|ым)?|[сц]к(?:ий|ая|ой|ого|ому|им|ом|ую)|ко|[иы]х|дзе|швили"
    "|(?:ян|[чтщ]ук|[лн]юк|ич)(?:[ауе]|[ое]м)?|ец|ц(?:[ауе]|[ое]м))$"
)
MARKS_OF_RUSSIA = frozenset(("Name", "Patr"))
MOST_EASTERN_WORDS = 3  # words of a name of the Far East
ROMAN_NUMERAL = re.compile("[IVXL]+$")
PARTICLES = frozenset(
    "ага аль бей бек бен бин бинт ван да дас де дель дер ди дю заде ибн кызы ла ле оглу оглы паша сан уль уд фон хан "
    "цу эд эль эр".split()
)
EASTERN = frozenset(  # surnames of China, Korea and Vietnam; they stand first
    "ан бай буй ван во вон вэй го гао гу дай данг дин до дун дэн е жэнь им инь кан квон ким ко кон ку кун ле ли лим "
    "линь ло лу лун лю люй лян ляо ма мао мин мун мэн на нам нгуен нго о оу пак пан пань пэн ро рю се си син со сон су "
    "сун сунь сюй сюн сюэ сяо тан тань тао тянь у фам фан фань фу фэн хан хань хао хван хо хоу хон ху хуа хуан хэ цай "
    "цао цзен цзин цзинь цзэн цзя цзян цинь цуй цю цянь чан чжан чжао чжо чжоу чжу чжуан чжун чжэн чо чой чон чхве чэн "
    "чэнь ши шэнь шао ын ю юань юй юн ян янь яо зыонг".split()
)
EASTERN_IN_A_CASE = re.compile(f"({'|'.join(sorted(EASTERN))})(?:а|у|ом|е|я|ю|ем)?")


class Part(NamedTuple):
    """A run of letters in a name and what it is there."""

    start: int
    stop: int
    text: str
    what: str  # "word", "undeclined", "initial", "particle", "latin"
    joined: bool  # a hyphen stands before it


def parts_of(text: str) -> list[Part]:
    """Words, initials, particles and Latin words of a name."""
    found: list[Part] = []
    for match in PIECE.finditer(text):
        word, start, stop = match.group(), match.start(), match.end()
        dot = text[stop : stop + 1] == "."
        if found and ROMAN_NUMERAL.match(word):
            what = "latin"
        elif word[0].isupper() and (len(word) == 1 or (len(word) == 2 and dot)):
            what = "initial"
        elif ROMAN_NUMERAL.match(word) or not CYRILLIC.search(word):
            what = "latin"
        elif word.lower() in PARTICLES and (word.islower() or found):
            what = "particle"
        else:
            what = "word"
        joined = bool(found) and text[found[-1].stop : start] in ("-", "–", "‑")
        found.append(Part(start, stop, word, what, joined))
    return _declined_last(found) if _is_eastern(text, found) else found


def is_eastern(form: str) -> bool:
    """Whether a folded word is a surname of the Far East, in any case.

    >>> is_eastern("хвана"), is_eastern("си"), is_eastern("иванов")
    (True, True, False)
    """
    return bool(EASTERN_IN_A_CASE.fullmatch(form))


def _is_eastern(text: str, parts: list[Part]) -> bool:
    """Whether a name is one of the Far East with the surname first («Ким Чен Ына», «Ван И», but not «Ким Алексея»)."""
    if not 1 < len(parts) <= MOST_EASTERN_WORDS or "." in text or not is_eastern(fold(parts[0].text)):
        return False
    is_one = all(part.what in ("word", "initial") and not part.joined for part in parts[1:])
    return is_one and MARKS_OF_RUSSIA.isdisjoint(marks(fold(parts[1].text)))


def _declined_last(parts: list[Part]) -> list[Part]:
    """Only the last word declines; the surname, too, where it is printed in another case («Кима Чен Ира»)."""
    surname, *middle, last = (part._replace(what="word") for part in parts)
    undeclined = [part._replace(what="undeclined") for part in (surname, *middle)]
    return [undeclined[0] if fold(surname.text) in EASTERN else surname, *undeclined[1:], last]


def units_of(parts: list[Part]) -> list[list[Part]]:
    """Parts that make one word of the name: joined by hyphens, a particle with its surname, «II» with its name."""
    units: list[list[Part]] = []
    for part in parts:
        if units and (part.joined or _goes_on(units[-1][-1], part)):
            units[-1].append(part)
        else:
            units.append([part])
    return units


def _goes_on(last: Part, part: Part) -> bool:
    if last.what == "particle" and not _closes(last.text):
        return True
    return (
        _closes(part.text) if part.what == "particle" else bool(ROMAN_NUMERAL.match(part.text)) and part.what == "latin"
    )


def _closes(particle: str) -> bool:
    """«оглы», «кызы», «заде» stand after the name that they belong to."""
    return particle.lower() in ("оглы", "оглу", "кызы", "заде", "бей", "бек", "хан", "паша", "ага", "сан")


def slots_of(units: list[list[Part]]) -> str:
    """One letter for each unit: s surname, g given name, p patronymic.

    >>> [slots_of(units_of(parts_of(name))) for name in ("Бочаров А. И.", "Андреем Ивановичем", "Анне Вашукевич")]
    ['sgp', 'gp', 'gs']
    """
    initials = [unit[0].what == "initial" for unit in units]
    if not units:
        return ""
    said = [marks(fold(unit[0].text)) | _patronymic_by_particle(unit) for unit in units]
    if initials == [False, True] and _slot_alone(said[0]) == "g":
        return "gs"  # «Вячеслав П.»
    if any(initials) and not all(initials):
        return _slots_with_initials(initials)
    if len(units) == 1:
        return _slot_alone(said[0])
    patronymic = [
        bool(PATRONYMIC.search(fold(unit[0].text))) or "Patr" in mark for unit, mark in zip(units, said, strict=True)
    ]
    if len(units) == 2:
        is_patronymic = patronymic[1] and "Surn" not in said[1] and not _is_like_patronymic(units[1])
        if is_patronymic and ("Name" in said[0] or "Surn" not in said[0]):
            return "gp"
        if "Name" not in said[1] or "Surn" in said[1]:
            return "gs"
        if fold(units[0][0].text) in EASTERN:  # «Ким Алексей»
            return "sg" if _is_usual_in_russia(units[1]) else "gs"
        is_russian = not said[0] and (_is_like_surname(units[0]) or _is_usual_in_russia(units[1]))
        return "sg" if "Name" not in said[0] and ("Surn" in said[0] or is_russian) else "gs"
    if len(units) == 3 and patronymic[2] and not patronymic[1]:
        return "sgp"
    if len(units) == 3 and patronymic[1]:
        return "gps"
    return "g" * (len(units) - 1) + "s"


def _is_like_patronymic(unit: list[Part]) -> bool:
    """Whether a word that the dictionary does not have is rather a surname like «Вашукевич», borne by women too."""
    form = fold(unit[0].text)
    return len(unit) == 1 and not known(form) and bool(MANS_PATRONYMIC_ENDING.search(form))


def _is_like_surname(unit: list[Part]) -> bool:
    """Whether a word that the dictionary does not have ends as surnames do in Russia («Санна Марин» is no «Марин»)."""
    return bool(LIKE_SURNAME.search(fold(unit[-1].text)))


def _is_usual_in_russia(unit: list[Part]) -> bool:
    """Whether a word is one person's given name that is usual in Russia («Голуб Вероника»)."""
    names = (parse for parse in parses(fold(unit[0].text)) if {"Name", "sing"} <= parse.tag.grammemes)
    return any(is_of_russians(fold(parse.normal_form)) for parse in names if "voct" not in parse.tag)


def _patronymic_by_particle(unit: list[Part]) -> frozenset[str]:
    return frozenset({"Patr"} if unit[-1].text.lower() in ("оглы", "оглу", "кызы") else ())


def _slots_with_initials(initials: list[bool]) -> str:
    """«А. И. Бочаров», «Бочаров А. И.», «Андрей И. Бочаров», «А. Андрей Бочаров»."""
    words = initials.count(False)
    if words == 1:
        letters = iter("gp" + "p" * len(initials))
        return "".join(next(letters) if initial else "s" for initial in initials)
    if not initials[0] and not initials[-1]:
        return "g" + "p" * (len(initials) - 2) + "s"
    if initials[-1]:
        return "s" + "g" * (words - 1) + "p" * (len(initials) - words)
    return "g" * (len(initials) - 1) + "s"


def _slot_alone(said: frozenset[str]) -> str:
    if "Surn" in said or not said:
        return "s"
    return "g" if "Name" in said else "p"
