"""The pages: one script a screen. Each asks, shows, and does one action per save."""
