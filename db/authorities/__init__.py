"""单位: the tree of authorities, and what an officer may read and act for."""
