"""数字: summary cells, history and past days: what every chart reads."""
