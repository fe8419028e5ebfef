"""The mock service, served to others."""
