"""The files of the report: pages, the reader, notebooks that were run."""
