"""Reads: plain functions for the permitted scope; those ending in `_frame` give a DataFrame."""
