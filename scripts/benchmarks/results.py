"""All that was measured, as JSON."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from replicate_typed import __version__

from .contestants import OURS
from .figures import figures
from .measures import Rounds
from .runs import Runs


@dataclass
class Results:
    """What was measured so far, and of whom."""

    is_quick: bool
    packages: dict[str, dict[str, str]]
    """By client: what is installed beside it."""
    absent: dict[str, str]
    rounds: list[Rounds] = field(default_factory=list[Rounds])
    runs: Runs | None = None


def machine() -> dict[str, Any]:
    """Where it was measured, as far as it matters."""
    return {
        "replicate_typed": __version__,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "platform": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
    }


def as_json(results: Results) -> dict[str, Any]:
    return {
        "machine": machine(),
        "quick": results.is_quick,
        "packages": results.packages,
        "absent": results.absent,
        "measures": [_rounds(rounds) for rounds in results.rounds],
        "runs": None if results.runs is None else _runs(results.runs),
    }


def noise(rounds: Rounds) -> float | None:
    """The machine's, while this was measured."""
    again = rounds.values.get(rounds.measure.again)
    return None if again is None else figures(again, rounds.base).farthest


def verdict_on(rounds: Rounds) -> bool | None:
    """Whether our client meets the target; None if there is none, or if it could not be measured."""
    if rounds.measure.target is None or OURS not in rounds.values:
        return None
    return rounds.measure.target.is_met(figures(rounds.values[OURS], rounds.base))


def _rounds(rounds: Rounds) -> dict[str, Any]:
    measure, base = rounds.measure, rounds.base
    clients: dict[str, Any] = {}
    for name, values in rounds.values.items():
        found = figures(values, base)
        interval = [found.low, found.high]
        compared = {"interval": interval} if base is None else {"ratio": found.ratio, "ratio_interval": interval}
        clients[name] = {"median": found.median, **compared, "rounds": values}
    target = None
    if measure.target is not None:
        kind = "at_most" if measure.target.is_most else "at_least"
        target = {kind: measure.target.limit, "is_met": verdict_on(rounds)}
    return {
        "name": measure.name,
        "unit": measure.unit,
        "baseline": measure.baseline or None,
        "target": target,
        "noise": noise(rounds),
        "clients": clients,
        "absent": rounds.absent,
        "remark": rounds.remark,
    }


def _runs(runs: Runs) -> dict[str, Any]:
    lengths: Sequence[dict[str, Any]] = [
        {
            "seconds": seconds,
            "clients": {
                name: {
                    "median_late": late.median,
                    "late": late.seconds,
                    "median_requests": median(late.requests) if late.requests else None,
                    "requests": late.requests,
                    "predictions": late.created,
                    "errors": late.errors,
                }
                for name, late in clients.items()
            },
        }
        for seconds, clients in runs.late.items()
    ]
    return {"lengths": lengths, "absent": runs.absent}
