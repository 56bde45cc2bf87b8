{# Whose a submission is, and what makes it doubtful as a replacement of another. #}

{# Whether a submission is the Office's own: its sheet names the Office as issuer, and nothing that names the file's sender (the register,
   else the path) names another. `submissions`: landed submissions; `deliveries`: with the sender that the register names. #}
{% macro is_of_office(submissions, deliveries) -%}
    coalesce({{ submissions }}.sheet_reporter_code = {{ coordination_office() }}, false)
    and coalesce({{ deliveries }}.register_sender_code, {{ submissions }}.path_reporter_code, {{ coordination_office() }}) = {{ coordination_office() }}
{%- endmacro %}
