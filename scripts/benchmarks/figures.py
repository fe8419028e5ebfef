"""What rounds of measurements say; pure.

The speed of a machine drifts, so a client is compared with the baseline in the same round, and only then is the median
taken. The baseline runs twice, under two names: what differs between the two is the machine's noise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figures:
    """The median of a client's rounds, and the median of its ratios to the baseline with its 95 % interval."""

    median: float
    ratio: float
    low: float
    high: float

    @property
    def farthest(self) -> float:
        """How far from 1 the ratio may be: of the same code under two names, the noise."""
        return max(abs(self.low - 1), abs(self.high - 1))


@dataclass(frozen=True)
class Target:
    """What the ratio of our client to the baseline should be, or its figure, if there is no baseline."""

    limit: float
    is_most: bool
    """Whether it should be so much at most, or at least."""
    unit: str = "x"

    def __str__(self) -> str:
        return f"{'≤' if self.is_most else '≥'} {self.limit:g} {self.unit}"

    def is_met(self, found: Figures) -> bool:
        return found.ratio <= self.limit if self.is_most else found.ratio >= self.limit

    def is_near(self, found: Figures) -> bool:
        """Whether another run may well come to the opposite verdict."""
        return found.low <= self.limit <= found.high


def figures(values: Sequence[float], baseline: Sequence[float] | None) -> Figures:
    """What the rounds of a client and those of the baseline say, in pairs; without a baseline, ratios are to 1."""
    baseline = [1.0] * len(values) if baseline is None else baseline
    ratios = [value / base for value, base in zip(values, baseline, strict=True)]
    return Figures(median(values), median(ratios), *interval(ratios))


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Where the true median is, with a chance of 95 %, whatever the distribution: between two of the values."""
    ordered, count = sorted(values), len(values)
    rank = max(0, math.floor((count - 1.96 * math.sqrt(count)) / 2))  # as many are below it as of coins are heads
    return ordered[rank], ordered[count - 1 - rank]
