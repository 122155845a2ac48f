"""审计: the sealed audit chain, its anchors, and the trail."""
