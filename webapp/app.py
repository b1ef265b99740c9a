"""Makes the web application over a home."""

import logging
from urllib.parse import quote

from flask import Flask, Response, abort, render_template, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from archive.errors import Refusal
from archive.home import Home
from archive.records.suggestions import SuggestionQueue
from search.facet_table import TITLES
from search.work import TooComplex
from webapp.current_archive import HOLDINGS, RETRY_SECONDS, holdings, serve_from
from webapp.operation.compression import compress_answers
from webapp.operation.metrics import METRICS, Metrics, metrics
from webapp.operation.request_log import LoggedSite, log_requests, request_id
from webapp.operation.site_address import BAD_HOST, at_own_address, named_url
from webapp.operation.unchanged import tell_unchanged
from webapp.presenters.russian import FILTERS
from webapp.urls.links import search_url
from webapp.urls.params import BadParameter, parse
from webapp.views.about import about
from webapp.views.api import api
from webapp.views.background import drafts
from webapp.views.calendar import dates
from webapp.views.clippings import clippings
from webapp.views.compare import comparing
from webapp.views.feeds import feeds
from webapp.views.pages import pages
from webapp.views.robots import ROBOTS, RobotsRule, robots
from webapp.views.saved import keeping
from webapp.views.suggestions import SUGGESTIONS, suggesting
from webapp.views.tables import tables

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
MAX_ADDRESS = 16 * 1024  # bytes
ERROR_MESSAGES = {
    400: ("Такого адреса нет", "Имя сайта в запросе записано с ошибкой. Откройте сайт по его обычному адресу."),
    403: ("Так нельзя", "Форму прислала чужая страница. Откройте страницу здесь и нажмите кнопку на ней."),
    404: ("Такой страницы нет", "Возможно, адрес записан с ошибкой."),
    405: ("Так сюда не обращаются", "Эту страницу можно только открыть."),
    410: ("Статья убрана из архива", "Её здесь больше нет. Другие статьи найдёт поиск с первой страницы."),
    413: ("Слишком много текста", "Столько сразу не прочесть: справка читает до 20 000 знаков."),
    414: ("Слишком длинный адрес", "Он длиннее 16 КБ. Задайте запрос короче или снимите часть условий."),
    503: (
        "Архив пока не открыть",
        "Его файлы повреждены. Скажите тому, кто ведёт архив: что поможет, записано в журнале.",
    ),
    500: ("Что-то сломалось у нас", "Запрос ни при чём. Ошибка записана в журнал; попробуйте ещё раз позже."),
}
OTHER_ERROR = ("Не получилось", "Попробуйте начать с первой страницы.")
PARAMETER_LABELS = {
    "from": "дата «с»",
    "to": "дата «по»",
    "undated": "статьи без даты",
    "date_step": "шаг дат",
    "unit": "что показывает лента времени",
    "sort": "порядок",
    "reprints": "перепечатки",
    "page": "страница",
    "size": "статей на странице",
    "facet_size": "длина списков",
    **TITLES,
    **{f"not_{facet}": f"кроме: {title.lower()}" for facet, title in TITLES.items()},
}
PLACES: tuple[tuple[str, dict[str, str], str], ...] = (  # in the masthead: endpoint, its values, what it is called
    ("dates.newest", {}, "Календарь"),
    ("pages.values", {"facet": "person"}, "Персоны"),
    ("pages.values", {"facet": "enterprise"}, "Предприятия"),
    ("about.overview", {}, "Об архиве"),  # the last: the first to give way on a phone
)
STATIC_MAX_AGE = 3600  # seconds a browser may keep our style sheet


def create_app(
    home: Home,
    log_queries: bool = False,
    show_batches: bool = False,
    robots_rule: RobotsRule = "open",
    accept_suggestions: bool = False,
) -> Flask:
    """The application over the archive in `home`, which may be empty and may grow while it runs.

    `log_queries`: write down what is searched for; `show_batches`: show everybody who added which file;
    `robots_rule`: what robots may read; `accept_suggestions`: take what readers suggest to correct.
    """
    app = LoggedSite("webapp")
    app.url_map.merge_slashes = False  # a redirect would repeat the Host that a stranger names
    app.config[ROBOTS] = robots_rule
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = STATIC_MAX_AGE
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.filters.update(FILTERS)
    assert isinstance(app.json, DefaultJSONProvider)
    app.json.ensure_ascii = False
    app.json.sort_keys = False
    app.extensions[SUGGESTIONS] = SuggestionQueue(home.suggestions) if accept_suggestions else None
    common = {"places": PLACES, "own_address": lambda: named_url(app), "takes_suggestions": accept_suggestions}
    app.context_processor(lambda: common)
    serve_from(app, home, show_batches)
    app.register_blueprint(pages)
    app.register_blueprint(feeds)
    app.register_blueprint(comparing)
    app.register_blueprint(about)
    app.register_blueprint(tables)
    app.register_blueprint(robots)
    app.register_blueprint(drafts)
    app.register_blueprint(keeping)
    app.register_blueprint(clippings)
    app.register_blueprint(suggesting)
    app.register_blueprint(dates)
    app.register_blueprint(api)
    app.register_blueprint(metrics)
    compress_answers(app)
    app.extensions[METRICS] = Metrics(app.extensions[HOLDINGS])
    log_requests(app, home.errors, log_queries)
    at_own_address(app)
    app.before_request(_bounded)
    tell_unchanged(app, show_batches, accept_suggestions)
    app.register_error_handler(BadParameter, _bad_parameter)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(TooComplex, _too_complex)
    app.register_error_handler(HTTPException, _http_error)
    app.after_request(_secured)
    return app


def _bounded() -> None:
    """Refuses an address that is too long, and one at a Host that cannot be."""
    if request.environ.get(BAD_HOST):
        abort(400)
    written = quote(request.environ.get("PATH_INFO", ""), encoding="latin-1")
    if len(written) + len(request.query_string) > MAX_ADDRESS:
        abort(414)


def _secured(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response


def _for_program() -> bool:
    return request.path.startswith("/api/")


def _bad_parameter(error: BadParameter) -> ResponseReturnValue:
    if _for_program():
        return {"error": {"parameter": error.parameter, "message": error.message}}, 400
    others = [pair for pair in request.args.items(multi=True) if pair[0] != error.parameter]
    label = PARAMETER_LABELS[error.parameter]
    title = f"Слишком большой запрос: {label}" if error.is_too_much else f"Не понимаем условие: {label}"
    try:
        without = search_url(parse(others))
    except BadParameter:
        without = search_url(parse([("q", request.args.get("q", ""))]))
    return render_template("error.html", title=title, text=error.message, without=without), 400


def _too_complex(error: TooComplex) -> ResponseReturnValue:
    """A query never fails: what is asked for too much is told, and what to do without."""
    if _for_program():
        return {"too_complex": str(error)}
    title, text = str(error).split(": ", 1)
    return render_template("error.html", title=title, text=text)


def _refused(error: Refusal) -> ResponseReturnValue:
    if said := holdings().preparing(error):
        return _preparing(said.rstrip("."))
    logging.getLogger(__name__).error("%s. %s", error, error.advice)
    return _http_error(ServiceUnavailable())


def _preparing(title: str) -> ResponseReturnValue:
    headers = {"Retry-After": str(RETRY_SECONDS)}
    if _for_program():
        return {"error": {"parameter": None, "message": title}}, 503, headers
    text = "Программа обновилась и готовит архив к поиску. Попробуйте ещё раз через минуту."
    return render_template("error.html", title=title, text=text), 503, headers


def _http_error(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    title, text = ERROR_MESSAGES.get(code, OTHER_ERROR)
    if code == 410 and error.description:
        text = error.description
    ours = request_id() if code >= 500 else None
    if _for_program():
        message = f"{title}. {text}" if code == 410 else title
        return {"error": {"parameter": None, "message": message, **({"request": ours} if ours else {})}}, code
    return render_template("error.html", title=title, text=text, request_id=ours), code
