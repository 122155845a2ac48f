"""备份与导出: backup and restore, and the whole store in open formats."""
