"""Makes text from outside harmless where it is printed, logged or written into a table.

What steers a terminal, begins a line, turns the direction of writing or is no character is shown as an escape («\\n»,
«\\x1b», «\\u202e»), so that it is seen and does nothing.
"""

import re
import unicodedata

UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, marks of direction, halves of characters, no characters
KEPT = {"\u00ad", "\u200d", "\u200c"}  # soft hyphens and joiners steer nothing
FORMULA = re.compile(r"[=+\-@\t\r]")  # what a spreadsheet would work out (OWASP, CSV injection)
OWN_SIGNS = {"\n", "\t"}  # of our own sentences and tables


def in_one_line(text: str) -> str:
    """The text with everything unseen as escapes.

    >>> in_one_line("/\\n12:00:00 GET / 200")
    '/\\\\n12:00:00 GET / 200'
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_seen, text))


def in_lines(text: str) -> str:
    """The same of what we say ourselves: its lines and columns stay."""
    return "".join(sign if sign in OWN_SIGNS else _seen(sign) for sign in text)


def table_cell(text: str) -> str:
    """The text as a cell: in one line, and no formula whatever it begins with.

    >>> table_cell("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    return "'" + in_one_line(text) if FORMULA.match(text) else in_one_line(text)


def _seen(sign: str) -> str:
    if sign in KEPT or unicodedata.category(sign) not in UNSEEN:
        return sign
    return repr(sign)[1:-1]
