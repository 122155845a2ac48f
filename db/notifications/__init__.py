"""通知: messages left for people inside the product."""
