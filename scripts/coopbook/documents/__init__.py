"""Office documents: texts, tables and PDF; no word of assemblies."""
