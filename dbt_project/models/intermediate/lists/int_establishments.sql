{{ accepted_rows('stg_districts__h03', 'H03', cell_of='name') }}
