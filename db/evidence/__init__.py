"""佐证材料: files handed in as evidence of an update, each kept once by its digest."""
