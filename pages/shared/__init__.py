"""What the pages share: navigation, who is signed in, cached reads, pickers and small components."""
