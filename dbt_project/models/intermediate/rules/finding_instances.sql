-- Every finding in every submission that it stood in: what `findings` shows once, from the newest. Its columns are those of the first.
select * from {{ ref('int_identified_findings') }} -- noqa: AM04
union all by name
select * from {{ ref('int_answers_without_effect') }}
