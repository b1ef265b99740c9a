"""Cuts a text into tokens once, for the taggers and for all rules that look at what stands beside a name."""

import re
from bisect import bisect_left

LETTERS = "[а-яё]+|[a-zà-ɏ]+"
DASH = "[-‑–—−_]"
TOKEN = re.compile(
    rf"\n|(?:{LETTERS}|\d+(?:[.,/]\d+)*)(?:{DASH}(?:{LETTERS}|\d+(?:[.,/]\d+)*))*|[.!?…]+|--|\*\*|\S", re.IGNORECASE
)
LAST_PART = re.compile(r"(?<![^\W_])[^\W_]*$")
LINE_END = "\n"
OPENING = frozenset('«"“„')
CLOSING = frozenset('»"”“')
BLANKS = " \u00a0"


class CutText(str):
    """A text with its tokens in order (words, numbers, signs, line ends) and where each begins."""

    __slots__ = ("starts", "words")
    words: list[str]
    starts: list[int]

    def __new__(cls, text: str) -> "CutText":
        found = list(TOKEN.finditer(text))
        self = super().__new__(cls, text)
        self.words = [match[0] for match in found]
        self.starts = [match.start() for match in found]
        return self

    def tokens_before(self, offset: int) -> int:
        """How many tokens begin before an offset: the number of the first one there."""
        return bisect_left(self.starts, offset)

    def before(self, offset: int, most: int) -> list[str]:
        """The last tokens that begin before an offset, in order.

        >>> CutText("Приехал мэр г. Камышина").before(15, most=3)
        ['мэр', 'г', '.']
        """
        return self.words_to(self.tokens_before(offset), most)

    def words_to(self, last: int, most: int) -> list[str]:
        """The tokens before the one of a number, in order, the last of them a whole word."""
        words = self.words[max(0, last - most) : last]
        if self.continues(last - 1):
            first = self.first_of_word(last - 1)
            words[first - last :] = [self[self.starts[first] : self.stop(last - 1)]]
        return words

    def stop(self, number: int) -> int:
        """Where a token ends."""
        return self.starts[number] + len(self.words[number])

    def touches(self, number: int) -> bool:
        """Whether nothing stands between a token and the one before it."""
        return number > 0 and self.stop(number - 1) == self.starts[number]

    def continues(self, number: int) -> bool:
        """Whether a token goes on with the word of the one before it («АО» in «GroupАО»)."""
        return self.touches(number) and self.words[number - 1][-1].isalnum() and self.words[number][0].isalnum()

    def first_of_word(self, number: int) -> int:
        """The number of the first token of a word that one of its tokens belongs to."""
        while self.continues(number):
            number -= 1
        return number

    def unquoted(self, offset: int) -> int:
        """How many tokens stand before an offset, an opening quote right before it passed over."""
        last = self.tokens_before(offset)
        return last - 1 if last and self.words[last - 1] in OPENING and self.stop(last - 1) == offset else last

    def last_part(self, number: int) -> str:
        """The letters and digits at the end of a word, "" of a sign, by the number of its last token.

        >>> CutText("бизнес-леди").last_part(0), CutText("танк Т90").last_part(2), CutText("сказал,").last_part(1)
        ('леди', 'Т90', '')
        """
        word = self[self.starts[self.first_of_word(number)] : self.stop(number)]
        return word if word.isalpha() else LAST_PART.findall(word)[0]
