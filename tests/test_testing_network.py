"""`replicate_network`, the setting of our plugin of pytest: what a suite says, and what its tests may reach then."""

from __future__ import annotations

import re

import pytest
from servers import Server, answer, says
from suites import check, empty_suite, run

NETWORK = """
    import asyncio, os, httpx, pytest
    import replicate_typed
    from replicate_typed import AsyncClient, Client, HTTPTransport

    def test_functions():
        replicate_typed.run("acme/painter", {"prompt": "a fox"})

    def test_client():
        Client(token="r8_secret").account.get()

    def test_async_client():
        asyncio.run(AsyncClient(token="r8_secret").account.get())

    @pytest.mark.parametrize("transport", [HTTPTransport, httpx.HTTPTransport, httpx.Client])
    def test_transport(transport):
        Client(token="r8_secret", transport=transport()).account.get()

    def test_mock(replicate_client, replicate_mock):
        replicate_mock.reply("acme/painter", "a picture")
        assert replicate_client.run("acme/painter") == Client().run("acme/painter") == "a picture"

    def test_this_machine():
        with Client(token="r8_secret", base_url=os.environ["URL"]) as client:
            client.account.get()
"""
REFUSALS = [
    ("tox.ini", "[pytest]\nreplicate_network = refuse\n"),
    ("pyproject.toml", "[tool.pytest.ini_options]\nreplicate_network = 'refuse'\n"),
    ("pytest.toml", "[pytest]\nreplicate_network = 'refuse'\n"),
]

suite = pytest.fixture(empty_suite)


@pytest.mark.parametrize(("name", "text"), REFUSALS, ids=[name for name, _ in REFUSALS])
def test_a_suite_can_refuse_the_network(
    name: str, text: str, suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In any file of settings; each request that would have left the machine is named."""
    (suite.path / name).write_text(text, encoding="utf-8")
    suite.makepyfile(NETWORK)
    with Server(says(answer(200, {"type": "user", "username": "acme"}))) as server:
        monkeypatch.setenv("URL", server.url)
        monkeypatch.setenv("https_proxy", server.url)  # so that nothing is sent, should it not be refused
        result = check(suite, passed=2, failed=6)
        assert server.connections == 1
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    refused = re.findall(
        r"^E .*NetworkRefusedError: (\S+ \S+) at api\.replicate\.com: ", result.stdout.str(), re.MULTILINE
    )
    assert refused == ["POST /models/acme/painter/predictions"] + ["GET /account"] * 5


def test_the_command_line_refuses_and_allows(suite: pytest.Pytester) -> None:
    """As for every setting of pytest."""
    suite.makepyfile("""
        import pytest
        from replicate_typed import Client, MissingTokenError, NetworkRefusedError

        def test_allowed():
            with pytest.raises(MissingTokenError):
                Client().account.get()

        def test_refused():
            with pytest.raises(NetworkRefusedError, match="pytest -o replicate_network=allow"):
                Client().account.get()
    """)
    for choice, name in [("refuse", "test_refused"), ("allow", "test_allowed")]:
        check(suite, "-o", f"replicate_network={choice}", "-k", name, passed=1)
    check(suite, "-k", "test_allowed", passed=1)
    suite.makeini("[pytest]\nreplicate_network = refuse")
    check(suite, "-k", "test_refused", passed=1)
    check(suite, "-o", "replicate_network=allow", "-k", "test_allowed", passed=1)


def test_a_refusal_is_over_with_the_run(suite: pytest.Pytester) -> None:
    """Programs may run pytest, and others of its plugins do."""
    suite.makepyfile("def test_nothing(): pass")
    program = suite.makepyfile(
        program="""
        import pytest
        from replicate_typed import refusal

        during = []

        class Plugin:
            def pytest_runtest_call(self):
                during.append(refusal.is_in_force)

        assert pytest.main(["-p", "replicate_typed.testing", "-o", "replicate_network=refuse", "-q"], [Plugin()]) == 0
        assert during == [True] and not refusal.is_in_force
    """
    )
    assert suite.runpython(program).ret == 0


@pytest.mark.parametrize("choice", ["forbid", "Refuse", "", "true"])
def test_any_other_choice_is_an_error_of_usage(choice: str, suite: pytest.Pytester) -> None:
    """Rather than a network that is not refused after all."""
    result = run(suite, "-o", f"replicate_network={choice}")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: replicate_network must be allow or refuse, not '{choice}'"])
