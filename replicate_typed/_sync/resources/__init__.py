# Made by scripts/unasync.py from replicate_typed/_async/resources/__init__.py; do not edit.
"""The resources whose methods are written by hand, on top of the generated ones; each is imported on first use."""
