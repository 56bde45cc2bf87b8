with source as (
    select * from {{ source('landed', 'submissions') }}
),

renamed as (
    select
        submission_id,
        delivery_id,
        form,
        reporter_code,
        period,
        reporter_source,
        period_source,
        sheet_reporter_code,
        sheet_period,
        sheets,
        status,
        reason,
        likely_periods,
        is_nil,
        rows_read,
        rows_used,
        is_titled,
        disagrees_on,
        path_reporter_code
    from source
)

select * from renamed
