"""Exported files back into Pista, each event once however often they are imported."""

from pista.exports.imports.importer import Importer

__all__ = ["Importer"]
