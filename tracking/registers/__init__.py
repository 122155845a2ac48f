"""登记册: what a register is, what its entries hold, and how both are worded."""
