"""通报简报: the figures and the first draft of a briefing."""
