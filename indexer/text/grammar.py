"""Names cases and sexes, and says which cases prepositions govern."""

from typing import Literal

Sex = Literal["m", "f", ""]  # "": cannot be told
Case = Literal["n", "g", "d", "a", "i", "p"]
CASES: tuple[Case, ...] = ("n", "g", "d", "a", "i", "p")
SexCase = tuple[Sex, Case]
SEX_CASES: tuple[SexCase, ...] = tuple((sex, case) for sex in ("m", "f") for case in CASES)
CASE_OF: dict[str, Case] = {  # of OpenCorpora's grammemes
    "nomn": "n", "gent": "g", "gen1": "g", "gen2": "g", "datv": "d", "accs": "a", "acc2": "a", "ablt": "i",
    "loct": "p", "loc1": "p", "loc2": "p",
}  # fmt: skip
GOVERNED: dict[str, str] = {  # preposition → the cases it may govern
    **dict.fromkeys("от у для из без до после против около ради кроме вокруг мимо среди вместо помимо".split(), "g"),
    **dict.fromkeys("к ко благодаря вопреки согласно по навстречу".split(), "d"),
    **dict.fromkeys("про через сквозь".split(), "a"),
    **dict.fromkeys("о об обо при".split(), "p"),
    **dict.fromkeys("с со".split(), "ig"),
    **dict.fromkeys("в во на".split(), "ap"),
    **dict.fromkeys("за под".split(), "ia"),
    **dict.fromkeys("над перед между".split(), "i"),
}
