"""Finds bodies of power that a text names in small letters («мэрия Москвы»), and schools and hospitals by their number.

Their first word has a capital where a sentence begins with it. It also finds the place of a body that is named in
capitals: the «Верховный суд» of an article may be that of Bangladesh.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from indexer.lexicon.type_kinds import type_kind
from indexer.lexicon.type_words import NO_BODIES, words
from indexer.names.organisation_names import nominative_body
from indexer.names.word_readings import noun_readings
from indexer.text.cut_text import CLOSING, OPENING
from indexer.text.grammar import Case
from indexer.text.lemmas import known, lemmas, share
from indexer.text.spans import Place, Taken
from indexer.text.tokens import fold
from indexer.text.words import WORD

HEADS_OF_PLACES = words("""
    правительство парламент администрация мэрия горадминистрация облдума гордума прокуратура генпрокуратура сборная
    посольство консульство генштаб полиция госдепартамент избирком генконсульство разведка
""")  # by themselves they name nobody
HEADS_OF_MATTERS = words("комитет департамент министерство госкомитет")
NO_MATTERS = words("""
    страна регион столица государство президент губернатор глава город область край республика район округ
    итог результат решение мнение слово данные факт повод причина инициатива поручение адрес
""")  # which committee, or why; not what for
BEFORE_TOWN = words("город поселок село станица деревня хутор")  # «администрация города Отрадное»
HEADS = HEADS_OF_PLACES | HEADS_OF_MATTERS
CAPITAL_HEADS = words("""
    правительство парламент администрация мэрия прокуратура генпрокуратура сборная посольство генштаб полиция конгресс
    сенат суд министерство мид мвд минобороны минфин минздрав минюст центробанк госдепартамент кабинет совет собрание
    академия федерация союз комитет палата комиссия агентство фонд департамент управление служба инспекция корпорация
    институт
""")
OF_A_STATE = words("верховный конституционный высший следственный")
OF_STATES = OF_A_STATE | words("""
    правительство парламент сенат конгресс министерство кабинет мид мвд центробанк генштаб генпрокуратура посольство
    сборная президент
""")  # of ours or of another
OF_RUSSIA_AT_END = re.compile(r"(?:^|[ \u00a0])(?:России|РФ|Российской[ \u00a0]Федерации)$")  # «МИД России» is the МИД
DIVISIONS = words("область край республика район округ город штат провинция федерация")
STEMS = sorted(stem for head in HEADS for base in [head.rstrip("аяоейь")] for stem in (base, base.capitalize()))
NUMBERED = re.compile(  # «городской больницы №2», «детском саду № 140»
    r"(?<![\w-])((?:(?:городск|областн|районн|краев|республиканск|центральн|детск|взросл|клиническ|инфекционн|участков|"
    r"средн|начальн|основн|общеобразовательн|вечерн|коррекционн|музыкальн|спортивн|художественн|медицинск|"
    r"стоматологическ|профессиональн)[а-яё]{2,3}[ \u00a0]){0,3}"
    r"(?:детск[а-яё]{2,3}[ \u00a0](?:сад|дом)|родильн[а-яё]{2,3}[ \u00a0]дом|школ|гимнази|лице|(?:гор|рай)?больниц|"
    r"поликлиник|роддом|диспансер|интернат|детсад|училищ|колледж)[а-яё]{0,3})[ \u00a0]?№[ \u00a0]?(\d+)(?![\w-])",
    re.IGNORECASE,
)
REGIONS = {"област": "областн", "кра": "краев", "республик": "республиканск"}
OF_REGION = re.compile(  # «областной прокуратуры», «прокуратуры области»: a paper has one region
    r"(?<![\w-])(?:(?P<adjective>областн|краев|республиканск)[а-яё]{2,3}[ \u00a0](?P<head>HEADS)"
    r"|(?P<before>HEADS)[ \u00a0](?P<region>област|кра|республик)[ияй](?![ \u00a0](?-i:[А-ЯЁ])))(?![\w-])".replace(
        "HEADS", "(?:администраци|прокуратур|дум|суд|правительств|избирком)[а-яё]{0,3}"
    ),
    re.IGNORECASE,
)
# one stands in each of these names
REGION_SIGNS = ("бластн", "раев", "еспубликанск", " области", " края", " республики")
HEAD_WORD = re.compile(rf"(?<!\w)(?:{'|'.join(STEMS)})[а-яё]{{0,3}}(?![\w-])")
WORD_AFTER = re.compile(r"[ \u00a0]([^\W\d_]+(?:-[^\W\d_]+)*)")
OFFICE = re.compile(r"(?<=дминистраци.)[ \u00a0](?:президента|губернатора)(?![\w-])")
BY_MATTER = re.compile(r"[ \u00a0]по(?=[ \u00a0])")
JOIN_OF_MATTERS = re.compile(r"(?:,| и)(?= )")
# a word before another capitalised one that is likelier to be a given name than this is no place
LEAST_GIVEN_SHARE = 0.1
MOST_WORDS = 8  # words of one name


def public_bodies_in(text: str, others: Iterable[Place]) -> list[Place]:
    """The places of such names that have nothing in common with the other names."""
    taken = Taken(text, others)
    schools = NUMBERED.finditer(text) if "№" in text else ()
    places = [one.span() for one in schools if is_numbered(one.group()) and not taken.meets(one.span())]
    regions = OF_REGION.finditer(text) if any(sign in text for sign in REGION_SIGNS) else ()
    places += [
        one.span()
        for one in regions
        if is_of_region(one.group()) and not taken.meets(one.span()) and not place_after(text, one.end())
    ]
    for match in HEAD_WORD.finditer(text):
        heads = lemmas(fold(match.group()))
        is_one = bool(share(fold(match.group()), "sing"))
        if not HEADS_OF_PLACES.isdisjoint(heads) and (is_one or match.group()[0].islower()):
            stop = place_after(text, match.end()) or whose_office(text, match.end())
        elif not HEADS_OF_MATTERS.isdisjoint(heads) and is_one:
            stop = matters_after(text, match.end())
        else:
            continue
        is_title = text[match.start() - 1 : match.start()] in OPENING and text[stop : stop + 1] in CLOSING
        if stop and not is_title and not taken.meets((match.start(), stop)):
            places.append((match.start(), stop))
    return places


def is_official(printed: str) -> bool:
    """Whether a name is one of those: a head in small letters and what it is the head of."""
    head, _, rest = printed.partition(" ")
    return bool(rest) and head.islower() and not HEADS.isdisjoint(lemmas(fold(head)))


def is_numbered(printed: str) -> bool:
    """Whether a name is that of one school, hospital, kindergarten with its number."""
    match = NUMBERED.fullmatch(printed)
    return match is not None and bool(share(fold(match[1].split()[-1]), "sing"))


def is_of_region(printed: str) -> bool:
    """Whether a name is that of one body of the region («областной прокуратуры»)."""
    match = OF_REGION.fullmatch(printed)
    return match is not None and bool(share(fold(match["head"] or match["before"]), "sing"))


def of_region(printed: str) -> str:
    """The nominative of such a name, one for both ways to say it.

    >>> of_region("прокуратуры области"), of_region("Краевого суда"), of_region("областному правительству")
    ('Областная прокуратура', 'Краевой суд', 'Областное правительство')
    """
    match = OF_REGION.fullmatch(printed.lower())
    assert match
    head = lemmas(fold(match["head"] or match["before"]))[0]
    stem = match["adjective"] or REGIONS[match["region"]]
    ending = "ая" if head[-1] in "ая" else "ое" if head[-1] == "о" else "ий" if stem.endswith("ск") else "ой"
    return f"{stem.capitalize()}{ending} {head}"


def is_short_for(label: str, other: str) -> bool:
    """Whether a nominative, with a number or of the region, is another's without what tells which.

    >>> is_short_for("Областной суд", "Волгоградский областной суд")
    True
    >>> is_short_for("Областная дума", "Дума Волгоградской области")
    True
    """
    if other.endswith(f" {label[:1].lower()}{label[1:]}"):
        return True
    head = label.split(" ")[1].lower()
    return is_of_region(label) and other.lower().startswith(head + " ") and other.endswith((" области", " края"))


def is_of_place(name: str, rest: str) -> bool:
    """Whether a longer name only says where the body is; of a state's bodies it says which.

    >>> is_of_place("Водоканал", "Петербурга"), is_of_place("Минобороны", "Украины"), is_of_place("Газпром", "нефть")
    (True, False, False)
    """
    return place_after(f" {rest}", 0) == len(rest) + 1 and not is_of_states(name)


def is_of_states(name: str) -> bool:
    """Whether every state has such a body («Минобороны», «Верховный суд»)."""
    heads = (lemma for word in WORD.findall(name) for lemma in lemmas(fold(word)))
    return name.startswith("Мин") or not OF_STATES.isdisjoint(heads)


def numbered(printed: str) -> str:
    """The nominative of such a name.

    >>> numbered("детского сада №140"), numbered("Больнице № 2"), numbered("поликлиники № 5")
    ('Детский сад № 140', 'Больница № 2', 'Поликлиника № 5')
    """
    match = NUMBERED.fullmatch(printed.lower())
    assert match
    is_nominative = any(r.case == "n" and not r.plural for r in noun_readings(fold(match[1].split()[-1])))
    name = nominative_body(match[1], governed="" if is_nominative else "gdaip").replace("детсад", "детский сад")
    return f"{name[:1].upper()}{name[1:]} № {match[2]}"


def nominative(printed: str) -> str:
    """The nominative of such a name: only its first word declines («сборной Дании» → «Сборная Дании»).

    >>> nominative("администрацией Урюпинска"), nominative("правительство РФ"), nominative("министерству спорта РФ")
    ('Администрация Урюпинска', 'Правительство России', 'Министерство спорта')
    """
    head, _, rest = printed.partition(" ")
    lemma = next((lemma for lemma in lemmas(fold(head)) if lemma in HEADS), head)
    whose = OF_RUSSIA_AT_END.search(rest)
    if whose:
        rest = rest[: whose.start()] + ("" if lemma in HEADS_OF_MATTERS else " России")
    return f"{lemma.capitalize()} {rest.strip()}"


def place_after(text: str, at: int) -> int:
    """Where the name of a place in the genitive that begins after a blank ends; 0 where there is none."""
    first = WORD_AFTER.match(text, at)
    if first and is_in(first[1], ("g",), noun=True) and lemmas(first[1])[0] in BEFORE_TOWN:
        town = WORD_AFTER.match(text, first.end())
        return (place_after(text, first.end()) or town.end()) if town and town[1][0].isupper() else 0
    if not first or not first[1][0].isupper():
        return 0
    second = WORD_AFTER.match(text, first.end())
    if second and is_in(first[1], ("g",), noun=False):
        if is_in(second[1], ("g",), noun=False) and second[1][0].isupper():  # «Донецкой Народной Республики»
            second = WORD_AFTER.match(text, second.end()) or second
        is_whole = second[1][0].isupper() and is_place(second[1])  # «Южной Кореи»
        if is_whole or lemmas(fold(second[1]))[0] in DIVISIONS:
            return second.end()
    is_person = second and second[1][0].isupper() and share(fold(first[1]), "Name") > LEAST_GIVEN_SHARE
    return first.end() if is_place(first[1]) and not is_person else 0


def is_place(word: str) -> bool:
    """A country or town in the genitive."""
    form = fold(word).partition("-на-")[0]  # «Ростова-на-Дону»
    return known(form) and share(form, "Geox") > 0 and any(r.case == "g" and r.proper for r in noun_readings(form))


def whose_office(text: str, at: int) -> int:
    """Where «президента США» ends, and «президента» where nobody is named after it; else 0."""
    office = OFFICE.match(text, at)
    following = WORD_AFTER.match(text, office.end()) if office else None
    if not office or not following or following[1][0].islower():
        return office.end() if office else 0
    return place_after(text, office.end())


def matters_after(text: str, at: int) -> int:
    """Where «промышленной политики, торговли», «по здравоохранению» ends, a place perhaps the last; 0: none."""
    by = BY_MATTER.match(text, at)
    return words_after(text, by.end(), "d") if by else words_after(text, at, "g")


def words_after(text: str, at: int, case: Case) -> int:
    """Where the words end that say what a committee is for, in their case or hanging on them in the genitive, and a
    place after them; 0 where there are none."""
    stop, sure, said = at, 0, ""
    for _ in range(MOST_WORDS):
        join = JOIN_OF_MATTERS.match(text, stop) if stop > at else None
        following = WORD_AFTER.match(text, join.end() if join else stop)
        own: tuple[Case, ...] = ("d", "p") if case == "d" else (case,)  # one form: «архитектуре»
        cases = (*own, "g") if join else own if said != "noun" else ("g",)
        more = matter(following[1], cases, first=stop == at) if following else ""
        if not following or not more:
            break
        if join:
            sure = (sure or stop) if join[0] == "," else 0  # a comma is one of the name's where «и» follows later
        stop, said = following.end(), more
    stop = sure or stop
    return 0 if stop == at or (said == "adjective" and not sure) else place_after(text, stop) or stop


def matter(word: str, cases: Sequence[Case], *, first: bool) -> Literal["noun", "adjective", ""]:
    """What a word says of what a committee is for; `first`: it follows the head, where a body's word says whose it is
    («комитет партии»); "": nothing («по этому вопросу», «комитет региона»)."""
    form = fold(word)
    if word[0].isupper():
        return "noun" if form in NO_BODIES and word.isupper() else ""
    lemma = lemmas(form)[0]
    if is_in(word, cases, noun=True) and not (first and (lemma in NO_MATTERS or type_kind(word))):
        return "noun"  # «министерство финансов области» is not the Минфин
    return "adjective" if is_in(word, cases, noun=False) and not share(form, "Apro") else ""


def is_in(word: str, cases: Iterable[Case], *, noun: bool) -> bool:
    """Whether a word can be a noun, or else an adjective, in one of the cases."""
    return any(r.case in cases and r.noun == noun and r.score > 0.05 for r in noun_readings(fold(word)))


def label_with_place(text: str, stop: int, label: str) -> str:
    """A body's label with the foreign country or the region that the text names right after it."""
    first, third = WORD.findall(label)[:2], WORD.findall(label)[2:3]  # «Московский районный суд»
    heads = {lemma for word in first for lemma in lemmas(fold(word))}
    heads |= {lemma for word in third for lemma in lemmas(fold(word)) if lemma == "суд"}
    end = 0 if CAPITAL_HEADS.isdisjoint(heads) and not is_numbered(label) else place_after(text, stop)
    place = text[stop:end].strip()
    town = place.removeprefix("города ")
    place = town if is_place(town) else place  # «суд города Киева»
    is_ours = bool(OF_RUSSIA_AT_END.match(place))
    if not place or (is_ours and (HEADS_OF_PLACES.isdisjoint(heads) or label.endswith(" России"))):
        return label
    return f"{label} {'России' if is_ours else place}"
