"""Lets every Python process that starts with this folder on its path live on another day: see `tests.support.on_day`."""

import os
from datetime import timedelta

import time_machine

time_machine.travel(timedelta(seconds=float(os.environ["CLOCK_AHEAD"]))).start()
