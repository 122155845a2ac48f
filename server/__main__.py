"""Runs the command line."""

from db.private_files import keep_private
from server.commands import APP

keep_private()
APP(prog_name="python -m server")
