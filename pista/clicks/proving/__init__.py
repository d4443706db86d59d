"""Proves that a domain is a company's own: a record that only whoever runs the domain can write."""
