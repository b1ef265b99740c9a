"""Describes the API as OpenAPI 3.1: its addresses, parameters and answers, from the tables that the program goes by."""

from search.background import DRAFT_CHARS
from search.facet_table import ENTITIES, PLURALS, TITLES
from search.request import ENTITY_FACETS, FACETS
from webapp.presenters.api.schemas import TEXT, TEXT_OR_NULL, Schema, ref, schemas, some, thing
from webapp.urls.params import DATE_STEPS, MAX_CHOICES, MAX_FACET_SIZE, MAX_KEY, MAX_PAGE, MAX_SIZE, SORTS, UNDATED


def parameter(name: str, told: str, schema: Schema, place: str = "query") -> Schema:
    """One parameter of an address."""
    return {"name": name, "in": place, "required": place == "path", "description": told, "schema": schema}


def search_parameters() -> list[Schema]:
    """What a search may be given, as `webapp.urls.params` reads it."""
    key = {"type": "string", "maxLength": MAX_KEY}
    keys = {"type": "array", "items": key, "maxItems": MAX_CHOICES}
    flag = {"enum": ["1"]}
    return [
        parameter("q", "Запрос, как в окне поиска; неверным не бывает.", TEXT),
        *(parameter(name, f"{TITLES[name]}: ключ или none; можно повторять.", keys) for name in FACETS),
        *(parameter(f"not_{name}", f"{TITLES[name]}: исключить; можно повторять.", keys) for name in FACETS),
        parameter("from", "С какого дня: 2022-03-12, 12.03.2022, март 2022, 2022.", TEXT),
        parameter("to", "По какой день.", TEXT),
        parameter("undated", "only – только без даты, 1 – и без даты.", {"enum": list(UNDATED)}),
        parameter("date_step", "Шаг дат.", {"enum": list(DATE_STEPS)}),
        parameter("sort", "Порядок.", {"enum": list(SORTS)}),
        parameter("reprints", "Каждая перепечатка отдельно.", flag),
        parameter("as_typed", "Искать именно так, ничего не исправляя.", flag),
        parameter("page", "Страница.", {"type": "integer", "minimum": 1, "maximum": MAX_PAGE}),
        parameter("size", "Статей на странице.", {"type": "integer", "minimum": 1, "maximum": MAX_SIZE}),
        parameter("facet_size", "Значений в списке.", {"type": "integer", "minimum": 1, "maximum": MAX_FACET_SIZE}),
        parameter("explain", "С частями оценки каждой статьи.", flag),
    ]


def answer(told: str, *schemas: Schema) -> Schema:
    """An answer with a body of one of the schemas."""
    body = schemas[0] if len(schemas) == 1 else {"anyOf": list(schemas)}
    return {"description": told, "content": {"application/json": {"schema": body}}}


def operation(
    told: str, schema: Schema, parameters: list[Schema], *refusals: str, draft: Schema | None = None
) -> Schema:
    """One address: what it answers with, what it may be given, how it may refuse."""
    said = {
        "400": "Неверный параметр.",
        "404": "Такого нет.",
        "410": "Убрано из архива.",
        "413": "Слишком много текста.",
        "414": "Слишком длинный адрес.",
        "503": "Искать нельзя.",
    }
    answers = {code: answer(said[code], ref("Error")) for code in sorted({*refusals, "400", "414", "503"})}
    found = {
        "summary": told,
        "parameters": parameters,
        "responses": {"200": answer(told, schema, ref("TooComplex")), **answers},
    }
    if draft:
        content = {"application/json": {"schema": draft}, "application/x-www-form-urlencoded": {"schema": draft}}
        found["requestBody"] = {"required": True, "content": content}
    return found


def openapi(version: str, site: str) -> Schema:
    """The whole description of the API of a program of that version at that address."""
    key = parameter("key", "Ключ.", TEXT, "path")
    number = parameter("id", "Номер статьи.", {"type": "integer", "minimum": 1}, "path")
    size = next(one for one in search_parameters() if one["name"] == "size")
    kind = parameter("kind", "Чьи имена.", {"enum": list(ENTITY_FACETS)})
    typed = parameter("q", "Начало имени или слова.", TEXT)
    article = parameter("article", "Номер статьи.", {"type": "integer", "minimum": 1})
    article["required"] = True
    draft = thing(text={"type": "string", "minLength": 1, "description": f"Читаются {DRAFT_CHARS} знаков."})
    last = {"error": thing(parameter=TEXT_OR_NULL, message=TEXT), "last": TEXT}
    search = operation("Страница найденного.", ref("SearchResult"), search_parameters())
    search["responses"]["404"] = answer("Такой страницы нет; last – последняя.", thing(**last))
    health = answer("Можно ли искать.", ref("Health"))
    return {
        "openapi": "3.1.0",
        "info": {"title": "Подшивка", "version": version, "description": "Поиск по архиву газет."},
        "servers": [{"url": site}],
        "paths": {
            "/api/v1/search": {"get": search},
            "/api/v1/articles/{id}": {"get": operation("Статья целиком.", ref("Article"), [number], "404", "410")},
            **{
                f"/api/v1/{one.collection}/{{key}}": {
                    "get": operation(f"{PLURALS[one.kind]}: всё об одном.", ref("Entity"), [key], "404")
                }
                for one in ENTITIES
            },
            "/api/v1/entities": {
                "get": operation("Кого так зовут.", thing(entities=some(ref("FoundEntity"))), [kind, typed, size])
            },
            "/api/v1/suggest": {"get": operation("Чем станет начатый запрос.", some(ref("Completion")), [typed])},
            "/api/v1/background": {
                "get": operation("Справка по статье архива.", ref("Background"), [article], "404"),
                "post": operation("Справка по черновику.", ref("Background"), [], "413", draft=draft),
            },
            "/api/v1/about": {"get": operation("Числа архива.", ref("About"), [])},
            "/api/v1/about/batches": {"get": operation("Партии.", ref("Batches"), [])},
            "/healthz": {
                "get": {"summary": "Можно ли искать.", "responses": {"200": health, "503": health}, "parameters": []}
            },
        },
        "components": {"schemas": schemas()},
    }
