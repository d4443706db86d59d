"""Events out of Pista and back: as files, one a day, in a folder or an S3-compatible bucket."""

from pista.exports.imports import Importer
from pista.exports.routes import routes
from pista.exports.runner import Runner

__all__ = ["Importer", "Runner", "routes"]
