"""What the API says of itself is what it does: answers to requests made of the description fit it."""

from contextlib import suppress
from typing import Any

import jsonschema
import pytest
import schemathesis
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.rules.test_manuals import EVERYTHING
from webapp.urls.params import pairs

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
URL = "/api/v1/openapi.json"


@pytest.fixture(scope="session")
def described(site: FlaskClient) -> dict[str, Any]:
    return dict(site.get(URL).get_json())


def test_the_description_is_openapi(described: dict[str, Any]) -> None:
    validate(described)
    assert described["openapi"].startswith("3.1")


def test_every_address_and_parameter_of_the_program_is_described(site: FlaskClient, described: dict[str, Any]) -> None:
    rules = {
        (str(rule).replace("<path:key>", "{key}").split("<int")[0], method)
        for rule in site.application.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if str(rule).startswith("/api/v1/") and str(rule) != URL
    }
    told = {
        (path.split("{id}")[0], method.upper()) for path, methods in described["paths"].items() for method in methods
    }
    assert rules == {one for one in told if one[0] != "/healthz"}
    names = {one["name"] for one in described["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert {name for name, _ in pairs(EVERYTHING)} - {"unit"} <= names


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("search?q=завод&explain=1", "SearchResult"),
        ("search?q=тракторний", "SearchResult"),
        ("search?q=дума в сентябре 2019", "SearchResult"),
        ('search?q=заголовок:завод -(сталь /п прокат) "а б"~5 !стали ста* 20%25 дата:2019', "SearchResult"),
        ("articles/1", "Article"),
        ("persons/andrey-bocharov", "Entity"),
        ("enterprises/krasnyy-oktyabr", "Entity"),
        ("background?article=1", "Background"),
        ("about", "About"),
        ("about/batches", "Batches"),
        ("search?from=вчера", "Error"),
        ("articles/999", "Error"),
    ],
)
def test_answers_fit_their_schema(site: FlaskClient, described: dict[str, Any], url: str, name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
    jsonschema.Draft202012Validator(schema).validate(site.get(f"/api/v1/{url}").get_json())


def test_the_page_shows_every_address(site: FlaskClient, described: dict[str, Any]) -> None:
    page = BeautifulSoup(site.get("/api").text, "lxml")
    heads = [head.text for head in page.select("h2 > code")]
    assert heads == [f"{method.upper()} {path}" for path, methods in described["paths"].items() for method in methods]
    for link in page.select("main a[href^='#']"):
        assert page.find(id=str(link["href"])[1:]), link


def test_any_request_is_answered_as_described(site: FlaskClient) -> None:
    api = schemathesis.openapi.from_wsgi(URL, site.application)
    for found in api.get_all_operations():
        for mode, unsatisfied in ((GenerationMode.POSITIVE, ()), (GenerationMode.NEGATIVE, (Unsatisfiable,))):

            @settings(max_examples=25, suppress_health_check=list(HealthCheck))
            @given(found.ok().as_strategy(generation_mode=mode))
            def answered(case: schemathesis.Case) -> None:
                case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

            with suppress(*unsatisfied):  # of an address without parameters nothing can be wrong
                answered()
