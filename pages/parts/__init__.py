"""What screens are made of, one room per noun: list, sheet, form, acts, wording."""
