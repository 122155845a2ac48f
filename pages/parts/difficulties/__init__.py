"""Difficulties."""
