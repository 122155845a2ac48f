"""亮灯阈值: thresholds of the lights, and what others would change."""
