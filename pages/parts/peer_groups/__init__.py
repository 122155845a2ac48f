"""同类组: units beside comparable units."""
