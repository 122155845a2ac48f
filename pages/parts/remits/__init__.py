"""工作组分工: what each member looks after."""
