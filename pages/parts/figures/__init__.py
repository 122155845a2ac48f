"""数字: the selection a page shows, its headline and its pictures."""
