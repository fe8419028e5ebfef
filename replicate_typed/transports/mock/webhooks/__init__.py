"""Webhooks of the mock service, and sending them."""
