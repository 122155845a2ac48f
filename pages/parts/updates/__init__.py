"""进展更新: progress updates: drafted, signed off, submitted, reviewed, with evidence."""
