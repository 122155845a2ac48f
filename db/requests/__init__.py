"""申请: requests about a task: a later due date, suspension, resumption."""
