with source as (
    select * from {{ source('landed', 'deliveries') }}
),

renamed as (
    select
        delivery_id,
        path,
        file_name,
        sha256,
        bytes,
        modified_at,
        first_seen_no,
        status,
        reason,
        reporter_code,
        period
    from source
)

select * from renamed
