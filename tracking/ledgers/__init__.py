"""台账: the ledger's columns, and the rules by which a filled-in one is judged."""
