"""For control runs only: a shop that looks first and writes later must be caught by the rig."""
