"""Parts plain text into paragraphs: joins broken lines, parts glued paragraphs, leaves all else as printed.

Three habits are told apart by the text itself: a paragraph a line; lines broken at the width of a page («пред-»,
«приятие»); paragraphs glued with no space between them («вопросов.Как сообщили»).
"""

import re
from functools import partial
from itertools import pairwise

LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b-\u200d\u2060\ufeff]")
SPACES = re.compile(r"[ \t]+")

# A word broken at the end of a line: the hyphen goes unless it is the word's own.
BREAK_IN_WORD = re.compile(r"(?<=[^\W_])([-\u2010\u00ad])[ \t]*\n[ \t]*(?=([^\W_]{1,40}))")
HYPHENED = re.compile(r"(?<![^\W_])[^\W_]{1,40}-[^\W_]{1,40}")
WORD_AT_END = re.compile(r"[^\W_]+$")
HYPHEN_AT_END = re.compile(r"[^\W_][-\u2010\u00ad]$")
OWN_HYPHEN = re.compile(
    r"(?:северо|юго|северно|южно|западно|восточно|экс|вице|кое|кой)-\w+"
    r"|\w*\d-\w+"  # 20-летие
    r"|(?:что|как|кто|где|когда|куда|откуда|почему|зачем|чего|чему|кого|кому|кем|чем|чей|как(?:ой|ая|ое|ие|ого|ую))"
    r"-(?:то|либо|нибудь)"
    r"|из-(?:за|под)|вс[её]-таки|во-(?:первых|вторых)|в-третьих"
    r"|по-(?:прежнему|своему|моему|нашему|вашему|новому|старому|разному|другому|видимому|настоящему|русски)"
)

# Lines broken at the width of a page.
NARROWEST, WIDEST = 20, 120  # characters
FULL = 0.72  # of the width: a shorter line ends a paragraph (a title, say) if the next word had room on it
ROOMY = 0.9  # the same, where the line ends a sentence
MARGIN_SHARE = 0.9  # of the lines are indented where the whole page has a margin
FULL_SHARE = 0.3  # of the lines at least are full where lines are broken
MIDDLE_SHARE = 0.3  # of the full ones end in mid-sentence where lines are broken; paragraphs a line hardly ever do
SENTENCE_END = re.compile(r"[.!?…:;]['\"»”)\]]*$")
LINE_START = re.compile(r"[-–—•*][ \xa0]|[«\"„(\[]?[A-ZА-ЯЁ\d]")

# Glued paragraphs: a sentence's end, no space, the beginning of the next.
GLUE = re.compile(
    r"(?<![.!?…])(?:(?P<dots>…|\.\.+)|[.!?]+)[»”)]*\"?"
    r"(?=[«\"„(]?(?:(?P<word>[A-ZА-ЯЁ][^\W\d_]{0,40})(?![.!?@]|\w)|(?P<number>\d+)[ \xa0](?P<counted>[а-яё]+))"
    r"|(?P<dash>[-–—])[ \xa0][«\"„]?[A-ZА-ЯЁ\d])"
)
LAST_WORD = re.compile(r"[^\s«„(\"]*$")
ONE_LETTER_WORDS = frozenset("АВИКОСУЯ")
MONTH = re.compile(r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)")
DOMAIN = re.compile(
    r"(?:ру|рф|рус|онлайн|дети|москва|дзен|инфо|реалии|ru|su|ua|by|kz|com|net|org|info|biz|online|news|life|media|tv|fm)$"
)
ABBREVIATION = re.compile(
    r"(?:^|[-.,;(])(?:[а-яёa-z]|ул|им|пос|пст|пгт|оз|ст|пл|пр|пр-т|пр-д|просп|наб|бул|пер|мкр|обл|респ|дер|хут|сел|корп|стр|лит|кв|"
    r"эт|каб|офис|тел|факс|моб|гр|проф|акад|доц|ген|полк|подп|лейт|кап|серж|тов|св|зам|нач|инж|см|ср|рис|табл|илл|вып|изд|"
    r"ред|авт|сост|кн|гл|разд|англ|нем|лат|род|ок|бывш|напр|д-р|г-н|г-жа|ч|п|яндекс|гг)$",
    re.IGNORECASE,
)
CLOSING_ABBREVIATION = re.compile(r"(?:\d[ \xa0]?гг?|\bт\.[ \xa0]?[дп])$")  # «1998 г.», «и т. д.» may end a sentence
OPEN_NAME, CLOSED_NAME = re.compile(r"[«„\"][^«»„“\"]{1,30}$"), re.compile(r"[^«»„“\".]{0,30}[»“\"]")
COMMA_AND_DASH = re.compile(r",[-–—][ \xa0]")  # an old hand: «— Да,— сказал он.— Идём» is one paragraph


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a plain text, mended and free of line breaks.

    >>> paragraphs("Обсудили ряд вопросов.Как сообщили в ми-\\nнистерстве, будет стан.")
    ('Обсудили ряд вопросов.', 'Как сообщили в министерстве, будет стан.')
    """
    lines = [SPACES.sub(" ", line).rstrip() for line in LINE_END.sub("\n", INVISIBLE.sub("", text)).split("\n")]
    blocks = _join_words(_blocks(lines)).split("\n\n")
    return tuple(part for block in blocks for part in _parted(_one_line(block)))


def mend(paragraph: str) -> str:
    """One paragraph without soft hyphens, hyphens at line ends, line breaks and runs of spaces.

    >>> mend("Крупней\\u00adшее пред-\\nприятие\\n«Титан-\\nБаррикады»")
    'Крупнейшее предприятие «Титан-Баррикады»'
    """
    return _one_line(_join_words(LINE_END.sub("\n", INVISIBLE.sub("", paragraph))))


def _one_line(text: str) -> str:
    return SPACES.sub(" ", text.replace("\n", " ")).strip()


def _join_words(text: str) -> str:
    """Words broken at line ends made whole, soft hyphens removed."""
    if BREAK_IN_WORD.search(text):
        text = BREAK_IN_WORD.sub(partial(_joint, frozenset(HYPHENED.findall(text))), text)
    return text.replace("\u00ad", "")


def _joint(printed: frozenset[str], match: re.Match[str]) -> str:
    """What joins the halves of a broken word: a hyphen if it is the word's own, or if the text prints it elsewhere."""
    hyphen, after = match.groups()
    left = WORD_AT_END.search(match.string, max(0, match.start() - 40), match.start())
    before = left.group() if left else ""
    hyphened = f"{before}-{after}"
    own = (after[0].isupper() and not (before + after).isupper()) or OWN_HYPHEN.fullmatch(hyphened.lower())
    return "-" if hyphen != "\u00ad" and (own or hyphened in printed) else ""


def _width(lines: list[str]) -> int:
    """How wide a page is: its longest line, but for lone long addresses."""
    return max((len(line) for line in lines if " " in line.lstrip()), default=0)


def _broken(lines: list[str]) -> bool:
    """Whether these are lines of a page: about equally long, and many end in mid-sentence above a line that goes on."""
    inner = [(line, below.strip()) for line, below in pairwise(lines) if line and below.strip()]
    width = _width(lines)
    if not inner or not NARROWEST <= width <= WIDEST:
        return False
    full = [(line, below) for line, below in inner if len(line) >= FULL * width]
    middles = sum(not SENTENCE_END.search(line) and below[0].islower() for line, below in full)
    return 0 < MIDDLE_SHARE * len(full) <= middles and len(full) >= FULL_SHARE * len(inner)


def _blocks(lines: list[str]) -> str:
    """Lines put together into paragraphs: a blank line between two paragraphs, a line break inside one."""
    broken, width = _broken(lines), _width(lines)
    indents_tell = sum(line.startswith(" ") for line in lines) < MARGIN_SHARE * sum(map(bool, lines))
    text = [lines[0]]
    for above, line in pairwise(lines):
        room = (ROOMY if SENTENCE_END.search(above) else FULL) * width - len(above)
        short = LINE_START.match(line.strip()) and len(line.split(maxsplit=1)[0]) < room
        ends = not (above and line) or not broken or short or (indents_tell and line.startswith(" "))
        text += ["\n\n" if ends and not HYPHEN_AT_END.search(above) else "\n", line]
    return "".join(text)


def _parted(paragraph: str) -> list[str]:
    """A paragraph parted where others were glued to it."""
    old_dashes = COMMA_AND_DASH.search(paragraph)
    cuts: list[int] = []
    for match in GLUE.finditer(paragraph):
        left = paragraph[max(0, match.start() - 40) : match.start()]
        if match["dash"]:
            glued = not old_dashes
        elif match["dots"] and not match.group().endswith(("»", "”", ")")):
            glued = False
        else:
            glued = _sentence_ends(left, match) and _sentence_begins(left, match)
        if glued:
            cuts.append(match.end() - _opens_the_next(paragraph[cuts[-1] if cuts else 0 : match.end()]))
    parts = [paragraph[start:stop].strip() for start, stop in zip([0, *cuts], [*cuts, None], strict=True)]
    return [part for part in parts if part]


def _opens_the_next(left: str) -> bool:
    """Whether the straight quote that ends `left` has nothing there to close, and so opens what follows."""
    return left.endswith('"') and left.count('"') % 2 == 1


def _sentence_ends(left: str, match: re.Match[str]) -> bool:
    """Whether the word before the stop can end a sentence: no initial, abbreviation, or number of an item."""
    word = _last_word(left)
    bare = word.rstrip("»”)\"'")
    if word != bare or CLOSING_ABBREVIATION.search(left):
        return True
    if ABBREVIATION.search(bare) or (bare.isdigit() and len(bare) != 4) or (bare.istitle() and len(bare) < 4):
        return False
    if OPEN_NAME.search(left) and CLOSED_NAME.match(match.string, match.end()):  # «Вести.Экономика»
        return False
    return match.group()[0] == "." or len(bare) > 2


def _last_word(left: str) -> str:
    found = LAST_WORD.search(left)
    return found.group() if found else ""


def _sentence_begins(left: str, match: re.Match[str]) -> bool:
    """Whether what follows can begin a sentence: no initial, no domain, no second part of a name or number."""
    if match["number"]:
        before = left[-5:] if not MONTH.match(match["counted"]) else left[-1:].lower()
        return before.isalpha() and before.islower()
    word = match["word"]
    if len(word) == 1:
        return word in ONE_LETTER_WORDS and match.string[match.end("word") : match.end("word") + 1] in " \xa0"
    if DOMAIN.match(word.lower()):
        return False
    if word.isascii():
        return not left[-1:].isascii()
    return not word.isupper() or _last_word(left).islower()
