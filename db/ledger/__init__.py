"""台账: the register of tasks, one line per task, as table and file."""
