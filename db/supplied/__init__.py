"""工作组提供的数: figures that the working group supplies for a unit, and what the unit says against them."""
