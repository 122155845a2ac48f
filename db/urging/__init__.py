"""督办催办: urging slips, blue, orange and red."""
