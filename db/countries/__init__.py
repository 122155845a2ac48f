"""国别: what is under way with a country, across tasks, registers and difficulties."""
