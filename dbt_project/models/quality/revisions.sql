select
    cast(null as varchar) as reporter_code,
    cast(null as varchar) as form,
    cast(null as varchar) as period,
    cast(null as varchar) as item_key,
    cast(null as varchar) as unit_code,
    cast(null as varchar) as field,
    cast(null as varchar) as change,
    cast(null as varchar) as old_value,
    cast(null as varchar) as new_value,
    cast(null as varchar) as old_submission_id,
    cast(null as varchar) as new_submission_id,
    cast(null as timestamp) as revised_at
where false
