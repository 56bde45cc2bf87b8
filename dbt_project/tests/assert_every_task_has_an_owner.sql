-- Every task of the register names an owner that is known. One that does not stands in fct_tasks without one, and counts as nobody's.
{{ config(severity='warn') }}
select
    task_code,
    document_no,
    register_submission_id
from {{ ref('fct_tasks') }}
where state = 'no_owner'
