"""The HTTP side: error answers, and the built interface."""
