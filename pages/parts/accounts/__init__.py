"""账号: accounts, sign-ins and API tokens."""
