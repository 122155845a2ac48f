"""责任人: posts, their holders by date, and who was responsible."""
