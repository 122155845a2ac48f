"""Urging."""
