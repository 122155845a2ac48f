"""工作交接: the state of a handover on a day, and its wording."""
