"""Find published sheets: what is asked, what is kept of a sheet, and the engines that bring both together."""

import os

# Before numpy is loaded, which reads it once: the products of a search are so small that a second thread of
# its own costs more than it brings, and every process would hold some.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
