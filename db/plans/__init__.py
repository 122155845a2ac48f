"""工作计划: work plans and their revisions, tasks included."""
