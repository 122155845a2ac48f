"""签章页: what a page to be signed states, and whether it still agrees with the data."""
