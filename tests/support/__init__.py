"""What tests share: making a co-op, running a command, reading a case."""
