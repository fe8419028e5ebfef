# Made by scripts/unasync.py from replicate_typed/_async/__init__.py; do not edit.
"""The source of both colours; `_sync` is made from it."""
