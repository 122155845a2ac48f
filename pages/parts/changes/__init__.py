"""近期变化: what changed between two days."""
