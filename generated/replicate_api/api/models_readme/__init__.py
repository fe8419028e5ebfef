# Made by scripts/regenerate from openapi.yaml; do not edit.
"""The operations of one resource."""
