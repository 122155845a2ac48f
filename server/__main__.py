"""Runs the command line."""

from server.commands import APP

APP(prog_name="python -m server")
