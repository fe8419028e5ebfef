"""Services in memory that a file of Python defines."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from types import ModuleType

from replicate_typed.transports.mock.service import MockTransport

WHAT_IT_DEFINES = "`mock = MockTransport()` and its models"

_shared: dict[Path, MockTransport | None] = {}  # None while the file is being run
_lock = threading.RLock()


def load_mock(path: str | os.PathLike[str]) -> MockTransport:
    """The `mock` that a file of Python defines, with the models that it adds; the file is run anew each time.

    It may import its neighbours: its folder is put at the end of `sys.path`.

    Raises:
        ValueError: The file cannot be read, raises (its error is the cause), or defines no `MockTransport`
            that is called `mock`. The message names the file.
    """
    file = Path(path).absolute()
    try:
        code = compile(file.read_bytes(), str(file), "exec", dont_inherit=True)
    except OSError as error:
        raise ValueError(f"{file} cannot be read: {error.strerror or error}") from error
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"{file} is not Python: {error}") from error
    module = ModuleType(f"mock file {file.stem}")
    module.__file__ = str(file)
    sys.modules[module.__name__] = module  # dataclasses look for the module they are in
    if str(file.parent) not in sys.path:
        sys.path.append(str(file.parent))
    try:
        exec(code, module.__dict__)  # noqa: S102 -- a file that the user names, as on Python's command line
    except (Exception, SystemExit) as error:
        raise ValueError(f"{file} raised {type(error).__name__}: {error}") from error
    return _mock_of(module, file)


def shared_mock(path: str | os.PathLike[str]) -> MockTransport:
    """The `mock` of a file, as `load_mock` has it; one for the whole process, however many ask for it."""
    file = Path(path).resolve()
    with _lock:
        if file not in _shared:
            _shared[file] = None
            try:
                _shared[file] = load_mock(file)
            finally:
                if _shared[file] is None:
                    del _shared[file]
        mock = _shared[file]
    if mock is None:
        raise ValueError(f"{file} uses the mock that it is to define, through a client with no transport of its own")
    return mock


def _mock_of(module: ModuleType, file: Path) -> MockTransport:
    names = vars(module)
    if isinstance(mock := names.get("mock"), MockTransport):
        return mock
    others = [name for name, value in names.items() if isinstance(value, MockTransport)]
    hint = f"; did you mean {others[0]}?" if others else f": it needs {WHAT_IT_DEFINES}"
    if "mock" not in names:
        raise ValueError(f"{file} defines no `mock`{hint}")
    raise ValueError(f"`mock` in {file} is no MockTransport, but {_called(mock)}{hint}")


def _called(value: object) -> str:
    """What a value is, in a few words."""
    if isinstance(value, ModuleType):
        return f"the module {value.__name__}"
    return f"the class {value.__name__}" if isinstance(value, type) else f"of type {type(value).__name__}"
