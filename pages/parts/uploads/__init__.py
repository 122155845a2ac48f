"""台账导入: ledgers filled in offline or kept in an office's own layout."""
