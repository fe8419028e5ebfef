"""`python -m replicate_typed.cli` is `replicate-typed`."""

from replicate_typed.cli import main

main()
