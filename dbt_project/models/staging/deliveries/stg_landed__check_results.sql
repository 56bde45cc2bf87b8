select *
from {{ source('landed', 'check_results') }}
