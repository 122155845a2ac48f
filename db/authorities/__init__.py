"""Authorities."""
