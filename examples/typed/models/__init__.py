"""Typed models; the modules beside this one are written by `replicate-typed types`."""
