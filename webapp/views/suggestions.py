"""Takes what a reader suggests to correct, where the archive's keeper wants that: without mail, without an account."""

import time
from collections import OrderedDict, deque
from threading import Lock
from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.records.suggestions import MOST_WAITING, PAGE_CHARS, SUGGESTION_CHARS, SuggestionQueue
from webapp.operation.own_origin import needs_own_origin

suggesting = Blueprint("suggestions", __name__)
SUGGESTIONS = "podshivka.suggestions"  # in the app's extensions: where they go; None: none are taken
AN_HOUR = 3600.0  # seconds
MOST_OF_ADDRESS = 5  # suggestions of one address an hour
ADDRESSES_HELD = 10_000  # in memory, nowhere else
MOST_BYTES = 8 * 1024  # of the form: a letter takes up to six


class RecentSenders:
    """Who has sent how much within the hour; held in memory only, and forgotten."""

    def __init__(self) -> None:
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def may_send(self, address: str, now: float) -> bool:
        """Notes one more of an address, where it may send one."""
        with self._lock:
            times = self._times.setdefault(address, deque())
            self._times.move_to_end(address)
            while len(self._times) > ADDRESSES_HELD:
                self._times.popitem(last=False)
            while times and times[0] < now - AN_HOUR:
                times.popleft()
            if len(times) >= MOST_OF_ADDRESS:
                return False
            times.append(now)
            return True


SENDERS = RecentSenders()


@suggesting.post("/suggestions")
def suggest() -> ResponseReturnValue:
    """Takes a suggestion into the queue, or says why not."""
    queue = current_app.extensions[SUGGESTIONS]
    if not isinstance(queue, SuggestionQueue):
        abort(404)
    request.max_content_length = MOST_BYTES
    needs_own_origin()
    text = " ".join(request.form.get("text", "").split())
    page = urlsplit(request.form.get("page", "")).path
    if not text or request.form.get("email"):  # a field that readers do not see
        return told("Предложение пусто", "Напишите, что исправить.", page, 400)
    if len(text) > SUGGESTION_CHARS:
        said = f"В предложении {len(text)} знаков, а можно до {SUGGESTION_CHARS}. Напишите короче."
        return told("Слишком длинно", said, page, 400)
    if not page.startswith("/") or len(page) > PAGE_CHARS:
        return told("Не ясно, о какой странице речь", "Откройте страницу с ошибкой и напишите с неё.", "/", 400)
    if not SENDERS.may_send(request.remote_addr or "", time.monotonic()):
        said = f"С одного адреса – не больше {MOST_OF_ADDRESS} предложений в час. Попробуйте позже."
        return told("Слишком часто", said, page, 429)
    if queue.add(page, text) is None:
        said = f"Не разобрано уже {MOST_WAITING} предложений. Попробуйте через несколько дней."
        return told("Очередь полна", said, page, 503)
    return redirect(url_for("suggestions.thanks", page=page), 303)


@suggesting.get("/suggestions/thanks")
def thanks() -> ResponseReturnValue:
    """Says that a suggestion was taken."""
    page = urlsplit(request.args.get("page", "")).path
    return told("Спасибо", "Предложение ждёт архивиста. Ответа не будет: кто вы, здесь не записано.", page, 200)


def told(title: str, text: str, page: str, status: int) -> ResponseReturnValue:
    """A short page, with a way back."""
    back = page if page.startswith("/") and not page.startswith("//") else "/"
    return render_template("told.html", title=title, text=text, back=back), status
