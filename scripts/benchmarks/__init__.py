"""Clients side by side, on a local service: how fast each is, in one run."""
