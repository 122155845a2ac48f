"""亮灯阈值: thresholds of the lights, and trying others out."""
