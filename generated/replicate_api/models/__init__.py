# Made by scripts/regenerate from openapi.yaml; do not edit.
"""The API's objects, one a module."""
