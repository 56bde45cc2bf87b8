{{ rows_that_stand('stg_media__m01', 'M01', cell_of='activity') }}
