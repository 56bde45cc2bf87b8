{{ rows_that_stand('stg_departments__s03', 'S03', cell_of='linked_models') }}
