{{ accepted_rows('stg_districts__h02', 'H02', cell_of='model_name') }}
