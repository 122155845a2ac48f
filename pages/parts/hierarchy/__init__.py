"""区划隶属: who reports under whom, by date."""
