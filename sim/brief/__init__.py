"""Floor 8: results in words, tables and figures, as one model of a brief that is rendered to HTML, PDF and DOCX."""
