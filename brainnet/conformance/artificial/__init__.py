"""What is asked of the artificial twin's rules: one file for each, with its formula and its checks."""
