"""同类组: groups of comparable units."""
