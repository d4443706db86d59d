"""The people of a company: their roles, the links that let them in, and shutting them out."""
