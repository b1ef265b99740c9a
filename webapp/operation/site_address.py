"""Says at which address the site stands, and tells a Host that names none from one that does."""

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, request

from archive.errors import Refusal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SETTING = "PODSHIVKA_URL"
SITE_URL = "podshivka.site_url"
BAD_HOST = "podshivka.bad_host"  # in the environment of a request whose Host is no address
ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")
HOST = re.compile(  # a name of labels up to 63 characters, an IPv4 or an IPv6 address
    r"(?=.{1,261}\Z)(?:[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?"
)


class KnownHosts:
    """Lets the application answer a request whose Host is no address, instead of failing before it; of an address that
    the keeper names, Host is its part."""

    def __init__(self, application: "WSGIApplication", own: str) -> None:
        self._application = application
        self._scheme, _, rest = own.partition("://")
        self._host = rest.partition("/")[0].encode("idna").decode()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """The application's answer; a Host that is no address is kept from it."""
        if not HOST.fullmatch(environ.get("HTTP_HOST", "localhost")):
            environ["HTTP_HOST"] = "localhost"
            environ[BAD_HOST] = True
        elif self._host:
            environ |= {"HTTP_HOST": self._host, "wsgi.url_scheme": self._scheme}
        return self._application(environ, start_response)


def at_own_address(app: Flask) -> None:
    """Let the app write whole addresses by the setting, where it is set. Raises Refusal where that is no address."""
    address = os.environ.get(SETTING, "").rstrip("/")
    if address and not ADDRESS.fullmatch(address):
        raise Refusal(f"В {SETTING} не адрес сайта. Напишите его целиком, например https://газета.рф/архив.")
    app.extensions[SITE_URL] = address
    app.wsgi_app = KnownHosts(app.wsgi_app, address)  # type: ignore[method-assign]


def named_url(app: Flask) -> str:
    """Where the site stands, without a slash at the end; "" where the keeper does not say."""
    return str(app.extensions[SITE_URL])


def site_url(app: Flask) -> str:
    """Where the site stands, without a slash at the end: as the keeper says, else as the present request says."""
    return named_url(app) or request.host_url.rstrip("/")
