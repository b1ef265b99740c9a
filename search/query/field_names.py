"""Says by which words, Russian and English, a query names fields of articles."""

FIELD_NAMES: dict[str, str] = {  # what stands before the colon → the field
    "заголовок": "title",
    "title": "title",
    "автор": "author",
    "author": "author",
    "издание": "source",
    "газета": "source",
    "source": "source",
    "рубрика": "rubric",
    "rubric": "rubric",
    "жанр": "genre",
    "genre": "genre",
    "персона": "person",
    "person": "person",
    "предприятие": "enterprise",
    "enterprise": "enterprise",
    "организация": "organisation",
    "organisation": "organisation",
    "organization": "organisation",
    "дата": "date",
    "date": "date",
    "до": "before",
    "before": "before",
    "после": "after",
    "after": "after",
    "номер": "issue",
    "issue": "issue",
    "полоса": "page",
    "page": "page",
}
CANONICAL_NAMES: dict[str, str] = {}  # the field → its first name
for _name, _field in FIELD_NAMES.items():
    CANONICAL_NAMES.setdefault(_field, _name)
NAMES_OF_PERSONS = ("person", "author")  # a value goes on with initials, and with words that have a capital
