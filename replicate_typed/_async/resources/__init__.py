"""The resources whose methods are written by hand, on top of the generated ones; each is imported on first use."""
