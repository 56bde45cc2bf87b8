-- Every answer as it may be published.
{{ texts_without_names(ref('int_answers'), 'explanation') }}
