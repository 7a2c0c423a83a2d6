"""Sockets for other libraries, imported only on request."""
