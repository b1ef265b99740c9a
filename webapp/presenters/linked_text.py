"""Prints a line of an article with its names as links and the words of a search marked and numbered."""

from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from search.result import Marks, NamedSpan
from webapp.presenters.hits import KIND_STYLES


class LinkedText:
    """Prints the lines of one article in order; marks are numbered through it."""

    def __init__(self, address: Callable[[str, str], str]) -> None:
        self._address = address  # of a kind and a key
        self.marks = 0

    def line(self, text: str, marks: Marks, names: Sequence[NamedSpan] = ()) -> Markup:
        """One line, escaped; a mark that goes past the edge of a name is cut there."""
        parts: list[Markup | str] = []
        at = 0
        for span in names:
            parts.append(self._marked(text, at, span.start, marks))
            inside = self._marked(text, span.start, span.stop, marks)
            style, url = KIND_STYLES[span.kind], escape(self._address(span.kind, span.key))
            parts.append(Markup(f'<a class="{style}" href="{url}">{inside}</a>'))  # both are escaped
            at = span.stop
        parts.append(self._marked(text, at, len(text), marks))
        return Markup("").join(parts)

    def _marked(self, text: str, start: int, stop: int, marks: Marks) -> Markup:
        parts: list[Markup | str] = []
        at = start
        for first, last in marks:
            if last <= at or first >= stop:
                continue
            parts.append(escape(text[at : max(at, first)]))
            self.marks += first >= start  # what goes on in a name has its number already
            number = Markup(f' id="m{self.marks}"') if first >= start else Markup("")
            parts.append(Markup("<mark{}>{}</mark>").format(number, text[max(at, first) : min(last, stop)]))
            at = min(last, stop)
        parts.append(escape(text[at:stop]))
        return Markup("").join(parts)
