"""工作计划: plans as offices keep them in workbooks, read, matched and compared with what stands."""
