# Made by scripts/unasync.py from tests/_async/matrix.py; do not edit.
"""A row of the fault matrix: one fault, and all that a client may be doing meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from clocks import HastyClock
from faulty_api import CONTENT, TOKEN, Api, Fault, Step, Trouble
from leaks import kept_records
from servers import Server, answer, says
from together import Together
from verdicts import broken_rules

from replicate_typed import Client, HTTPTransport, ReplicateError, Run, RunTimeoutError
from replicate_typed.models import File, Prediction

PATIENCE = 20.0  # seconds; nothing comes near it, on however busy a machine
IMPATIENCE = 0.1
AS_THEY_ARE = ("download", "output")  # bytes, of which nobody knows what they should be


@dataclass(frozen=True)
class Doing:
    """What a client is doing, and at which step of it something goes wrong."""

    step: Step
    do: Callable[[Client], object]
    end: object
    """What comes of it when all goes well in the end: this, or something of this type."""
    is_repeated: bool = True
    """Whether the client does the step again when it may have been done already."""
    answered: int | None = 0
    """How many requests come before the step; None when that depends."""
    has_another_way: bool = False
    """Whether it comes to the same end without the step."""


def everything(client: Client) -> list[str]:
    return [each.id for each in client.paginate(client.predictions.list)]


def downloaded(client: Client) -> bytes:
    with client.files.download("f", owner="acme", expiry=1, signature="s") as found:
        return found.read()


def streamed(client: Client) -> tuple[str, str]:
    with client.stream("acme/echo", {"stream": True}) as events:
        return events.id, "".join([str(event) for event in events])


def saved(client: Client) -> tuple[object, bytes]:
    file = client.run("acme/echo", {"file": True})
    with TemporaryDirectory() as folder:
        return file, (file.save(folder)).read_bytes()


INPUT = {"text": "hello"}
ENDLESS = {"for ever": True}
DOING: dict[str, Doing] = {
    "run": Doing("create", lambda c: c.run("acme/echo", INPUT), "made1", is_repeated=False),
    "run, and look": Doing("look", lambda c: c.run("acme/echo", INPUT), "made1", answered=1),
    "run out of time": Doing(
        "cancel", lambda c: c.run("acme/echo", ENDLESS, timeout=3), RunTimeoutError, answered=None, has_another_way=True
    ),
    "submit": Doing("create", lambda c: c.submit("deployments/acme/prod", INPUT), Run, is_repeated=False),
    "create": Doing("create", lambda c: c.predictions.create("acme/echo", INPUT), Prediction, is_repeated=False),
    "cancel": Doing("cancel", lambda c: c.predictions.cancel("old0"), Prediction),
    "wait": Doing("look", lambda c: c.wait("old0"), Prediction),
    "paginate": Doing("next page", everything, ["old2", "old1", "old0"], answered=1),
    "stream": Doing("stream", streamed, ("made1", "a b"), has_another_way=True),
    "save": Doing("output", saved, tuple),
    "upload": Doing("upload", lambda c: c.files.create(b"hello"), File),
    "download": Doing("download", downloaded, CONTENT, is_repeated=False),
}


class Hasty(HTTPTransport):
    """The network, with pauses that take no time."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = HastyClock()


@dataclass
class Cell:
    """One thing that a client is doing while one thing goes wrong, the first `times` or always; and how it ended."""

    name: str
    doing: Doing
    fault: Fault
    times: int | None
    outcome: object = None
    pauses: tuple[float, ...] = ()
    broken: tuple[str, ...] = ()

    def happen(self, elsewhere: str) -> None:
        """Do it; then, when all is well again, something else."""
        doing, fault = self.doing, self.fault
        transport = Hasty()
        timeout = IMPATIENCE if fault.is_slow else PATIENCE
        trouble = Trouble(doing.step, fault, elsewhere=elsewhere, times=self.times, answered=doing.answered or 0)
        with Api(trouble) as api:
            client = Client(token=TOKEN, base_url=api.url, transport=transport, timeout=timeout, retries=1, polling=1)
            with client:
                try:
                    self.outcome = doing.do(client)
                except Exception as error:
                    self.outcome = error
                self.pauses = tuple(transport.clock.slept)
                broken = list(broken_rules(api, self.outcome))
                if not (self.is_good or isinstance(self.outcome, Exception) or doing.step in AS_THEY_ARE):
                    broken.append(f"ended in what is wrong: {self.outcome!r}")
                if not trouble.struck and not fault.is_slow:
                    broken.append("nothing went wrong")
                if api.is_listening:
                    trouble.is_over = True
                    try:
                        account = client.with_options(timeout=PATIENCE, retries=0).account.get()
                        if account.username != "acme":
                            broken.append(f"gets the answer to something else afterwards: {account!r}")
                    except ReplicateError as error:
                        broken.append(f"does not work afterwards: {error!r}")
        self.broken = tuple(f"{self.name}: {rule}" for rule in broken)

    @property
    def is_found(self) -> bool:
        """Whether a prediction is made and not told of, and there is time to look for it."""
        return self.doing.step == "create" and self.fault.stage == "done" and not self.fault.is_slow

    @property
    def may_end_well(self) -> bool:
        """Whether it may, though the step goes wrong each time: what was made may be found, and bytes are bytes."""
        is_made = self.doing.step == "create" and self.fault.stage == "done"
        return is_made or self.doing.has_another_way or self.doing.step in AS_THEY_ARE

    @property
    def is_good(self) -> bool:
        """Whether it ended as if nothing had gone wrong."""
        end = self.doing.end
        return isinstance(self.outcome, end) if isinstance(end, type) else self.outcome == end


def row_of(fault: Fault, *, times: int | None = None, across: Mapping[str, Doing] = DOING) -> list[Cell]:
    """A row of the matrix, all of it at once; no rule is broken in it, and nobody else hears of it."""
    row = [Cell(name, doing, fault, times) for name, doing in across.items()]
    if fault.stage == "connecting":
        row = [cell for cell in row if cell.doing.answered is not None]
    mallory = says(answer(200, {"type": "user", "username": "mallory"}))
    with Server(mallory) as elsewhere, Server(mallory) as mirror, kept_records() as records:

        def happen(cell: Cell) -> None:
            # Output files, and only they, may be on another host than the one that was asked first.
            cell.happen(mirror.url if cell.doing.step == "output" else elsewhere.url)

        Together(happen, row)
        broken = [rule for cell in row for rule in cell.broken]
        assert not broken, "\n".join(broken)
        assert not elsewhere.requests, f"told another host: {elsewhere.requests}"
        assert TOKEN not in repr(mirror.requests), f"told another host the token: {mirror.requests}"
    told = [text for record in records if TOKEN in (text := str(vars(record)))]
    assert not told, f"logged the token: {told}"
    return row


def ended_badly(row: Iterable[Cell]) -> list[str]:
    """The cells that did not end as if nothing had gone wrong."""
    return [f"{cell.name}: {cell.outcome!r}" for cell in row if not cell.is_good]


def ended_too_well(row: Iterable[Cell]) -> list[str]:
    """The cells that ended well where the step went wrong each time, or could not be done again."""
    return [f"{cell.name}: {cell.outcome!r}" for cell in row if cell.is_good and not cell.may_end_well]
