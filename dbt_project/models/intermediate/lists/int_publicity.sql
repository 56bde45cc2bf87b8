{{ accepted_rows('stg_media__m01', 'M01', cell_of='activity') }}
