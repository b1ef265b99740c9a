"""Declares what is known of an article beside its text and its date: one table that every floor reads.

Readers of batches, the store, exports, the index, facets, URLs, the API, CSV tables, pages and commands go through
FIELDS; whoever adds a field adds a line here, an attribute of Article and a column of the store.
"""

from dataclasses import dataclass
from typing import Literal

from archive.article import Article


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a paper, or the cataloguer of its archive, says of an article."""

    name: str  # the attribute of Article, the column of the store, the key of exports and the API, the URL's parameter
    label: str  # «Рубрика»
    columns: str  # what exports call it, written without spaces, dots, «_» and «-»; the first is what mappings call it
    without: str = ""  # «без рубрики»: the articles without it. A field that has this is a facet
    plural: str = ""  # «Рубрики»: the heading of the facet
    many: bool = False
    names: Literal["person", "enterprise"] | None = None  # its values are names: they count in that facet
    shown: bool = True  # stands on an article's page, in comparisons, in CSV tables
    selector: bool = False  # a layout may say where on a page it stands
    meta: tuple[str, ...] = ()  # the <meta> that say it, the most trusted first
    column: bool = False  # no facet, but a query may ask for it: the index has it
    schema_org: str = ""  # the property that says it in JSON-LD and microdata

    @property
    def mapped(self) -> str:
        """What mapping files call it."""
        return self.columns.split()[0]

    def values(self, article: Article) -> tuple[str, ...]:
        """What the article has of it."""
        value = getattr(article, self.name)
        return value if self.many else (value,) if value else ()


FIELDS = (  # in the order of facets, facts and columns
    Field(
        "source",
        "Издание",
        "source paper newspaper site publisher sitename издание источник газета сайт",
        without="без издания",
        plural="Издания",
    ),
    Field(
        "rubric",
        "Рубрика",
        "rubric section category topic rubrics рубрика раздел категория",
        without="без рубрики",
        plural="Рубрики",
        selector=True,
        meta=("article:section", "og:article:section", "articlesection", "section", "mediator_theme"),
        schema_org="articleSection",
    ),
    Field(
        "genre",
        "Жанр",
        "genre genres жанр жанры типматериала типпубликации articletype",
        without="без жанра",
        plural="Жанры",
        selector=True,
        meta=("genre",),
        schema_org="genre",
    ),
    Field(
        "author",
        "Автор",
        "author authors byline creator автор авторы",
        without="без автора",
        plural="Авторы",
        selector=True,
    ),
    Field("issue", "Номер газеты", "issue issuenumber number номер выпуск номервыпуска номергазеты", column=True),
    Field("page", "Полоса", "page pagenumber полоса страница", column=True),
    Field("url", "Адрес", "url link href address permalink ссылка адрес"),
    Field("own_id", "Номер статьи", "id ид guid uid articleid docid identifier идентификатор код", shown=False),
    Field(
        "persons",
        "Персоны",
        "persons person people персоны персона персоналии люди лица",
        many=True,
        names="person",
        shown=False,
    ),
    Field(
        "enterprises",
        "Предприятия",
        "enterprises enterprise companies company предприятия предприятие компании организации",
        many=True,
        names="enterprise",
        shown=False,
    ),
)
FACET_FIELDS = tuple(field for field in FIELDS if field.without)
COLUMN_FIELDS = tuple(field for field in FIELDS if field.without or field.column)
SHOWN_FIELDS = tuple(field for field in FIELDS if field.shown)
