// Passerelle: everything works without this file; it only makes it smoother.
