"""配合: which authorities take part in tasks of others, what they add, and what they contest."""
