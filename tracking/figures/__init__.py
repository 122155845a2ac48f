"""数字: the arithmetic from what was reported to completion, lights and roll-ups."""
