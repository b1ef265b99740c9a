"""What the indexer finds out about one text: who is named where."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["person", "enterprise", "organisation"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of Article.text (code points) that names someone.

    `name` is this mention's own nominative («Дениса Мантурова» → «Денис Мантуров»); `key` and `label` belong to the
    entity of this article that it names («Мантурову» has the key and label of «Денис Мантуров» where only he is meant).
    """

    start: int
    stop: int
    kind: Kind
    text: str
    name: str
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """All mentions of one text, ordered by start, none overlapping."""

    mentions: tuple[Mention, ...]
