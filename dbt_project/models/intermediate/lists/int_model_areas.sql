{{ accepted_rows('stg_districts__h04', 'H04', cell_of='village') }}
