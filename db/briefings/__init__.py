"""通报简报: briefings: drafted from figures, edited, issued."""
