"""The command line: `replicate-typed`, with the extra `cli`."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> None:
    """Run the command that the arguments of this program ask for."""
    try:
        from replicate_typed.cli.app import run
    except ModuleNotFoundError as error:
        stop_without(error, extra="cli")
    sys.exit(run())


def stop(message: str, status: int) -> NoReturn:
    """End this program with one line: 2 is for arguments that cannot be, 1 for everything else."""
    print(f"replicate-typed: {message}", file=sys.stderr)  # noqa: T201
    sys.exit(status)


def stop_without(error: ModuleNotFoundError, extra: str) -> NoReturn:
    """End this program for lack of what an extra brings; another error is raised again."""
    missing = (error.name or "").partition(".")[0]
    if missing not in ("cyclopts", "rich", "uvicorn"):
        raise error
    stop(f"this needs {missing}, which comes with pip install 'replicate-typed[{extra}]'", 1)
