"""报送情况: who reported on time, and who holds what since when."""
