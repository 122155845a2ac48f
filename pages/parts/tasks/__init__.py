"""任务: tasks as they stand today or stood on a past day."""
