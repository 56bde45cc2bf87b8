-- Every task of the register names an owner that is known. One that does not stands in fct_tasks without one, and counts as nobody's.
{{ config(severity='warn', group='warehouse', meta={
    'vi': '{failed} nhiệm vụ trong sổ theo dõi không rõ đơn vị chủ trì',
    'en': "{failed} tasks of the register name no owner that is known",
}) }}
select
    submissions.file_name,
    tasks.sheet,
    tasks.row_number as sheet_row,
    tasks.task_code,
    tasks.document_no
from {{ ref('int_tasks') }} as tasks
left join {{ ref('submissions') }} as submissions
    on tasks.submission_id = submissions.submission_id
where tasks.is_without_owner
