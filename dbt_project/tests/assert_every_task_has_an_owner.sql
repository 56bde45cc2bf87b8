-- Every task of the register names an owner that is known. One that does not stands in fct_tasks without one, and counts as nobody's.
{{ config(severity='warn', group='warehouse', meta={
    'vi': '{failed} nhiệm vụ trong sổ theo dõi không rõ đơn vị chủ trì',
    'en': "{failed} tasks of the register name no owner that is known",
}) }}
select
    submission_id,
    row_number as sheet_row,
    task_code
from {{ ref('int_tasks') }}
where is_without_owner
