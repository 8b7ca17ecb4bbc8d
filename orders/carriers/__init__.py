"""Carriers: whose number it is, where it is followed, who draws the label."""
