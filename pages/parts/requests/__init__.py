"""延期: requests for a later due date."""
