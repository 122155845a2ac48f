"""Peer groups."""
