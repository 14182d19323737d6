{# No delays, no queue: synapses.cpp reads the spikes where they are. #}
{% extends 'common_group.cpp' %}
