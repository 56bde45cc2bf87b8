{# Whose a submission is, and what makes it doubtful as a replacement of another. #}

{# Whether a submission is the Office's own: its sheet names the Office as issuer, and nothing that names the file's sender (the register,
   else the path) names another. `submissions`: landed submissions; `deliveries`: with the sender that the register names. #}
{% macro is_of_office(submissions, deliveries) -%}
    coalesce({{ submissions }}.sheet_reporter_code = {{ coordination_office() }}, false)
    and coalesce({{ deliveries }}.register_sender_code, {{ submissions }}.path_reporter_code, {{ coordination_office() }}) = {{ coordination_office() }}
{%- endmacro %}

{# Why a submission must not replace an accepted one by itself; '' where nothing speaks against it. Both have what int_candidate_submissions has, and `is_misdated`.
   The reporter itself is never another sender, whoever sent the one before. #}
{% macro doubt(own, accepted, rows_kept_min) -%}
    case
        when {{ own }}.content_hash = {{ accepted }}.content_hash then ''
        when {{ own }}.disagrees_on is not null then 'sheets'
        when {{ own }}.is_misdated then 'period'
        when {{ own }}.sender_code not in ({{ accepted }}.sender_code, {{ own }}.reporter_code) then 'sender'
        when not {{ own }}.is_titled then 'untitled'
        when {{ own }}.rows_used < {{ accepted }}.rows_used * {{ rows_kept_min }} then 'fewer_rows'
        else ''
    end
{%- endmacro %}

{# Whether a delivery is what somebody attached to a mail, and not the register that we put beside it (pipelines/intake/register.py). #}
{% macro is_mailed(path) -%}
    ({{ path }} like 'inbox/n________/________________/%' and {{ path }} not like 'inbox/n________/________________/so-van-ban-den.csv')
{%- endmacro %}

{# Whether a mailed file came from an address of another reporter than it names, or of nobody that its register knows. What the Office
   itself sends counts for whomever the sheets name: it might as well have put the file into the raw folder. #}
{% macro is_mailed_by_another(path, sender_code, reporter_code) -%}
    {{ is_mailed(path) }} and coalesce({{ sender_code }} not in ({{ reporter_code }}, {{ coordination_office() }}), true)
{%- endmacro %}
