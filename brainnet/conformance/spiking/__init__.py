"""Laws of spiking neurons, synapses, learning rules and networks."""
