"""配合: tasks of others that an authority takes part in."""
