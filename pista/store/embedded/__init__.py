"""The engines that come with Pista, for a machine that has none of its own."""
