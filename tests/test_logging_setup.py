"""REPLICATE_LOG, in processes of their own."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from serving import environment_with

PROGRAM = """
from replicate_typed import Client, MockTransport
mock = MockTransport()
mock.reply("acme/painter", "fox", after=5)
Client(transport=mock)
Client(transport=mock, token="r8_secret").run("acme/painter", {"prompt": "secret"})
"""


def errors_of(program: str, log: str | None) -> str:
    """What a program writes to the standard error."""
    environment = environment_with(**({} if log is None else {"REPLICATE_LOG": log}))
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stderr


@pytest.mark.parametrize("level", ["info", "INFO", " info\n"])
def test_info_writes_a_line_a_request_and_one_a_change_of_state(level: str) -> None:
    """With time, level and logger, each once however many clients there are."""
    written = errors_of(PROGRAM, level).splitlines()
    told = [re.sub(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} INFO replicate_typed: ", "", line) for line in written]
    id = told[1].split()[1]
    assert [re.sub(r"\d+ ms", "* ms", line) for line in told] == [
        "POST /models/acme/painter/predictions: 201 in * ms",
        f"prediction {id} of acme/painter: starting",
        f"prediction {id} of acme/painter: processing",
        f"prediction {id} of acme/painter: succeeded",
    ]


def test_debug_writes_polls_too() -> None:
    """And still nothing secret."""
    written = errors_of(PROGRAM, "debug")
    assert len(re.findall(r"DEBUG replicate_typed: GET /predictions/\w+: 200 in \d+ ms$", written, re.MULTILINE)) > 5
    assert "secret" not in written


@pytest.mark.parametrize("log", [None, "", "  "])
def test_without_it_nothing_is_written(log: str | None) -> None:
    """And there is no handler: logging is the program's own affair."""
    check = "import logging; assert not logging.getLogger('replicate_typed').handlers"
    assert errors_of(PROGRAM + check, log) == ""


@pytest.mark.parametrize("before", ["", "import replicate_typed; replicate_typed.Client()\n"])
def test_a_program_with_handlers_of_its_own_has_each_line_once(before: str) -> None:
    """In its own form, whenever it sets them up."""
    own = "import logging; logging.basicConfig(format='own %(message)s')\n"
    written = errors_of(before + own + PROGRAM, "info").splitlines()
    assert len(written) == 4
    assert all(line.startswith("own ") for line in written)


def test_any_other_value_is_refused() -> None:
    """By the first client, and by every other."""
    program = """
from replicate_typed import Client
for _ in range(2):
    try:
        Client()
    except ValueError as error:
        print(error)
"""
    environment = environment_with(REPLICATE_LOG="loud")
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert run.stdout == "REPLICATE_LOG must be info or debug, got 'loud'\n" * 2


def test_threads_that_make_the_first_clients_write_each_line_once() -> None:
    """There is one handler, whoever comes first."""
    program = """
import logging, os, threading
from replicate_typed import Client, MockTransport

class Environment(dict):
    def get(self, name, default=None):
        if name == "REPLICATE_LOG":
            try:
                other.wait(0.2)  # for another thread that is setting up as well, which there must not be
            except threading.BrokenBarrierError:
                pass
        return super().get(name, default)

os.environ = Environment(os.environ)
other = threading.Barrier(2)
barrier = threading.Barrier(16)
transport = MockTransport()
make_client = Client
def make():
    barrier.wait()
    make_client(transport=transport)
threads = [threading.Thread(target=make) for _ in range(16)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert len(logging.getLogger("replicate_typed").handlers) == 1
"""
    assert errors_of(program, "info") == ""
