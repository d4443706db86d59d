"""How a place where files are kept, a folder or a bucket, says that it does not work."""


class PlaceError(Exception):
    """The place cannot be used as it is; the text is one sentence for a person."""


class NothingThere(PlaceError):
    """The place works, and has no such file."""


class PlaceAway(Exception):
    """The place does not answer now: later may succeed."""
