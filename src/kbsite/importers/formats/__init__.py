"""The formats of schedules, one module each: the bytes of a source to a Schedule."""
