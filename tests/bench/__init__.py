"""Benchmarks: ratios of ways to read the same figures, taken side by side in one run."""
