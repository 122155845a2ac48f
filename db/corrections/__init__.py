"""更正: corrections of published figures."""
