"""What tasks and both twins ask of data, and the scale on which a network sees them."""
