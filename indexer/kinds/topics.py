"""Says whether an article is about sport or a road accident."""

import re
from functools import lru_cache

SPORT = re.compile(  # of small letters
    r"\b(матч|тренер|шайб|вратар|голкипер|нападающ|форвард|полузащитник|защитник|футбол|хоккеи?|баскетбол|волейбол|гандбол"
    r"|турнир|чемпионат|плей-офф|дивизион|лиг[аиуе]\b|клуб|кхл|рпл|нхл|вхл|фнл|кпл|болельщик|овертайм|забил)"
)
ACCIDENT = re.compile(
    r"(дтп|столкн|водител|\bавари|пешеход|за рул[её]м|иномарк|легковушк|врезал|госавтоинспекц|гибдд|угнал|угон|\bсбил"
    r"|задержал|полицейск)"
)
WORDS_OF_TOPIC = {SPORT: 3, ACCIDENT: 2}  # different words of a matter in an article on it


@lru_cache(64)
def is_about(text: str, words: re.Pattern[str]) -> bool:
    """Whether an article is about a matter: so many different words of it."""
    return len(set(words.findall(text.lower()))) >= WORDS_OF_TOPIC[words]
