"""调期登记: reads of the register of moved dates."""
