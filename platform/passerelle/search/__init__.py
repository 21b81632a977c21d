"""Find published sheets: what is asked, what is kept of a sheet, and the engines that bring both together."""
