-- What each reporter owed, past due and not excused: a quarterly report counts in the quarter's last month.
select
    month,
    reporter_code,
    count(*) as reports_expected,
    count(first_received_at) as reports_received,
    count(case when status = 'on_time' then 1 end) as reports_on_time
from {{ ref('int_obligations') }}
where is_past_due
group by month, reporter_code
