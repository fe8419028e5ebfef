"""The source of both colours; `_sync` is made from it."""
