"""Hierarchy."""
