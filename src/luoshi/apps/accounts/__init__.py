"""People who sign in: accounts, second factors, sessions, and the three separate administrators."""
