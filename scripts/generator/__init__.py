"""openapi.yaml in, the generated package out."""
