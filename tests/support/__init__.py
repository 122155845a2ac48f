"""What tests share: databases copied from a template, and ways to start the product."""
