{# A projection without delays whose synapses lie in a known order needs no queue and no list of synapses: a spike goes
   through its row (presynaptic) or column (postsynaptic) of the weights. `pattern` comes from the projection. #}
{# USES_VARIABLES { N_pre, N_post } #}
{% extends 'common_synapses.cpp' %}

{% block maincode %}
    {% set events = get_array_name(pathway.source.variables[pathway.eventspace_name]) | replace("_ptr_", "_") %}
    {% set code = narrowed(vector_code, scalar_code)
        | replace("_ptr_array_" ~ owner.name ~ "__synaptic_post[_idx]", "(int32_t) _target")
        | replace("_ptr_array_" ~ owner.name ~ "__synaptic_pre[_idx]", "(int32_t) _source") %}
    const size_t _vectorisation_idx = -1;
    {{narrowed(scalar_code, vector_code)|autoindent}}
    const size_t _sources = {{constant_or_scalar('N_pre', variables['N_pre'])}};
    const size_t _targets = {{constant_or_scalar('N_post', variables['N_post'])}};
    const int32_t* _events = {{events}};
    const int32_t _n_events = _events[{{ '_targets' if pathway.prepost == 'post' else '_sources' }}];
    for (int32_t _event = 0; _event < _n_events; _event++)
    {
        {% if pathway.prepost == 'post' %}
        const size_t _target = _events[_event];
        for (size_t _source = 0; _source < _sources; _source++)
        {% else %}
        const size_t _source = _events[_event];
        for (size_t _target = {{ "_source" if pattern == "one_to_one" else 0 }};
             _target < {{ "_source + 1" if pattern == "one_to_one" else "_targets" }}; _target++)
        {% endif %}
        {
            {% if pattern == "all_but_one" %}
            if (_target == _source) continue;
            {% endif %}
            const size_t _idx = _source * _targets + _target;
            const size_t _vectorisation_idx = _idx;
            {{code|autoindent}}
        }
    }
{% endblock %}
