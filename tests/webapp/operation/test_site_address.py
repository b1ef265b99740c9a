"""Where the site stands: whole addresses, and requests whose Host is no address."""

import pytest

from archive.errors import Refusal
from archive.home import Home
from webapp.app import create_app

LONG_LABEL = "a" * 64 + ".ru"


@pytest.mark.parametrize(
    "host", [LONG_LABEL, "a b", "a\r\nb", "<script>", "a/../b", "x" * 300, "a@b", "[::1", "ы.рф", ""]
)
def test_a_host_that_is_none_gets_a_page_of_ours(site_home: Home, host: str) -> None:
    client = create_app(site_home).test_client()
    for url in ("/", "/search?q=завод", "/search.rss?q=завод", "/api/v1/search", "/нет", "/healthz"):
        answer = client.get(url, environ_overrides={"HTTP_HOST": host})
        assert answer.status_code == 400, (url, host)
        assert "Такого адреса нет" in answer.text
        assert host not in answer.text or not host


@pytest.mark.parametrize(
    "host", ["газета.рф".encode("idna").decode(), "127.0.0.1:8000", "[::1]:80", "my_host", "a" * 63 + ".ru"]
)
def test_a_host_that_is_one_is_answered(site_home: Home, host: str) -> None:
    answer = create_app(site_home).test_client().get("/search.csv?q=завод", environ_overrides={"HTTP_HOST": host})
    assert answer.status_code == 200
    assert "/article/" in answer.text


def test_whole_addresses_begin_as_the_keeper_says(site_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PODSHIVKA_URL", "https://gazeta.example/arhiv/")
    client = create_app(site_home).test_client()
    for url in ("/search.rss?q=завод", "/search.csv?q=завод", "/search?q=завод&page=1", "//search?q=завод", "?q=а"):
        answer = client.get(url, headers={"Host": "evil.example"})
        assert "evil.example" not in answer.text + answer.headers.get("Location", "")
        assert url.startswith(("/search?", "//", "?")) or "https://gazeta.example/arhiv/article/" in answer.text
    article = client.get("/article/1", headers={"Host": "evil.example"}).text
    assert '<link rel="canonical" href="https://gazeta.example/arhiv/article/1-' in article
    assert '<meta property="og:url" content="https://gazeta.example/arhiv/article/1-' in article
    monkeypatch.setenv("PODSHIVKA_URL", "gazeta.example")
    with pytest.raises(Refusal, match="не адрес сайта"):
        create_app(site_home)


def test_a_long_address_is_told_of(site_home: Home) -> None:
    client = create_app(site_home).test_client()
    for url in (
        "/search?q=" + "a" * 20_000,
        "/person/" + "b" * 20_000,
        "/" + "ы" * 3000,
        "/api/v1/search?" + "x&" * 9000,
    ):
        answer = client.get(url)
        assert answer.status_code == 414
        assert "Слишком длинный адрес" in answer.text
