"""Passerelle: where the communes of Belgium share what works against violence."""
