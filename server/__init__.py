"""What stands before the pages: sign-in, sessions, files, health, headers; and the command line."""
