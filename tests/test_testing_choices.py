"""What the plugin decides for a test with a recording: its file, its mode, and what of it was not used."""

from __future__ import annotations

import pytest

from replicate_typed.testing.cassettes import LONGEST_NAME, file_name, mode_now, mode_of
from replicate_typed.testing.unused import unused_in_all
from replicate_typed.transports.cassettes.transport import Mode


def test_names_of_files_are_those_of_tests() -> None:
    """Whatever a parameter is; no two tests have one file."""
    assert file_name("TestA.test_b[c-1]") == "TestA.test_b[c-1].yaml"
    odd = ["test[a/b]", "test[a-b]", "test[a\\b]", "test[a:b]", "test[\0]", "test[..]", "test[../..]", "test[ä ö]"]
    odd += [f"test[{'x' * count}]" for count in (180, 190, 200, 5000, 5001)]
    names = [file_name(each) for each in odd]
    assert len({*names}) == len(odd)
    assert all(len(name.encode()) <= LONGEST_NAME and not {*name} & {*'/\\:\0 <>"|?*'} for name in names)


@pytest.mark.parametrize(
    ("choice", "ci", "refused", "mode"),
    [
        (None, "", False, "once"),
        (None, "true", False, "none"),
        (None, "", True, "none"),
        ("once", "true", True, "once"),
        ("new", "", True, "new_episodes"),
        ("all", "1", False, "all"),
        ("none", "", False, "none"),
    ],
)
def test_a_choice_goes_before_what_is_likely(choice: str | None, ci: str, refused: bool, mode: str) -> None:
    """Without one, a server of CI and a refused network replay only."""
    assert mode_of(choice, {"CI": ci}, network_is_refused=refused) == mode


@pytest.mark.parametrize(
    ("mode", "written", "expected"),
    [
        ("none", None, "none"),
        ("none", 12.0, "none"),
        ("once", None, "new_episodes"),
        ("once", 9.0, "once"),
        ("once", 10.0, "new_episodes"),
        ("all", 9.0, "all"),
        ("all", 12.0, "new_episodes"),
    ],
)
def test_what_is_recorded_in_a_run_is_kept_in_it(mode: Mode, written: float | None, expected: Mode) -> None:
    """What was there before is replayed or replaced, as was chosen."""
    assert mode_now(mode, written=written, started=10.0) == expected


def test_what_one_of_the_tests_of_a_cassette_used_is_used() -> None:
    """Of answers to the same request, as many as the test that used most."""
    reports: list[tuple[str, list[str]]] = [("a", ["x", "x", "y"]), ("b", []), ("a", ["x", "z"]), ("c", ["y"])]
    assert unused_in_all(reports) == {"a": ["x"], "c": ["y"]}
