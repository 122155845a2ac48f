"""登记册: coordination mechanism, cooperation mechanisms, publicity."""
