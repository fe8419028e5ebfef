"""What is measured in rounds, and what we want of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .contestants import AGAIN, BASELINE, VCRPY, VCRPY_AGAIN
from .figures import Target


@dataclass(frozen=True)
class Measure:
    """One figure of each client."""

    name: str
    title: str
    unit: str
    """s, ms, µs or MB, of which fewer are better, or /s."""
    baseline: str
    """What the ratios are to; empty if our client alone is measured."""
    target: Target | None = None
    request: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What a worker is asked, which then tells the seconds of one operation."""
    stretch: int = 1
    """How much longer a turn takes than others; there are fewer then."""
    rival: str = BASELINE
    """Whom the ratios are to …"""
    again: str = AGAIN
    """… and the same once more, which tells the noise."""

    def value(self, seconds: float) -> float:
        return 1 / seconds if self.unit == "/s" else seconds * {"s": 1, "ms": 1e3, "µs": 1e6}[self.unit]


@dataclass
class Rounds:
    """What each client took in each round, and why one has none."""

    measure: Measure
    values: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    absent: dict[str, str] = field(default_factory=dict[str, str])
    remark: str = ""
    """How it was measured, as far as that differs each time."""

    @property
    def base(self) -> list[float] | None:
        """What the rival took in each round, if there is one."""
        return self.values.get(self.measure.rival)


STARTS = (
    Measure("import", "import", "ms", "import httpx", Target(0.5, is_most=True)),
    Measure("import and Client()", "import and Client()", "ms", "import httpx", Target(1.2, is_most=True)),
    Measure("first answer", "from before the import to the first answer", "ms", "httpx.Client().get() and json.loads"),
)
GET = Measure(
    "get",
    "predictions.get, one after the other",
    "/s",
    "httpx.Client().get() and json.loads",
    Target(1.2, is_most=False),
    {"do": "get"},
)
ASYNC = tuple(
    Measure(
        f"async get, {in_flight} in flight",
        f"predictions.get, async, {in_flight} in flight",
        "/s",
        "httpx.AsyncClient().get() and json.loads",
        Target(1.2, is_most=False),
        {"do": "get_async", "in_flight": in_flight},
        stretch=6 if in_flight == 100 else 1,  # most of a short turn would be waiting for its last answers
    )
    for in_flight in (1, 10, 100)
)
PAGES = (
    Measure(
        "page",
        "a page of 100 predictions, from its bytes",
        "ms",
        "json.loads",
        Target(2, is_most=True),
        {"do": "page", "logs": "LOGS"},
    ),
    Measure(
        "page with long logs",
        "the same page, each prediction with 2 kB of logs",
        "ms",
        "json.loads",
        request={"do": "page", "logs": "LONG_LOGS"},
    ),
)
STREAMS = (
    Measure(
        "stream",
        "events of a stream, each sent in a chunk of its own",
        "/s",
        "httpx.Client().stream() and .iter_raw(), and nothing made of it",
        request={"do": "stream", "kind": "chunked"},
        stretch=3,
    ),
    Measure(
        "stream at once",
        "events of the same stream, sent at once",
        "/s",
        "httpx.Client().stream() and .iter_raw(), and nothing made of it",
        request={"do": "stream", "kind": "whole"},
        stretch=3,
    ),
)
MOCK_RUN = Measure(
    "mock run",
    "run of a model that takes no time, on a MockTransport: how many in a second of one core",
    "/s",
    "",
    Target(2000, is_most=False, unit="/s"),
    {"do": "run"},
    stretch=3,
)
MOCK_MEMORY = Measure(
    "mock memory",
    "memory of a process with 100,000 such runs in its MockTransport: all of it, at its peak",
    "MB",
    "",
    Target(300, is_most=True, unit="MB"),
)
MOCK_SERVED = Measure(
    "mock served",
    "GETs of a prediction that replicate-typed serve answers, over 8 kept connections",
    "/s",
    "",
    Target(1500, is_most=False, unit="/s"),
    stretch=3,
)
BY_VCRPY: Any = {"rival": VCRPY, "again": VCRPY_AGAIN}
CASSETTES = (
    Measure(
        "cassette replay",
        "answers of a loaded cassette with 137 interactions",
        "/s",
        "use_cassette(), httpx.Client().request() and json.loads",
        Target(3, is_most=False),
        {"do": "replay"},
        stretch=4,
        **BY_VCRPY,
    ),
    Measure(
        "cassette from file",
        "the same with the loading of the cassette, a file of 0.8 MB",
        "/s",
        "use_cassette(), httpx.Client().request() and json.loads",
        request={"do": "load_and_replay"},
        stretch=4,
        **BY_VCRPY,
    ),
    Measure(
        "cassette of one page",
        "loading of a cassette of 2.4 MB, which is one page of 25 models",
        "ms",
        "use_cassette()",
        Target(1, is_most=True),
        {"do": "load", "name": "page"},
        stretch=3,
        **BY_VCRPY,
    ),
    Measure(
        "cassette of many answers",
        "loading of the cassette with 137 interactions, of 0.8 MB",
        "ms",
        "use_cassette()",
        Target(1, is_most=True),
        {"do": "load", "name": "traffic"},
        stretch=3,
        **BY_VCRPY,
    ),
)
TYPES_ADD = Measure(
    "types add",
    "replicate-typed types add, the whole command, of 25 models on a MockTransport",
    "s",
    "",
    Target(10, is_most=True, unit="s"),
)
TYPED_IMPORT = Measure(
    "typed import, with a client",
    "import of a typed module by a program that has made a Client(): what comes on top, with attrs",
    "ms",
    "",
    Target(15, is_most=True, unit="ms"),
)
TYPED_IMPORT_BARE = Measure(
    "typed import, bare",
    "the same on top of import replicate_typed alone, where nothing is loaded that attrs needs",
    "ms",
    "",
)
TYPED_CHECK = Measure(
    "typed check",
    "check of a typed model's input, with 12 fields given: a call of its reference",
    "µs",
    "",
    Target(50, is_most=True, unit="µs"),
    {"do": "check"},
)
BY_WORKERS = {"get": (GET,), "async": ASYNC, "page": PAGES, "stream": STREAMS}
OF_CLIENTS = ("import", *BY_WORKERS, "run")
NAMES = (*OF_CLIENTS, "cassettes", "types", "mock")
