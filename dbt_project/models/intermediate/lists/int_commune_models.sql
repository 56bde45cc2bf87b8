with lists as (
    select * from {{ ref('int_commune_lists') }} where form = 'H02' and is_known
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

models as (
    select * from {{ ref('stg_districts__h02') }} where unused_reason is null
),

counted as (
    select
        lists.month,
        lists.commune_code,
        lists.district_code,
        lists.submission_id,
        count(case when models.status = 'running' then 1 end) as models_running,
        {% for size in ['large', 'medium', 'small'] %}
        count(case when models.status = 'running' and models.size = '{{ size }}' then 1 end) as models_{{ size }},
        {# of this size, but of unknown status: it may be running #}
        count(case when models.submission_id is not null and models.status is null and models.size = '{{ size }}' then 1 end)
            as models_{{ size }}_doubtful,
        count(case when models.started_on between windows.year_start_on and windows.month_end and models.size = '{{ size }}' then 1 end)
            as models_{{ size }}_new_ytd,
        {% endfor %}
        count(case when models.submission_id is not null and models.status is null then 1 end) as models_doubtful,
        count(case when models.submission_id is not null and coalesce(models.status, 'running') = 'running' and models.size is null then 1 end)
            as models_unsized,
        count(case when models.started_on between windows.month_start and windows.month_end then 1 end) as models_new
    from lists
    inner join windows
        on lists.month = windows.month
    left join models
        on lists.submission_id = models.submission_id and lists.commune_code = models.commune_code
    group by lists.month, lists.commune_code, lists.district_code, lists.submission_id
),

-- sizes of which no model runs, and no model of unknown status might
sizes as (
    select
        *,
        {% for size in ['large', 'medium', 'small'] %}
        case when models_{{ size }} = 0 then 1 else 0 end {{ "+" if not loop.last }}
        {% endfor %} as sizes_missing,
        {% for size in ['large', 'medium', 'small'] %}
        case when models_{{ size }} = 0 and models_{{ size }}_doubtful = 0 then 1 else 0 end {{ "+" if not loop.last }}
        {% endfor %} as sizes_out_of_sight
    from counted
)

select
    month,
    commune_code,
    district_code,
    submission_id,
    models_running,
    models_large,
    models_medium,
    models_small,
    models_new,
    models_large_new_ytd,
    models_medium_new_ytd,
    models_small_new_ytd,
    -- unknown only where the rows of unknown status or size could change the answer
    case
        when sizes_missing = 0 then true
        when sizes_out_of_sight <= models_unsized then null
        else false
    end as has_all_model_sizes,
    {{ has_no_model('models_running', 'models_doubtful') }} as has_no_model
from sizes
