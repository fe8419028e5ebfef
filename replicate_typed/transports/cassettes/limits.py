"""How much a cassette may hold, so that none can bring a process down."""

MOST_BYTES = 256 * 2**20
"""Of the file, and of all that is in it."""
MOST_NODES = 2_000_000
"""Texts, numbers, lists and objects; an answer has about a hundred, and every frame of a stream has three."""
DEEPEST = 50
"""Objects and lists within each other."""
