"""Events out of Pista and back: as files, one a day, in a folder or an S3-compatible bucket."""

from pista.exports.routes import routes

__all__ = ["routes"]
