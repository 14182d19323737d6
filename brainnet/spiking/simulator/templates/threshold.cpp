{# Few neurons fire in a step. A first pass flags them, without a branch, so that the compiler turns it into vector
   instructions; a second goes from flag to flag. #}
{# USES_VARIABLES { N } #}
{% extends 'common_group.cpp' %}

{% block maincode %}
    const int _vectorisation_idx = -1;
    {{narrowed(scalar_code, vector_code)|autoindent}}
    {% set events = get_array_name(eventspace_variable) %}
    static char _flags[N];
    for (size_t _idx = 0; _idx < N; _idx++)
    {
        const size_t _vectorisation_idx = _idx;
        {# as wide as the numbers it compares, or the loop is not vectorised #}
        {{narrowed(vector_code, scalar_code) | replace("const char _cond", "const int32_t _cond") | autoindent}}
        _flags[_idx] = _cond;
    }
    int32_t _count = 0;
    const char* _last = _flags + N;
    for (const char* _flag = _flags; (_flag = (const char*) memchr(_flag, 1, _last - _flag)); _flag++)
    {
        {{events}}[_count++] = _flag - _flags;
    }
    {{events}}[N] = _count;
{% endblock %}

{% block after_code %}
{{get_array_name(eventspace_variable)}}[N] = 0;
{% endblock %}
