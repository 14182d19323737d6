{# Few neurons fire in a step: a block of neurons is looked at as one, which the compiler turns into vector instructions,
   and gone through one by one only if it holds a spike. #}
{# USES_VARIABLES { N } #}
{% extends 'common_group.cpp' %}

{% block maincode %}
    const int _vectorisation_idx = -1;
    {{scalar_code|autoindent}}
    {% set events = get_array_name(eventspace_variable) %}
    {# as wide as the numbers it compares, or the loop is not vectorised #}
    {% set wide = vector_code | join("\n") | replace("const char _cond", "const int64_t _cond") %}
    const size_t _block = 16;
    int32_t _count = 0;
    for (size_t _begin = 0; _begin < N; _begin += _block)
    {
        const size_t _end = _begin + _block < N ? _begin + _block : N;
        int64_t _any = 0;
        for (size_t _idx = _begin; _idx < _end; _idx++)
        {
            const size_t _vectorisation_idx = _idx;
            {{wide|autoindent}}
            _any |= _cond;
        }
        if (!_any) continue;
        for (size_t _idx = _begin; _idx < _end; _idx++)
        {
            const size_t _vectorisation_idx = _idx;
            {{vector_code|autoindent}}
            if (!_cond) continue;
            {{events}}[_count++] = _idx;
            {% if _uses_refractory %}
            {{not_refractory}}[_idx] = false;
            {{lastspike}}[_idx] = {{t}};
            {% endif %}
        }
    }
    {{events}}[N] = _count;
{% endblock %}

{% block after_code %}
{{get_array_name(eventspace_variable)}}[N] = 0;
{% endblock %}
