"""Recordings in suites of tests: the mark and the fixture, what is recorded, and what is told of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from servers import Server, answer, says
from suites import check, empty_suite, run

from replicate_typed.testing.cassettes import file_name

TOKEN = "r8_secret0123456789"
XDIST = ("-p", "xdist.plugin", "-n", "2")
PROGRAM = """
    from replicate_typed import AsyncClient, Client

    client, async_client = Client(), AsyncClient()

    def name():
        return client.account.get().username

    async def async_name():
        return (await async_client.account.get()).username
"""
NAMES = """
    import asyncio, program, pytest

    @pytest.mark.replicate_cassette
    def test_mark():
        assert program.name() == "acme"

    def test_fixture(replicate_cassette):
        assert program.name() == "acme"
        assert replicate_cassette.path.endswith("test_fixture.yaml")

    @pytest.mark.replicate_cassette
    class TestAsync:
        @pytest.mark.parametrize("word", ["fox", "a/b"])
        def test_both_colours(self, word):
            assert asyncio.run(program.async_name()) == asyncio.run(program.async_name()) == program.name() == "acme"
"""
FILES = {
    "test_mark.yaml",
    "test_fixture.yaml",
    "TestAsync.test_both_colours[fox].yaml",
    file_name("TestAsync.test_both_colours[a/b]"),
}


def account(name: str) -> Server:
    return Server(says(answer(200, {"type": "user", "username": name})))


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """With a program, and a token, which no run may need but those that record."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("REPLICATE_API_TOKEN", TOKEN)
    suite = empty_suite(pytester, monkeypatch)
    suite.makepyfile(program=PROGRAM)
    return suite


@pytest.fixture
def uses(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Callable[[Server], None]:
    """Have the suite's clients use a server."""
    return lambda server: monkeypatch.setenv("REPLICATE_BASE_URL", server.url)


def cassettes(suite: pytest.Pytester, module: str) -> set[str]:
    return {path.name for path in (suite.path / "cassettes" / module).iterdir()}


def usernames(suite: pytest.Pytester, file: str) -> list[str]:
    """What is recorded in a cassette in JSON."""
    found = json.loads((suite.path / file).read_text())["interactions"]
    return [json.loads(each["response"]["body"]["string"])["username"] for each in found]


@pytest.mark.parametrize("workers", [(), XDIST], ids=["alone", "in parallel"])
def test_the_first_run_records_and_the_next_replays(
    workers: tuple[str, ...], suite: pytest.Pytester, uses: Callable[[Server], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a marked test, class, or one with the fixture; in both colours, without server, token or network."""
    suite.makepyfile(test_names=NAMES)
    with account("acme") as server:
        uses(server)
        check(suite, *workers, passed=4)
        assert len(server.requests) == 8
        check(suite, *workers, passed=4)
        assert len(server.requests) == 8
    assert cassettes(suite, "test_names") == FILES
    monkeypatch.delenv("REPLICATE_API_TOKEN")
    check(suite, *workers, "--replicate-record=none", "-o", "replicate_network=refuse", passed=4)
    for path in suite.path.rglob("*.yaml"):
        assert TOKEN.encode() not in path.read_bytes()


def test_suites_of_unittest_and_their_setup_are_recorded(
    suite: pytest.Pytester, uses: Callable[[Server], None]
) -> None:
    """The recording begins before fixtures that use a client."""
    suite.makepyfile(
        test_units="""
        import unittest, program, pytest

        @pytest.fixture(autouse=True)
        def early():
            assert program.name() == "acme"

        @pytest.mark.replicate_cassette
        class TestProgram(unittest.TestCase):
            def test_name(self):
                self.assertEqual(program.name(), "acme")
    """
    )
    with account("acme") as server:
        uses(server)
        check(suite, passed=1)
        assert len(server.requests) == 2
    check(suite, passed=1)
    assert cassettes(suite, "test_units") == {"TestProgram.test_name.yaml"}


ONE = """
    import program, pytest

    @pytest.mark.replicate_cassette("taped/{name}.json")
    def test_name():
        print("it is", program.name())
"""


def test_the_option_says_what_is_recorded(suite: pytest.Pytester, uses: Callable[[Server], None]) -> None:
    """None, what has no file, what has no answer, or everything; at the path of the mark."""
    suite.makepyfile(test_one=ONE.format(name="one"))
    file = "taped/one.json"
    for option, name, recorded in [
        ("none", "a", None),
        ("once", "b", ["b"]),
        ("once", "c", ["b"]),
        ("new", "d", ["b"]),
        ("all", "e", ["e"]),
        ("none", "f", ["e"]),
    ]:
        with account(name) as server:
            uses(server)
            run(suite, f"--replicate-record={option}").assert_outcomes(**{"passed" if recorded else "failed": 1})
            assert len(server.requests) == (recorded == [name])
        assert (usernames(suite, file) if (suite.path / file).exists() else None) == recorded


def test_new_adds_what_has_no_answer(suite: pytest.Pytester, uses: Callable[[Server], None]) -> None:
    """To what is there, which is replayed."""
    suite.makepyfile(test_one=ONE.format(name="one"))
    with account("a") as server:
        uses(server)
        check(suite, passed=1)
    suite.makepyfile(test_one=ONE.format(name="one") + "        assert program.client.hardware.list() == []\n")
    with Server(says(answer(200, []))) as server:
        uses(server)
        check(suite, "--replicate-record=once", passed=0, failed=1)
        assert len(server.requests) == 0
        check(suite, "--replicate-record=new", passed=1)
        assert [request.target for request in server.requests] == ["/v1/hardware"]
    check(suite, passed=1)


@pytest.mark.parametrize("why", ["CI", "refuse"])
def test_nothing_is_recorded_by_itself_in_ci_or_without_a_network(
    why: str, suite: pytest.Pytester, uses: Callable[[Server], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names the option that records."""
    suite.makepyfile(test_one=ONE.format(name="one"))
    options = ("-o", "replicate_network=refuse") if why == "refuse" else ()
    if why == "CI":
        monkeypatch.setenv("CI", "true")
    with account("acme") as server:
        uses(server)
        result = check(suite, *options, passed=0, failed=1)
        assert server.connections == 0
    result.stdout.fnmatch_lines([
        "E *CassetteError: */taped/one.json has no answer for GET *: there is no such file",
        "E *to record it, run pytest --replicate-record=new, which adds to the file, or --replicate-record=all*",
    ])  # fmt: skip


def test_who_asks_for_a_recording_asks_for_the_network(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal is lifted for tests with a cassette, and for no others."""
    suite.makeini("[pytest]\nreplicate_network = refuse")
    suite.makepyfile(
        test_one=ONE.format(name="one")
        + """
    def test_other():
        program.name()
    """
    )
    monkeypatch.setenv("REPLICATE_BASE_URL", "http://api.elsewhere.example")
    with account("acme") as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        result = check(suite, "--replicate-record=once", passed=1, failed=1)
        assert [request.target for request in proxy.requests] == ["http://api.elsewhere.example/v1/account"]
    result.stdout.fnmatch_lines(["FAILED test_one.py::test_other - *NetworkRefusedError*"])
    check(suite, "-k", "test_name", passed=1)


SHARING = """
    import program, pytest

    @pytest.mark.replicate_cassette("shared.yaml")
    @pytest.mark.parametrize("path", ["/a", "/b", "/c", "/a"])
    def test_ask(path):
        assert program.client.request("GET", path) == []
"""


@pytest.mark.parametrize("workers", [(), XDIST], ids=["alone", "in parallel"])
def test_tests_can_share_a_cassette(
    workers: tuple[str, ...], suite: pytest.Pytester, uses: Callable[[Server], None]
) -> None:
    """Each adds to what the others have recorded in the same run, also when all is recorded anew."""
    suite.makepyfile(test_shared=SHARING)
    with Server(says(answer(200, []))) as server:
        uses(server)
        check(suite, *workers, passed=4)
        assert {request.target for request in server.requests} == {"/v1/a", "/v1/b", "/v1/c"}
        check(suite, *workers, "--replicate-record=none", passed=4)
        before = len(server.requests)
        check(suite, "--replicate-record=all", passed=4)
        assert len(server.requests) == before + 3
    check(suite, *workers, "--replicate-record=none", passed=4)


ASKING = """
    import program, pytest

    @pytest.mark.replicate_cassette("shared.yaml")
    @pytest.mark.parametrize("paths", [{tests}])
    def test_ask(paths):
        for path in paths:
            assert program.client.request("GET", path) == []
"""


@pytest.mark.parametrize("workers", [(), XDIST], ids=["alone", "in parallel"])
def test_what_was_not_used_is_listed_on_request(
    workers: tuple[str, ...], suite: pytest.Pytester, uses: Callable[[Server], None]
) -> None:
    """Once for a cassette that several tests use, if none of them used it; only on request."""
    suite.makepyfile(test_shared=ASKING.format(tests='["/a", "/b", "/c", "/b"]'))
    with Server(says(answer(200, []))) as server:
        uses(server)
        check(suite, passed=1)
    suite.makepyfile(test_shared=ASKING.format(tests='["/a"], ["/c"], ["/b"], ["/c"]'))
    assert "not used" not in run(suite, *workers).stdout.str()
    told = run(suite, *workers, "--replicate-unused")
    told.stdout.re_match_lines_random([
        r"=+ recordings that were not used =+",
        r"shared\.yaml:",
        r"    GET http://.*/v1/b -> 200",
    ])  # fmt: skip
    assert len(re.findall(r"/v1/\w+ -> 200", told.stdout.str())) == 1


@pytest.mark.parametrize("workers", [(), XDIST], ids=["alone", "in parallel"])
def test_cassettes_of_no_test_are_listed_too(
    workers: tuple[str, ...], suite: pytest.Pytester, uses: Callable[[Server], None]
) -> None:
    """Such as those of a test that has another name now; and when there are none, that is said."""
    suite.makepyfile(test_names=NAMES)
    with account("acme") as server:
        uses(server)
        check(suite, passed=4)
    told = check(suite, *workers, "--replicate-unused", passed=4)
    told.stdout.re_match_lines([r"=+ recordings that were not used =+", "none"])
    suite.makepyfile(test_names=NAMES.replace("test_mark", "test_marked"))
    told = check(suite, *workers, "--replicate-unused", "--replicate-record=none", passed=3, failed=1)
    told.stdout.fnmatch_lines(["cassettes/test_names/test_mark.yaml: no test that ran has it"])
    assert told.stdout.str().count("no test that ran") == 1


def test_a_mark_with_something_else_than_a_path_is_an_error(suite: pytest.Pytester) -> None:
    """Which names the test."""
    suite.makepyfile(
        test_wrong="""
        import pytest

        @pytest.mark.replicate_cassette("a.yaml", "b.yaml")
        def test_two(): pass

        @pytest.mark.replicate_cassette(5)
        def test_number(): pass
    """
    )
    result = run(suite)
    result.assert_outcomes(errors=2)
    for name in ("two", "number"):
        result.stdout.fnmatch_lines(
            [f"E *: test_wrong.py::test_{name}: the mark replicate_cassette takes one argument*"]
        )


def test_a_fixture_that_does_not_build_on_ours_is_used_in_its_place(suite: pytest.Pytester) -> None:
    """With a transport to be recorded that is no network."""
    suite.makeconftest("""
        import pytest
        from replicate_typed import MockTransport, RecordedTransport

        @pytest.fixture
        def replicate_cassette(tmp_path):
            with RecordedTransport(tmp_path / "own.yaml", inner=MockTransport()) as transport:
                yield transport
    """)
    suite.makepyfile(
        test_own="""
        import program, pytest

        @pytest.mark.replicate_cassette
        def test_name():
            assert program.name() == "acme"
    """
    )
    check(suite, passed=1)
