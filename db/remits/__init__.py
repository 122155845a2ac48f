"""工作组分工: the measures and units that a member of the working group looks after, by date."""
