"""Gives one key to all usual spellings of a foreign name in Russian letters.

One foreign sound is written with several letters («Мэй» and «Мей», «Хуркач» and «Гуркач», «Ротвелл» and «Ротуэлл»,
«Йоханссон» and «Йохансон»): read off the spellings of BSNLP and of 23,000 newspaper articles.
"""

import re
from functools import lru_cache

RUSSIAN_SURNAME = re.compile("(?:[оеи]в|ин|ын|[сц]кий|[оеи]ва|ина|ына|[сц]кая|енко|ко|чук|юк|их|ых)$")
RUSSIAN_GIVEN_NAMES = frozenset("""
александр алексей анатолий андрей антон аркадий артем артур борис вадим валентин валерий василий виктор виталий владимир
владислав всеволод вячеслав геннадий георгий герман глеб григорий давид даниил данила денис дмитрий евгений егор ефим
иван игорь илья иосиф карл кирилл константин лев леонид максим марк михаил никита николай олег павел петр роберт родион
роман руслан семен сергей станислав степан тимофей тимур федор филипп эдуард юрий яков ян ярослав
александра алена алина алла анастасия анжелика анна валентина валерия вера вероника виктория галина дарья диана
екатерина елена елизавета жанна зинаида инна ирина карина кристина ксения лариса лидия любовь людмила маргарита марина
мария милана надежда наталия наталья нина оксана олеся ольга полина раиса регина римма светлана снежана софия софья
тамара татьяна ульяна юлия яна ярослава
""".split())  # fmt: skip
SAME_SOUNDS = (
    ("йо|ьо", "е"),
    ("[эё]", "е"),
    ("[ьъ]", ""),
    ("[йы]", "и"),
    ("дж", "ж"),
    ("тс", "ц"),
    ("х", "г"),
    ("(?<=.)з", "с"),
    ("ув|у(?=[аеиоюя])", "в"),
    (r"([а-я])\1+", r"\1"),
    ("(?<=....)еи$", "и"),  # «Макгахей» and «Макгахи»
)
SPELLINGS = tuple((re.compile(some), one) for some, one in SAME_SOUNDS)


def is_foreign(surname: str) -> bool:
    """Whether its ending is not one of Russian and Ukrainian surnames."""
    return not RUSSIAN_SURNAME.search(surname)


def sound(surname: str) -> str:
    """The same for all spellings of a foreign surname; a Russian one is spelt in one way.

    >>> sound("ротуэлл") == sound("ротвелл"), sound("боган") == sound("богдан"), sound("панков") == sound("паньков")
    (True, False, False)
    """
    return heard(surname) if is_foreign(surname) else surname


@lru_cache(1 << 16)
def heard(name: str) -> str:
    """The same for all spellings of a foreign name: «Дэвид» and «Девид», «Хафтор» and «Гафтор»."""
    for some, one in SPELLINGS:
        name = some.sub(one, name)
    return name


def is_of_russians(given: str) -> bool:
    """Whether it is a usual name in Russia, where a surname is spelt as the passport has it: «Бас» is not «Басс»."""
    return given in RUSSIAN_GIVEN_NAMES
