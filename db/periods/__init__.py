"""报送期: reporting periods: opened, closed, frozen."""
