"""Shows a person or body: names, years, company and articles, each count with its link."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import url_for
from markupsafe import Markup

from indexer.authority.corrections import FormerName
from search.facet_table import ENTITIES, TITLES
from search.pages.entity_page import EntityPage
from search.pages.job_titles import Role
from search.request import NONE, SearchRequest
from search.result import Facet, FacetValue
from webapp.presenters.hits import HitView, LinkView, hit_view
from webapp.presenters.russian import articles, marked, span
from webapp.presenters.strip import StripView, strip_view
from webapp.urls.links import entity_url, feed_url, search_url, table_url
from webapp.urls.transitions import choose

SHOWN_TOGETHER = 15  # of each kind
FORMS_SHOWN = 30
ROLES_SHOWN = 8
HEADS_SHOWN = 12
WITHOUT_GIVEN = "(без имени)"


@dataclass(frozen=True, slots=True)
class CountView:
    """A thing, its number of articles, where exactly those are; where it has one, its own page."""

    label: str
    count: int
    url: str | None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class RoleView:
    """A post, when and how often it is stated, the sentence that says so and the article it is from."""

    label: str
    when: str
    mentions: int
    sentence: Markup
    paper: str
    url: str
    person: LinkView | None = None  # whose post it is, on the page of an enterprise


@dataclass(frozen=True, slots=True)
class EntityView:
    """All of an entity's page."""

    kind: str
    label: str
    address: str
    total: LinkView
    feed: str
    latest_role: str  # the post stated last, with its years
    table: str
    strip: StripView | None
    undated: CountView | None
    names: tuple[CountView, ...]
    former: tuple[tuple[str, str], ...]  # name, when
    roles: tuple[RoleView, ...]
    heads: tuple[RoleView, ...]
    forms: tuple[tuple[str, int], ...]
    forms_cut: bool
    read: int  # how many articles the forms are from; 0: from all
    company: tuple[tuple[str, tuple[CountView, ...]], ...]
    namesakes_title: str
    namesakes: tuple[CountView, ...]
    hits: tuple[HitView, ...]


def entity_view(page: EntityPage) -> EntityView:
    """What the page of a person or body shows."""
    own = choose(SearchRequest(), page.kind, page.key)
    dates, *facets = page.result.facets
    undated = next((value.count for value in dates.values if value.key == NONE), 0)
    beside = {facet.name: facet for facet in facets}
    return EntityView(
        kind=TITLES[page.kind],
        label=page.label,
        address=entity_url(page.kind, page.key),
        total=LinkView(articles(page.result.total), search_url(own)),
        feed=feed_url(own),
        latest_role=latest_role(page.roles),
        table=table_url(own),
        strip=strip_view(page.result.timeline, own),
        undated=CountView("без даты", undated, search_url(choose(own, "date", NONE))) if undated else None,
        names=tuple(CountView(name.label + was(name.former), name.articles, None) for name in page.names),
        former=tuple((former.label, borne(former)) for former in page.lineage),
        roles=tuple(map(role_view, page.roles[:ROLES_SHOWN])),
        heads=tuple(
            replace(role_view(one.post), person=LinkView(one.person.label, entity_url("person", one.person.key)))
            for one in page.heads[:HEADS_SHOWN]
        ),
        forms=page.forms[:FORMS_SHOWN],
        forms_cut=len(page.forms) > FORMS_SHOWN,
        read=page.read if page.read < page.result.total else 0,
        company=tuple((f"{one.plural} в тех же статьях", company(beside[one.kind], own, page.key)) for one in ENTITIES),
        namesakes_title="Кто из них?" if page.label.endswith(WITHOUT_GIVEN) else "Однофамильцы",
        namesakes=tuple(namesake_view(value) for value in page.namesakes),
        hits=tuple(hit_view(hit, own) for hit in page.result.hits),
    )


def role_view(role: Role) -> RoleView:
    """A post with its years and the sentence that says so."""
    return RoleView(
        role.label,
        years_of(role),
        role.mentions,
        marked(role.evidence.text, role.evidence.marks),
        role.source or "без издания",
        url_for("pages.article", id=role.article),
    )


def years_of(role: Role) -> str:
    """«2019», «2019–2022»: the years of the articles that state a post."""
    if not role.first or not role.last:
        return "без даты"
    first, last = role.first.year, role.last.year
    return str(first) if first == last else f"{first}\N{EN DASH}{last}"


def latest_role(roles: Sequence[Role]) -> str:
    """The post that the newest article states: «губернатор · 2019–2022»."""
    dated = [role for role in roles if role.last]
    latest = max(dated, key=lambda role: (role.last or dt.date.min, role.mentions), default=None)
    return f"{latest.label} · {years_of(latest)}" if latest else ""


def company(facet: Facet, own: SearchRequest, key: str) -> tuple[CountView, ...]:
    """Who stands in the same articles most; the count's link leads to exactly those."""
    others = [value for value in facet.values if value.key not in (NONE, key)]
    return tuple(
        CountView(
            value.label, value.count, search_url(choose(own, facet.name, value.key)), entity_url(facet.name, value.key)
        )
        for value in others[:SHOWN_TOGETHER]
    )


def namesake_view(value: FacetValue) -> CountView:
    """Another person with the surname."""
    only = choose(SearchRequest(), "person", value.key)
    return CountView(value.label, value.count, search_url(only), entity_url("person", value.key))


def was(former: bool) -> str:
    """The word beside a former name."""
    return " (прежнее имя)" if former else ""


def borne(former: FormerName) -> str:
    """«1930–1961», «до 1961», «с 1961»; the days where they are no whole years."""
    first, last = former.first, former.last
    whole = (not first or (first.month, first.day) == (1, 1)) and (not last or (last.month, last.day) == (12, 31))
    if not whole:
        return span(first, last)
    if first and last:
        return f"{first.year}\N{EN DASH}{last.year}"
    return f"с {first.year}" if first else f"до {last.year}" if last else ""
