-- Every task of the register names an owner that is known. One that does not stands in fct_tasks without one, and counts as nobody's.
{{ config(severity='warn', meta={
    'vi': '{failed} nhiệm vụ trong sổ theo dõi không rõ đơn vị chủ trì',
    'en': "{failed} tasks of the register name no owner that is known",
}) }}
select
    task_code,
    document_no,
    register_submission_id
from {{ ref('fct_tasks') }}
where state = 'no_owner'
