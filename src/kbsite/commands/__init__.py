"""What each command does, a module each. `cli` has their options, and brings in what is called."""
