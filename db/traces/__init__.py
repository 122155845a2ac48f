"""数据溯源: what lies behind a figure."""
