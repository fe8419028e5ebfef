"""What was measured, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from statistics import median

from rich.table import Table
from rich.text import Text

from .contestants import AGAIN, BASELINE, CONTESTANTS, OURS, VCRPY, VCRPY_AGAIN
from .figures import Figures, Target, figures
from .measures import Rounds
from .results import Results, machine, verdict_on
from .runs import HELD, Late, Runs

ORDER = [BASELINE, AGAIN, VCRPY, VCRPY_AGAIN, OURS, HELD, *(one.name for one in CONTESTANTS)]
WIDTHS = (24, 9, 8, 13)  # of names and figures; the rest is for remarks
WIDTH = 110  # where there is no terminal that has one


def tables(results: Results) -> Iterator[Table | Text]:
    """All of them, with what one must know to read them."""
    yield heading(results)
    if any(rounds.base for rounds in results.rounds):
        yield Text()
        yield Text(
            "ratio: to the first row, in the same round: the median of all rounds, and its 95 % interval\n"
            "noise: how far from 1 that may be when the same code is measured again",
            style="dim",
        )
    for rounds in results.rounds:
        yield Text()
        count = max(map(len, rounds.values.values()), default=0)
        yield Text(f"{rounds.measure.title} ({count} {'round' if count == 1 else 'rounds'})", style="bold")
        yield table_of_rounds(rounds)
    if results.runs is not None:
        yield Text()
        yield Text(
            "late: from the end of the prediction to the return of run, in the median and at most\n"
            f"{BASELINE} looks every 0.5 s; replicate and hold=60 ask the service to hold its answer",
            style="dim",
        )
        for seconds, late in results.runs.late.items():
            count = max((one.count for one in late.values()), default=0)
            yield Text()
            yield Text(f"run of a model that takes {seconds:g} s ({count} times)", style="bold")
            yield table_of_runs(late, results.runs)
    wanted = {rounds.measure.name: verdict_on(rounds) for rounds in results.rounds if rounds.measure.target}
    if wanted:
        yield Text()
        yield summary(wanted)


def summary(verdicts: Mapping[str, bool | None]) -> Text:
    """Of all targets."""
    text = f"{sum(map(bool, verdicts.values()))} of {len(verdicts)} targets met"
    missed = [name for name, is_met in verdicts.items() if not is_met]
    return Text(f"{text}; missed: {'; '.join(missed)}" if missed else text, style="bold")


def heading(results: Results) -> Text:
    at = machine()
    httpx = " and ".join(sorted({packages["httpx"] for packages in results.packages.values()})) or "missing"
    text = f"replicate_typed {at['replicate_typed']}; httpx {httpx}; {at['python']}; {at['platform']}, "
    text += f"{at['processors']} processors"
    return Text(f"{text}\nquick: few rounds, and no runs of 10 and 60 s" if results.is_quick else text)


def in_order(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))


def table_of(*columns: str) -> Table:
    """A column of names, some of figures, and one of remarks, as wide as in any other table."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column(width=WIDTHS[0], no_wrap=True)
    for column, width in zip(columns, WIDTHS[1:], strict=True):
        table.add_column(column, justify="right", width=width, no_wrap=True)
    table.add_column(overflow="fold")
    return table


def number(value: float) -> str:
    """With three digits, or with all before the point."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:.{digits}f}"


def amount(value: float, unit: str) -> str:
    return f"{number(value)} {unit}"


def verdict(target: Target, found: Figures) -> Text:
    """Whether the target is met, and whether noise may have decided."""
    is_met = target.is_met(found)
    shown = f"{found.ratio:.2f}" if target.unit == "x" else amount(found.ratio, target.unit)
    near = ", within the noise" if target.is_near(found) else ""
    return Text(f"{target}: {shown} {'✓' if is_met else '✗'}{near}", style="green" if is_met else "red")


def table_of_rounds(rounds: Rounds) -> Table:
    measure, base = rounds.measure, rounds.base
    table = table_of("median", "" if base is None else "ratio", "95 %")
    for name in in_order({*rounds.values, *rounds.absent}):
        if name in rounds.absent:
            table.add_row(name, "", "", "", rounds.absent[name])
            continue
        found = figures(rounds.values[name], base)
        if name == measure.rival:
            table.add_row(name, amount(found.median, measure.unit), "1", "", measure.baseline)
            continue
        remark = Text()
        if name == measure.again:
            remark = Text(f"noise ± {found.farthest:.1%}")
        elif name == OURS and measure.target is not None:
            remark = verdict(measure.target, found)
        if rounds.remark:
            remark.append("\n" if remark else "").append(rounds.remark, style="dim")
        ratio, low, high = (
            ("", number(found.low), number(found.high))
            if base is None
            else (f"{found.ratio:.2f}", f"{found.low:.2f}", f"{found.high:.2f}")
        )
        table.add_row(name, amount(found.median, measure.unit), ratio, f"{low} - {high}", remark)
    return table


def table_of_runs(late: dict[str, Late], runs: Runs) -> Table:
    table = table_of("late", "at most", "requests")
    for name in in_order({*late, *runs.absent}):
        if name in runs.absent:
            table.add_row(name, "", "", "", runs.absent[name])
            continue
        one = late[name]
        shown = ["" if value is None else amount(value * 1e3, "ms") for value in (one.median, one.most)]
        table.add_row(name, *shown, f"{median(one.requests):g}" if one.requests else "", remark_on(one))
    return table


def remark_on(late: Late) -> str:
    """What else is to be said of some runs."""
    remarks: list[str] = []
    doubled = sum(created > 1 for created in late.created)
    if doubled:
        remarks.append(f"{doubled} of {late.count} created {max(late.created)} predictions")
    remarks += [f"{late.errors.count(error)} of {late.count} failed: {error}" for error in dict.fromkeys(late.errors)]
    return "; ".join(remarks)
