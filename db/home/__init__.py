"""首页: what waits for the officer who has just signed in."""
