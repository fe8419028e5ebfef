"""The plugin of pytest, as suites see it that use it, and as those do that use it not."""

from __future__ import annotations

import re

import pytest
from suites import check, empty_suite, run

PAINTER = """
    import pytest
    from replicate_typed import MockTransport

    @pytest.fixture
    def replicate_mock(replicate_mock):
        @replicate_mock.model("acme/painter", starting=10, processing=20)
        def painter(prompt: str) -> str:
            return f"a picture of {prompt}"
        return replicate_mock
"""
PROGRAM = """
    import replicate_typed

    client = replicate_typed.Client()
    async_client = replicate_typed.AsyncClient()

    def paint(prompt):
        return replicate_typed.run("acme/painter", {"prompt": prompt})

    def paint_by_client(prompt):
        return client.run("acme/painter", {"prompt": prompt})

    async def paint_later(prompt):
        return await async_client.run("acme/painter", {"prompt": prompt})
"""


suite = pytest.fixture(empty_suite)


def test_each_test_has_a_fresh_service_and_a_client_of_it(suite: pytest.Pytester) -> None:
    """Nothing of one test is left for the next, and its client is closed."""
    suite.makepyfile("""
        import pytest
        from replicate_typed import Client, ClosedClientError, MockTransport

        kept = []

        @pytest.mark.parametrize("turn", [1, 2])
        def test_run(replicate_mock, replicate_client, turn):
            assert isinstance(replicate_mock, MockTransport) and isinstance(replicate_client, Client)
            assert replicate_mock.requests == [] and replicate_mock.clock.now() == 0
            replicate_mock.reply("acme/painter", "a picture", after=100)
            assert replicate_client.run("acme/painter") == "a picture"
            assert len(replicate_mock.predictions) == 1
            kept.append(replicate_client)

        def test_closed():
            assert kept[0] is not kept[1]
            for client in kept:
                with pytest.raises(ClosedClientError):
                    client.account.get()
    """)
    check(suite, passed=3)


LOOP_SCOPE = "asyncio_default_fixture_loop_scope = function"  # without it, pytest-asyncio warns
ASYNC_TEST = """
    import sys
    import pytest
    from replicate_typed import AsyncClient, ClosedClientError
    {mark}
    kept = []

    async def test_run(replicate_mock, async_replicate_client):
        assert isinstance(async_replicate_client, AsyncClient)
        assert await async_replicate_client.run("acme/painter", {{"prompt": "a fox"}}) == "a picture of a fox"
        assert replicate_mock.clock.now() >= 30
        kept.append(async_replicate_client)

    async def test_closed():
        with pytest.raises(ClosedClientError):
            await kept[-1].account.get()
"""


@pytest.mark.parametrize(
    ("plugin", "mark", "settings", "passed"),
    [
        ("anyio.pytest_plugin", "pytestmark = pytest.mark.anyio", "", 4),  # asyncio and trio
        ("anyio.pytest_plugin", "", "anyio_mode = auto", 4),
        ("pytest_asyncio.plugin", "pytestmark = pytest.mark.asyncio", LOOP_SCOPE, 2),
        ("pytest_asyncio.plugin", "", f"asyncio_mode = auto\n{LOOP_SCOPE}", 2),
    ],
    ids=["anyio", "anyio, auto", "pytest-asyncio, strict", "pytest-asyncio, auto"],
)
def test_the_async_client_runs_on_any_event_loop(
    plugin: str, mark: str, settings: str, passed: int, suite: pytest.Pytester
) -> None:
    """Of whatever plugin runs async tests; the client is closed without one."""
    pytest.importorskip(plugin.partition(".")[0])
    suite.makeini(f"[pytest]\n{settings}")
    suite.makeconftest(PAINTER)
    suite.makepyfile(ASYNC_TEST.format(mark=mark))
    check(suite, "-p", plugin, passed=passed)


def test_a_program_under_test_meets_the_mock(suite: pytest.Pytester) -> None:
    """By the functions of the package, and by clients that it made at its start; no token is needed."""
    suite.makeconftest(PAINTER)
    suite.makepyfile(program=PROGRAM)
    suite.makepyfile("""
        import asyncio
        import program
        import pytest
        from replicate_typed import MissingTokenError

        @pytest.mark.parametrize("turn", [1, 2])
        def test_paint(replicate_mock, turn):
            assert program.paint("a fox") == program.paint_by_client("a fox") == "a picture of a fox"
            assert asyncio.run(program.paint_later("an owl")) == "a picture of an owl"
            assert len(replicate_mock.predictions) == 3

        @pytest.mark.parametrize("paint", [program.paint, program.paint_by_client])
        def test_nothing_stands_in_for_a_test_that_does_not_ask(paint):
            with pytest.raises(MissingTokenError):
                paint("a fox")
    """)
    check(suite, passed=4)


@pytest.mark.parametrize("scope", ["function", "session"])
def test_a_fixture_that_does_not_build_on_ours_is_used_in_its_place(scope: str, suite: pytest.Pytester) -> None:
    """By our clients and by the program, from its setup to its end, of whatever scope it is."""
    suite.makepyfile(program=PROGRAM)
    suite.makeconftest(f"""
        import pytest, program
        from replicate_typed import MockTransport

        @pytest.fixture(scope="{scope}")
        def replicate_mock():
            mock = MockTransport(seed=7)
            mock.reply("acme/painter", "a picture")
            yield mock
            mock.assert_called("predictions.create")

        @pytest.fixture
        def picture(replicate_mock):
            return program.paint("something")
    """)
    suite.makepyfile("""
        import program

        def test_client(replicate_client):
            assert replicate_client.run("acme/painter") == "a picture"

        def test_program(picture):
            assert picture == program.paint("a fox") == "a picture"
    """)
    check(suite, passed=2)


def test_suites_of_unittest_use_it_by_its_mark(suite: pytest.Pytester) -> None:
    """As any fixture."""
    suite.makepyfile(program=PROGRAM)
    suite.makeconftest(PAINTER)
    suite.makepyfile("""
        import unittest, program, pytest

        @pytest.mark.usefixtures("replicate_mock")
        class TestProgram(unittest.TestCase):
            def test_paint(self):
                self.assertEqual(program.paint("a fox"), "a picture of a fox")
    """)
    check(suite, passed=1)


def test_nothing_changes_in_a_suite_that_does_not_use_it(suite: pytest.Pytester) -> None:
    """No warning, no other output, no import beyond the plugin, and no mock for fixtures that have a name of ours."""
    suite.makeconftest("""
        import sys, pytest

        @pytest.fixture
        def replicate_mock():
            return object()

        @pytest.fixture
        def broken():
            raise RuntimeError("as ever")

        def pytest_unconfigure():
            ours = sorted(name for name in sys.modules if name.startswith("replicate_"))
            print(ours, {"httpx", "attrs", "attr", "anyio"} & sys.modules.keys(), file=sys.stderr)
    """)
    suite.makepyfile("""
        def test_good(replicate_mock, tmp_path): pass
        def test_bad(): assert 1 == 2
        def test_broken(broken): pass
    """)
    with_it = run(suite, "--tb=long")
    without = suite.runpytest_subprocess("-W", "error", "--tb=long")
    with_it.assert_outcomes(passed=1, failed=1, errors=1)
    lines = [[re.sub(r"in [\d.]+s", "", line) for line in each.outlines] for each in (with_it, without)]
    assert lines[0] == lines[1]
    assert with_it.errlines == ["['replicate_typed', 'replicate_typed.lazy_names', 'replicate_typed.testing'] set()"]


def test_help_has_a_line_and_the_fixtures_say_what_they_are(suite: pytest.Pytester) -> None:
    """With the two options of recordings, and the mark."""
    text = " ".join(run(suite, "--help").stdout.str().split())
    assert re.findall(r"--replicate-\w+", text) == ["--replicate-record", "--replicate-unused"]
    run(suite, "--markers").stdout.fnmatch_lines(["@pytest.mark.replicate_cassette(path): clients use a recording: *"])
    assert (
        "replicate_network (string): Whether clients of replicate_typed may use the network: allow (default) or" in text
    )
    run(suite, "--fixtures").stdout.fnmatch_lines([
        "replicate_mock -- *replicate_typed/testing/__init__.py:*",
        "    The service in memory, fresh for each test.",
        "replicate_client -- *",
        "    A client of the service in memory, closed after the test.",
        "async_replicate_client -- *",
        "    An async client of the service in memory, closed after the test; on any event loop.",
        "replicate_cassette -- *",
        "    Real traffic, recorded in a file of this test, then replayed; the mark of this name does the same.",
    ])  # fmt: skip
