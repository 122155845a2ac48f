"""台账: the register of tasks, one line a task, as table and file."""
