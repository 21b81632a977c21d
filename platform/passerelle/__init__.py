"""Passerelle: where the communes of Belgium share what works against violence."""

__version__ = "0.1.0"
