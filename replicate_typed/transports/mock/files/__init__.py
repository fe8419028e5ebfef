"""Files that are uploaded, and files that models read and make."""
