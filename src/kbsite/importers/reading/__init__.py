"""What the words of organisers mean: titles, people in them, tracks, levels, themes."""
