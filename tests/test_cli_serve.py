"""`replicate-typed serve`, in processes of its own and over real sockets."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import socket
import subprocess
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import COMMAND, PATIENCE, Served, environment_with, run_command, running, serving

import replicate_typed

MODELS = Path(__file__).parent / "served" / "plain.py"


@pytest.fixture(scope="module")
def served() -> Generator[Served]:
    """A server without a token."""
    with serving(MODELS) as served:
        yield served


@pytest.fixture
def client(served: Served) -> Generator[httpx.Client]:
    with httpx.Client(base_url=f"{served.url}/v1", timeout=PATIENCE, trust_env=False) as client:
        yield client


def created(client: httpx.Client) -> dict[str, Any]:
    response = client.post("/models/acme/echo/predictions", json={"input": {"prompt": "fox"}})
    assert response.status_code == 201, response.text
    prediction: dict[str, Any] = response.json()
    return prediction


def test_a_prediction_runs_in_real_time(client: httpx.Client, served: Served) -> None:
    """And its links lead back to the server."""
    prediction = created(client)
    assert prediction["urls"]["get"] == f"{served.url}/v1/predictions/{prediction['id']}"
    found = client.get(prediction["urls"]["get"]).json()
    assert (found["status"], found["output"]) == ("succeeded", "fox")
    assert found["created_at"] >= "2026"  # a virtual clock begins in 2025


def test_the_connection_is_kept(client: httpx.Client) -> None:
    """One is enough for many requests."""
    ports = {client.get("/predictions").extensions["network_stream"].get_extra_info("client_addr")[1] for _ in range(3)}
    assert len(ports) == 1


def test_an_answer_is_not_held_back_for_the_last_one_to_be_acknowledged(client: httpx.Client) -> None:
    """As Nagle's algorithm does, for 40 ms each time."""

    def seconds_of_thirty_requests() -> float:
        start = time.perf_counter()
        for _ in range(30):
            client.get("/predictions/none")
        return time.perf_counter() - start

    assert min(seconds_of_thirty_requests() for _ in range(3)) < 30 * 0.03


def test_the_service_can_be_found_from_its_address(served: Served) -> None:
    """What is there, and the description of the API."""
    page = httpx.get(served.url, trust_env=False).json()
    assert page["models"] == ["acme/echo"]
    description = httpx.get(page["openapi"], trust_env=False).json()
    assert description["servers"] == [{"url": f"{served.url}/v1"}]


def test_a_file_of_some_size_is_read_in_full(client: httpx.Client) -> None:
    """The service answers to all of it."""
    response = client.post("/models/acme/echo/predictions", json={"input": {"prompt": "x" * 5_000_000}})
    assert client.get(response.json()["urls"]["get"]).json()["output"] == "x" * 5_000_000


@pytest.mark.parametrize("path", ["/hardware", "/account"])
def test_a_mock_that_shall_break_off_does(client: httpx.Client, path: str) -> None:
    """The connection ends without an answer, and a new one works."""
    with pytest.raises(httpx.RemoteProtocolError, match="disconnected without sending a response"):
        client.get(path)
    assert client.get("/predictions").status_code == 200


def test_a_mock_that_shall_break_off_in_midst_of_an_answer_does(client: httpx.Client) -> None:
    """What came before arrives."""
    with client.stream("GET", "/models") as response:
        assert response.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError, match="received 10 bytes"):
            response.read()


def test_a_stream_flows_at_once(client: httpx.Client, served: Served) -> None:
    """Its first event comes although it never ends."""
    with client.stream("GET", f"{served.url}/endless") as response:
        assert response.headers["content-type"] == "text/event-stream"
        assert next(response.iter_lines()) == "event: output"


def test_an_offer_to_speak_another_protocol_is_passed_over() -> None:
    """As Java's client makes with each request; nothing is said of it."""
    headers = {"connection": "Upgrade, HTTP2-Settings", "upgrade": "h2c", "http2-settings": "AAMAAABkAAQBAAAAAAUAAEAA"}
    with serving(MODELS) as served:
        assert httpx.get(f"{served.url}/v1/predictions", headers=headers, trust_env=False).status_code == 200
        served.end(signal.SIGTERM)
        assert served.errors() == ""


def test_each_request_is_a_line_of_the_log() -> None:
    """Method, path without query, operation, status and milliseconds; broken ones and ended streams, too."""
    with serving(MODELS) as served, httpx.Client(base_url=served.url, timeout=PATIENCE, trust_env=False) as client:
        client.get("/v1/predictions?source=web&x=secret")
        with pytest.raises(httpx.RemoteProtocolError):
            client.get("/v1/account")
        with client.stream("GET", "/endless") as response:
            next(response.iter_lines())
        events = [served.event() for _ in range(3)]
        assert all(event.pop("ms") >= 0 for event in events)
        one = {"event": "request", "method": "GET", "path": "/v1/predictions", "operation": "predictions.list"}
        two = {"event": "request", "method": "GET", "path": "/v1/account", "operation": "account.get"}
        three = {"event": "request", "method": "GET", "path": "/endless", "operation": None}
        assert events == [one | {"status": 200}, two | {"status": None}, three | {"status": 200}]
        assert served.started == {
            "event": "started",
            "url": served.url,
            "version": replicate_typed.__version__,
            "models": ["acme/echo"],
            "needs_token": False,
        }


def test_people_get_plain_lines_in_a_pipe() -> None:
    """The address, the models, how to point a client at it; then a line a request."""
    with running(MODELS) as served:
        start = [served.line() for _ in range(6)]
        assert start[0] == f"replicate-typed {replicate_typed.__version__} serves acme/echo\n"
        found = re.search(r"at (http://127\.0\.0\.1:\d+);", start[1])
        assert found
        assert f"    export REPLICATE_BASE_URL={found[1]}\n" in start
        httpx.get(f"{found[1]}/v1/predictions", trust_env=False)
        served.line()
        assert re.fullmatch(r"200 GET /v1/predictions predictions\.list \d+\.\d ms\n", served.line())
        assert served.end(signal.SIGTERM) == 0
        assert (served.line(), served.errors()) == ("", "")


def test_a_terminal_has_colours() -> None:
    """Nowhere else."""
    master, slave = pty.openpty()
    command = [*COMMAND, "serve", "--models", str(MODELS), "--port", "0"]
    environment = environment_with(TERM="xterm-256color")
    with subprocess.Popen(command, stdout=slave, stdin=subprocess.DEVNULL, env=environment) as process:
        os.close(slave)
        try:
            shown = b""
            while b"Ctrl-C" not in shown:
                shown += os.read(master, 65536)
        finally:
            process.kill()
            os.close(master)
    assert re.search(rb"\x1b\[1macme/echo\x1b\[0m", shown)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_when_it_is_told_to(sent: signal.Signals) -> None:
    """Without a word and with status 0, whatever is under way: kept connections, streams, answers held back."""
    with serving(MODELS) as served, httpx.Client(base_url=served.url, timeout=PATIENCE, trust_env=False) as client:
        client.get("/v1/predictions")
        held = socket.create_connection((client.base_url.host, client.base_url.port or 0))
        held.sendall(b"GET /held HTTP/1.1\r\nHost: localhost\r\n\r\n")
        with client.stream("GET", "/endless") as response, held:
            lines = response.iter_lines()
            next(lines)
            assert served.end(sent) == 0
            assert held.recv(1000) == b""
            with pytest.raises(httpx.RemoteProtocolError):
                list(lines)
        assert served.errors() == ""


def test_it_goes_on_when_nobody_reads_its_lines() -> None:
    """A program that only wanted the address may close the pipe."""
    command = [*COMMAND, "serve", "--models", str(MODELS), "--port", "0", "--json"]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment_with()
    ) as process:
        assert process.stdout
        assert process.stderr
        url = json.loads(process.stdout.readline())["url"]
        process.stdout.close()
        try:
            statuses = [httpx.get(f"{url}/v1/predictions", trust_env=False).status_code for _ in range(3)]
        finally:
            process.send_signal(signal.SIGINT)
            assert (process.wait(timeout=PATIENCE), process.stderr.read()) == (0, b"")
    assert statuses == [200] * 3


def test_with_a_token_callers_need_it() -> None:
    """Also on this machine; it is never shown."""
    with serving(MODELS, "--token", "r8_secret") as served:
        assert served.started["needs_token"] is True
        for path in ("/", "/openapi.json", "/v1/predictions"):
            statuses = [
                httpx.get(served.url + path, headers={"authorization": f"Bearer {token}"}, trust_env=False).status_code
                for token in ("r8_secret", "r8_other")
            ]
            assert statuses == [200, 401]
            assert "r8_secret" not in served.line() + served.line()


def test_with_a_token_other_machines_may_be_let_in() -> None:
    """On all addresses of this one."""
    with serving(MODELS, "--host", "0.0.0.0", "--token", "r8_secret") as served:
        assert served.url.startswith("http://0.0.0.0:")
        url = served.url.replace("0.0.0.0", "127.0.0.1")
        assert httpx.get(url, headers={"authorization": "Bearer r8_secret"}, trust_env=False).status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_without_a_token_nobody_else_is_let_in(host: str, tmp_path: Path) -> None:
    """Refused before anything is started."""
    models = tmp_path / "models.py"
    models.write_text("raise SystemExit('it was started')\n", encoding="utf-8")
    done = run_command("serve", "--models", models, "--host", host)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"replicate-typed: {host!r} is open to other machines, so callers need a token: add --token\n"


def test_without_a_token_only_requests_for_this_machine_are_answered(served: Served) -> None:
    """Not those that a web page makes through a host name that leads here."""
    host = {"host": "evil.test"}
    assert httpx.get(f"{served.url}/v1/predictions", headers=host, trust_env=False).status_code == 403


@pytest.mark.parametrize("token", ["", " ", "a b\n", "clé"])
def test_a_token_that_cannot_be_sent_is_refused(token: str) -> None:
    """Nobody could call such a service; the token is not repeated."""
    done = run_command("serve", "--models", MODELS, "--token", token)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "replicate-typed: a token is of printable ASCII characters, without spaces\n"


def test_a_port_in_use_is_said_in_one_line() -> None:
    """And what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run_command("serve", "--models", MODELS, "--port", port)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"replicate-typed: port {port} of 127.0.0.1 is in use by another program; --port 0 takes a free one\n"
    )


@pytest.mark.parametrize(
    ("source", "traceback"),
    [
        (
            "import nothing",
            "{file}\", line 1, in <module>\n    import nothing\nModuleNotFoundError: No module named 'nothing'",
        ),
        ("a = 1\nmock = ", '{file}", line 2\n    mock = \n           ^\nSyntaxError: invalid syntax'),
    ],
)
def test_a_models_file_that_fails_shows_its_traceback_and_one_line(source: str, traceback: str, tmp_path: Path) -> None:
    """The mistake is theirs to find: nothing of ours is in it."""
    models = tmp_path / "models.py"
    models.write_text(source, encoding="utf-8")
    done = run_command("serve", "--models", models, "--port", "0")
    assert (done.returncode, done.stdout) == (1, "")
    assert traceback.format(file=models) in done.stderr
    assert done.stderr.count('File "') == 1
    assert done.stderr.splitlines()[-1].startswith(f"replicate-typed: {models} ")


def test_a_models_file_without_a_mock_is_told_what_it_needs(tmp_path: Path) -> None:
    """In one line."""
    models = tmp_path / "models.py"
    models.touch()
    done = run_command("serve", "--models", models, "--port", "0")
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(
        r"replicate-typed: .*models\.py defines no `mock`: it needs `mock = MockTransport\(\)`.*\n", done.stderr
    )
