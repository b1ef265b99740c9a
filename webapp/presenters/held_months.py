"""Tells of the months of which the archive holds a paper: the years, the gaps, the bars of a drawing."""

from collections.abc import Mapping
from itertools import pairwise

from search.facets.periods import MONTH_GENITIVES
from webapp.presenters.russian import NBSP, number, plural
from webapp.presenters.strip import MONTHS

GAPS_NAMED = 2  # of a paper


def years_in_words(months: Mapping[str, int]) -> str:
    """«2019–2022»: from the first year held to the last."""
    years = sorted({key[:4] for key in months})
    if not years:
        return "без дат"
    return years[0] if len(years) == 1 else f"{years[0]}\N{EN DASH}{years[-1]}"


def month_number(key: str) -> int:
    """«1998-03» as a number that grows by one a month."""
    return MONTHS * int(key[:4]) + int(key[5:]) - 1


def _runs(months: Mapping[str, int]) -> list[tuple[int, int]]:
    """The first and last month of each stretch that is held without a gap."""
    runs: list[tuple[int, int]] = []
    for one in sorted(map(month_number, months)):
        if runs and runs[-1][1] + 1 == one:
            runs[-1] = (runs[-1][0], one)
        else:
            runs.append((one, one))
    return runs


def gaps_in_words(months: Mapping[str, int]) -> str:
    """«нет марта 2005 – августа 2005»: the longest of what is missing between the first and the last month."""
    runs = _runs(months)
    missing = [(before[1] + 1, after[0] - 1) for before, after in pairwise(runs)]
    longest = sorted(sorted(missing, key=lambda gap: gap[0] - gap[1])[:GAPS_NAMED])
    if not longest:
        return ""
    said = ", ".join(_span(*gap) for gap in longest)
    rest = len(missing) - len(longest)
    more = f" и ещё {number(rest)} {plural(rest, 'пропуск', 'пропуска', 'пропусков')}" if rest else ""
    return f"нет {said}{more}"


def _span(first: int, last: int) -> str:
    def month(one: int) -> str:
        return f"{MONTH_GENITIVES[one % MONTHS]}{NBSP}{one // MONTHS}"

    return month(first) if first == last else f"{month(first)}{NBSP}\N{EN DASH} {month(last)}"


def bars(months: Mapping[str, int], bounds: tuple[int, int]) -> list[tuple[float, float]]:
    """The left and right edge of each stretch that is held, in per cent of the years between the bounds."""
    start, whole = MONTHS * bounds[0], MONTHS * (bounds[1] - bounds[0])
    return [
        (round(100 * (first - start) / whole, 2), round(100 * (last + 1 - first) / whole, 2))
        for first, last in _runs(months)
    ]
