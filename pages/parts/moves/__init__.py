"""调期登记: the register of moved dates."""
