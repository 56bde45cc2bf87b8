with source as (
    select * from {{ source('landed', 'evaluations') }}
),

renamed as (
    select
        submission_id,
        delivery_id,
        rule_id,
        evaluated,
        failed,
        not_evaluated_reason
    from source
)

select * from renamed
