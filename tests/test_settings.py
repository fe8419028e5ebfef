"""Settings: the argument, else the environment, else the default; what cannot be one is refused."""

from __future__ import annotations

import math
from typing import Any

import httpx
import pytest

from replicate_typed import AsyncClient, Client
from replicate_typed.settings import Settings, read_settings

API = "https://api.replicate.com/v1"


def test_the_defaults_are_those_of_the_documentation() -> None:
    """Nothing given, nothing in the environment."""
    assert read_settings() == Settings(
        base_url=API, timeout=60, retries=2, poll_interval=None, headers={}, given_token=None
    )
    assert read_settings().token is None


def test_the_environment_comes_before_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """All five variables."""
    monkeypatch.setenv("REPLICATE_API_TOKEN", " r8_a\n")
    monkeypatch.setenv("REPLICATE_BASE_URL", "http://localhost:5000/")
    monkeypatch.setenv("REPLICATE_TIMEOUT", "2.5")
    monkeypatch.setenv("REPLICATE_POLL_INTERVAL", "0.25")
    settings = read_settings()
    assert (settings.token, settings.base_url) == ("r8_a", "http://localhost:5000/v1")
    assert (settings.timeout, settings.poll_interval) == (2.5, 0.25)


def test_arguments_come_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when what is in the environment could not be used."""
    for name in ("BASE_URL", "TIMEOUT", "POLL_INTERVAL", "API_TOKEN"):
        monkeypatch.setenv(f"REPLICATE_{name}", "not usable at all")
    settings = read_settings(token="r8_b", base_url="https://a.example", timeout=1, retries=0, polling=2)
    assert settings == Settings("https://a.example/v1", 1, 0, 2, {}, "r8_b")
    assert settings.token == "r8_b"


@pytest.mark.parametrize("name", ["TIMEOUT", "POLL_INTERVAL", "BASE_URL", "API_TOKEN"])
def test_an_empty_variable_is_no_variable(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As shells and containers leave them."""
    monkeypatch.setenv(f"REPLICATE_{name}", "")
    assert read_settings() == read_settings()
    assert (read_settings().timeout, read_settings().base_url, read_settings().token) == (60, API, None)


@pytest.mark.parametrize("variable", ["REPLICATE_TIMEOUT", "REPLICATE_POLL_INTERVAL"])
@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "soon", "1e999", "1,5"])
def test_a_variable_that_is_no_number_of_seconds_is_refused(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names the variable."""
    monkeypatch.setenv(variable, value)
    with pytest.raises(ValueError, match=f"{variable} must be a number of seconds above 0, got '{value}'"):
        Client()


@pytest.mark.parametrize("name", ["timeout", "polling"])
@pytest.mark.parametrize("value", [0, -1, -0.0, math.nan, math.inf, -math.inf, 10**400])
def test_seconds_that_are_no_time_are_refused(name: str, value: Any) -> None:
    """By both clients, and by their copies."""
    for make in (Client, AsyncClient, Client().with_options, AsyncClient().with_options):
        with pytest.raises(ValueError, match=f"{name} must be a number of seconds above 0"):
            make(**{name: value})


@pytest.mark.parametrize("name", ["timeout", "polling"])
@pytest.mark.parametrize("value", ["5", True, b"5", [5], httpx.Timeout(5), 5j])
def test_seconds_that_are_no_number_are_refused(name: str, value: Any) -> None:
    """By both clients, and by their copies."""
    for make in (Client, AsyncClient, Client().with_options, AsyncClient().with_options):
        with pytest.raises(TypeError, match=f"{name} must be a number of seconds, got"):
            make(**{name: value})


def test_retries_are_a_whole_number() -> None:
    """Zero is one."""
    assert read_settings(retries=0).retries == 0
    for value in ("2", True, 2.0, math.nan):
        wrong: Any = value
        with pytest.raises(TypeError, match="retries must be a whole number"):
            Client(retries=wrong)
    with pytest.raises(ValueError, match="retries must be 0 or more, got -1"):
        Client(retries=-1)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://api.replicate.com", API),
        ("https://api.replicate.com/", API),
        ("https://api.replicate.com/v1", API),
        ("https://api.replicate.com/v1/", API),
        (" https://api.replicate.com/v1\n", API),
        ("http://localhost:5000", "http://localhost:5000/v1"),
        ("http://[::1]:5000/v1", "http://[::1]:5000/v1"),
        ("https://gate.example.com/replicate", "https://gate.example.com/replicate/v1"),
        ("https://gate.example.com/replicate/v1/", "https://gate.example.com/replicate/v1"),
        ("https://gate.example.com/my-v1", "https://gate.example.com/my-v1/v1"),
    ],
)
def test_a_base_url_is_given_with_the_version_or_without(
    given: str, used: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the other clients disagree about it; as an argument or in the environment."""
    assert read_settings(base_url=given).base_url == used
    monkeypatch.setenv("REPLICATE_BASE_URL", given)
    assert read_settings().base_url == used


@pytest.mark.parametrize(
    "url",
    ["api.replicate.com", "ftp://api.replicate.com", "https://", "https:///v1", "https://host:port", "https://h:99999",
     "https://h:0", "https://[::1", "https://a b.com", "https://a..b", "https://" + "a" * 64, "https://h/a b",
     "https://h/\u00e4", "https://h?x=1", "https://h#x", "https://user:secret@h", "x"],
)  # fmt: skip
def test_a_base_url_that_is_none_is_refused(url: str) -> None:
    """At once, and without showing a password in it."""
    with pytest.raises(ValueError, match="base URL") as caught:
        Client(base_url=url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("wrong", [5, b"https://api.replicate.com", httpx.URL("https://api.replicate.com")])
def test_a_base_url_is_a_string(wrong: Any) -> None:
    """And a token too."""
    with pytest.raises(TypeError, match="base_url must be a string"):
        Client(base_url=wrong)
    with pytest.raises(TypeError, match="token must be a string, got"):
        Client(token=wrong)


@pytest.mark.parametrize(
    ("headers", "kind", "message"),
    [
        ({"Authorization": "Bearer x"}, ValueError, "give the token as token="),
        ({"AUTHORIZATION": "x"}, ValueError, "give the token as token="),
        ({"X-A": "a\r\nX-B: b"}, ValueError, "value of header 'X-A' must be ASCII text on one line"),
        ({"X-A": "\u00e4"}, ValueError, "must be ASCII text"),
        ({"X-A": "\x00"}, ValueError, "must be ASCII text"),
        ({"X-A": "\x7f"}, ValueError, "must be ASCII text"),
        ({"X A": "a"}, ValueError, "'X A' cannot be the name of a header"),
        ({"X:": "a"}, ValueError, "cannot be the name"),
        ({"X(": "a"}, ValueError, "cannot be the name"),
        ({"": "a"}, ValueError, "cannot be the name"),
        ({"X-A": 5}, TypeError, "headers must map strings to strings, got 'X-A': int"),
        ({5: "a"}, TypeError, "headers must map strings to strings"),
        ({"X-A": None}, TypeError, "headers must map strings to strings"),
        ([("X-A", "a")], TypeError, "mapping"),
    ],
)
def test_headers_that_cannot_be_sent_are_refused(headers: Any, kind: type[Exception], message: str) -> None:
    """At once, by the client and by its copies; a value is never shown."""
    for make in (Client, AsyncClient, Client().with_options):
        with pytest.raises(kind, match=message) as caught:
            make(headers=headers)
        assert "Bearer" not in str(caught.value)


def test_headers_are_kept_once_each() -> None:
    """Whatever case they are written in; later ones win, and spaces around them go."""
    settings = read_settings(headers={"X-Team": " a ", "x-team": "b\t"})
    assert settings.headers == {"x-team": "b"}


def test_a_copy_keeps_what_is_not_given() -> None:
    """And leaves its original as it was."""
    client = Client(token="r8_a", base_url="https://a.example", timeout=5, retries=7, polling=3, headers={"X-A": "a"})
    copy = client.with_options(timeout=6, headers={"X-B": "b"})
    before, after = client._session.settings, copy._session.settings  # pyright: ignore[reportPrivateUsage]
    assert before == Settings("https://a.example/v1", 5, 7, 3, {"x-a": "a"}, "r8_a")
    assert after == Settings("https://a.example/v1", 6, 7, 3, {"x-a": "a", "x-b": "b"}, "r8_a")
    assert type(copy) is Client
