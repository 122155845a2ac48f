"""调期登记: what counts as a moved date, and the register's columns."""
