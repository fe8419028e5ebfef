"""pyright's language server, asked as an editor asks it: what could stand here, what is called here, what is this."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any, Self

from generating import ROOT

MARK = "<|>"  # where the cursor is
SERVER = (str(Path(sys.executable).with_name("pyright-langserver")), "--stdio")
PATIENCE = 90  # seconds for an answer, of a machine that may be busy; the first takes some


@dataclass(frozen=True)
class Place:
    """Where the cursor of an editor is."""

    uri: str
    line: int
    character: int

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "textDocument": {"uri": self.uri},
            "position": {"line": self.line, "character": self.character},
        }


class LanguageServer:
    """A server that runs, and the folder of the program that is edited.

    Questions are answered one after the other, so the answer to one is the next that has its number; whatever else
    the server says in between, or asks of its editor, is dealt with on the way. One that does not answer is ended.
    """

    def __init__(self, process: subprocess.Popen[bytes], folder: Path, patience: float) -> None:
        self._process = process
        self._folder = folder
        self._patience = patience
        self._asked = 0
        self._opened = 0

    def start(self) -> Self:
        """The handshake."""
        folder = self._folder.as_uri()
        documents = {
            "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
            "hover": {"contentFormat": ["markdown"]},
            "signatureHelp": {
                "signatureInformation": {
                    "documentationFormat": ["markdown"],
                    "parameterInformation": {"labelOffsetSupport": True},
                }
            },
        }
        self.ask(
            "initialize",
            processId=os.getpid(),
            rootUri=folder,
            workspaceFolders=[{"uri": folder, "name": "program"}],
            capabilities={"textDocument": documents, "workspace": {"configuration": True}},
        )
        self._tell("initialized")
        return self

    def opened(self, text: str) -> list[Place]:
        """The marks of a new file with this text, in order; the marks themselves are left out."""
        self._opened += 1
        uri = (self._folder / f"program_{self._opened}.py").as_uri()
        places: list[Place] = []
        before, *others = text.split(MARK)
        for after in others:
            lines = before.split("\n")
            places.append(Place(uri, len(lines) - 1, len(lines[-1])))
            before += after
        document = {"uri": uri, "languageId": "python", "version": 1, "text": before}
        self._tell("textDocument/didOpen", textDocument=document)
        return places

    def completions(self, place: Place) -> dict[str, dict[str, Any]]:
        """What could stand there, by name, as an editor lists it."""
        found = self.ask("textDocument/completion", **place.parameters)
        return {item["label"]: item for item in found["items"]}

    def documented(self, item: dict[str, Any]) -> str:
        """What an editor shows beside a completion that is looked at: its type, and its documentation."""
        found = self.ask("completionItem/resolve", **item)
        return str(found["documentation"]["value"])

    def signature(self, place: Place) -> dict[str, Any]:
        """What is being called there: its label, its documentation and the active parameter."""
        found = self.ask("textDocument/signatureHelp", **place.parameters)
        signature: dict[str, Any] = found["signatures"][found.get("activeSignature") or 0]
        return signature

    def hover(self, place: Place) -> str:
        """What is said of the word there."""
        found = self.ask("textDocument/hover", **place.parameters)
        return "" if found is None else str(found["contents"]["value"])

    def ask(self, method: str, **parameters: Any) -> Any:
        """The answer to a request."""
        self._asked += 1
        watch = Timer(self._patience, end, [self._process])
        watch.start()
        try:
            self._send(id=self._asked, method=method, params=parameters)
            while True:
                message = self._hear()
                if "method" in message:
                    self._answer(message)
                elif message["id"] == self._asked:
                    assert "error" not in message, message["error"]
                    return message["result"]
        finally:
            watch.cancel()

    def _answer(self, message: dict[str, Any]) -> None:
        """What the server asks of its editor, such as its settings; what it only tells needs no answer."""
        if "id" not in message:
            return
        result: Any = None
        if message["method"] == "workspace/configuration":
            result = [self._settings(item.get("section")) for item in message["params"]["items"]]
        self._send(id=message["id"], result=result)

    def _settings(self, section: str | None) -> dict[str, Any]:
        paths = [str(ROOT), str(ROOT / "generated"), str(ROOT / "tests")]
        if section == "python":
            return {"pythonPath": sys.executable}
        if section == "python.analysis":
            return {"diagnosticMode": "openFilesOnly", "extraPaths": paths}
        return {}

    def _tell(self, method: str, **parameters: Any) -> None:
        self._send(method=method, params=parameters)

    def _send(self, **message: Any) -> None:
        assert self._process.stdin
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout
        length = 0
        while (line := self._process.stdout.readline()) not in {b"\r\n", b""}:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the server has ended, or was ended as it did not answer"
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message


@contextmanager
def language_server(
    folder: Path, command: Sequence[str] = SERVER, patience: float = PATIENCE
) -> Generator[LanguageServer]:
    """A server for a program in this folder; it says nothing of errors that it has not heard of."""
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment, start_new_session=True
    ) as process:
        try:
            yield LanguageServer(process, folder, patience).start()
        finally:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """At once, with the processes that it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
