"""Training of spiking networks: schedule, chunks, checkpoints, and what answers patterns when it is done."""
