"""The ledger in a browser, and as a JSON interface: thin faces of the views."""
