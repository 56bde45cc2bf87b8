-- The register of directives, and the duties of the notice of 7 September 2014, which is the first document in it.
with verdicts as (
    select * from {{ ref('int_submission_verdicts') }} where form = 'V02' and is_accepted
),

deliveries as (
    select * from {{ ref('int_deliveries') }}
),

register as (
    select * from {{ ref('stg_tasks__v02') }} where unused_reason is null and task_code is not null
),

duties as (
    select * from {{ ref('stg_reference__duties') }} as held where {{ is_valid_on(as_of(), 'held') }}
),

-- a row counts from its file's time in the register of incoming documents, else from the day its document was issued
known as (
    select
        register.task_code,
        register.document_no,
        register.issued_on,
        register.task,
        register.owner_codes,
        register.due_on,
        register.recurrence,
        register.target,
        register.submission_id,
        deliveries.file_name,
        register.sheet,
        register.row_number
    from register
    inner join verdicts
        on register.submission_id = verdicts.submission_id
    inner join deliveries
        on verdicts.delivery_id = deliveries.delivery_id
    where deliveries.is_in_register or coalesce(register.issued_on, {{ as_of() }}) <= {{ as_of() }}
    qualify
        row_number() over (
            partition by register.task_code
            order by
                case
                    when deliveries.is_in_register then {{ local_date('deliveries.received_at') }}
                    else coalesce(register.issued_on, {{ local_date('deliveries.received_at') }})
                end desc,
                deliveries.received_seq desc,
                register.sheet desc,
                register.row_number desc
        ) = 1
),

-- what was due before the office's history begins is asked of nobody
notice as (
    select
        duties.item as task_code,
        'Thông báo 07/9/2014' as document_no,
        cast('2014-09-07' as date) as issued_on,
        duties.duty_vi as task,
        duties.owner_codes,
        duties.due_on,
        duties.recurrence,
        duties.target,
        cast(null as string) as submission_id,
        cast(null as string) as file_name,
        cast(null as string) as sheet,
        cast(null as integer) as row_number
    from duties
    {{ join_parameter('reports_owed_from', as_of()) }}
    where
        duties.item not in (select known.task_code from known)
        and coalesce(duties.due_on >= cast(reports_owed_from.value as date), true)
),

united as (
    select * from known
    union all
    select * from notice
    where issued_on <= {{ as_of() }}
)

select
    *,
    nullif(trim(owner_codes), '') is null as is_without_owner
from united
