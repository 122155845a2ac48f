"""The API for other systems, `/api/v1`: the pages' own reads and actions, for whoever shows a token."""
