"""Make the sync twin of everything async: replicate_typed/_async -> _sync, tests/_async -> tests/_sync.

    python scripts/unasync.py [--check]

Every rule must be of use somewhere; the result is formatted by ruff; the check fails on
stale, missing and extra files.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "replicate_typed", ROOT / "tests")
HEADER = "# Made by scripts/unasync.py from {source}; do not edit.\n"
RULES = [
    (r"\bAwaitable\[((?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*)\]", r"\1"),
    (r"\bhttpx\.AsyncByteStream\b", "httpx.SyncByteStream"),
    (r"\bhttpcore\.AnyIOBackend\b", "httpcore.SyncBackend"),
    (r"\basync (def|with|for)\b", r"\1"),
    (r"\bawait ", ""),
    (r"\bStopAsyncIteration\b", "StopIteration"),
    (r"\bAsync([A-Z]\w*)", r"\1"),
    (r"\b_async\b", "_sync"),
    (r"\bhandle_async_request\b", "handle_request"),
    (r"\b__a(enter|exit|iter|next)__", r"__\1__"),
    (r"\basync(contextmanager)\b", r"\1"),
    (r"\ba(close|closing|read|save|sleep|iter_bytes|iter_raw)\b", r"\1"),
]  # fmt: skip


def sync(text: str, used: set[str]) -> str:
    """The text in the other colour."""
    for pattern, replacement in RULES:
        text, count = re.subn(pattern, replacement, text)
        if count:
            used.add(pattern)
    return text


def formatted(text: str, path: Path) -> str:
    for command in (["check", "--select=I,F401", "--fix-only", "--quiet"], ["format", "--quiet"]):
        run = [sys.executable, "-m", "ruff", *command, "--no-cache", "--stdin-filename", str(path), "-"]
        text = subprocess.run(run, input=text, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return text


def twins(used: set[str]) -> dict[Path, str]:
    """Every file that should exist in the sync colour, and what it should say."""
    made: dict[Path, str] = {}
    for folder in FOLDERS:
        for source in sorted((folder / "_async").rglob("*.py")):
            target = folder / "_sync" / source.relative_to(folder / "_async")
            header = HEADER.format(source=source.relative_to(ROOT))
            made[target] = formatted(header + sync(source.read_text(encoding="utf-8"), used), target)
    return made


def main() -> int:
    used: set[str] = set()
    made = twins(used)
    if unused := [pattern for pattern, _ in RULES if pattern not in used]:
        print(f"scripts/unasync.py: rules of no use: {', '.join(unused)}", file=sys.stderr)
        return 2
    present = {path for folder in FOLDERS for path in (folder / "_sync").rglob("*.py")}
    wrong = {path for path, text in made.items() if path not in present or path.read_text(encoding="utf-8") != text}
    extra = present - made.keys()
    if "--check" in sys.argv[1:]:
        for path in sorted(wrong | extra):
            print(f"{'extra' if path in extra else 'stale'}: {path.relative_to(ROOT)}", file=sys.stderr)
        if wrong or extra:
            print("run scripts/regenerate", file=sys.stderr)
        return 1 if wrong or extra else 0
    for path in wrong:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made[path], encoding="utf-8")
    for path in extra:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
