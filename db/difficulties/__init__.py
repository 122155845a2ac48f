"""困难问题: difficulties raised to the working group."""
