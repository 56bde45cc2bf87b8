{{ accepted_rows('stg_departments__s03', 'S03', cell_of='linked_models') }}
