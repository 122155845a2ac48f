"""区划隶属: moves of authorities within the tree, by date."""
