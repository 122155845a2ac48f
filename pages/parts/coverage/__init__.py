"""覆盖情况: which measures and actions an authority's tasks cover."""
