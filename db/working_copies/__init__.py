"""What somebody is typing and has not saved yet, for its author alone."""
