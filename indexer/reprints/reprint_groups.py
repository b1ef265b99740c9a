"""Groups articles that print alike texts into stories: an original and its reprints.

The earliest article is an original; each later one joins the original it is most like, or is an original itself. So
every article of a story is like its original: chains of forms, each like the next, do not grow into one story.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.store.reprints import Likeness, Printed
from indexer.reprints.near_duplicates import NEAR_DAYS


@dataclass(frozen=True, slots=True)
class Stories:
    """Who reprinted whom: article ids, the original first, the others as they were printed."""

    members: tuple[tuple[int, ...], ...] = ()
    numbers: dict[int, int] = field(default_factory=dict)  # article id → its story's place in members

    @classmethod
    def of(cls, alike: Iterable[Likeness], printed: Iterable[Printed]) -> "Stories":
        """The stories of two articles and more."""
        near: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for one, other, share in alike:
            near[one].append((other, share))
            if one != other:
                near[other].append((one, share))
        originals: dict[int, list[Printed]] = defaultdict(list)  # by text, the earliest first
        joined: dict[int, list[int]] = {}
        for article in sorted(printed, key=printed_at):
            found = [
                (-share, printed_at(original), original)
                for text, share in near[article.text]
                for original in originals[text]
                if text == article.text or may_reprint(article, original)
            ]
            if found:
                joined[min(found, key=lambda one: one[:2])[2].article].append(article.article)
            else:
                originals[article.text].append(article)
                joined[article.article] = [article.article]
        members = tuple(tuple(ids) for ids in joined.values() if len(ids) > 1)
        return cls(members, {id: number for number, ids in enumerate(members) for id in ids})

    def story(self, id: int) -> tuple[int, ...]:
        """All articles of the story of an article; none where it stands alone."""
        return self.members[self.numbers[id]] if id in self.numbers else ()


def printed_at(article: Printed) -> tuple[bool, dt.date, dt.time, str, str]:
    """What articles are ordered by, the undated last: never by their ids, which depend on the order of batches."""
    published = article.published
    return (
        published.day is None,
        published.day or dt.date.min,
        published.time or dt.time.min,
        article.source,
        article.identity,
    )


def may_reprint(article: Printed, original: Printed) -> bool:
    """Whether it is another paper and the time is near, as far as that is known."""
    if article.source.casefold() == original.source.casefold():
        return False
    first, second = article.published.day, original.published.day
    return not first or not second or abs((first - second).days) <= NEAR_DAYS
