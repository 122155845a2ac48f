"""国别: the countries that something is under way with, and one of them."""
