"""What every other package stands on: messages, diagnostics, dates, files; no word of a co-op."""
