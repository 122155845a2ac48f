"""How long tests wait for what must happen: many times what it takes, for no test measures time.

Only a test that fails waits so long. Every bound on waiting is one of these; a structure test holds it.
"""

# For a process to start, answer or end.
SECONDS = 300
# For a browser to show what was asked of it.
MILLISECONDS = 120_000
# Between two looks whether it has happened.
PAUSE_MS = 100
