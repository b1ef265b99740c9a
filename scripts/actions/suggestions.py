"""Lists what readers suggest to correct, and notes what is decided."""

from archive.home import Home
from archive.records.suggestions import SuggestionQueue
from archive.text.harmless import in_one_line
from scripts.actions.indexing import user_name
from scripts.output import messages

STATES = {"waiting": "ждёт", "accepted": "принято", "rejected": "отклонено"}


def show(home: Home, every: bool) -> int:
    """`podshivka suggestions list`: those that wait, or all that are kept, a line each."""
    kept = SuggestionQueue(home.suggestions)
    for one in kept.all() if every else kept.waiting():
        fields = (str(one.number), one.at.replace("T", " ")[:16], STATES[one.state], one.page, one.text, one.who)
        messages.put("\t".join(map(in_one_line, fields)))
    return 0


def accept(home: Home, number: int) -> int:
    """`podshivka suggestions accept`: 1 where none of that number waits."""
    decided = SuggestionQueue(home.suggestions).decide(number, "accepted", user_name())
    if decided:
        messages.put(f"Принято: {decided.text}")
        messages.put(f"Страница {decided.page}. Имя правят командами podshivka authority или строкой в словаре имён.")
    return missed(number, bool(decided))


def reject(home: Home, number: int) -> int:
    """`podshivka suggestions reject`: 1 where none of that number waits."""
    decided = SuggestionQueue(home.suggestions).decide(number, "rejected", user_name())
    if decided:
        messages.put(f"Отклонено: {decided.text}")
    return missed(number, bool(decided))


def missed(number: int, is_done: bool) -> int:
    """Says that there is no such suggestion, where there is none."""
    if not is_done:
        messages.put(f"Предложения № {number} в очереди нет.", err=True)
    return int(not is_done)
