"""机制与任务落实: what the notice obliges every authority to have in place."""
