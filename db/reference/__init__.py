"""目录: the notice's catalogue and the list of units."""
