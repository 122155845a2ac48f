"""Owns what tests share: databases made fresh from a template, and whatever starts the product for them."""
