{# Synapses in a known order are gone through row by row, without looking up where each one leads. #}
{# USES_VARIABLES { N } #}
{# ALLOWS_SCALAR_WRITE #}
{% extends 'common_group.cpp' %}

{% block maincode %}
    const size_t _vectorisation_idx = -1;
    {{narrowed(scalar_code, vector_code)|autoindent}}
    {% if pattern == "all" %}
    {% set code = narrowed(vector_code, scalar_code)
        | replace("_ptr_array_" ~ owner.name ~ "__synaptic_post[_idx]", "(int32_t) _target")
        | replace("_ptr_array_" ~ owner.name ~ "__synaptic_pre[_idx]", "(int32_t) _source") %}
    const size_t _sources = {{owner.source.N}};
    const size_t _targets = {{owner.target.N}};
    for (size_t _source = 0; _source < _sources; _source++)
        for (size_t _target = 0; _target < _targets; _target++)
        {
            const size_t _idx = _source * _targets + _target;
            const size_t _vectorisation_idx = _idx;
            {{code|autoindent}}
        }
    {% else %}
    const size_t _neurons = {{constant_or_scalar('N', variables['N'])}};
    for (size_t _idx = 0; _idx < _neurons; _idx++)
    {
        const size_t _vectorisation_idx = _idx;
        {{narrowed(vector_code, scalar_code)|autoindent}}
    }
    {% endif %}
{% endblock %}
