"""The store: settings, engine, tables, reads (`queries`) and the only writes (`actions`)."""
